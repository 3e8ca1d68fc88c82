import { firstValueFrom, interval, NEVER, of } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { asyncMarbles, marbles } from './marbles.js';

// Not one of these passes: what they print is looked at in ../vitest.test.ts.
describe('fails on purpose', () => {
  it(
    'an output comes too early',
    marbles(({ send, system, expectObservable }) => {
      const echo = system.actor((message: string) => of(message), { name: 'echo' });
      send(echo, '                a-b|');
      expectObservable(echo).toBe('a--b|');
    }),
  );

  it(
    'a value that its matcher does not take',
    marbles(({ send, system, expectObservable }) => {
      const echo = system.actor((message: string) => of({ id: 'none', message }), { name: 'echo' });
      send(echo, '                -a|');
      expectObservable(echo).toBe('-t|', { t: { id: expect.any(Number), message: 'a' } });
    }),
  );

  it(
    'a subscription that lasts too long',
    marbles(({ cold, hot, expectSubscriptions }) => {
      const work = cold('---|');
      hot('-a').subscribe(() => work.subscribe());
      expectSubscriptions(work.subscriptions).toBe('-^-!');
    }),
  );

  it(
    'frames on request',
    marbles(
      ({ send, probe, expectMessages }) => {
        const inbox = probe<string>();
        send(inbox, '               -ab');
        expectMessages(inbox).toBe('-a-b');
      },
      { frames: true },
    ),
  );

  it(
    'work that is left over',
    marbles(({ send, system }) => {
      const echo = system.actor((_: string) => NEVER, { name: 'stuck' });
      send(echo, '-ab');
    }),
  );

  it(
    'a binding that is left over',
    marbles(
      ({ system, probe }) => {
        system.exchange<string>('lines').attach(probe<string>());
      },
      { mayRemain: 'nothing' },
    ),
  );

  it(
    'a run without an end',
    marbles(
      ({ send, system }) => {
        const clock = system.actor(
          (message: string, { timers }) => {
            if (message === 's') timers.start('tick', 't', interval(10));
          },
          { name: 'clock' },
        );
        send(clock, 's');
      },
      { maxActions: 1_000 },
    ),
  );

  it(
    'an awaited output comes too early',
    asyncMarbles(({ send, system, expectObservable }) => {
      const echo = system.actor((message: string) => Promise.resolve(message), { name: 'echo' });
      send(echo, '                a-b|');
      expectObservable(echo).toBe('-a-b|');
    }),
  );

  it(
    'a body that waits for what never comes',
    asyncMarbles(
      async ({ probe }) => {
        const silent = probe<string>();
        silent.ignore();
        await firstValueFrom(silent.ask('a'));
      },
      { patience: 20 },
    ),
  );
});
