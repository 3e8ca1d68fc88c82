import { map, NEVER, of, tap, throwError, timer, type Observable, type Observer } from 'rxjs';
import {
  ActorClosedError,
  ActorSystem,
  askWith,
  ChildFailedError,
  restart,
  resume,
  sendTo,
  stop,
  type AnyActor,
  type AskOptions,
  type Recipient,
} from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { ActorPool, actorPool } from '../../src/actor/actor-pool.js';
import { deadLetters, failures, named, recorded } from '../fates.js';
import { marbles } from '../marbles.js';
import { memberOf, numberOf } from '../pool-members.js';
import { unhandledErrors } from '../unhandled-errors.js';

const closed = { kind: 'closed' };
const killed = (reason?: unknown) => ({ kind: 'killed', reason });
const failed = (error: unknown) => ({ kind: 'failed', error });
const bad = new Error('bad');
/** Echoes its messages and fails with `x`. */
const fussy = (m: string) => (m === 'x' ? throwError(() => bad) : of(m));

describe('a pool', () => {
  it(
    'works on as many messages at once as it has members, and gives their outputs as one stream',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const inbox = hot('  -abcd-----------');
      const work = cold('   ---x|          ');
      const workSubs = ['  -^---!          ', '  --^---!         ', '  -----^---!      ', '  ------^---!     '];
      const expected = '   ----xx--xx------';
      const pool = actorPool((_: string) => work, { system, size: 2 });
      inbox.subscribe((m) => pool.send(m));
      expectObservable(pool).toBe(expected);
      expectSubscriptions(work.subscriptions).toBe(workSubs);
    }),
  );

  it(
    'O1 O2 has every member process what it is given in the order sent, one message at a time',
    marbles(({ hot, cold, system, expectObservable }) => {
      const inbox = hot('  -(abcd)-----');
      const work: Record<string, Observable<string>> = {
        a: cold('           -----a|'),
        b: cold('           -b|'),
        c: cold('                 -c|'),
        d: cold('             --d|'),
      };
      const expected = '   --b--da-c---';
      const pool = actorPool((m: string) => work[m], { system, size: 2 });
      inbox.subscribe((m) => pool.send(m));
      expectObservable(pool).toBe(expected);
    }),
  );

  it(
    'has no output when its behavior returns nothing, and does not end while work goes on',
    marbles(
      ({ hot, system, expectObservable }) => {
        const inbox = hot('  -abc-|');
        const silent = actorPool((_: string) => undefined, { system, size: 2 });
        const busy = actorPool((m: string) => (m === 'c' ? NEVER : undefined), { system, size: 2 });
        inbox.subscribe(silent);
        inbox.subscribe(busy);
        expectObservable(silent).toBe('-----|');
        expectObservable(busy).toBe('  ------');
      },
      { mayRemain: 'anything' },
    ),
  );

  it(
    'gives a late subscriber what comes later, and goes on when one unsubscribes',
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('  -a-b-c-|');
      const early = '      ^---!   ';
      const late = '       --^     ';
      const pool = actorPool((m: string) => of(m), { system, size: 2 });
      inbox.subscribe(pool);
      expectObservable(pool, early).toBe('-a-b-   ');
      expectObservable(pool, late).toBe(' ---b-c-|');
    }),
  );

  it(
    'F5 is not harmed by an observer that throws',
    marbles(({ hot, system, expectObservable }) => {
      const errors = unhandledErrors();
      const pool = actorPool((m: string) => of(m), { system, size: 2 });
      pool.subscribe(() => {
        throw bad;
      });
      hot('                         -a-b-|').subscribe(pool);
      expectObservable(pool).toBe(' -a-b-|');
      expectObservable(errors).toBe('-e-e--', { e: bad });
    }),
  );

  it('O3 never runs a behavior on the stack of whoever sends, nor in the turn of another', () => {
    const log: string[] = [];
    marbles(({ hot, system }) => {
      const pool: ActorPool<number> = actorPool(
        (n: number) => {
          log.push(`[${n}`);
          if (n < 3) pool.send(n + 1);
          log.push(`${n}]`);
        },
        { system, size: 2 },
      );
      hot('-x').subscribe(() => {
        pool.send(1);
        log.push('sent');
      });
    })();
    expect(log).toEqual(['sent', '[1', '1]', '[2', '2]', '[3', '3]']);
  });

  it.each(['round-robin', 'least-pending', { hash: String }] as const)(
    'O4 drains a backlog of 10,000, none lost and none twice, with work of many kinds, routed by %j',
    (routing) => {
      const seen: number[] = [];
      const ends: unknown[] = [];
      marbles(({ cold, system }) => {
        const kinds = [() => undefined, () => [], () => of(1, 2), () => new Set([1]), () => cold('-x|')];
        const pool = actorPool(
          (n: number) => {
            seen.push(n);
            return kinds[n % kinds.length]() as Observable<number>;
          },
          { system, size: 3, routing },
        );
        for (let n = 0; n < 10_000; n++) pool.send(n);
        pool.close();
        pool.terminated.subscribe((termination) => ends.push(termination, pool.pending, system.actors.length));
      })();
      expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 10_000 }, (_, n) => n));
      expect(ends).toEqual([closed, 0, 0]);
    },
  );

  it(
    'is a recipient, an observer, and something to ask, like one actor',
    marbles(({ hot, cold, system, expectObservable }) => {
      const pool = actorPool((m: string) => of(m), { system, size: 2 });
      const exchange = system.exchange<string>('to the pool');
      exchange.subscribe(pool);
      hot('                                                 -a----').subscribe((m) => exchange.send(m));
      cold('                                                --b---').pipe(sendTo(pool)).subscribe();
      pool.consume(cold('                                   ---c--'));
      expectObservable(hot('                                ----d-').pipe(askWith(pool))).toBe('----d-');
      expectObservable(pool).toBe('                          -abcd-');
    }),
  );

  it(
    'I2 stops consuming when it ends',
    marbles(({ cold, system, expectSubscriptions }) => {
      const source = cold(' -a-b-c-');
      const subs = '        ^---!   ';
      const pool = actorPool((_: string) => undefined, { system, size: 2 });
      pool.consume(source);
      cold('                ----x   ').subscribe(() => pool.kill());
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it('has its members as children, each with a name of its own', () => {
    const names: string[] = [];
    marbles(({ system }) => {
      const pool = actorPool((m: string, { self }) => void names.push(`${m} at ${self.name}`), {
        system,
        size: 2,
        name: 'crew',
      });
      for (const m of ['a', 'b', 'c']) pool.send(m);
      names.push(...system.actors.map(({ name, pending }) => `${name}: ${pending}`));
    })();
    expect(names).toEqual(['crew-2: 1', 'crew-1: 2', 'crew: 3', 'a at crew-1', 'c at crew-1', 'b at crew-2']);
  });

  it('tells once that a message was sent, and once that it was processed', () => {
    const seen: string[] = [];
    marbles(({ system }) => {
      const pool = actorPool((m: string) => of(m), { system, size: 2, name: 'p', mailbox: { capacity: 2 } });
      system.events.subscribe((event) => {
        if (event.type !== 'sent' && event.type !== 'processed') return;
        seen.push(`${event.type} ${String(event.message)} ${event.actor.name}`);
      });
      pool.send('a');
      pool.ask('b').subscribe();
      pool.ask('c', { whenFull: 'wait' }).subscribe();
      pool.offer('d').subscribe();
    })();
    expect(seen).toEqual([
      ...['sent a p', 'sent b p', 'sent c p', 'processed a p-1', 'sent d p'],
      ...['processed c p-1', 'processed b p-2', 'processed d p-2'],
    ]);
  });

  it('gives what a member sends to itself to that member, and what it sends to the pool to the next one', () => {
    const log: string[] = [];
    marbles(({ system }) => {
      const pool: ActorPool<string> = actorPool(
        (m: string, context) => {
          log.push(`${m} at ${numberOf(context)}`);
          if (m === 'a') context.self.send('to myself');
          if (m === 'a') pool.send('to the pool');
        },
        { system, size: 2 },
      );
      pool.send('a');
    })();
    expect(log).toEqual(['a at 1', 'to myself at 1', 'to the pool at 2']);
  });

  it('has timers, a stash and other behaviors at each of its members, for what is asked too', () => {
    const log: string[] = [];
    marbles(
      ({ system }) => {
        const pool = actorPool(
          (m: string, context) => {
            log.push(`${m}${numberOf(context)}`);
            if (m === 'stash') context.stash();
            if (m === 'unstash') context.unstashAll();
            if (m === 'timer') context.timers.start('key', 'ring', 3);
            if (m === 'become') context.become((other) => void log.push(`${other}${numberOf(context)} otherwise`));
            if (m !== 'stash') log.push(`${pool.pending} wait`);
          },
          { system, size: 2, mailbox: { capacity: 4 } },
        );
        for (const m of ['stash', 'timer']) pool.ask(m).subscribe();
        timer(1).subscribe(() => pool.send('unstash'));
        timer(5).subscribe(() => ['become', 'a', 'b'].forEach((m) => pool.send(m)));
      },
      { mayRemain: 'anything' },
    )();
    expect(log).toEqual([
      ...['stash1', 'timer2', '0 wait', 'unstash1', '1 wait', 'stash1', 'ring2', '0 wait'],
      ...['become2', '2 wait', 'b2 otherwise', 'a1', '0 wait'],
    ]);
  });

  it('gives whoever subscribes to a member the outputs of that one', () => {
    const seen: string[] = [];
    marbles(({ system }) => {
      const pool = actorPool((m: string) => of(m), { system, size: 2 });
      memberOf(system, 2).subscribe({ next: (m) => seen.push(String(m)), complete: () => seen.push('|') });
      for (const m of ['a', 'b', 'c', 'd']) pool.send(m);
      pool.close();
    })();
    expect(seen).toEqual(['b', 'd', '|']);
  });

  it('E8 loses nothing that is sent on hearing that the pool, or a member, was made', () => {
    const log: string[] = [];
    marbles(({ system }) => {
      system.events.subscribe((event) => {
        if (event.type !== 'spawned') return;
        const made = event.actor as AnyActor & Recipient<string> & Observer<string>;
        made.send(`to ${made.name}`);
        if (event.parent === undefined) made.error('of a source');
      });
      const pool = actorPool((m: string, context) => void log.push(`${m} at ${context.self.name}`), {
        system,
        size: 2,
        name: 'p',
        mailbox: { capacity: 3 },
      });
      log.push(`${pool.pending} wait`);
      pool.terminated.subscribe((termination) => log.push(termination.kind));
    })();
    expect(log).toEqual(['3 wait', 'to p-1 at p-1', 'to p at p-1', 'to p-2 at p-2', 'failed']);
  });

  it('E8 may be ended by whoever hears that a member was made', () => {
    const letters: string[] = [];
    const system = new ActorSystem();
    const dead = system.deadLetters.subscribe(({ message, reason }) => letters.push(`${String(message)} ${reason}`));
    const events = system.events.subscribe((event) => {
      if (event.type === 'spawned' && event.actor.name === 'p-2') event.parent?.kill();
    });
    const pool = actorPool((m: string, { self }) => (m === 'kill' ? self.kill() : undefined), {
      system,
      size: 3,
      name: 'p',
    });
    pool.send('a');
    expect([pool.status, system.actors, letters]).toEqual(['closed', [], ['a closed']]);
    for (const each of [dead, events]) each.unsubscribe();
  });

  it('E8 makes a dead letter of a message whose member is ended by whoever hears that it takes the place of another', () => {
    const letters: string[] = [];
    marbles(({ system }) => {
      const pool = actorPool((m: string, { self }) => (m === 'kill' ? self.kill() : undefined), { system, size: 1 });
      system.deadLetters.subscribe(({ message, reason }) => letters.push(`${String(message)} ${reason}`));
      system.events.subscribe((event) => {
        if (event.type === 'spawned') event.actor.kill();
      });
      pool.send('kill');
      timer(1).subscribe(() => pool.send('a'));
    })();
    expect(letters).toEqual(['kill killed', 'a closed']);
  });

  it('is made by new, and started later', () => {
    const made = new ActorPool((_: string) => undefined, { system: new ActorSystem(), size: 2 });
    expect([made.status, made.start(), made.status]).toEqual(['created', made, 'running']);
  });
});

describe('resize', () => {
  it(
    'has new members work on what is sent from then on',
    marbles(({ hot, cold, system, expectObservable }) => {
      const inbox = hot('  -ab--c-----d---');
      const grow = hot('   ---3-----------');
      const expected = '   ----a---(cb)--d';
      const pool = actorPool((m: string) => cold('---m|', { m }), { system, size: 1 });
      inbox.subscribe((m) => pool.send(m));
      grow.subscribe((n) => {
        pool.resize(Number(n));
      });
      // b stays behind a.
      expectObservable(pool).toBe(expected);
    }),
  );

  it(
    'F6 takes out the last members, which process what they had been given, then end',
    marbles(({ hot, cold, system, expectObservable }) => {
      const inbox = hot('  -(abcd)ef--------');
      const shrink = hot(' ---1-------------');
      const expected = '   ----(ab)(cd)e---f';
      const second = '     ---------(t|)    ';
      const dead = deadLetters(system);
      const pool = actorPool((m: string) => cold('---m|', { m }), { system, size: 2 });
      const { terminated } = memberOf(system, 2);
      inbox.subscribe((m) => pool.send(m));
      shrink.subscribe((n) => {
        pool.resize(Number(n));
      });
      expectObservable(pool).toBe(expected);
      expectObservable(terminated).toBe(second, { t: closed });
      expectObservable(dead).toBe('');
    }),
  );

  it(
    'E1 loses nothing that was sent before the start',
    marbles(({ cold, system, expectObservable }) => {
      const dead = deadLetters(system);
      const pool = new ActorPool((m: string) => of(m), { system, size: 3 });
      for (const m of ['a', 'b', 'c']) pool.send(m);
      pool.resize(1);
      pool.send('d');
      pool.resize(2);
      for (const m of ['e', 'f']) pool.send(m);
      cold('--s').subscribe(() => pool.start());
      expectObservable(pool).toBe('--(adfebc)');
      expectObservable(dead).toBe('');
      // The pool and its two members.
      expectObservable(timer(3).pipe(map(() => system.actors.length))).toBe('---(n|)', { n: 3 });
    }),
  );

  it('does nothing when the pool is closed or has ended', () => {
    const system = new ActorSystem();
    const pool = actorPool((_: string) => NEVER, { system, size: 2 });
    pool.send('a');
    pool.close();
    pool.resize(4);
    const before = [pool.size, system.actors.length];
    pool.kill();
    pool.resize(1);
    expect([...before, pool.size, system.actors.length]).toEqual([2, 3, 2, 0]);
  });

  it('knows its size', () => {
    const pool = actorPool((_: string) => undefined, { system: new ActorSystem(), size: 2 });
    const sizes = [pool.size];
    for (const size of [5, 5, 1, 3]) {
      pool.resize(size);
      sizes.push(pool.size);
    }
    expect(sizes).toEqual([2, 5, 5, 1, 3]);
  });
});

describe('the start and the end of a pool', () => {
  it(
    'E1 processes what was sent before the start',
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('  -ab----c-');
      const start = hot('  ---x-x---');
      const expected = '   ---(ab)c-';
      const pool = new ActorPool((m: string) => of(m), { system, size: 2 });
      inbox.subscribe((m) => pool.send(m));
      start.subscribe(() => pool.start());
      expectObservable(pool).toBe(expected);
    }),
  );

  it(
    'E1 ends at once when it is closed before the start: what waited is dead',
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('  -ab----c-');
      const close = hot('  ---x-----');
      const expected = '   ---|     ';
      const letters = '    ---(ba)c-';
      const dead = deadLetters(system);
      const pool = new ActorPool((m: string) => of(m), { system, size: 2 });
      inbox.subscribe((m) => pool.send(m));
      close.subscribe(() => {
        pool.close();
        pool.start();
      });
      expectObservable(pool).toBe(expected);
      expectObservable(dead).toBe(letters, named('a: a closed', 'b: b closed', 'c: c closed'));
    }),
  );

  it(
    'E2 F6 E4 lets the members process what they were given, then ends; what is sent afterwards is dead',
    marbles(({ hot, cold, system, expectObservable }) => {
      const inbox = hot('  -abc-d-------');
      const close = hot('  ----x-x------');
      const expected = '   ----ab-(c|)  ';
      const first = '      -------(t|)  ';
      const second = '     -----(t|)    ';
      const letters = '    -----d-------';
      const dead = deadLetters(system);
      const pool = actorPool((m: string) => cold('---(m|)', { m }), { system, size: 2 });
      const members = [memberOf(system, 1), memberOf(system, 2)];
      inbox.subscribe((m) => pool.send(m));
      close.subscribe(() => pool.close());
      expectObservable(pool).toBe(expected);
      expectObservable(members[0].terminated).toBe(first, { t: closed });
      expectObservable(members[1].terminated).toBe(second, { t: closed });
      expectObservable(pool.terminated).toBe(first, { t: closed });
      expectObservable(dead).toBe(letters, named('d: d closed'));
    }),
  );

  it('F6 ends after its members, and tells the end of the last one first', () => {
    const ends: string[] = [];
    marbles(({ system }) => {
      const pool = actorPool((_: string) => timer(2), { system, size: 2, name: 'p' });
      pool.terminated.subscribe(() => ends.push('p'));
      for (const number of [1, 2]) {
        const member = memberOf(system, number);
        member.terminated.subscribe(() => ends.push(member.name));
      }
      pool.close();
    })();
    expect(ends).toEqual(['p-2', 'p-1', 'p']);
  });

  it('E2 addresses to the pool what is sent after its close, to the member what that will not process', () => {
    const letters: string[] = [];
    const system = new ActorSystem();
    system.deadLetters.subscribe(({ message, recipient, reason }) => {
      letters.push(`${String(message)} ${reason} ${(recipient as Recipient<never> & AnyActor).name}`);
    });
    const pool = actorPool((_: string) => NEVER, { system, size: 2, name: 'p' });
    for (const m of ['a', 'b']) pool.send(m);
    pool.close();
    pool.send('c');
    pool.kill();
    pool.send('d');
    expect(letters).toEqual(['c closed p', 'b killed p-2', 'a killed p-1', 'd closed p']);
  });

  it(
    'E3 stops everything when it is killed: work, what waits, asks',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const inbox = hot('  -(abc)------');
      const kill = hot('   ------x-----');
      const work = cold('   ------------');
      const workSubs = ['  -^----!     ', '  -^----!     '];
      const expected = '   ------|     ';
      const answer = '     ------#     ';
      const letters = '    ------(bdac)';
      const dead = deadLetters(system);
      const pool = actorPool((_: string) => work, { system, size: 2, name: 'p' });
      inbox.subscribe((m) => pool.send(m));
      kill.subscribe(() => pool.kill('enough'));
      expectObservable(pool).toBe(expected);
      expectObservable(pool.ask('d'), '   --^').toBe(
        answer,
        undefined,
        new ActorClosedError('p-2', { cause: 'enough' }),
      );
      expectObservable(pool.terminated).toBe('------(t|)', { t: killed('enough') });
      expectObservable(dead).toBe(letters, named('a: a killed', 'b: b killed', 'c: c killed', 'd: d killed'));
      expectSubscriptions(work.subscriptions).toBe(workSubs);
    }),
  );

  it(
    'E3 stops what a close still waits for when it is killed',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const work = cold('  ---------');
      const workSubs = '   -^---!   ';
      const pool = actorPool((_: string) => work, { system, size: 2 });
      hot('                -a-c-k---').subscribe((m) => {
        if (m === 'a') pool.send(m);
        else if (m === 'c') pool.close();
        else pool.kill(m);
      });
      expectObservable(pool.terminated).toBe('-----(t|)', { t: killed('k') });
      expectSubscriptions(work.subscriptions).toBe(workSubs);
    }),
  );

  it(
    'E3 may be killed from within its behavior, and before its start',
    marbles(({ hot, system, expectObservable }) => {
      const dead = deadLetters(system);
      const pool: ActorPool<string, string> = actorPool(
        (m: string) => {
          pool.kill(m);
          return of(m);
        },
        { system, size: 2 },
      );
      const unstarted = new ActorPool((m: string) => of(m), { system, size: 2 });
      hot('                           -a----').subscribe((m) => {
        pool.send(m);
        pool.send('b');
      });
      hot('                           ------c').subscribe((m) => {
        unstarted.send(m);
        unstarted.kill(m);
      });
      expectObservable(pool).toBe('   -|');
      expectObservable(pool.terminated).toBe('-(t|)', { t: killed('a') });
      expectObservable(dead).toBe('   -(ba)-c', named('a: a killed', 'b: b killed', 'c: c killed'));
      expectObservable(unstarted.terminated).toBe('------(t|)', { t: killed('c') });
    }),
  );

  it('E3 is killed by its signal, also by one that is aborted when it is made', () => {
    const system = new ActorSystem();
    const controller = new AbortController();
    const make = () => actorPool((_: string) => NEVER, { system, size: 2, signal: controller.signal });
    const pool = make();
    pool.send('a');
    controller.abort();
    const late = make();
    late.send('b');
    expect([pool.status, late.status, late.pending, system.actors.length]).toEqual(['closed', 'closed', 0, 0]);
  });

  it('E4 settles join(), and ends an `await using` block', async () => {
    const log: string[] = [];
    const pool = actorPool((m: string) => timer(1).pipe(map(() => void log.push(m))), {
      system: new ActorSystem(),
      size: 2,
    });
    for (const m of ['a', 'b', 'c']) pool.send(m);
    pool.close();
    await pool.join();
    log.push('joined');
    {
      await using other = actorPool((m: string) => void log.push(m), { system: new ActorSystem(), size: 2 });
      other.send('d');
    }
    log.push('left');
    expect(log.slice(2)).toEqual(['c', 'joined', 'd', 'left']);
  });

  it('E9 is closed with its system, and leaves nothing behind', async () => {
    const system = new ActorSystem();
    const log: string[] = [];
    const pool = actorPool((m: string) => timer(1).pipe(map(() => void log.push(m))), { system, size: 2 });
    for (const m of ['a', 'b', 'c']) pool.send(m);
    await system.close();
    expect([log.sort(), pool.status, system.actors]).toEqual([['a', 'b', 'c'], 'closed', []]);
    expect(() => actorPool(() => undefined, { system, size: 1 })).toThrow('closed');
  });

  it('E9 takes messages for as long as a closing system lets it, also when a member has ended itself', async () => {
    const system = new ActorSystem();
    const log: string[] = [];
    const pool = actorPool(
      (m: string, context) => {
        log.push(`${m}${numberOf(context)}`);
        if (m === 'kill') context.self.kill();
      },
      { system, size: 2 },
    );
    pool.send('kill');
    const newer = system.actor((late: string[]) => timer(1).pipe(tap(() => late.forEach((m) => pool.send(m)))));
    newer.send(['a', 'b']);
    await system.close();
    expect(log).toEqual(['kill1', 'a2', 'b2']);
  });

  it(
    'replaces a member that ends itself when its place is needed',
    marbles(({ hot, cold, system, expectObservable }) => {
      const inbox = hot('  -aKb-CdD----');
      const dead = deadLetters(system);
      const seen: string[] = [];
      const pool = actorPool(
        (m: string, context) => {
          seen.push(`${m}${numberOf(context)}`);
          if (m === 'K') context.self.kill();
          if (m === 'C') context.self.close();
          return cold('-m|', { m });
        },
        { system, size: 2 },
      );
      inbox.subscribe((m) => pool.send(m));
      expectObservable(pool).toBe('--a-b-CdD');
      expectObservable(dead).toBe('--K', named('K: K killed'));
      expectObservable(timer(9).pipe(map(() => [seen.join(), pool.status, pool.size]))).toBe('---------(s|)', {
        s: ['a1,K2,b1,C2,d1,D2', 'running', 2],
      });
    }),
  );
});

describe('supervision', () => {
  it.each([
    ['by default', undefined],
    ['when told so', stop()],
  ])('F1 a member that fails ends the pool with its error, %s', (_, supervision) => {
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const inbox = hot('  -abxd------e');
      const expected = '   ------#     ';
      const other = cold('   ----------');
      const otherSubs = '  --^---!     ';
      const letters = '    ------(xbd)e';
      const dead = deadLetters(system);
      const failed$ = failures(system);
      const work: Record<string, Observable<string>> = { a: cold('-----|'), b: other, x: throwError(() => bad) };
      const pool = actorPool((m: string) => work[m], { system, size: 2, ...(supervision && { supervision }) });
      inbox.subscribe((m) => pool.send(m));
      expectObservable(pool).toBe(expected, undefined, bad);
      expectObservable(pool.terminated).toBe('------(t|)', { t: failed(bad) });
      expectObservable(failed$).toBe('        ------f', { f: 'x stop' });
      expectObservable(dead).toBe(letters, named('x: x failed', 'b: b killed', 'd: d killed', 'e: e closed'));
      expectSubscriptions(other.subscriptions).toBe(otherSubs);
    })();
  });

  it(
    'F1 fails while it drains, as one actor does',
    marbles(({ hot, cold, system, expectObservable }) => {
      const pool = actorPool((m: string) => (m === 'x' ? cold('---#', undefined, bad) : cold('-m|', { m })), {
        system,
        size: 2,
      });
      hot('                      -(axb)').subscribe((m) => pool.send(m));
      hot('                      --c').subscribe(() => pool.close());
      expectObservable(pool).toBe('--a-#', undefined, bad);
    }),
  );

  it(
    'F1 reports an error that nobody hears, once',
    marbles(({ hot, system, expectObservable }) => {
      const errors = unhandledErrors();
      const pool = actorPool(fussy, { system, size: 2 });
      // The feed tells what happened to messages; it is no one who waits for this pool.
      system.failures.subscribe();
      hot('                        -x').subscribe((m) => pool.send(m));
      expectObservable(errors).toBe('-e', { e: bad });
    }),
  );

  it.each(['observer', 'terminated', 'join', 'ask', 'ask that waited'] as const)(
    'F1 does not report an error that is heard: %s',
    (by) => {
      marbles(({ hot, system, expectObservable }) => {
        const errors = unhandledErrors();
        const pool = actorPool(fussy, { system, size: 2, mailbox: { capacity: 1 } });
        if (by === 'observer') pool.subscribe({ error: () => undefined });
        if (by === 'terminated') pool.terminated.subscribe();
        if (by === 'join') pool.join().catch(() => undefined);
        if (by === 'ask that waited') pool.send('a');
        if (by.startsWith('ask')) pool.ask('x', { whenFull: 'wait' }).subscribe({ error: () => undefined });
        // Behind the one that fails, so that the end finds something to clear away.
        hot('                        -x').subscribe((m) => pool.send(m));
        expectObservable(errors).toBe('-');
        expectObservable(timer(2).pipe(map(() => pool.status))).toBe('--(s|)', { s: 'closed' });
      })();
    },
  );

  it.each(['another ask', 'an ask that was taken back', 'an earlier ask'] as const)(
    'F1 reports it when the one who heard is %s',
    (which) => {
      marbles(({ hot, cold, system, expectObservable }) => {
        const errors = unhandledErrors();
        const pool = actorPool((_: string) => cold('--#', undefined, bad), {
          system,
          size: 1,
          supervision: (_, m) => (m === 'x' ? stop() : resume()),
        });
        const ask = (options?: AskOptions) => pool.ask('a', options).subscribe({ error: () => undefined });
        hot('                        -x').subscribe((m) => {
          if (which === 'an earlier ask') ask();
          pool.send(m);
          if (which === 'another ask') ask();
          if (which === 'an ask that was taken back') ask({ timeout: 1 });
        });
        expectObservable(errors).toBe(which === 'an earlier ask' ? '-----e' : '---e', { e: bad });
      })();
    },
  );

  it('F1 rejects join() with the error', async () => {
    const pool = actorPool(fussy, { system: new ActorSystem(), size: 2 });
    const joined = pool.join();
    pool.send('x');
    await expect(joined).rejects.toBe(bad);
  });

  it(
    'F2 a member that resumes goes on, and the others notice nothing',
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('  -axbxc-|');
      const expected = '   -a-b-c-|';
      const letters = '    --x-x---';
      const dead = deadLetters(system);
      const failed$ = failures(system);
      const pool = actorPool(fussy, { system, size: 2, supervision: resume() });
      inbox.subscribe(pool);
      expectObservable(pool).toBe(expected);
      expectObservable(dead).toBe(letters, named('x: x failed'));
      expectObservable(failed$).toBe(letters, { x: 'x resume' });
    }),
  );

  it(
    'F2 F4 a member that restarts keeps what waits for it, and the others go on meanwhile',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const inbox = hot('  -(axbc)------');
      const work = cold('   --m|');
      const workSubs = ['  -^--!        ', '  ----^--!     ', '  ------^--!   '];
      const expected = '   ---m--m-m    ';
      const pool = actorPool<string, string>((m) => (m === 'x' ? throwError(() => bad) : work), {
        system,
        size: 2,
        supervision: restart({ backoff: { min: 5, max: 5 } }),
      });
      inbox.subscribe((m) => pool.send(m));
      // c waits for the second member, which is back at 6; b follows a.
      expectObservable(pool).toBe(expected);
      expectSubscriptions(work.subscriptions).toBe(workSubs);
    }),
  );

  it(
    'F3 counts the restarts of each member by itself; one too many ends the pool',
    marbles(({ hot, system, expectObservable }) => {
      const restarts: unknown[] = [];
      const pool = actorPool(fussy, {
        system,
        size: 2,
        supervision: restart({ limit: 1 }),
        beforeRestart: (error, m) => restarts.push([error, m]),
      });
      hot('                                  -xxaxb').subscribe((m) => pool.send(m));
      expectObservable(pool).toBe('          ---a#', undefined, bad);
      expectObservable(timer(5).pipe(map(() => restarts))).toBe('-----(r|)', {
        r: [
          [bad, 'x'],
          [bad, 'x'],
        ],
      });
    }),
  );

  it(
    'F2 restarts the other members along when told so',
    marbles(
      ({ hot, cold, system, expectObservable, expectSubscriptions }) => {
        const inbox = hot('  -axb-');
        const work = cold('   -----');
        const workSubs = ['  -^!  ', '  ---^ '];
        const letters = '    --(xa)';
        const dead = deadLetters(system);
        const pool = actorPool<string, string>((m) => (m === 'x' ? throwError(() => bad) : work), {
          system,
          size: 2,
          supervision: restart(),
          siblings: 'one-for-all',
        });
        inbox.subscribe((m) => pool.send(m));
        expectObservable(dead).toBe(letters, named('x: x failed', 'a: a restarted'));
        expectSubscriptions(work.subscriptions).toBe(workSubs);
      },
      { mayRemain: 'anything' },
    ),
  );

  it(
    'F6 is a child like any other: it ends with its parent, and its failure is one of its parent',
    marbles(({ hot, system, expectObservable }) => {
      const parent = system.actor((_: string) => undefined, { name: 'parent' });
      const other = system.actor((_: string) => undefined, { name: 'other' });
      const pool = actorPool(fussy, { size: 2, parent, name: 'pool' });
      const second = actorPool((_: string) => NEVER, { size: 2, parent: other });
      hot('                                 -x-').subscribe((m) => pool.send(m));
      hot('                                 -xk').subscribe((m) => {
        if (m === 'x') second.send(m);
        else other.kill(m);
      });
      const error = new ChildFailedError('parent', 'pool', { cause: bad });
      expectObservable(parent.terminated).toBe(' -(t|)', { t: failed(error) });
      expectObservable(pool.terminated).toBe('   -(t|)', { t: failed(bad) });
      expectObservable(second.terminated).toBe(' --(t|)', { t: killed('k') });
      expectObservable(timer(3).pipe(map(() => system.actors.length))).toBe('---(n|)', { n: 0 });
    }),
  );

  it(
    'F2 begins anew with a sibling of its own: its members are replaced',
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('  -ax-bc---');
      const expected = '   ----bc---';
      const letters = '    --(xa)---';
      const dead = deadLetters(system);
      const parent = system.actor((_: string) => undefined, { siblings: 'one-for-all' });
      const sibling = system.actor(fussy, { parent, supervision: restart() });
      const pool = actorPool((m: string) => (m === 'a' ? NEVER : of(m)), { size: 2, parent });
      inbox.subscribe((m) => (m === 'x' ? sibling : pool).send(m));
      expectObservable(pool).toBe(expected);
      expectObservable(dead).toBe(letters, named('x: x failed', 'a: a killed'));
    }),
  );
});

describe('the error of a source', () => {
  it(
    'M3 waits behind everything that was sent before it, wherever that is',
    marbles(({ hot, cold, system, expectObservable }) => {
      const inbox = hot('  -(abc#)------');
      const expected = '   --b---a-c-#  ';
      const work: Record<string, Observable<string>> = { a: cold('-----a|'), b: cold('-b|'), c: cold('-c-|') };
      const pool = actorPool((m: string) => work[m], { system, size: 2 });
      inbox.subscribe(pool);
      // The first member has a and c.
      expectObservable(pool).toBe(expected);
    }),
  );

  it(
    'M3 is no message: it takes no room, and a pool that resumes goes on',
    marbles(({ hot, system, expectObservable }) => {
      const errors = recorded(system.failures.pipe(map(({ error, message }) => [error, message])));
      const dead = deadLetters(system);
      const pool = actorPool((m: string) => of(m), {
        system,
        size: 2,
        supervision: resume(),
        mailbox: { capacity: 1 },
      });
      hot('                        -#     ').subscribe(pool);
      hot('                        -a-b-  ').subscribe((m) => pool.send(m));
      expectObservable(pool).toBe('-a-b-  ');
      expectObservable(errors).toBe('-e', { e: ['error', undefined] });
      expectObservable(dead).toBe('');
    }),
  );

  it(
    'M3 is reported when the pool has ended, or is killed first',
    marbles(({ cold, system, expectObservable }) => {
      const errors = unhandledErrors();
      const pool = actorPool((_: string) => NEVER, { system, size: 2 });
      for (const m of ['a', 'b']) pool.send(m);
      cold('--#').subscribe(pool);
      cold('---x').subscribe(() => pool.kill());
      cold('-----#', undefined, 'late').subscribe(pool);
      expectObservable(errors).toBe('---e-l', { e: 'error', l: 'late' });
    }),
  );

  it(
    'M3 is met, or reported, once when members end themselves before it',
    marbles(({ cold, system, expectObservable }) => {
      const errors = unhandledErrors();
      const pool = actorPool((m: string, { self }) => (m === 'kill' ? self.kill() : cold('-----|')), {
        system,
        size: 2,
      });
      for (const m of ['a', 'b', 'kill', 'kill']) pool.send(m);
      cold('--#').subscribe(pool);
      cold('-------#', undefined, 'again').subscribe(pool);
      expectObservable(errors).toBe('-----e', { e: 'error' });
      expectObservable(pool).toBe('  -------#', undefined, 'again');
    }),
  );
});

describe('the arguments of a pool', () => {
  const system = new ActorSystem();
  const behavior = () => undefined;

  it.each([[3], ['text'], [null], [undefined], [{}]])('refuses the behavior %s', (value) => {
    expect(() => actorPool(value as never, { system, size: 2 })).toThrow(TypeError);
    expect(() => actorPool(value as never, { system, size: 2 })).toThrow(/^Expected `behavior` to be a function, got /);
    expect(system.actors).toEqual([]);
  });

  it.each([
    ['options', 3, TypeError, 'an object, got `3` (number).'],
    ['options', undefined, TypeError, 'an object, got `undefined`.'],
    ['size', {}, TypeError, 'a whole number from 1 up, got `undefined`.'],
    ['size', { size: '2' }, TypeError, "a whole number from 1 up, got `'2'` (string)."],
    ['size', { size: 0 }, RangeError, 'a whole number from 1 up, got `0` (number).'],
    ['size', { size: 1.5 }, RangeError, 'a whole number from 1 up, got `1.5` (number).'],
    ['size', { size: Infinity }, RangeError, 'a whole number from 1 up, got `Infinity` (number).'],
    [
      'routing',
      { size: 1, routing: 'random' },
      TypeError,
      "'round-robin', 'least-pending' or an object with a `hash` function, got `'random'` (string).",
    ],
    [
      'routing',
      { size: 1, routing: null },
      TypeError,
      "'round-robin', 'least-pending' or an object with a `hash` function, got `null`.",
    ],
    ['routing.hash', { size: 1, routing: {} }, TypeError, 'a function, got `undefined`.'],
    ['routing.hash', { size: 1, routing: { hash: 'key' } }, TypeError, "a function, got `'key'` (string)."],
    ['mailbox', { size: 1, mailbox: 5 }, TypeError, 'an object, got `5` (number).'],
    ['capacity', { size: 1, mailbox: { capacity: 0 } }, RangeError, 'a whole number from 1 up, got `0` (number).'],
    [
      'overflow',
      { size: 1, mailbox: { overflow: 'drop-oldest' } },
      TypeError,
      "'drop-newest' in the mailbox of a pool, got `'drop-oldest'` (string).",
    ],
    [
      'compare',
      { size: 1, mailbox: { compare: () => 0 } },
      TypeError,
      'left out of the mailbox of a pool, got the function `compare`.',
    ],
    [
      'supervision',
      { size: 1, supervision: 'stop' },
      TypeError,
      "stop(), resume(), restart() or a function, got `'stop'` (string).",
    ],
    ['name', { size: 1, name: 3 }, TypeError, 'a string, got `3` (number).'],
  ])('refuses %s in %o', (option, options, type, what) => {
    const make = () => actorPool(behavior, (typeof options === 'object' ? { system, ...options } : options) as never);
    expect(make).toThrow(type);
    expect(make).toThrow(`Expected \`${option}\` to be ${what}`);
    expect(system.actors).toEqual([]);
  });

  it('takes the policy that it has anyway, from a caller without types', () => {
    const mailbox = { overflow: 'drop-newest' } as object;
    expect(actorPool(behavior, { system: new ActorSystem(), size: 1, mailbox }).size).toBe(1);
  });

  it.each([[0], [1.5], [NaN], ['2'], [undefined]])('refuses to be resized to %s, and stays as it is', (size) => {
    const pool = actorPool(behavior, { system: new ActorSystem(), size: 2 });
    expect(() => {
      pool.resize(size as never);
    }).toThrow('Expected `size` to be a whole number from 1 up, got ');
    expect(pool.size).toBe(2);
  });

  it('refuses wrong options of an ask at once', () => {
    const pool = actorPool(behavior, { system: new ActorSystem(), size: 2 });
    expect(() => pool.ask(undefined as never, { timeout: -1 })).toThrow(RangeError);
    expect(() => pool.ask(undefined as never, { whenFull: 'block' as never })).toThrow(TypeError);
  });
});
