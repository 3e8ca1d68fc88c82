import { catchError, EMPTY, of, throwError, VirtualTimeScheduler, type MonoTypeOperatorFunction } from 'rxjs';
import {
  ActorClosedError,
  ActorSystem,
  askAll,
  AskTimeoutError,
  MailboxFullError,
  resume,
  type Askable,
} from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { deadLetters } from '../fates.js';
import { marbles } from '../marbles.js';

// RxJS's own errors are never equal: each has its stack for all to see.
const nameOfError = <T>(): MonoTypeOperatorFunction<T> =>
  catchError((error: unknown) => throwError(() => (error as Error).name));

const mirror: Askable<string, string> = { ask: (m) => of(m) };

describe('askAll', () => {
  it(
    'asks all at once and emits the last answer of each, in the order of the actors, once all are done',
    marbles(({ cold, system, expectObservable, expectSubscriptions }) => {
      const asked = '   --^---------';
      const a = cold('    ----x|     ');
      const aSubs = '   --^----!     ';
      const b = cold('    -y---z-|   ');
      const bSubs = '   --^------!   ';
      const c = cold('    (uv|)      ');
      const cSubs = '   --(^!)       ';
      const expected = '---------(r|)';
      const actors = [a, b, c].map((work) => system.actor(() => work));
      expectObservable(askAll(actors, 'm'), asked).toBe(expected, { r: ['x', 'z', 'v'] });
      expectSubscriptions(a.subscriptions).toBe(aSubs);
      expectSubscriptions(b.subscriptions).toBe(bSubs);
      expectSubscriptions(c.subscriptions).toBe(cSubs);
    }),
  );

  it(
    'A1 sends when it is subscribed, in the order of the actors, once to each for each subscription',
    marbles(({ system, probe, expectObservable, expectMessages }) => {
      const first = '    --^---------';
      const second = '   -------^----';
      const expected1 = '--(r|)      ';
      const expected2 = '-------(r|) ';
      const received = ' --(ab)-(ab) ';
      const order = probe<string>();
      const actors = ['a', 'b'].map((name) =>
        system.actor((m: string) => {
          order.send(name);
          return of(name + m);
        }),
      );
      const answers = askAll(actors, 'm');
      expectObservable(answers, first).toBe(expected1, { r: ['am', 'bm'] });
      expectObservable(answers, second).toBe(expected2, { r: ['am', 'bm'] });
      expectMessages(order).toBe(received);
    }),
  );

  it(
    'emits an empty array when nobody is asked',
    marbles(({ expectObservable }) => {
      expectObservable(askAll([], 'm')).toBe('(r|)', { r: [] });
    }),
  );

  it(
    'A2 emits nothing as long as the work of one goes on',
    marbles(({ cold, system, expectObservable, expectSubscriptions }) => {
      const asked = '   -^-----';
      const a = cold('   x|    ');
      const b = cold('   -y----');
      const bSubs = '   -^-----';
      const expected = '-------';
      expectObservable(askAll([system.actor(() => a), system.actor(() => b)], 'm'), asked).toBe(expected);
      expectSubscriptions(b.subscriptions).toBe(bSubs);
    }),
  );

  it(
    'A3 takes back all asks that are not done when it is unsubscribed: one that waits and one that has its turn',
    marbles(({ hot, cold, system, probe, expectObservable, expectSubscriptions, expectMessages }) => {
      const busy = hot('   x-----------');
      const asked = '      --^--!      ';
      const work = cold('    -y-----|  ');
      const workSubs = '   --^--!      ';
      const busyWork = cold('-------|  ');
      const looked = hot(' ----lm------');
      const pending = '    ----wn------';
      const expected = '   ------------';
      const waiting = system.actor((m: string) => (m === 'x' ? busyWork : of(m)));
      const running = system.actor(() => work);
      const counts = probe<number>();
      busy.subscribe((m) => waiting.send(m));
      expectObservable(askAll([waiting, running], 'm'), asked).toBe(expected);
      looked.subscribe(() => counts.send(waiting.pending));
      expectSubscriptions(work.subscriptions).toBe(workSubs);
      expectMessages(counts).toBe(pending, { w: 1, n: 0 });
    }),
  );

  it(
    'A2 fails with the first failure and takes the other asks back',
    marbles(({ cold, system, expectObservable, expectSubscriptions }) => {
      const asked = '   -^-------';
      const a = cold('   -x----| ');
      const aSubs = '   -^-!     ';
      const b = cold('   --#     ');
      const bSubs = '   -^-!     ';
      const expected = '---#     ';
      const [first, second] = [a, b].map((work) => system.actor(() => work, { supervision: resume() }));
      expectObservable(askAll([first, second], 'm'), asked).toBe(expected);
      expectSubscriptions(a.subscriptions).toBe(aSubs);
      expectSubscriptions(b.subscriptions).toBe(bSubs);
    }),
  );

  it(
    'A2 fails at once when one has ended: those before it have their ask taken back, those behind it are not asked',
    marbles(({ system, probe, expectObservable, expectMessages }) => {
      const asked = '   --^------';
      const expected = '--#      ';
      const letters = ' --x      ';
      const received = probe();
      const dead = deadLetters(system);
      const live = system.actor((m) => received.send(m));
      const ended = system.actor(() => undefined, { name: 'ended' });
      ended.kill();
      expectObservable(askAll([live, ended, live], 'm'), asked).toBe(expected, null, new ActorClosedError('ended'));
      expectObservable(dead).toBe(letters, { x: 'm closed' });
      expectMessages(received).toBe('---------');
    }),
  );

  it(
    'A2 fails with an EmptyError when one has no answer, and takes the other asks back',
    marbles(({ cold, system, expectObservable, expectSubscriptions }) => {
      const asked = '   -^-------';
      const a = cold('   -x----| ');
      const aSubs = '   -^-!     ';
      const b = cold('   --|     ');
      const expected = '---#     ';
      const answers = askAll([system.actor(() => a), system.actor(() => b)], 'm');
      expectObservable(answers.pipe(nameOfError()), asked).toBe(expected, null, 'EmptyError');
      expectSubscriptions(a.subscriptions).toBe(aSubs);
    }),
  );

  it(
    'A2 fails at the timeout of its asks',
    marbles(({ cold, system, expectObservable, expectSubscriptions }) => {
      const asked = '   -^-------';
      const a = cold('   x|      ');
      const b = cold('   -y------');
      const bSubs = '   -^-!     ';
      const expected = '---#     ';
      const error = new AskTimeoutError('slow', 2);
      const actors = [system.actor(() => a), system.actor(() => b, { name: 'slow' })];
      expectObservable(askAll(actors, 'm', { timeout: 2 }), asked).toBe(expected, null, error);
      expectSubscriptions(b.subscriptions).toBe(bSubs);
    }),
  );

  it(
    'leaves a full mailbox to whenFull: dropped, or in line for room',
    marbles(({ hot, cold, system, expectObservable }) => {
      const busy = hot('  ab--------   ');
      const asked = '     --^-------   ';
      const dropped = '   --#          ';
      const expected = '  ---------(r|)';
      const actors = ['one', 'two'].map((name) =>
        system.actor((m: string) => cold('--m|', { m }), { name, mailbox: { capacity: 1 } }),
      );
      busy.subscribe((m) => actors[1].send(m));
      expectObservable(askAll(actors, 'm'), asked).toBe(dropped, null, new MailboxFullError('two', 1));
      expectObservable(askAll(actors, 'n', { whenFull: 'wait' }), asked).toBe(expected, { r: ['n', 'n'] });
    }),
  );

  it('asks 10,000 actors, and takes 10,000 asks back', () => {
    const scheduler = new VirtualTimeScheduler();
    const system = new ActorSystem({ scheduler });
    const actors = Array.from({ length: 10_000 }, (_, n) => system.actor((m: number) => of(n * m)));
    const sums: number[] = [];
    const answers = askAll(actors, 2);
    answers.subscribe((all) => sums.push(all.reduce((sum, each) => sum + each)));
    answers.subscribe(() => sums.push(0)).unsubscribe();
    scheduler.flush();
    expect(sums).toEqual([99_990_000]);
    expect(scheduler.frame).toBeLessThan(1000);
  });

  it(
    'takes whoever can be asked, whose ask() may throw, and does not see what becomes of the array',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const other = cold('-x|');
      const otherSubs = ['(^!)', '(^!)'];
      const broken: Askable<string, string> = {
        ask: () => {
          throw 'error';
        },
      };
      const remote: Askable<string, string> = { ask: () => other };
      const changed = [mirror, mirror];
      const answers = askAll(changed, 'm');
      changed.length = 0;
      expectObservable(answers).toBe('                          (r|)', { r: ['m', 'm'] });
      expectObservable(askAll([remote, broken, mirror], 'm')).toBe('#');
      expectObservable(askAll([remote, { ask: () => throwError(() => 'error') }], 'm')).toBe('#');
      expectObservable(askAll([{ ask: () => EMPTY }], 'm').pipe(nameOfError())).toBe('#', null, 'EmptyError');
      expectSubscriptions(other.subscriptions).toBe(otherSubs);
    }),
  );
});
