import { ActorSystem, Exchange, type Recipient } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { namedLettersOf } from '../recorder.js';

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
    const letters = namedLettersOf(system);
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
