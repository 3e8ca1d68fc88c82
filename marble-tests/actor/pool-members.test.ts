import { map, merge, NEVER } from 'rxjs';
import { ActorClosedError, Exchange, resume, type Recipient } from 'rx-actors';
import type { Probe } from 'rx-actors/testing';
import { describe, it } from 'vitest';
import { deadLetters, failures, named } from '../fates.js';
import { marbles } from '../marbles.js';
import { memberOf } from '../pool-members.js';
import { unhandledErrors } from '../unhandled-errors.js';

const busy = (_: string) => NEVER;

/** Attaches a member of a group, and notes what it is given. */
function join(exchange: Exchange<string>, member: Recipient<string>, given: Probe<string>): void {
  const filter = (m: string): boolean => {
    given.send(m);
    return true;
  };
  exchange.attach(member, { group: 'workers', filter });
}

describe('X4 a pool in a group', () => {
  it(
    'X4.2 has as much to do as all its members have together',
    marbles(
      ({ hot, cold, system, probe, expectMessages }) => {
        const before = cold('(xy)    ');
        const sent = hot('   -----abc');
        const byPool = '     -------c';
        const byActor = '    -----ab-';
        const exchange = new Exchange<string>({ system });
        const [pooled, alone] = [probe<string>(), probe<string>()];
        const pool = system.actorPool(busy, { size: 2 });
        const actor = system.actor(busy);
        before.subscribe((m) => pool.send(m));
        join(exchange, pool, pooled);
        join(exchange, actor, alone);
        sent.subscribe(exchange);
        expectMessages(pooled).toBe(byPool);
        expectMessages(alone).toBe(byActor);
      },
      { mayRemain: 'anything' },
    ),
  );

  it(
    'X4.3 gets nothing any more when it is closed, though it has not ended',
    marbles(
      ({ hot, cold, system, probe, expectMessages }) => {
        const sent = hot('   -a-bc');
        const close = cold(' --x  ');
        const byPool = '     -a---';
        const byActor = '    ---bc';
        const exchange = new Exchange<string>({ system });
        const [pooled, alone] = [probe<string>(), probe<string>()];
        const pool = system.actorPool(busy, { size: 2 });
        const actor = system.actor(busy);
        join(exchange, pool, pooled);
        join(exchange, actor, alone);
        close.subscribe(() => pool.close());
        sent.subscribe(exchange);
        expectMessages(pooled).toBe(byPool);
        expectMessages(alone).toBe(byActor);
      },
      { mayRemain: 'anything' },
    ),
  );
});

describe('a pool', () => {
  it(
    'has its members put aside as many messages as `stashCapacity` says, each for itself',
    marbles(
      ({ hot, system, expectObservable }) => {
        const sent = hot('  -abcd');
        const failed = '    ---cd';
        const pool = system.actorPool((_: string, { stash }) => stash(), {
          size: 2,
          stashCapacity: 1,
          supervision: resume(),
        });
        expectObservable(failures(system)).toBe(failed, { c: 'c resume', d: 'd resume' });
        sent.subscribe((m) => pool.send(m));
      },
      { mayRemain: 'anything' },
    ),
  );

  it(
    'E8 A2 F1 takes nothing any more when all its members have ended in a system that closes, and says so',
    marbles(
      ({ hot, cold, system, expectObservable }) => {
        const close = cold('  -x    ');
        const kill = cold('   --x   ');
        const sent = hot('    ---a  ');
        const asked = '       ----^ ';
        const failed = hot('  -----# ', undefined, 'of an upstream');
        const letters = '     ---ab ';
        const answers = '     ----# ';
        const reported = '    -----e';
        const pool = system.actorPool((_: string) => undefined, { name: 'pool', size: 2 });
        // The newest one is closed first, and the pool is not while that has something to do.
        const last = system.actor(busy, { name: 'last' });
        last.send('something');
        close.subscribe(() => void system.close());
        kill.subscribe(() => {
          for (const number of [1, 2]) memberOf(system, number).kill();
        });
        expectObservable(deadLetters(system)).toBe(letters, named('a: a closed', 'b: b closed'));
        expectObservable(unhandledErrors()).toBe(reported, { e: 'of an upstream' });
        sent.subscribe((m) => pool.send(m));
        expectObservable(pool.ask('b'), asked).toBe(answers, undefined, new ActorClosedError('pool'));
        failed.subscribe(pool);
      },
      { mayRemain: 'anything' },
    ),
  );

  it(
    'gives what a behavior sends on its own stack to one that has less to do than the one that it runs in',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('   -a-----');
      const expected = '   -(xy)-';
      const pool = system.actorPool<string, string>(
        (m, { self }) => {
          if (m === 'a') pool.send('b');
          return [self.name];
        },
        { name: 'pool', size: 2, routing: 'least-pending' },
      );
      expectObservable(pool).toBe(expected, { x: 'pool-1', y: 'pool-2' });
      sent.subscribe((m) => {
        pool.send(m);
        // The turn is that of the first one again.
        pool.ask('c').subscribe().unsubscribe();
      });
    }),
  );

  it(
    'F1 fails by an upstream also while one of its members has ended but for its children',
    marbles(({ hot, cold, system, expectObservable }) => {
      const close = cold('  -x   ');
      const fail = hot('    ---# ');
      const outputs = '     ---# ';
      const pool = system.actorPool(busy, { size: 2 });
      const member = memberOf(system, 1);
      system.actor(busy, { parent: member }).send('something');
      close.subscribe(() => member.close());
      expectObservable(pool).toBe(outputs);
      fail.subscribe(pool);
    }),
  );

  it(
    'F1 reports the error of an upstream once, when it is killed before that comes to its turn at 3 members',
    marbles(({ hot, cold, system, expectObservable }) => {
      const failed = hot('   -#   ');
      const kill = cold('    --x  ');
      const reported = '     --e  ';
      const pool = system.actorPool(busy, { size: 3 });
      for (const m of 'abc') pool.send(m);
      expectObservable(unhandledErrors()).toBe(reported, { e: 'error' });
      failed.subscribe(pool);
      kill.subscribe(() => pool.kill());
    }),
  );

  it(
    'is sent nothing by an ask whose signal is aborted already',
    marbles(({ system, expectObservable }) => {
      const pool = system.actorPool(busy, { size: 1 });
      expectObservable(system.events).toBe('-');
      expectObservable(pool.ask('a', { signal: AbortSignal.abort('late') })).toBe('#', undefined, 'late');
    }),
  );

  it(
    'F6 closes those that it takes out the last one first',
    marbles(({ cold, system, expectObservable }) => {
      const resize = cold('  --x      ');
      const ended = '        --(cb|)  ';
      const pool = system.actorPool(busy, { name: 'pool', size: 3 });
      const letters = { 'pool-2': 'b', 'pool-3': 'c' };
      const ends = ['pool-2', 'pool-3'] as const;
      resize.subscribe(() => pool.resize(1));
      expectObservable(
        merge(...ends.map((name, index) => memberOf(system, index + 2).terminated.pipe(map(() => letters[name])))),
      ).toBe(ended);
    }),
  );
});
