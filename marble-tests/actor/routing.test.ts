import { firstValueFrom, map, NEVER, of, throwError, timer, type Observable } from 'rxjs';
import { ActorSystem, resume, type AnyActor, type Recipient } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { actorPool, type ActorPool, type ActorPoolOptions } from '../../src/actor/actor-pool.js';
import { placeOf } from '../../src/actor/jump-hash.js';
import { deadLetters, named, recorded } from '../fates.js';
import { marbles } from '../marbles.js';
import { numberOf } from '../pool-members.js';
import { unhandledErrors } from '../unhandled-errors.js';

const bad = new Error('bad');

/** Who has processed what, as `a1`: message a, first member. */
function routed(
  options: Omit<ActorPoolOptions<string>, 'system'>,
  program: (pool: ActorPool<string, unknown>) => void,
  work: (m: string) => Observable<unknown> | undefined = () => undefined,
): string[] {
  const log: string[] = [];
  marbles(({ system }) => {
    const pool = actorPool<string, unknown>(
      (m, context) => {
        log.push(`${m}${numberOf(context)}`);
        return work(m);
      },
      { system, ...options },
    );
    program(pool);
  })();
  return log.sort();
}

function sendAll(pool: ActorPool<string, unknown>, messages: string): void {
  for (const m of messages) pool.send(m);
}

describe('round-robin', () => {
  it('is the default: one member after the other', () => {
    const program = (pool: ActorPool<string, unknown>) => {
      sendAll(pool, 'abcde');
    };
    expect(routed({ size: 3 }, program)).toEqual(['a1', 'b2', 'c3', 'd1', 'e2']);
    expect(routed({ size: 2, routing: 'round-robin' }, program)).toEqual(['a1', 'b2', 'c1', 'd2', 'e1']);
    expect(routed({ size: 1 }, program)).toEqual(['a1', 'b1', 'c1', 'd1', 'e1']);
  });

  it('goes on behind the last one when the pool is resized', () => {
    const log = routed({ size: 2 }, (pool) => {
      sendAll(pool, 'a');
      pool.resize(3);
      sendAll(pool, 'bc');
      pool.resize(2);
      sendAll(pool, 'def');
    });
    expect(log).toEqual(['a1', 'b2', 'c3', 'd2', 'e1', 'f2']);
  });
});

describe('least-pending', () => {
  const options = { size: 3, routing: 'least-pending' } as const;

  it('chooses the member with the fewest messages, among equals the next one after the last', () => {
    const log = routed(
      options,
      (pool) => {
        sendAll(pool, 'abcd');
        // Then a, with d behind it, and c are still at work.
        timer(3).subscribe(() => {
          sendAll(pool, 'efgh');
        });
      },
      (m) => (m === 'b' ? timer(1) : m < 'e' ? timer(9) : undefined),
    );
    // e: 2 is free. f: 2 and 3 have one each, 3 is the next. g: 2 has one. h: all have two, 3 is the next behind 2.
    expect(log).toEqual(['a1', 'b2', 'c3', 'd1', 'e2', 'f3', 'g2', 'h3']);
  });

  it.each([
    ['an Observable', () => NEVER],
    ['a Promise', () => new Promise<never>(() => undefined)],
    [
      'an async iterable',
      () => ({ [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => undefined) }) }),
    ],
  ])('counts the message that is being processed, be its work %s, until it is taken back', (_, work) => {
    const log = routed(
      { size: 2, routing: 'least-pending' },
      (pool) => {
        const asked = pool.ask('a').subscribe();
        timer(1).subscribe(() => {
          sendAll(pool, 'b');
        });
        timer(2).subscribe(() => {
          sendAll(pool, 'c');
        });
        timer(3).subscribe(() => {
          asked.unsubscribe();
          sendAll(pool, 'd');
        });
      },
      (m) => (m === 'a' ? (work() as Observable<never>) : undefined),
    );
    expect(log).toEqual(['a1', 'b2', 'c2', 'd1']);
  });

  it('does not count what has failed, was put aside, or is done at once', () => {
    const log: string[] = [];
    marbles(
      ({ system }) => {
        const pool = actorPool<string, string>(
          (m, context) => {
            log.push(`${m}${numberOf(context)}`);
            if (m === 'a') throw bad;
            if (m === 'b') context.stash();
            return m === 'c' ? throwError(() => bad) : m === 'd' ? of(m) : m === 'e' ? [m] : NEVER;
          },
          { system, size: 1, routing: 'least-pending', supervision: resume() },
        );
        sendAll(pool, 'abcde');
        timer(1).subscribe(() => {
          pool.resize(2);
          // The next one after the last, were they not equal.
          sendAll(pool, 'fg');
        });
        timer(2).subscribe(() => {
          sendAll(pool, 'h');
        });
      },
      { mayRemain: 'anything' },
    )();
    expect(log).toEqual(['a1', 'b1', 'c1', 'd1', 'e1', 'f2', 'g1']);
  });

  it('F1 reports what a Promise is rejected with that nobody follows, as any actor does', async () => {
    const errors = unhandledErrors();
    const system = new ActorSystem();
    let fail!: (error: Error) => void;
    const rejected = new Promise<never>((_, reject) => (fail = reject));
    const pool = actorPool(
      (_: string, { self }) => {
        self.kill();
        return rejected;
      },
      { system, size: 1, routing: 'least-pending' },
    );
    pool.send('a');
    await firstValueFrom(system.deadLetters);
    fail(bad);
    expect(await firstValueFrom(errors)).toBe(bad);
    pool.kill();
  });

  it('hands on whatever kind of thing a behavior returns as any actor does', () => {
    const seen: unknown[] = [];
    marbles(({ system }) => {
      const returned: unknown[] = [of(1), [2], new Set([3]), new Map(), undefined, 'text', null, throwError(() => 'e')];
      const pool = actorPool((n: number) => returned[n] as Observable<unknown>, {
        system,
        size: 2,
        routing: 'least-pending',
        supervision: resume(),
      });
      system.failures.subscribe(({ error, message }) =>
        seen.push([message, error instanceof Error ? error.name : error]),
      );
      pool.subscribe((value) => seen.push(value));
      returned.forEach((_, n) => pool.send(n));
      pool.close();
    })();
    expect(seen.map(String).sort()).toEqual(['1', '2', '3', '5,TypeError', '6,TypeError', '7,e']);
  });
});

describe('hash', () => {
  const byLetter = { hash: (m: string) => m[0] };
  /** The letters that belong to a place. */
  const lettersAt = (place: number, size: number) =>
    Array.from('abcdefghijklmnopqrstuvwxyz').filter((letter) => placeOf(letter, size) === place);

  it('O1 gives messages with the same key to the same member, which keeps their order', () => {
    const [[a], [b], [c]] = [0, 1, 2].map((place) => lettersAt(place, 3));
    const sent = [`${a}1`, `${b}1`, `${a}2`, `${c}1`, `${b}2`, `${a}3`];
    const log: string[] = [];
    marbles(({ cold, system }) => {
      const pool = actorPool(
        (m: string, context) => {
          log.push(`${m} at ${numberOf(context)}`);
          return m.startsWith(a) ? cold('---|') : cold('-|');
        },
        { system, size: 3, routing: byLetter },
      );
      for (const m of sent) pool.send(m);
    })();
    const of = (letter: string) => log.filter((line) => line.startsWith(letter));
    expect(of(a)).toEqual([`${a}1 at 1`, `${a}2 at 1`, `${a}3 at 1`]);
    expect(of(b)).toEqual([`${b}1 at 2`, `${b}2 at 2`]);
    expect(of(c)).toEqual([`${c}1 at 3`]);
  });

  it('O1 keeps the order of a key whose member stays when the pool is resized', () => {
    const stays = lettersAt(0, 3).find((letter) => placeOf(letter, 2) === 0 && placeOf(letter, 5) === 0)!;
    const moves = lettersAt(4, 5).find((letter) => placeOf(letter, 2) === 0)!;
    const log: string[] = [];
    marbles(({ cold, system }) => {
      const pool = actorPool(
        (m: string, context) => {
          log.push(`${m} at ${numberOf(context)}`);
          return cold('--|');
        },
        { system, size: 2, routing: byLetter },
      );
      for (const m of [`${moves}1`, `${moves}2`, `${stays}1`]) pool.send(m);
      pool.resize(5);
      for (const m of [`${stays}2`, `${moves}3`]) pool.send(m);
      pool.resize(3);
      pool.send(`${stays}3`);
    })();
    expect(log.filter((line) => line.startsWith(stays))).toEqual([1, 2, 3].map((n) => `${stays}${n} at 1`));
    // What a resize cannot promise: the third is processed beside the first.
    expect(log.filter((line) => line.startsWith(moves))).toEqual([
      `${moves}1 at 1`,
      `${moves}3 at 5`,
      `${moves}2 at 1`,
    ]);
  });

  it('asks for the key of a message once, on the stack of whoever sends it', () => {
    const keys: string[] = [];
    const pool = actorPool((_: string) => undefined, {
      system: new ActorSystem(),
      size: 2,
      routing: { hash: (m) => (keys.push(m), m) },
    });
    pool.send('a');
    pool.ask('b').subscribe();
    pool.offer('c').subscribe();
    expect(keys).toEqual(['a', 'b', 'c']);
  });

  it.each([
    [
      'throws',
      () => {
        throw bad;
      },
      bad,
    ],
    [
      'gives no string',
      () => 3 as never,
      new TypeError('Expected `routing.hash` to be a function that returns a string, got `3` (number).'),
    ],
  ])('M3 O3 makes a message fail in its turn when the hash function %s', (_, hash, error) => {
    marbles(({ hot, cold, system, expectObservable }) => {
      const inbox = hot('  -x-----');
      const asks = '       --^----';
      const expected = '   -----#-';
      const letters = '    -----(xy)';
      const dead = deadLetters(system);
      const failures$ = recorded(system.failures.pipe(map((failure) => failure.error)));
      const pool = actorPool((m: string) => cold('----m', { m }), {
        system,
        size: 2,
        supervision: resume(),
        routing: { hash: (m) => (m === 'a' ? 'a' : hash()) },
      });
      // It is in front of the two, and is taken back at 5.
      const first = pool.ask('a').subscribe();
      hot('                -----x ').subscribe(() => first.unsubscribe());
      inbox.subscribe((m) => pool.send(m));
      expectObservable(dead).toBe(letters, named('x: x failed', 'y: y failed'));
      expectObservable(failures$).toBe('-----(ee)', { e: error });
      expectObservable(pool.ask('y'), asks).toBe(expected, undefined, error);
    })();
  });

  it(
    'F1 ends the pool when the hash function throws and nothing else is said',
    marbles(({ hot, system, expectObservable }) => {
      const pool = actorPool((m: string) => of(m), {
        system,
        size: 2,
        routing: {
          hash: (m) => {
            if (m === 'x') throw bad;
            return m;
          },
        },
      });
      hot('                        -a-x-').subscribe((m) => pool.send(m));
      expectObservable(pool).toBe('-a-#', undefined, bad);
    }),
  );

  it('makes a dead letter of a message whose hash function kills the pool', () => {
    const letters: string[] = [];
    const system = new ActorSystem();
    system.deadLetters.subscribe(({ message, reason, recipient }) =>
      letters.push(`${String(message)} ${reason} ${(recipient as Recipient<never> & AnyActor).name}`),
    );
    const pool: ActorPool<string> = actorPool((_: string) => undefined, {
      system,
      size: 2,
      name: 'pool',
      routing: { hash: (m) => (pool.kill(), m) },
    });
    pool.send('a');
    const other: ActorPool<string> = actorPool((_: string) => undefined, {
      system,
      size: 3,
      routing: { hash: (m) => (other.resize(1), m) },
    });
    for (const m of 'bcdefgh') other.send(m);
    expect(letters).toEqual(['a closed pool']);
    expect([other.size, other.pending]).toEqual([1, 7]);
  });
});
