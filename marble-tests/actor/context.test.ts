import { describe, expect, it } from 'vitest';
import { Context } from '../../src/actor/context.js';
import { marbles } from '../marbles.js';

describe('what a behavior knows beside its message', () => {
  it(
    'is the system that its actor lives in, no children and nothing put aside, where there is none of that',
    marbles(({ hot, system, probe, expectMessages }) => {
      const sent = hot(' -a-');
      const known = '   -k-';
      const log = probe();
      const actor = system.actor((_: string, context) => {
        log.send([context.self, context.system, context.children, context.stashed]);
      });
      sent.subscribe(actor);
      expectMessages(log).toBe(known, { k: [actor, system, [], 0] });
    }),
  );

  it(
    'is no children also where there are timers',
    marbles(({ hot, system, probe, expectMessages }) => {
      const sent = hot(' -a---');
      const known = '   -k-t-';
      const log = probe();
      const actor = system.actor((m: string, { timers, children }) => {
        if (m === 'a') timers.start('later', 'b', 2);
        log.send(m === 'a' ? children : [timers.has('later'), children]);
      });
      sent.subscribe((m) => actor.send(m));
      expectMessages(log).toBe(known, { k: [], t: [false, []] });
    }),
  );

  it('says what to import when its system is the default one, which a bundler has left out', () => {
    const context = new Context({ core: { face: undefined } } as never);
    expect(() => context.system).toThrow("Import `defaultSystem` from 'rx-actors': this bundle was made without it.");
  });
});
