import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Queue } from '../../src/internal/queue.js';

describe('Queue', () => {
  it('has nothing to give when it is empty', () => {
    const queue = new Queue<number>();
    expect([queue.length, queue.shift(), queue.length]).toEqual([0, undefined, 0]);
  });

  it('keeps undefined and null as entries', () => {
    const queue = new Queue<unknown>();
    for (const each of [undefined, null]) queue.push(each);
    expect([queue.length, queue.shift(), queue.length, queue.shift(), queue.length]).toEqual([
      2,
      undefined,
      1,
      null,
      0,
    ]);
  });

  it('gives back a million entries in order', () => {
    const queue = new Queue<number>();
    for (let n = 0; n < 1_000_000; n++) queue.push(n);
    let inOrder = true;
    for (let n = 0; n < 1_000_000; n++) inOrder &&= queue.shift() === n;
    expect([inOrder, queue.length]).toEqual([true, 0]);
  });

  it('behaves like an array, whatever is done to it', () => {
    const GAP = -1;
    const runs = fc.record({
      what: fc.constantFrom('push', 'shift', 'takeFirst'),
      count: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(fc.array(runs, { maxLength: 100 }), (program) => {
        const queue = new Queue<number>();
        const model: number[] = [];
        let next = 0;
        const takeFirst = (fits: (entry: number) => boolean): number | undefined => {
          const index = model.findIndex(fits);
          return index <= 0 ? (index === 0 ? model.shift() : undefined) : model.splice(index, 1, GAP)[0];
        };
        for (const { what, count } of program) {
          for (let n = 0; n < count; n++) {
            if (what === 'push') {
              queue.push(next);
              model.push(next++);
            } else if (what === 'shift') {
              expect(queue.shift()).toBe(model.shift());
            } else {
              // Wherever the first one that fits stands, also none at all.
              const from = next - 2 * count + n;
              const fits = (entry: number) => {
                if (typeof entry !== 'number') throw new Error('That is no entry.');
                return entry >= from && entry % 3 === n % 3;
              };
              expect(queue.takeFirst(fits, GAP)).toBe(takeFirst(fits));
            }
          }
          expect([queue.length, queue.peek()]).toEqual([model.length, model[0]]);
          expect([...queue]).toEqual(model);
        }
      }),
    );
  });
});
