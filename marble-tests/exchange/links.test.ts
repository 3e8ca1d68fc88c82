import fc from 'fast-check';
import { ActorSystem, Exchange, type ExchangeOptions, type Recipient } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { deadLetters, named } from '../fates.js';
import { marbles } from '../marbles.js';
import { listener, observer, recipient } from '../recorder.js';

const exchanges = (count: number, options: ExchangeOptions<string> = {}): Exchange<string>[] =>
  Array.from({ length: count }, () => new Exchange<string>(options));

/** Dead letters of a system, as `name:message reason`. */
const lettersOf = (system: ActorSystem): string[] => {
  const letters: string[] = [];
  system.deadLetters.subscribe(({ message, recipient: to, reason }) => {
    letters.push(`${(to as Partial<Exchange<unknown>>).name}:${message} ${reason}`);
  });
  return letters;
};

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
    const letters = lettersOf(system);
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
    const letters = lettersOf(system);
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
    const letters = lettersOf(system);
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
      const letters = lettersOf(system);
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

/**
 * What RabbitMQ says of exchange-to-exchange bindings and of alternate exchanges, as cases: its queues are recipients,
 * its fanout exchanges are exchanges, its alternate exchange is `unrouted`.
 *
 * Sources: https://www.rabbitmq.com/docs/e2e and https://www.rabbitmq.com/docs/ae, and for what they leave open `route1`
 * in https://github.com/rabbitmq/rabbitmq-server/blob/main/deps/rabbit/src/rabbit_exchange.erl
 */
interface Topology {
  readonly says: string;
  /** `x>y` binds y, an exchange or, in capitals, a queue, to x. */
  readonly bindings: readonly string[];
  /** `x>y` makes y the alternate exchange of x; in the order in which they are declared. */
  readonly alternates?: readonly string[];
  /** What each queue gets of one message that is published to `x`. */
  readonly routed: readonly string[];
  /** Where it ends unrouted. */
  readonly unrouted?: readonly string[];
}

const rabbit: Topology[] = [
  { says: 'the binding is unidirectional', bindings: ['y>x', 'y>Q', 'x>R'], routed: ['R'] },
  { says: 'messages flow from the source to the destination', bindings: ['x>y', 'y>Q'], routed: ['Q'] },
  {
    says: 'each queue will receive exactly one copy over any routing topology: several ways',
    bindings: ['x>y', 'x>z', 'y>Q', 'z>Q', 'x>Q'],
    routed: ['Q'],
  },
  { says: 'multiple distinct bindings of the same endpoints', bindings: ['x>y', 'x>y', 'y>Q', 'y>Q'], routed: ['Q'] },
  { says: 'cycles are eliminated', bindings: ['x>y', 'y>z', 'z>x', 'z>Q', 'x>R'], routed: ['Q', 'R'] },
  { says: 'cycles are eliminated: one that is bound to itself', bindings: ['x>x', 'x>Q'], routed: ['Q'] },
  {
    says: 'an exchange that cannot route publishes to its alternate exchange',
    bindings: ['u>Q'],
    alternates: ['x>u'],
    routed: ['Q'],
  },
  {
    says: 'one that can route does not',
    bindings: ['x>Q', 'u>R'],
    alternates: ['x>u'],
    routed: ['Q'],
  },
  {
    says: 'an alternate exchange that cannot route publishes to its own',
    bindings: ['v>Q'],
    alternates: ['u>v', 'x>u'],
    routed: ['Q'],
  },
  {
    says: 'until the end of the chain is reached',
    bindings: [],
    alternates: ['u>v', 'x>u'],
    routed: [],
    unrouted: ['v'],
  },
  {
    says: 'or one is encountered which has already attempted to route the message',
    bindings: ['u>x'],
    alternates: ['x>u'],
    routed: [],
    unrouted: ['u'],
  },
  {
    says: 'a bound exchange that cannot route publishes to its own alternate exchange',
    bindings: ['x>y', 'x>Q', 'u>R'],
    alternates: ['y>u'],
    routed: ['Q', 'R'],
  },
  {
    says: 'one that has routed to an exchange has routed: its own alternate exchange gets nothing (route1)',
    bindings: ['x>y', 'u>Q'],
    alternates: ['x>u'],
    routed: [],
    unrouted: ['y'],
  },
  {
    says: 'an alternate exchange that has had the message by another way does not get it again (process_route)',
    bindings: ['x>u', 'x>y', 'u>Q'],
    alternates: ['y>u'],
    routed: ['Q'],
  },
];

describe('X6 X7 routes as RabbitMQ does', () => {
  it.each(rabbit)('X6 X7 $says', ({ bindings, alternates = [], routed, unrouted = [] }) => {
    const system = new ActorSystem();
    const letters = lettersOf(system);
    const made = new Map<string, Exchange<string>>();
    const got: string[] = [];
    const queues = new Map<string, Recipient<string>>();
    const exchange = (name: string): Exchange<string> => {
      if (!made.has(name)) {
        const alternate = alternates.find((each) => each.startsWith(`${name}>`))?.at(-1);
        const options = alternate === undefined ? {} : { unrouted: exchange(alternate) };
        made.set(name, new Exchange<string>({ system, name, ...options }));
      }
      return made.get(name)!;
    };
    const queue = (name: string): Recipient<string> => {
      if (!queues.has(name)) queues.set(name, { send: () => got.push(name) });
      return queues.get(name)!;
    };
    for (const [from, , to] of bindings) {
      exchange(from).attach(to === to.toUpperCase() ? queue(to) : exchange(to));
    }
    exchange('x').send('m');
    expect([...got].sort()).toEqual(routed);
    expect(letters).toEqual(unrouted.map((name) => `${name}:m unrouted`));
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

/** A random network. Exchanges, tasks and observers are indices. */
interface Network {
  readonly size: number;
  /** A link lets through what its `every` divides. */
  readonly links: readonly { readonly from: number; readonly to: number; readonly every: number }[];
  readonly attached: readonly { readonly at: number; readonly task: number }[];
  /** At which exchanges there is an observer. */
  readonly observed: readonly number[];
  /** Where messages are sent; the n-th message is the number n. */
  readonly sends: readonly number[];
  /** What a task sends on when it gets its n-th message: where, or nowhere. */
  readonly answers: readonly (readonly (number | undefined)[])[];
}

const TASKS = 4;
const MOST = 60;

const networks: fc.Arbitrary<Network> = fc.integer({ min: 1, max: 5 }).chain((size) => {
  const place = fc.nat({ max: size - 1 });
  return fc.record({
    size: fc.constant(size),
    links: fc.array(fc.record({ from: place, to: place, every: fc.constantFrom(1, 1, 1, 2, 3) }), { maxLength: 10 }),
    attached: fc.array(fc.record({ at: place, task: fc.nat({ max: TASKS - 1 }) }), { maxLength: 8 }),
    observed: fc.array(place, { maxLength: 6 }),
    sends: fc.array(place, { minLength: 1, maxLength: 6 }),
    answers: fc.array(fc.array(fc.option(place, { nil: undefined }), { maxLength: 3 }), {
      minLength: TASKS,
      maxLength: TASKS,
    }),
  });
});

/** The exchanges that a message reaches. */
function reached({ links }: Network, origin: number, message: number): Set<number> {
  const found = new Set([origin]);
  for (const at of found) {
    for (const { from, to, every } of links) if (from === at && message % every === 0) found.add(to);
  }
  return found;
}

describe('X6 a network under random programs', () => {
  it('X6 X7 O5 gives each publication once to everybody it reaches, in one order for each exchange', () => {
    fc.assert(
      fc.property(networks, (program) => {
        const network = { ...program, links: [...unique(program.links)] };
        const system = new ActorSystem();
        const letters = lettersOf(system);
        const all = Array.from({ length: network.size }, (_, at) => new Exchange<number>({ system, name: `${at}` }));
        const origins: number[] = [];
        const tasks: number[][] = Array.from({ length: TASKS }, () => []);
        const observers = network.observed.map((at) => ({ at, got: [] as number[] }));
        const send = (at: number): void => {
          if (origins.length < MOST) all[at].send(origins.push(at) - 1);
        };
        const recipients = tasks.map((got, task) => ({
          send: (message: number) => {
            const to = network.answers[task].at(got.push(message) - 1);
            if (to !== undefined && got.length <= network.answers[task].length) send(to);
          },
        }));
        const places = network.attached.map(({ at, task }) => `${at}:${task}`);
        for (const { from, to, every } of network.links) {
          all[from].attach(all[to], { filter: (message) => message % every === 0 });
        }
        for (const { at, task } of network.attached) all[at].attach(recipients[task]);
        for (const { at, got } of observers) all[at].subscribe((message) => got.push(message));
        network.sends.forEach(send);

        const expectedLetters: string[] = [];
        const expectedTasks: number[][] = tasks.map(() => []);
        origins.forEach((origin, message) => {
          const through = [...reached(network, origin, message)];
          tasks.forEach((_, task) => {
            if (through.some((at) => places.includes(`${at}:${task}`))) expectedTasks[task].push(message);
          });
          const ends = (at: number): boolean =>
            network.attached.some((each) => each.at === at) || network.observed.includes(at);
          const leads = (at: number): boolean =>
            network.links.some(({ from, every }) => from === at && message % every === 0);
          const lost = through.filter((at) => !ends(at) && !leads(at)).map((at) => `${at}:${message} unrouted`);
          expectedLetters.push(...lost);
          // Each has somebody to give it to, and there is nobody all the same.
          if (lost.length === 0 && !through.some(ends)) expectedLetters.push(`ring:${message} unrouted`);
        });
        const byNumber = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);
        expect(tasks.map(byNumber)).toEqual(expectedTasks);
        for (const { at, got } of observers) {
          const through = origins.flatMap((origin, message) =>
            reached(network, origin, message).has(at) ? [message] : [],
          );
          expect(byNumber(got)).toEqual(through);
          expect(observers.filter((other) => other.at === at).map((other) => other.got)).toEqual(
            observers.filter((other) => other.at === at).map(() => got),
          );
        }
        // In a ring it is whichever exchange is done last.
        const rings = new Set(expectedLetters.filter((letter) => letter.startsWith('ring')).map(numberOf));
        const seen = letters.map((letter) => (rings.has(numberOf(letter)) ? `ring:${letter.split(':')[1]}` : letter));
        expect([...seen].sort()).toEqual([...expectedLetters].sort());
      }),
      { numRuns: 3_000 },
    );
  });
});

const numberOf = (letter: string): string => /:(\d+)/.exec(letter)![1];

/** One link from one exchange to another: attaching twice with other options is refused. */
function unique(links: Network['links']): Network['links'] {
  return links.filter(
    (link, index) => links.findIndex(({ from, to }) => from === link.from && to === link.to) === index,
  );
}
