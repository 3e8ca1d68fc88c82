import { describe, it } from 'vitest';
import { marbles } from '../marbles.js';
import { unhandledErrors } from '../unhandled-errors.js';

const bad = new Error('bad');

const failing = (_: string): never => {
  throw bad;
};

describe('a failure that ends an actor', () => {
  it(
    'F1 is reported when nobody has heard it until the next task',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('    -a');
      const reported = '    -e';
      sent.subscribe(system.actor(failing));
      expectObservable(unhandledErrors()).toBe(reported, { e: bad });
    }),
  );

  it(
    'F1 is not reported when somebody comes before the next task, in a hook at the end for instance',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const sent = hot('    -a');
      const heard = '       -e';
      const reported = '    --';
      const log = probe();
      const actor = system.actor(failing, {
        afterEnd: () => {
          actor.subscribe({ error: (error: unknown) => log.send(error) });
        },
      });
      sent.subscribe((m) => actor.send(m));
      expectMessages(log).toBe(heard, { e: bad });
      expectObservable(unhandledErrors()).toBe(reported);
    }),
  );
});
