import { concatMap, from, map, NEVER, of, timer } from 'rxjs';
import { ActorClosedError, ActorSystem, MailboxFullError, resume, type Actor } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { ActorPool, actorPool } from '../../src/actor/actor-pool.js';
import { deadLetters, named, recorded } from '../fates.js';
import { marbles } from '../marbles.js';
import { memberOf } from '../pool-members.js';

const bad = new Error('bad');

describe('the capacity of a pool', () => {
  it(
    'M1 counts what waits at all members, not what is being processed',
    marbles(({ hot, cold, system, expectObservable }) => {
      const inbox = hot('  -abcdefgh-------');
      const expected = '   ----ab--cd--fg  ';
      const letters = '    -----e--h-------';
      const dead = deadLetters(system);
      const pool = actorPool((m: string) => cold('---m|', { m }), { system, size: 2, mailbox: { capacity: 2 } });
      inbox.subscribe((m) => pool.send(m));
      expectObservable(pool).toBe(expected);
      expectObservable(dead).toBe(letters, named('e: e overflow', 'h: h overflow'));
    }),
  );

  it(
    'M1 makes trySend false exactly when this message was not taken',
    marbles(
      ({ hot, system, expectObservable }) => {
        const inbox = hot('  -abcdef-');
        const taken = '      -ttttff-';
        const letters = '    -----ef-';
        const dead = deadLetters(system);
        const pool = actorPool((_: string) => NEVER, { system, size: 2, mailbox: { capacity: 2 } });
        expectObservable(recorded(inbox.pipe(map((m) => pool.trySend(m))))).toBe(taken, { t: true, f: false });
        expectObservable(dead).toBe(letters, named('e: e overflow', 'f: f overflow'));
      },
      { mayRemain: 'anything' },
    ),
  );

  it('M1 addresses what it drops to the pool, and makes trySend false after close and kill', () => {
    const letters: unknown[] = [];
    const system = new ActorSystem();
    system.deadLetters.subscribe((letter) => letters.push(letter));
    const pool = new ActorPool((_: string) => undefined, { system, size: 2, mailbox: { capacity: 1 } });
    expect([pool.trySend('a'), pool.trySend('b'), pool.pending]).toEqual([true, false, 1]);
    expect(letters).toEqual([{ message: 'b', recipient: pool, reason: 'overflow' }]);
    pool.start().close();
    expect(pool.trySend('c')).toBe(false);
    pool.kill();
    expect([pool.trySend('d'), pool.pending]).toEqual([false, 0]);
  });

  it(
    'M1 tells how many wait, and whenever that changes, until the last of them has been processed',
    marbles(({ hot, cold, system, expectObservable }) => {
      const inbox = hot('  -(ab)--cd                ');
      const asked = '      ---------^!              ';
      const close = hot('  -----------x             ');
      const expected = '   0(1210)1232--(10)--------|';
      const pool = actorPool((_: string) => cold('------------|'), { system, size: 2 });
      inbox.subscribe((m) => pool.send(m));
      close.subscribe(() => pool.close());
      expectObservable(pool.ask('e'), asked).toBe('');
      expectObservable(pool.pending$).toBe(expected, { 0: 0, 1: 1, 2: 2, 3: 3 });
    }),
  );

  it(
    'M2 lets those who offer in as room comes, first come, first served',
    marbles(({ cold, system, expectObservable }) => {
      const taken = '      (abc)--(de)---(f|)';
      const expected = '   ------(ab)---(cd)---(ef)';
      const pool = actorPool((m: string) => cold('------m|', { m }), { system, size: 2, mailbox: { capacity: 1 } });
      const offers = from('abcdef').pipe(concatMap((m) => pool.offer(m).pipe(map(() => m))));
      expectObservable(offers).toBe(taken);
      expectObservable(pool).toBe(expected);
    }),
  );

  it(
    'M2 A3 takes back an offer, and an ask in line, that is unsubscribed',
    marbles(({ cold, system, expectObservable }) => {
      const expected = '   ------a------b------e';
      const pool = actorPool((m: string) => cold('------m|', { m }), { system, size: 1, mailbox: { capacity: 1 } });
      pool.send('a');
      expectObservable(cold('-b').pipe(concatMap((m) => of(pool.trySend(m))))).toBe('-t', { t: true });
      expectObservable(pool.offer('c').pipe(map(() => 'c')), '                     --^---!').toBe('');
      expectObservable(pool.ask('d', { whenFull: 'wait' }), '                      ---^--!').toBe('');
      expectObservable(pool.offer('e').pipe(map(() => 'e')), '                     ----^  ').toBe('-------(e|)');
      expectObservable(pool).toBe(expected);
    }),
  );

  it.each([
    ['close', (pool: Actor<string, unknown>) => pool.close(), undefined, '    ----d', 'd: d closed'],
    [
      'kill',
      (pool: Actor<string, unknown>) => pool.kill('enough'),
      'enough',
      '----(dab)',
      'd: d killed, a: a killed, b: b killed',
    ],
    ['a failure', () => undefined, bad, '                         ----(abd)', 'a: a failed, b: b closed, d: d closed'],
  ])('M2 A2 E8 ends what is in line with ActorClosedError at %s', (by, end, cause, letters, named$) => {
    marbles(({ hot, cold, system, expectObservable }) => {
      const inbox = hot('  -ab--');
      const offered = '    ---^-';
      const expected = '   ----#';
      const dead = deadLetters(system);
      const error = new ActorClosedError('p', cause === undefined ? undefined : { cause });
      const pool = actorPool(
        (_: string) => (by === 'a failure' ? cold('---#', undefined, bad) : cold<never>('-----|')),
        {
          system,
          size: 1,
          name: 'p',
          mailbox: { capacity: 1 },
        },
      );
      pool.subscribe({ error: () => undefined });
      inbox.subscribe((m) => pool.send(m));
      hot('                ----x').subscribe(() => {
        end(pool);
      });
      expectObservable(pool.offer('c'), offered).toBe(expected, undefined, error);
      expectObservable(pool.ask('d', { whenFull: 'wait' }), offered).toBe(expected, undefined, error);
      expectObservable(dead).toBe(letters, named(...(named$.split(', ') as `${string}: ${string}`[])));
    })();
  });

  it(
    'M2 gives the room of a member that is killed to the first in line, not to whoever hears of it first',
    marbles(
      ({ hot, system, expectObservable }) => {
        const inbox = hot('  -ab-c---------');
        const offered = '    ------^       ';
        const kill = hot('   --------x     ');
        const expected = '   --------(d|)  ';
        const letters = '    --------(ace) ';
        const dead = deadLetters(system);
        const pool = actorPool((_: string) => NEVER, { system, size: 2, mailbox: { capacity: 1 } });
        inbox.subscribe((m) => pool.send(m));
        system.deadLetters.subscribe(({ message }) => {
          if (message === 'c') pool.send('e');
        });
        kill.subscribe(() => memberOf(system, 1).kill());
        expectObservable(pool.offer('d').pipe(map(() => 'd')), offered).toBe(expected);
        expectObservable(dead).toBe(letters, named('a: a killed', 'c: c killed', 'e: e overflow'));
      },
      { mayRemain: 'anything' },
    ),
  );

  it('M2 gives away the room of a killed member once it has ended, though another member is sent to meanwhile', () => {
    const log: string[] = [];
    marbles(
      ({ system }) => {
        const pool = actorPool((_: string) => NEVER, { system, size: 2, mailbox: { capacity: 3 } });
        for (const m of ['a', 'b']) pool.send(m);
        timer(1).subscribe(() => {
          for (const m of ['c', 'd', 'e']) pool.send(m);
          pool.offer('f').subscribe(() => log.push('f is in'));
        });
        system.deadLetters.subscribe(({ message }) => {
          log.push(`letter ${String(message)}`);
          if (message === 'e') memberOf(system, 2).send('g');
          log.push(`${pool.pending} wait`);
        });
        timer(2).subscribe(() => memberOf(system, 1).kill());
      },
      { mayRemain: 'anything' },
    )();
    expect(log).toEqual(['letter a', '3 wait', 'letter c', '2 wait', 'letter e', '2 wait', 'f is in']);
  });

  it('M2 keeps the order of the line when more room comes while the first is let in', () => {
    const log: string[] = [];
    marbles(({ system }) => {
      const pool: ActorPool<string> = actorPool(
        (m: string) => {
          log.push(m);
          return m === 'a' ? NEVER : undefined;
        },
        {
          system,
          size: 1,
          mailbox: { capacity: 2 },
          // Called for the first in line, it makes room for the second.
          routing: { hash: (m) => (m === 'first' && second.unsubscribe(), m) },
        },
      );
      const first = pool.ask('a').subscribe();
      timer(1).subscribe(() => pool.send('c'));
      const second = timer(2)
        .pipe(concatMap(() => pool.ask('b')))
        .subscribe();
      timer(3).subscribe(() => {
        for (const m of ['first', 'second', 'third']) pool.offer(m).subscribe(() => log.push(`${m} is in`));
        first.unsubscribe();
      });
    })();
    expect(log.filter((line) => line.endsWith('is in'))).toEqual(['first is in', 'second is in', 'third is in']);
    expect(log.filter((line) => !line.endsWith('is in'))).toEqual(['a', 'c', 'first', 'second', 'third']);
  });

  it.each(['a', 'fails'])(
    'A3 does not process an ask that is taken back by whoever gets its room, be it one that is bound to fail: %s',
    (asked) => {
      const log: string[] = [];
      marbles(({ system }) => {
        const pool = actorPool((m: string) => (log.push(m), m === 'first' ? NEVER : undefined), {
          system,
          size: 1,
          supervision: resume(),
          mailbox: { capacity: 1 },
          routing: {
            hash: (m) => {
              if (m === 'fails') throw bad;
              return m;
            },
          },
        });
        system.failures.subscribe(({ message }) => log.push(`${String(message)} failed`));
        const first = pool.ask('first').subscribe();
        timer(1).subscribe(() => {
          const second = pool.ask(asked).subscribe({ error: () => log.push('it failed') });
          pool.offer('third').subscribe(() => second.unsubscribe());
          pool.offer('fourth').subscribe();
          first.unsubscribe();
        });
        timer(2).subscribe(() => log.push(`${pool.pending} wait`));
      })();
      expect(log).toEqual(['first', 'third', 'fourth', '0 wait']);
    },
  );

  it.each(['close', 'kill'] as const)(
    'M2 lets nobody in any more at a %s, though whoever is turned away makes room',
    (how) => {
      const log: string[] = [];
      marbles(({ cold, system }) => {
        const pool = actorPool((_: string) => cold('-----|'), { system, size: 1, mailbox: { capacity: 1 } });
        pool.send('a');
        timer(1).subscribe(() => {
          const asked = pool.ask('b').subscribe();
          for (const m of ['c', 'd']) {
            pool.offer(m).subscribe({
              next: () => log.push(`${m} is taken`),
              error: (error: unknown) => {
                log.push(`${m}: ${(error as Error).name}`);
                asked.unsubscribe();
              },
            });
          }
        });
        timer(2).subscribe(() => pool[how]());
      })();
      expect(log).toEqual(['c: ActorClosedError', 'd: ActorClosedError']);
    },
  );

  it(
    'A2 does not let an ask line up for a pool that is closed and full',
    marbles(({ cold, system, expectObservable }) => {
      const pool = actorPool((_: string) => cold('-----|'), { system, size: 1, name: 'p', mailbox: { capacity: 1 } });
      cold('                                             -ab').subscribe((m) => pool.send(m));
      cold('                                             ---c').subscribe(() => pool.close());
      expectObservable(pool.ask('d', { whenFull: 'wait' }), '----^').toBe(
        '----#',
        undefined,
        new ActorClosedError('p'),
      );
    }),
  );

  it(
    'M1 gives an ask that a full pool drops MailboxFullError, and its room back when it is taken back',
    marbles(
      ({ cold, system, expectObservable }) => {
        const dead = deadLetters(system);
        const pool = actorPool((_: string) => NEVER, { system, size: 1, name: 'p', mailbox: { capacity: 1 } });
        pool.send('a');
        expectObservable(pool.ask('b'), '-^--!').toBe('');
        expectObservable(pool.ask('c'), '--^').toBe('--#', undefined, new MailboxFullError('p', 1));
        expectObservable(pool.offer('d').pipe(map(() => 'd')), '---^').toBe('----(d|)');
        expectObservable(cold('-----e').pipe(map((m) => pool.trySend(m)))).toBe('-----f', { f: false });
        expectObservable(dead).toBe('--c--e', named('c: c overflow', 'e: e overflow'));
      },
      { mayRemain: 'anything' },
    ),
  );
});
