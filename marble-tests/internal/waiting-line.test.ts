import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WaitingLine, type Waiting } from '../../src/internal/waiting-line.js';

interface Numbered extends Waiting {
  readonly n: number;
}

describe('WaitingLine', () => {
  it('is first come, first served, whoever gives up', () => {
    const step = fc.oneof(fc.constant('push'), fc.constant('shift'), fc.nat(100));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (program) => {
        const line = new WaitingLine<Numbered>();
        let model: Numbered[] = [];
        let next = 0;
        for (const each of program) {
          if (each === 'push') {
            const waiting = { n: next++, removed: false };
            line.push(waiting);
            model.push(waiting);
          } else if (each === 'shift') {
            expect(line.shift()?.n).toBe(model.shift()?.n);
          } else if (model.length > 0) {
            const gone = model[each % model.length];
            line.remove(gone);
            model = model.filter((waiting) => waiting !== gone);
          }
          expect(line.size).toBe(model.length);
        }
      }),
    );
  });

  it('keeps few of those who have given up', () => {
    const line = new WaitingLine<Waiting>();
    let looks = 0;
    /** One who counts how often it is asked whether it has given up. */
    const waiting = (): Waiting => {
      let removed = false;
      return {
        get removed() {
          looks++;
          return removed;
        },
        set removed(value) {
          removed = value;
        },
      };
    };
    const all = Array.from({ length: 1_000 }, waiting);
    for (const each of all) line.push(each);
    for (const each of all.slice(0, -1)) line.remove(each);
    // A few times over, not each time over.
    expect(looks).toBeLessThan(4_000);
    looks = 0;
    expect(line.shift()).toBe(all.at(-1));
    expect(looks).toBeLessThan(100);
  });

  it('lets 100,000 give up in any order', () => {
    const line = new WaitingLine<Numbered>();
    const all = Array.from({ length: 100_000 }, (_, n) => ({ n, removed: false }));
    for (const each of all) line.push(each);
    for (const each of all.slice(1).reverse()) line.remove(each);
    expect([line.size, line.shift()?.n, line.shift()]).toEqual([1, 0, undefined]);
  });
});
