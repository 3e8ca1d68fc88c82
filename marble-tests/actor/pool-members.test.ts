import { NEVER } from 'rxjs';
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
});
