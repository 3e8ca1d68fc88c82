import { ActorSystem, Exchange, type ExchangeOptions, type Recipient } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { deadLetters, named } from '../fates.js';
import { marbles } from '../marbles.js';
import { lettersOf, listener, namedLettersOf, observer, recipient, sendAll } from '../recorder.js';

const exchanges = (count: number, options: ExchangeOptions<string> = {}): Exchange<string>[] =>
  Array.from({ length: count }, () => new Exchange<string>(options));

describe('X6 an exchange that is attached to an exchange', () => {
  it(
    'X6.1 hands on what it gets, in its place among the others, and outlives it',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const first = hot('    -a-b-|     ');
      const second = hot('   ------c-d-|');
      const throughLink = '  -a-b--c-d-|';
      const attached = '     -a-b--c-d--';
      const [from, to] = [new Exchange<string>({ system }), new Exchange<string>({ system })];
      const behind = probe<string>();
      to.attach(behind);
      from.attach(to);
      first.subscribe(from);
      second.subscribe(to);
      expectObservable(to).toBe(throughLink);
      expectMessages(behind).toBe(attached);
    }),
  );

  it('O5 is served in its place', () => {
    const [from, to] = exchanges(2);
    const log: string[] = [];
    from.subscribe(listener(log, 'before'));
    from.attach(to);
    from.subscribe(listener(log, 'after'));
    to.subscribe(listener(log, 'through'));
    from.send('a');
    expect(log).toEqual(['before:a', 'through:a', 'after:a']);
  });

  it('X6 sends through a filter and a map, and takes nothing back', () => {
    const [from, to] = exchanges(2);
    const log: string[] = [];
    from.attach(to, { filter: (message) => message !== 'b', map: (message) => `${message}!` });
    to.subscribe(listener(log, 'to'));
    from.subscribe(listener(log, 'from'));
    ['a', 'b', 'c'].forEach((message) => from.send(message));
    to.send('d');
    expect(log).toEqual(['to:a!', 'from:a', 'from:b', 'to:c!', 'from:c', 'to:d']);
  });

  it('X6 takes one message with `once`, and none after the abort of its signal', () => {
    const [from, once, until] = exchanges(3);
    const controller = new AbortController();
    const log: string[] = [];
    once.subscribe(listener(log, 'once'));
    until.subscribe(listener(log, 'until'));
    from.attach(once, { once: true });
    from.attach(until, { signal: controller.signal });
    from.send('a');
    controller.abort();
    from.send('b');
    expect(log).toEqual(['once:a', 'until:a']);
    expect(from.subscriberCount).toBe(0);
  });

  it('O6 reports what is thrown behind it with the exchange that it is attached to', () => {
    const system = new ActorSystem();
    const failed: unknown[] = [];
    system.failures.subscribe((failure) => failed.push(failure));
    const [from, to] = exchanges(2).map(() => new Exchange<string>({ system }));
    const thrower: Recipient<string> = {
      send: () => {
        throw 'thrown';
      },
    };
    from.attach(to);
    to.attach(thrower);
    from.send('a');
    expect(failed).toEqual([{ exchange: to, recipient: thrower, error: 'thrown', message: 'a' }]);
  });

  it.each(['complete', 'error', 'unsubscribe'] as const)('X4 is detached everywhere by its own %s()', (end) => {
    const system = new ActorSystem();
    const letters = namedLettersOf(system);
    const log: string[] = [];
    const [one, other, ending] = exchanges(3).map(() => new Exchange<string>({ system, name: 'ended' }));
    const bindings = [one, other].map((exchange) => exchange.attach(ending, { group: 'links' }));
    for (const exchange of [one, other]) exchange.attach(recipient(log, 'left'), { group: 'links' });
    ending[end](undefined);
    expect(bindings.map(({ closed }) => closed)).toEqual([true, true]);
    for (const message of ['a', 'b']) one.send(message);
    expect(log).toEqual(['left:a', 'left:b']);
    expect(letters).toEqual([]);
    expect([one.subscriberCount, other.subscriberCount]).toEqual([1, 1]);
  });

  it('X4 is detached again at once when it has ended before', () => {
    const [from, to] = exchanges(2);
    to.complete();
    expect(from.attach(to).closed).toBe(true);
    expect(from.subscriberCount).toBe(0);
  });

  it('X6 passes a message through a chain of 500 exchanges', () => {
    const chain = exchanges(500);
    const log: string[] = [];
    chain.slice(1).forEach((to, index) => chain[index].attach(to));
    chain[499].subscribe(listener(log, 'last'));
    chain[0].send('a');
    expect(log).toEqual(['last:a']);
  });
});

describe('X6 loops', () => {
  it('X6.2 end where an exchange is attached to itself', () => {
    const [alone] = exchanges(1);
    const log: string[] = [];
    alone.attach(alone);
    alone.attach(recipient(log, 'attached'));
    alone.subscribe(listener(log, 'subscribed'));
    alone.send('a');
    expect(log).toEqual(['attached:a', 'subscribed:a']);
  });

  it(
    'X6.2 X6.3 end where two are attached to each other, whichever gets the message',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const toOne = hot('  -a---c-');
      const toOther = hot('---b---');
      const seen = '       -a-b-c-';
      const [one, other] = [new Exchange<string>({ system }), new Exchange<string>({ system })];
      const shared = probe<string>();
      one.attach(other);
      other.attach(one);
      one.attach(shared);
      other.attach(shared);
      toOne.subscribe((message) => one.send(message));
      toOther.subscribe((message) => other.send(message));
      expectObservable(one).toBe(seen);
      expectObservable(other).toBe(seen);
      expectMessages(shared).toBe(seen);
    }),
  );

  it.each([3, 5, 10])('X6.2 end in a ring of %i, and where all are attached to all', (size) => {
    for (const full of [false, true]) {
      const log: string[] = [];
      const all = exchanges(size);
      all.forEach((exchange, index) => {
        exchange.subscribe(listener(log, `${index}`));
        const others = full ? all : [all[(index + 1) % size]];
        for (const other of others) exchange.attach(other);
      });
      all[1].send('a');
      expect([...log].sort()).toEqual(all.map((_, index) => `${index}:a`).sort());
    }
  });

  it('X6 end where each link has a buffer: nothing ever waits for an exchange', () => {
    const [one, other] = exchanges(2);
    const log: string[] = [];
    one.subscribe(listener(log, 'one'));
    one.attach(other, { buffer: 1 });
    other.attach(one, { buffer: 1 });
    ['a', 'b'].forEach((message) => one.send(message));
    expect(log).toEqual(['one:a', 'one:b']);
    expect([one.dropped, other.dropped]).toEqual([0, 0]);
  });

  it('X6 do not bring back what is replayed to a link', () => {
    const log: string[] = [];
    const [one, other] = exchanges(2, { replay: 5 });
    one.attach(recipient(log, 'one'));
    other.attach(recipient(log, 'other'));
    ['a', 'b'].forEach((message) => one.send(message));
    other.attach(one);
    one.attach(other);
    expect(log).toEqual(['one:a', 'one:b', 'other:a', 'other:b']);
  });

  it.each([1, 2, 4])('X7 make one dead letter of what nobody in a ring of %i takes', (size) => {
    const system = new ActorSystem();
    const letters = namedLettersOf(system);
    const ring = Array.from({ length: size }, (_, index) => new Exchange<string>({ system, name: `${index}` }));
    ring.forEach((exchange, index) => exchange.attach(ring[(index + 1) % size]));
    ring[0].send('a');
    expect(letters).toEqual(['0:a unrouted']);
    ring.at(-1)!.subscribe(() => undefined);
    ring[0].send('b');
    expect(letters).toEqual(['0:a unrouted']);
  });

  it('X7 make one dead letter, too, when the message had to wait for one of the exchanges', () => {
    const system = new ActorSystem();
    const letters = namedLettersOf(system);
    const [one, other] = ['one', 'other'].map((name) => new Exchange<string>({ system, name }));
    const busy: Recipient<string> = { send: (message) => message === 'busy' && one.send('a') };
    other.attach(busy, { filter: (message) => message === 'busy' });
    one.attach(other);
    other.attach(one, { filter: (message) => message !== 'busy' });
    other.send('busy');
    expect(letters).toEqual(['other:a unrouted']);
  });
});

describe('X6 more than one way', () => {
  const diamond = (): Exchange<string>[] => {
    const [top, left, right, bottom] = exchanges(4);
    top.attach(left);
    top.attach(right);
    left.attach(bottom);
    right.attach(bottom);
    return [top, left, right, bottom];
  };

  it('X6.3 gives one copy to each recipient, and one to each subscription of an observer', () => {
    const [top, left, right, bottom] = diamond();
    const log: string[] = [];
    const task = recipient<string>(log, 'task');
    const next = listener<string>(log, 'next');
    for (const exchange of [left, right, bottom, top]) {
      exchange.attach(task);
      exchange.subscribe(next);
    }
    top.send('a');
    expect(log.filter((entry) => entry === 'task:a')).toHaveLength(1);
    expect(log.filter((entry) => entry === 'next:a')).toHaveLength(4);
    expect(log).toHaveLength(5);
  });

  it('X6.4 takes the same value twice for two publications', () => {
    const [top, , , bottom] = diamond();
    const log: string[] = [];
    bottom.attach(recipient(log, 'task'));
    top.send('a');
    top.send('a');
    expect(log).toEqual(['task:a', 'task:a']);
  });

  it('X6 sends a mapped message the way that was attached first', () => {
    const [top, left, right] = exchanges(3);
    const log: string[] = [];
    const bottom = recipient<string>(log, 'bottom');
    top.attach(left, { map: (message) => `left ${message}` });
    top.attach(right, { map: (message) => `right ${message}` });
    right.attach(bottom);
    left.attach(bottom);
    top.send('a');
    expect(log).toEqual(['bottom:left a']);
  });

  it('X6 finds another way around a filter, whatever the order', () => {
    for (const places of [
      [0, 1],
      [1, 0],
    ]) {
      const system = new ActorSystem();
      const letters = namedLettersOf(system);
      const [top, left, right] = ['top', 'left', 'right'].map((name) => new Exchange<string>({ system, name }));
      const log: string[] = [];
      const bottom = recipient<string>(log, 'bottom');
      const sides = [left, right];
      for (const place of places) top.attach(sides[place]);
      left.attach(bottom, { filter: () => false });
      right.attach(bottom);
      top.send('a');
      expect(log).toEqual(['bottom:a']);
      expect(letters).toEqual(['left:a unrouted']);
    }
  });

  it('X4 gives each group one copy, and a member that has had it by another way is the one', () => {
    const [from, to] = exchanges(2);
    const log: string[] = [];
    const [both, other] = [recipient<string>(log, 'both'), recipient<string>(log, 'other')];
    from.attach(both);
    from.attach(to);
    to.attach(both, { group: 'workers' });
    to.attach(other, { group: 'workers' });
    from.send('a');
    expect(log).toEqual(['both:a']);
    from.send('b');
    expect(log).toEqual(['both:a', 'both:b', 'other:b']);
  });

  it('X4 shares what is sent among exchanges, in turns', () => {
    const [from, one, other] = exchanges(3);
    const log: string[] = [];
    one.subscribe(listener(log, 'one'));
    other.subscribe(listener(log, 'other'));
    for (const to of [one, other]) from.attach(to, { group: 'workers' });
    ['a', 'b', 'c'].forEach((message) => from.send(message));
    expect(log).toEqual(['one:a', 'other:b', 'one:c']);
  });

  it('O5 keeps one order in each exchange when recipients send back', () => {
    const [top, left, right, bottom] = diamond();
    const logs = [top, left, right, bottom].map((exchange) => {
      const log: string[] = [];
      exchange.subscribe(listener(log, 'first'));
      return { exchange, log };
    });
    bottom.attach({ send: (message) => message.length < 3 && top.send(`${message}+`) });
    left.attach({ send: (message) => message.length < 3 && bottom.send(`${message}-`) });
    for (const { exchange, log } of logs) exchange.subscribe(listener(log, 'last'));
    ['1', '2'].forEach((message) => top.send(message));
    for (const { log } of logs) {
      const order = (name: string) => log.filter((entry) => entry.startsWith(name)).map((entry) => entry.split(':')[1]);
      expect(order('first')).toEqual(order('last'));
      expect(new Set(order('first')).size).toBe(order('first').length);
    }
  });
});

describe('X2 replay through links', () => {
  it('X2 keeps in each exchange what has gone through it', () => {
    const [from, to] = exchanges(2, { replay: 2 });
    const log: string[] = [];
    from.attach(to);
    ['a', 'b', 'c'].forEach((message) => from.send(message));
    to.send('d');
    from.subscribe(listener(log, 'from'));
    to.subscribe(listener(log, 'to'));
    expect(log).toEqual(['from:b', 'from:c', 'to:c', 'to:d']);
  });

  it('X2 replays to an exchange that is attached late', () => {
    const [from] = exchanges(1, { replay: 2 });
    const [to] = exchanges(1);
    const log: string[] = [];
    to.subscribe(listener(log, 'to'));
    ['a', 'b', 'c'].forEach((message) => from.send(message));
    from.attach(to);
    from.send('d');
    expect(log).toEqual(['to:b', 'to:c', 'to:d']);
  });
});

describe('X7 unrouted of each exchange for itself', () => {
  it(
    'X7 makes a dead letter in the exchange that has nobody',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const sent = hot('    -a-b-');
      const join = hot('    --x--');
      const received = '    -a-b-';
      const letters = '     -a---';
      const [from, to] = [new Exchange<string>({ system }), new Exchange<string>({ system })];
      const task = probe<string>();
      expectObservable(deadLetters(system)).toBe(letters, named('a: a unrouted'));
      from.attach(to);
      from.attach(task);
      join.subscribe(() => to.subscribe(() => undefined));
      sent.subscribe((message) => from.send(message));
      expectMessages(task).toBe(received);
    }),
  );

  it('X6 gives a recipient that is attached, and unrouted elsewhere, one copy', () => {
    for (const first of ['to', 'both']) {
      const log: string[] = [];
      const both = recipient<string>(log, 'both');
      const from = new Exchange<string>();
      const to = new Exchange<string>({ unrouted: both });
      for (const task of first === 'to' ? [to, both] : [both, to]) from.attach(task);
      from.send('a');
      to.send('b');
      expect(log).toEqual(['both:a', 'both:b']);
    }
  });

  it('O5 tells an observer of the end only of its own exchange', () => {
    const [from, to] = exchanges(2);
    const log: string[] = [];
    from.attach(to);
    from.subscribe(observer(log, 'from'));
    to.subscribe(observer(log, 'to'));
    from.complete();
    to.send('a');
    expect(log).toEqual(['from:|', 'to:a']);
  });
});

describe('X7 what comes through exchanges and reaches nobody', () => {
  it('X7 is one dead letter when it waited in a ring and before the end of an exchange', () => {
    const system = new ActorSystem();
    const letters = namedLettersOf(system);
    const [from, ending, ring] = ['from', 'ending', 'ring'].map((name) => new Exchange<string>({ system, name }));
    from.attach(ending);
    from.attach(ring);
    // Only the first message: nobody but the ring is to take 'a'.
    ring.attach({ send: () => ending.send('end') }, { once: true });
    ring.attach(from, { filter: (message) => message === 'a' });
    ending.subscribe((message) => {
      if (message !== 'end') return;
      // Both are busy: 'a' waits in each of them, in one behind the end.
      ending.complete();
      from.send('a');
    });
    ring.send('busy');
    expect(letters).toEqual(['ending:a closed']);
  });

  it('X7.1 is no dead letter when `unrouted` of an exchange behind took it', () => {
    const system = new ActorSystem();
    const letters = namedLettersOf(system);
    const log: string[] = [];
    const from = new Exchange<string>({ system });
    from.attach(new Exchange<string>({ system, unrouted: recipient(log, 'rest') }));
    from.send('a');
    expect([log, letters]).toEqual([['rest:a'], []]);
  });

  it.each([
    { when: 'has handed it on', busy: 'late' },
    { when: 'has yet to hand it on', busy: 'others' },
  ] as const)('X7.1 is no dead letter where `unrouted` has it by another way, and $when', ({ busy }) => {
    const system = new ActorSystem();
    const letters = namedLettersOf(system);
    const log: string[] = [];
    const from = new Exchange<string>({ system, name: 'from' });
    const others = new Exchange<string>({ system, name: 'others' });
    const late = new Exchange<string>({ system, name: 'late', unrouted: others });
    others.attach(recipient(log, 'other'), { filter: (message) => message === 'a' });
    from.attach(others);
    from.attach(late);
    const exchange = { late, others }[busy];
    // While one of them is busy the message waits for it.
    exchange.attach({ send: () => from.send('a') }, { once: true });
    exchange.send('busy');
    expect([log, letters]).toEqual([['other:a'], []]);
  });

  it('X6 takes anything for a link that says so, of whichever copy of the package', () => {
    const system = new ActorSystem();
    const letters = lettersOf(system);
    const log: unknown[] = [];
    const from = new Exchange<string>({ system });
    const link = {
      send: (message: string) => log.push(`sent ${message}`),
      [Symbol.for('rx-actors.relay')]: (message: string, publication: { settled: boolean }) => {
        log.push(`relayed ${message}`);
        publication.settled = message === 'b';
      },
    };
    from.attach(link);
    sendAll(from, 'a', 'b');
    expect([log, letters]).toEqual([['relayed a', 'relayed b'], ['a unrouted']]);
  });
});
