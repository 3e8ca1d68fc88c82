import { firstValueFrom, interval, NEVER, of } from 'rxjs';
import { aNumber, asyncMarbles, marbles } from './marbles.js';

// Not one of these passes: what they print is looked at in ../mocha.test.ts.
describe('fails on purpose', () => {
  it(
    'an output comes too early',
    marbles(({ send, system, expectObservable }) => {
      const echo = system.actor((message) => of(message), { name: 'echo' });
      send(echo, '                a-b|');
      expectObservable(echo).toBe('a--b|');
    }),
  );

  it(
    'a value that its matcher does not take',
    marbles(({ send, system, expectObservable }) => {
      const echo = system.actor((message) => of({ id: 'none', message }), { name: 'echo' });
      send(echo, '                -a|');
      expectObservable(echo).toBe('-t|', { t: { id: aNumber, message: 'a' } });
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
        const inbox = probe();
        send(inbox, '               -ab');
        expectMessages(inbox).toBe('-a-b');
      },
      { frames: true },
    ),
  );

  it(
    'work that is left over',
    marbles(({ send, system }) => {
      const echo = system.actor(() => NEVER, { name: 'stuck' });
      send(echo, '-ab');
    }),
  );

  it(
    'a binding that is left over',
    marbles(
      ({ system, probe }) => {
        system.exchange('lines').attach(probe());
      },
      { mayRemain: 'nothing' },
    ),
  );

  it(
    'a run without an end',
    marbles(
      ({ send, system }) => {
        const clock = system.actor(
          (message, { timers }) => {
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
      const echo = system.actor(async (message) => message, { name: 'echo' });
      send(echo, '                a-b|');
      expectObservable(echo).toBe('-a-b|');
    }),
  );

  it(
    'a body that waits for what never comes',
    asyncMarbles(
      async ({ probe }) => {
        const silent = probe();
        silent.ignore();
        await firstValueFrom(silent.ask('a'));
      },
      { patience: 20 },
    ),
  );
});
