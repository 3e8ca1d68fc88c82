import { firstValueFrom, map, NEVER, timer } from 'rxjs';
import { ActorClosedError, ActorSystem, AskTimeoutError, resume } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { actorPool } from '../../src/actor/actor-pool.js';
import { marbles } from '../marbles.js';
import { memberOf, numberOf } from '../pool-members.js';

const bad = new Error('bad');

describe('asking a pool', () => {
  it(
    'A1 sends when it is subscribed, once for each subscription, and emits what its message leads to alone',
    marbles(({ hot, cold, system, expectObservable }) => {
      const inbox = hot('  -a----------');
      const first = '      --^         ';
      const second = '     ------^     ';
      const expected1 = '  ---x-y|     ';
      const expected2 = '  -------x-y| ';
      const outputs = '    --xxyy-x-y--';
      const pool = actorPool((_: string) => cold('-x-y|'), { system, size: 2 });
      inbox.subscribe((m) => pool.send(m));
      const ask = pool.ask('b');
      expectObservable(ask, first).toBe(expected1);
      expectObservable(ask, second).toBe(expected2);
      expectObservable(pool).toBe(outputs);
    }),
  );

  it(
    'A1 completes without a value when the behavior returns nothing, and never when the work never does',
    marbles(({ system, expectObservable }) => {
      const pool = actorPool((m: string) => (m === 'a' ? undefined : NEVER), { system, size: 2 });
      expectObservable(pool.ask('a'), '-^').toBe('-|');
      expectObservable(pool.ask('b'), '-^').toBe('--');
    }),
  );

  it(
    'A2 errors with what the behavior throws',
    marbles(({ cold, system, expectObservable }) => {
      const pool = actorPool(
        (m: string) => {
          if (m === 'now') throw bad;
          return cold('-x#', undefined, 'later');
        },
        { system, size: 2, supervision: resume() },
      );
      expectObservable(pool.ask('now'), '  -^').toBe('-#  ', undefined, bad);
      expectObservable(pool.ask('later'), '-^').toBe('--x#', undefined, 'later');
    }),
  );

  it(
    'A2 errors with ActorClosedError: of the pool when that has ended, of the member when that ends first',
    marbles(({ hot, cold, system, expectObservable }) => {
      const pool = actorPool((m: string) => (m === 'x' ? cold<never>('--#') : NEVER), { system, size: 2, name: 'p' });
      pool.subscribe({ error: () => undefined });
      const kill = hot('                 ---k----');
      kill.subscribe((reason) => memberOf(system, 1).kill(reason));
      const of1 = new ActorClosedError('p-1', { cause: 'k' });
      const of2 = new ActorClosedError('p-2', { cause: 'error' });
      const ofPool = new ActorClosedError('p', { cause: 'error' });
      expectObservable(pool.ask('a'), '  -^------').toBe('---#      ', undefined, of1);
      expectObservable(pool.ask('b'), '  --^-----').toBe('------#   ', undefined, of2);
      expectObservable(pool.ask('x'), '  ----^---').toBe('------#   ');
      expectObservable(pool.ask('c'), '  -------^').toBe('-------#  ', undefined, ofPool);
    }),
  );

  it(
    'A2 errors with AskTimeoutError of the pool: in line, while it waits, and during its turn',
    marbles(({ cold, system, expectObservable, expectSubscriptions }) => {
      const work = cold('  --x-----');
      const workSubs = '   -^----! ';
      const pool = actorPool((_: string) => work, { system, size: 1, name: 'p', mailbox: { capacity: 1 } });
      const error = (timeout: number) => new AskTimeoutError('p', timeout);
      const ask = (m: string, timeout: number) => pool.ask(m, { timeout, whenFull: 'wait' });
      expectObservable(ask('a', 5), '-^      ').toBe('---x--#', undefined, error(5));
      expectObservable(ask('b', 3), '--^     ').toBe('-----#', undefined, error(3));
      expectObservable(ask('c', 1), '--^     ').toBe('---#  ', undefined, error(1));
      expectSubscriptions(work.subscriptions).toBe(workSubs);
      expectObservable(timer(6).pipe(map(() => pool.pending))).toBe('------(n|)', { n: 0 });
    }),
  );

  it.each(['round-robin', 'least-pending'] as const)(
    'A3 takes its message back when it is unsubscribed: out of the mailbox, or out of its turn, routed by %s',
    (routing) => {
      marbles(
        ({ hot, cold, system, expectObservable, expectSubscriptions }) => {
          const inbox = hot('  ---------c----');
          const running = '    -^-----!      ';
          const waiting = '    -----^!       ';
          const work = cold('           ----x');
          const workSubs = ['  -^-----!      ', '  ---------^----'];
          const pending = '    0(10)10--(10) ';
          const pool = actorPool((_: string) => work, { system, size: 1, routing });
          inbox.subscribe((m) => pool.send(m));
          expectObservable(pool.ask('a'), running).toBe('-----x');
          expectObservable(pool.ask('b'), waiting).toBe('');
          expectObservable(pool.pending$).toBe(pending, { 0: 0, 1: 1 });
          expectObservable(pool).toBe('          -----x-------x');
          expectSubscriptions(work.subscriptions).toBe(workSubs);
        },
        { mayRemain: 'anything' },
      )();
    },
  );

  it(
    'A3 takes its message back when its signal is aborted, and tells the work to stop',
    marbles(({ cold, system, expectObservable, expectSubscriptions }) => {
      const controller = new AbortController();
      const { signal } = controller;
      const work = cold('  -------');
      const workSubs = '   -^--!  ';
      const reasons: unknown[] = [];
      const pool = actorPool(
        (_: string, context) => {
          context.signal.addEventListener('abort', () => reasons.push(numberOf(context)));
          return work;
        },
        { system, size: 1 },
      );
      cold('               ----x').subscribe(() => {
        controller.abort('enough');
      });
      expectObservable(pool.ask('a', { signal }), '-^   ').toBe('----#  ', undefined, 'enough');
      expectObservable(pool.ask('b', { signal }), '--^  ').toBe('----#  ', undefined, 'enough');
      expectObservable(pool.ask('c', { signal }), '-----^').toBe('-----#', undefined, 'enough');
      expectSubscriptions(work.subscriptions).toBe(workSubs);
      expectObservable(timer(6).pipe(map(() => [...reasons, pool.pending]))).toBe('------(r|)', { r: [1, 0] });
    }),
  );

  it('A3 takes back an ask that a member has put aside', () => {
    const log: string[] = [];
    marbles(({ system }) => {
      const pool = actorPool(
        (m: string, context) => {
          log.push(m);
          if (m === 'go') context.unstashAll();
          else if (log.length < 3) context.stash();
        },
        { system, size: 1 },
      );
      const asked = pool.ask('a').subscribe();
      pool.ask('b').subscribe({ complete: () => log.push('b is answered') });
      timer(1).subscribe(() => asked.unsubscribe());
      timer(2).subscribe(() => pool.send('go'));
    })();
    expect(log).toEqual(['a', 'b', 'go', 'b', 'b is answered']);
  });

  it('A4 leaves nothing behind of thousands that time out, wherever they are', () => {
    const ends: unknown[] = [];
    marbles(
      ({ system }) => {
        const pool = actorPool((_: number) => NEVER, { system, size: 2, mailbox: { capacity: 5_000 } });
        let errors = 0;
        for (let n = 0; n < 10_000; n++) {
          pool.ask(n, { timeout: 5, whenFull: 'wait' }).subscribe({ error: () => errors++ });
        }
        timer(2).subscribe(() => ends.push(pool.pending));
        timer(7).subscribe(() => ends.push(errors, pool.pending, pool.trySend(1)));
      },
      { mayRemain: 'anything' },
    )();
    expect(ends).toEqual([5_000, 10_000, 0, true]);
  });

  it('A2 answers what was asked before a close', async () => {
    const pool = actorPool((n: number) => timer(1).pipe(map(() => n * 2)), { system: new ActorSystem(), size: 2 });
    const answers = [1, 2, 3].map((n) => firstValueFrom(pool.ask(n)));
    pool.close();
    expect(await Promise.all(answers)).toEqual([2, 4, 6]);
    await pool.join();
  });
});
