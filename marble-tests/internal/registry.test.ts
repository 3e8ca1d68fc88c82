import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnyActor } from 'rx-actors';
import { Registry, type Resident } from '../../src/internal/registry.js';

const resident = (name: string): Resident => ({
  previous: undefined,
  following: undefined,
  face: { name } as AnyActor,
  status: 'running',
  isChild: false,
  describe: () => {
    throw new Error('It is not asked.');
  },
  close: () => undefined,
  kill: () => undefined,
  watch: () => undefined,
});

describe('Registry', () => {
  it('lists who lives in it, the newest first, in whichever order they leave', () => {
    const step = fc.oneof(fc.constant('add'), fc.nat(100));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 100 }), (program) => {
        const registry = new Registry();
        let model: Resident[] = [];
        program.forEach((each, index) => {
          if (each === 'add') {
            const newcomer = resident(String(index));
            registry.add(newcomer);
            model = [newcomer, ...model];
          } else if (model.length > 0) {
            const leaver = model[each % model.length];
            registry.remove(leaver);
            model = model.filter((other) => other !== leaver);
          }
          expect(registry.size).toBe(model.length);
          expect(registry.snapshot().map(({ face }) => face)).toEqual(model.map(({ face }) => face));
        });
      }),
    );
  });

  it('leaves no link from one that has left to those that live there still', () => {
    const registry = new Registry();
    const [a, b, c] = [resident('a'), resident('b'), resident('c')];
    for (const each of [a, b, c]) registry.add(each);
    registry.remove(b);
    expect([b.previous, b.following]).toEqual([undefined, undefined]);
  });

  it('tells everyone who waits when the last one has left, and at once when nobody lives there', async () => {
    const registry = new Registry();
    await registry.empty();
    const log: string[] = [];
    const only = resident('a');
    registry.add(only);
    const waiting = [1, 2].map((n) => registry.empty().then(() => log.push(`empty ${n}`)));
    await Promise.resolve();
    log.push('leaves');
    registry.remove(only);
    await Promise.all(waiting);
    expect(log).toEqual(['leaves', 'empty 1', 'empty 2']);
  });
});
