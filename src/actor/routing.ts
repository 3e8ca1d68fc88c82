import { expectFunction, wrongType } from '../internal/expect.js';
import { placeOf } from './jump-hash.js';

/**
 * Which member of a pool a message goes to.
 *
 * - `'round-robin'`: one after the other.
 * - `'least-pending'`: the one with the fewest messages, those that wait and the one that it is at; among equals the next
 *   one after the last that was chosen.
 * - `{ hash }`: messages of which `hash` gives the same string go to the same member, by a consistent hash: when the pool is
 *   resized from n to n + 1 members, or back, about one in n + 1 of the strings gets another one.
 *
 * @typeParam In - The messages.
 *
 * @public
 */
export type PoolRouting<In> =
  | 'round-robin'
  | 'least-pending'
  | {
      /**
       * Gives the string that says where a message belongs, such as the id of a customer. It is called by whoever sends.
       * What it throws makes the message fail.
       */
      readonly hash: (message: In) => string;
    };

/** One that messages are routed to. */
export interface Loaded {
  /** How many messages it has, the one that it is at counted. */
  readonly load: number;
}

/** Chooses among those that messages are routed to, at least one; the place of the one that is chosen. */
export type Router<In> = (message: In, members: readonly Loaded[]) => number;

/** Refuses what is no routing. */
export function expectRouting(routing: unknown): void {
  if (routing === 'round-robin' || routing === 'least-pending') return;
  if (typeof routing !== 'object' || routing === null) {
    throw wrongType('routing', "'round-robin', 'least-pending' or an object with a `hash` function", routing);
  }
  expectFunction('routing.hash', (routing as { hash?: unknown }).hash);
}

/** The router of one pool, with a memory of its own. */
export function routerOf<In>(routing: PoolRouting<In>): Router<In> {
  if (routing === 'round-robin') return roundRobin();
  return routing === 'least-pending' ? leastPending() : hashed(routing.hash);
}

function roundRobin(): Router<unknown> {
  let last = -1;
  return (_, { length }) => (last = (last + 1) % length);
}

function leastPending(): Router<unknown> {
  let last = -1;
  return (_, members) => {
    const { length } = members;
    let least = Infinity;
    let chosen = 0;
    for (let step = 1; step <= length && least > 0; step++) {
      const place = (last + step) % length;
      const { load } = members[place];
      if (load < least) {
        least = load;
        chosen = place;
      }
    }
    return (last = chosen);
  };
}

function hashed<In>(hash: (message: In) => string): Router<In> {
  return (message, members) => {
    const key: unknown = hash(message);
    if (typeof key !== 'string') throw wrongType('routing.hash', 'a function that returns a string', key);
    // Only now: the user's function may have resized the pool.
    return placeOf(key, members.length);
  };
}
