import { map, of, toArray } from 'rxjs';
import { Actor, ActorSystem, Exchange, type Recipient } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { deadLetters, failures, named, recorded } from '../fates.js';
import { marbles } from '../marbles.js';
import { lettersOf, listener, recipient, thrownBy } from '../recorder.js';

const group = 'workers';
const odd = (n: number): boolean => n % 2 === 1;

/** Recipients `a`, `b`, `c`, … that note what they get in one log. */
const crew = (log: string[], size: number): Recipient<number>[] =>
  Array.from({ length: size }, (_, index) => recipient(log, String.fromCharCode(97 + index)));

describe('X4 a group', () => {
  it(
    'X4.1 X4.2 gives each message to one member in turns, and to every recipient without a group',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const sent = hot('  -a-b-c-d-e-|');
      const first = '     -a-----d----';
      const second = '    ---b-----e--';
      const third = '     -----c------';
      const alone = '     -a-b-c-d-e--';
      const observed = '  -a-b-c-d-e-|';
      const exchange = new Exchange<string>({ system });
      const members = [probe<string>(), probe<string>(), probe<string>()];
      const single = probe<string>();
      for (const member of members) exchange.attach(member, { group });
      exchange.attach(single);
      sent.subscribe(exchange);
      [first, second, third].forEach((expected, index) => expectMessages(members[index]).toBe(expected));
      expectMessages(single).toBe(alone);
      expectObservable(exchange).toBe(observed);
    }),
  );

  it('X4 gives every group its own copy', () => {
    const log: string[] = [];
    const exchange = new Exchange<number>();
    crew(log, 4).forEach((member, index) => exchange.attach(member, { group: `group ${index % 2}` }));
    [1, 2, 3].forEach((n) => exchange.send(n));
    expect(log).toEqual(['a:1', 'b:1', 'c:2', 'd:2', 'a:3', 'b:3']);
  });

  it('X4.2 takes fair turns, whatever the number of members', () => {
    for (const size of [1, 2, 3, 7, 100]) {
      const turns = Array.from({ length: size }, () => 0);
      const exchange = new Exchange<number>();
      turns.forEach((_, index) => exchange.attach({ send: () => turns[index]++ }, { group }));
      for (let n = 0; n < 10 * size; n++) exchange.send(n);
      expect(turns).toEqual(turns.map(() => 10));
    }
  });

  it('X4.2 keeps turns fair when members come and go', () => {
    const log: string[] = [];
    const exchange = new Exchange<number>();
    const [a, b, c, d] = crew(log, 4);
    for (const member of [a, b, c]) exchange.attach(member, { group });
    exchange.send(1);
    exchange.detach(b);
    exchange.send(2);
    exchange.attach(d, { group });
    [3, 4, 5].forEach((n) => exchange.send(n));
    expect(log).toEqual(['a:1', 'c:2', 'd:3', 'a:4', 'c:5']);
  });

  it('O5 serves members in the place of the group, and a group that was left anew', () => {
    const log: string[] = [];
    const exchange = new Exchange<number>();
    const [a, b, c, d] = crew(log, 4);
    exchange.attach(a);
    exchange.attach(b, { group });
    exchange.attach(c);
    exchange.attach(d, { group });
    [1, 2].forEach((n) => exchange.send(n));
    for (const member of [b, d]) exchange.detach(member);
    exchange.attach(d, { group });
    exchange.send(3);
    expect(log).toEqual(['a:1', 'b:1', 'c:1', 'a:2', 'd:2', 'c:2', 'a:3', 'c:3', 'd:3']);
  });

  it(
    'counts its members one by one',
    marbles(({ hot, system, probe, expectObservable }) => {
      const attach = hot('  -a-b-c-----');
      const detach = hot('  -------b-ac');
      const counts = '      01-2-3-2-10';
      const exchange = new Exchange<string>({ system });
      const tasks: Record<string, Recipient<string>> = { a: probe(), b: probe(), c: probe() };
      attach.subscribe((name) => exchange.attach(tasks[name], { group }));
      detach.subscribe((name) => exchange.detach(tasks[name]));
      expectObservable(exchange.subscriberCount$.pipe(map(String))).toBe(counts);
    }),
  );

  it('counts a member once that unsubscribes again while it is leaving', () => {
    const log: string[] = [];
    const exchange = new Exchange<number>();
    const [a, b] = crew(log, 2);
    exchange.attach(a, { group });
    const leaving = exchange.attach(b, { group });
    const counts: number[] = [];
    exchange.subscriberCount$.subscribe((count) => {
      counts.push(count);
      if (count === 1) leaving.unsubscribe();
    });
    leaving.unsubscribe();
    exchange.send(1);
    expect(counts).toEqual([2, 1]);
    expect([exchange.subscriberCount, ...log]).toEqual([1, 'a:1']);
  });

  it('detaches all members at the end, and each actor only once', () => {
    const exchange = new Exchange<number>();
    const actor = new Actor<number>();
    const subscriptions = [actor, ...crew([], 3)].map((member) => exchange.attach(member, { group }));
    exchange.complete();
    expect(subscriptions.map(({ closed }) => closed)).toEqual([true, true, true, true]);
    actor.kill();
    expect(exchange.subscriberCount).toBe(0);
  });

  it('refuses a member in another group, or without one, and takes it again in the same', () => {
    const exchange = new Exchange<number>();
    const [a, b] = crew([], 2);
    const first = exchange.attach(a, { group });
    exchange.attach(b);
    expect(exchange.attach(a, { group })).toBe(first);
    expect(exchange.attach(a)).toBe(first);
    for (const [member, options] of [
      [a, { group: 'other' }],
      [a, {}],
      [b, { group }],
    ] as const) {
      expect(thrownBy(() => exchange.attach(member, options))).toBeInstanceOf(TypeError);
    }
    exchange.detach(a);
    expect(exchange.attach(a, { group: 'other' })).not.toBe(first);
    expect(exchange.subscriberCount).toBe(2);
  });

  it.each(['', '__proto__', 'constructor'])('takes any string as its name: %j', (name) => {
    const log: string[] = [];
    const exchange = new Exchange<number>();
    for (const member of crew(log, 2)) exchange.attach(member, { group: name });
    [1, 2].forEach((n) => exchange.send(n));
    expect(log).toEqual(['a:1', 'b:2']);
  });

  it('X4 drains 10,000 messages of which each is sent by the member that got the one before', () => {
    const exchange = new Exchange<number>();
    let last = 0;
    const send = (n: number): void => {
      last = n;
      if (n < 10_000) exchange.send(n + 1);
    };
    for (let index = 0; index < 3; index++) exchange.attach({ send: (n) => send(n) }, { group });
    exchange.send(1);
    expect(last).toBe(10_000);
  });
});

describe('X4 nothing is lost that another member could get', () => {
  it('X4.3 passes a message on when whoever was to get it detaches before its turn', () => {
    const log: string[] = [];
    const exchange = new Exchange<number>();
    const [a, b] = crew(log, 2);
    exchange.attach({ send: (n) => n === 2 && exchange.detach(b) });
    for (const member of [a, b]) exchange.attach(member, { group });
    [1, 2, 3].forEach((n) => exchange.send(n));
    expect(log).toEqual(['a:1', 'a:2', 'a:3']);
  });

  it('X4 passes a message on when its own filter or map detaches the member', () => {
    for (const guard of ['filter', 'map'] as const) {
      const log: string[] = [];
      const exchange = new Exchange<number>();
      const [a, b] = crew(log, 2);
      const leave = (): boolean => exchange.detach(a);
      exchange.attach(a, { group, [guard]: leave });
      exchange.attach(b, { group });
      [1, 2].forEach((n) => exchange.send(n));
      expect(log).toEqual(['b:1', 'b:2']);
    }
  });

  it(
    'X4.3 gives none to an actor that is closing, or that has ended',
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot('   -ab-c-----d-e-');
      const close = hot('  ---x----------');
      const leaving = '    ----a|        ';
      const staying = '    --b-c-----d-e-';
      const counts = '     2----1--------';
      const exchange = new Exchange<string>({ system });
      const one = system.actor((m: string) => cold('---m|', { m }));
      const other = system.actor((m: string) => of(m));
      exchange.attach(one, { group });
      exchange.attach(other, { group });
      sent.subscribe((message) => exchange.send(message));
      close.subscribe(() => one.close());
      expectObservable(one).toBe(leaving);
      expectObservable(other).toBe(staying);
      expectObservable(exchange.subscriberCount$.pipe(map(String))).toBe(counts);
    }),
  );

  it(
    'X4 makes a dead letter of what comes when all members are closing',
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot('     -a--b-c-');
      const close = hot('    --x     ');
      const letters = '      ----b-c-';
      const exchange = new Exchange<string>({ system });
      const slow = system.actor(() => cold('------|'));
      exchange.attach(slow, { group });
      sent.subscribe((message) => exchange.send(message));
      close.subscribe(() => slow.close());
      expectObservable(deadLetters(system)).toBe(letters, named('b: b unrouted', 'c: c unrouted'));
    }),
  );

  it(
    'X4.5 O6 reports a member that throws, does not send the message again, and keeps it',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const sent = hot('    -a-b-c-d-');
      const received = '    ---b---d-';
      const failed = '      -x---y---';
      const counts = '      2--------';
      const exchange = new Exchange<string>({ system });
      const sound = probe<string>();
      const thrower = {
        send: () => {
          throw new Error('boom');
        },
      };
      expectObservable(failures(system)).toBe(failed, named('x: a delivery', 'y: c delivery'));
      exchange.attach(thrower, { group });
      exchange.attach(sound, { group });
      sent.subscribe((message) => exchange.send(message));
      expectMessages(sound).toBe(received);
      expectObservable(exchange.subscriberCount$.pipe(map(String))).toBe(counts);
    }),
  );

  it('O6 names the member in the failure, not the group', () => {
    const system = new ActorSystem();
    const exchange = new Exchange<number>({ system });
    const failed: unknown[] = [];
    system.failures.subscribe((failure) => failed.push(failure));
    const error = new Error('boom');
    const thrower = {
      send: () => {
        throw error;
      },
    };
    exchange.attach(thrower, { group });
    exchange.send(1);
    expect(failed).toEqual([{ exchange, recipient: thrower, error, message: 1 }]);
  });

  it('O7 gives one who joins during a send the next message, not this one', () => {
    const log: string[] = [];
    const exchange = new Exchange<number>();
    const [a, b, c] = crew(log, 3);
    exchange.attach({ send: (n) => n === 2 && [b, c].forEach((member) => exchange.attach(member, { group })) });
    exchange.attach(a, { group });
    [1, 2, 3, 4].forEach((n) => exchange.send(n));
    expect(log).toEqual(['a:1', 'a:2', 'b:3', 'c:4']);
  });

  it('O7 does not give this one to a joiner either when all before it refuse', () => {
    const system = new ActorSystem();
    const letters = lettersOf(system);
    const log: string[] = [];
    const exchange = new Exchange<number>({ system });
    const [a, b] = crew(log, 2);
    const join = (): boolean => {
      exchange.attach(b, { group });
      return false;
    };
    exchange.attach(a, { group, filter: join });
    [1, 2].forEach((n) => exchange.send(n));
    expect(letters).toEqual(['1 unrouted']);
    expect(log).toEqual(['b:2']);
  });

  it('O5 gives everybody one order when a member sends', () => {
    const log: string[] = [];
    const exchange = new Exchange<number>();
    exchange.subscribe(listener(log, 'first'));
    for (const name of ['a', 'b']) {
      exchange.attach(
        recipient<number>(log, name, (n) => n < 10 && exchange.send(10 * n)),
        { group },
      );
    }
    exchange.subscribe(listener(log, 'last'));
    [1, 2].forEach((n) => exchange.send(n));
    expect(log).toEqual(
      ['a:1', 'b:10', 'a:2', 'b:20'].flatMap((each) => {
        const n = each.slice(2);
        return [`first:${n}`, each, `last:${n}`];
      }),
    );
  });
});

describe('X4 the one with the least to do', () => {
  it(
    'X4.2 gets the message where all are actors; what is being worked on counts',
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot('    -ab-c--d--e-');
      const slow = '        -a----------';
      const quick = '       --b-c--d--e-';
      const exchange = new Exchange<string>({ system });
      const outputs = (work: string) => (m: string) => cold(work, { m });
      const one = system.actor(outputs('m-----------|'));
      const other = system.actor(outputs('m|'));
      exchange.attach(one, { group });
      exchange.attach(other, { group });
      sent.subscribe((message) => exchange.send(message));
      expectObservable(one).toBe(slow);
      expectObservable(other).toBe(quick);
    }),
  );

  it(
    'X4 is one that waits for nothing before one that has a backlog, and in turns among equals',
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot('    (abcdef)-----------');
      const exchange = new Exchange<string>({ system });
      const names = ['p', 'q', 'r'];
      const seen = names.map((name) => {
        const worker = system.actor((m: string) => cold('----m|', { m: `${name}:${m}` }));
        exchange.attach(worker, { group });
        return recorded(worker).pipe(toArray());
      });
      sent.subscribe((message) => exchange.send(message));
      const pairs = [
        ['p:a', 'p:d'],
        ['q:b', 'q:e'],
        ['r:c', 'r:f'],
      ];
      system.actors.forEach((worker) => cold('-x').subscribe(() => worker.close()));
      seen.forEach((all, index) => expectObservable(all).toBe('----------(x|)', { x: pairs[index] }));
    }),
  );

  it('X4 takes turns as soon as one does not tell how much it has to do', () => {
    const system = new ActorSystem();
    const log: string[] = [];
    const exchange = new Exchange<number>({ system });
    const busy = system.actor(() => new Promise(() => undefined));
    const [plain] = crew(log, 1);
    exchange.attach(busy, { group });
    exchange.attach(plain, { group });
    [1, 2, 3, 4].forEach((n) => exchange.send(n));
    expect(log).toEqual(['a:2', 'a:4']);
    expect(busy.pending).toBe(2);
    exchange.detach(plain);
    const idle = system.actor(() => undefined);
    exchange.attach(idle, { group });
    [5, 6].forEach((n) => exchange.send(n));
    expect([busy.pending, idle.pending]).toEqual([2, 2]);
  });

  it('X4 hears from a recipient of another copy of the package how much it has to do', () => {
    const log: string[] = [];
    const exchange = new Exchange<number>({ system: new ActorSystem() });
    const loaded = (name: string, load: number) => ({ ...recipient(log, name), [Symbol.for('rx-actors.load')]: load });
    exchange.attach(loaded('busy', 2), { group });
    exchange.attach(loaded('idle', 0), { group });
    [1, 2, 3].forEach((n) => exchange.send(n));
    expect(log).toEqual(['idle:1', 'idle:2', 'idle:3']);
  });

  it('X4 takes turns, too, when one has left that told, and one has come that does not', () => {
    const system = new ActorSystem();
    const log: string[] = [];
    const exchange = new Exchange<number>({ system });
    const [leaving, busy] = [1, 2].map(() => system.actor((_: number) => new Promise<never>(() => undefined)));
    for (const member of [leaving, busy, recipient<number>(log, 'plain')]) exchange.attach(member, { group });
    exchange.detach(leaving);
    [1, 2, 3, 4].forEach((n) => exchange.send(n));
    expect([log, busy.pending]).toEqual([['plain:2', 'plain:4'], 2]);
  });

  it('X4 adds up what waits in a member and what waits for it in its buffer', () => {
    const system = new ActorSystem();
    const exchange = new Exchange<number>({ system });
    const log: string[] = [];
    const loaded = system.actor((_: number) => undefined);
    [1, 2, 3].forEach((n) => loaded.send(n));
    const slow = {
      ...recipient<number>(log, 'slow'),
      send: (n: number) => new Promise<never>(() => log.push(`slow:${n}`)),
    };
    exchange.attach(slow, { group, buffer: 10 });
    exchange.attach(loaded, { group, buffer: 10 });
    [4, 5, 6].forEach((n) => exchange.send(n));
    expect([log, loaded.pending]).toEqual([['slow:4'], 3]);
    exchange.send(7);
    expect(loaded.pending).toBe(4);
  });

  it('X4.2 goes on with the turns when most members have left', () => {
    const log: string[] = [];
    const exchange = new Exchange<number>({ system: new ActorSystem() });
    const members = Array.from({ length: 100 }, (_, n) => recipient<number>(log, String(n)));
    for (const member of members) exchange.attach(member, { group });
    for (let n = 0; n < 10; n++) exchange.send(n);
    log.length = 0;
    for (const member of [...members.slice(0, 4), ...members.slice(20)]) exchange.detach(member);
    for (let n = 0; n < 18; n++) exchange.send(n);
    const turns = [10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 4, 5, 6, 7, 8, 9, 10, 11];
    expect(log).toEqual(turns.map((member, n) => `${member}:${n}`));
  });

  it('X4 gives nobody what came before, and everybody else what comes', () => {
    const log: string[] = [];
    const exchange = new Exchange<number>({ system: new ActorSystem() });
    const [first, second, third] = crew(log, 3);
    exchange.subscribe((n) => {
      if (n === 1) exchange.attach(second, { group });
      if (n === 2) exchange.attach(third, { group });
    });
    exchange.attach(first, { group });
    [1, 2, 3].forEach((n) => exchange.send(n));
    expect(log).toEqual(['a:1', 'b:2', 'c:3']);
  });

  it('X4 takes nothing when all its members refuse', () => {
    const system = new ActorSystem();
    const letters = lettersOf(system);
    const log: string[] = [];
    const exchange = new Exchange<number>({ system });
    for (const member of crew(log, 3)) exchange.attach(member, { group, filter: odd });
    [1, 2, 3].forEach((n) => exchange.send(n));
    expect([log, letters]).toEqual([['a:1', 'b:3'], ['2 unrouted']]);
  });

  it('X4 passes over a closing actor also in turns', () => {
    const system = new ActorSystem();
    const log: string[] = [];
    const exchange = new Exchange<number>({ system });
    const closing = system.actor(() => undefined);
    exchange.attach(closing, { group });
    exchange.attach(crew(log, 1)[0], { group });
    closing.send(0);
    closing.close();
    [1, 2].forEach((n) => exchange.send(n));
    expect(log).toEqual(['a:1', 'a:2']);
  });

  it('X4 counts what waits for a member in its buffer', async () => {
    const log: string[] = [];
    const exchange = new Exchange<number>();
    const pending = new Map<number, () => void>();
    const slow = {
      send: (n: number) => {
        log.push(`slow:${n}`);
        return new Promise<void>((resolve) => pending.set(n, resolve));
      },
    };
    exchange.attach(slow, { group, buffer: 10 });
    exchange.attach(recipient(log, 'quick'), { group, buffer: 10 });
    [1, 2, 3, 4].forEach((n) => exchange.send(n));
    expect(log).toEqual(['slow:1', 'quick:2', 'quick:3', 'quick:4']);
    pending.get(1)!();
    await Promise.resolve();
    [5, 6].forEach((n) => exchange.send(n));
    expect(log.slice(4)).toEqual(['slow:5', 'quick:6']);
  });
});

describe('a group with other options', () => {
  it('X4 passes a message on that a filter does not let through', () => {
    const log: string[] = [];
    const exchange = new Exchange<number>();
    const [a, b, c] = crew(log, 3);
    exchange.attach(a, { group, filter: odd });
    exchange.attach(b, { group, filter: odd });
    exchange.attach(c, { group });
    [1, 2, 3, 4, 5].forEach((n) => exchange.send(n));
    expect(log).toEqual(['a:1', 'c:2', 'a:3', 'c:4', 'a:5']);
  });

  it('X7 makes a dead letter of what all refuse, or gives it to unrouted', () => {
    const system = new ActorSystem();
    const letters = lettersOf(system);
    const log: string[] = [];
    for (const unrouted of [undefined, recipient<number>(log, 'unrouted')]) {
      const exchange = new Exchange<number>({ system, ...(unrouted && { unrouted }) });
      for (const member of crew(log, 3)) exchange.attach(member, { group, filter: odd });
      [1, 2].forEach((n) => exchange.send(n));
    }
    expect(letters).toEqual(['2 unrouted']);
    expect(log).toEqual(['a:1', 'a:1', 'unrouted:2']);
  });

  it('O6 reports a filter that throws as the failure of its member, and does not pass the message on', () => {
    const system = new ActorSystem();
    const failed: string[] = [];
    system.failures.subscribe(({ message, error }) => failed.push(`${message} ${error}`));
    const log: string[] = [];
    const exchange = new Exchange<number>({ system });
    const [a, b] = crew(log, 2);
    exchange.attach(a, {
      group,
      filter: () => {
        throw 'filter';
      },
    });
    exchange.attach(b, { group });
    [1, 2].forEach((n) => exchange.send(n));
    expect(failed).toEqual(['1 filter']);
    expect(log).toEqual(['b:2']);
  });

  it('X4 maps for each member in its own way', () => {
    const log: string[] = [];
    const exchange = new Exchange<number>();
    exchange.attach(recipient<string>(log, 'a'), { group, map: (n) => `${n} and` });
    exchange.attach(recipient<number>(log, 'b'), { group, map: (n) => n * 10 });
    [1, 2].forEach((n) => exchange.send(n));
    expect(log).toEqual(['a:1 and', 'b:20']);
  });

  it('X4 takes one message for each member that takes one, and has nobody then', () => {
    const system = new ActorSystem();
    const letters = lettersOf(system);
    const log: string[] = [];
    const exchange = new Exchange<number>({ system });
    for (const member of crew(log, 3)) exchange.attach(member, { group, once: true });
    [1, 2, 3, 4].forEach((n) => exchange.send(n));
    expect(log).toEqual(['a:1', 'b:2', 'c:3']);
    expect(letters).toEqual(['4 unrouted']);
    expect(exchange.subscriberCount).toBe(0);
  });

  it('X2 replays to the first member, and to one who joins it what nobody has had yet', () => {
    const log: string[] = [];
    const exchange = new Exchange<number>({ replay: 10 });
    const [a, b, c] = crew(log, 3);
    [1, 2, 3].forEach((n) => exchange.send(n));
    exchange.attach(a, { group, filter: odd });
    expect(log).toEqual(['a:1', 'a:3']);
    exchange.attach(b, { group });
    expect(log.slice(2)).toEqual(['b:2']);
    exchange.attach(c, { group });
    exchange.attach(recipient(log, 'd'));
    expect(log.slice(3)).toEqual(['d:1', 'd:2', 'd:3']);
  });

  it('X2 does not give a joiner once more what it was replayed', () => {
    const log: string[] = [];
    const exchange = new Exchange<number>({ replay: 1 });
    const [a, b] = crew(log, 2);
    exchange.attach({ send: (n) => n === 2 && exchange.attach(b, { group }) });
    exchange.attach(a, { group });
    [1, 2, 3].forEach((n) => exchange.send(n));
    expect(log).toEqual(['a:1', 'a:2', 'b:3']);
  });
});
