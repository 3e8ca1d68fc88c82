import type { Setup } from './program.js';

/** One that waits: the number of a message, or below zero that of an upstream's error, which takes no room. */
interface Waiting {
  readonly id: number;
  readonly priority: number;
}

/** One that waits for room; an offer says itself that it has been let in. */
interface Waiter extends Waiting {
  readonly says: boolean;
}

/** Whose mailbox it is. */
export interface MailboxHost {
  readonly capacity: number;
  readonly overflow: Setup['overflow'];
  /** It lets in those who wait for room. */
  readonly admits: boolean;
  /** One that has waited for room is let in. */
  admitted(id: number): void;
  complain(what: string): void;
}

/**
 * A mailbox as the laws M1 to M3 have it: what was put back, then what was sent, by priority if it has one, and those
 * who wait for room. Everything in it is kept in plain arrays.
 */
export class MailboxModel {
  #front: Waiting[] = [];
  readonly #queue: Waiting[] = [];
  readonly #line: Waiter[] = [];
  /** Offers that have been let in into the room of one that has not been seen to leave. */
  readonly #arriving: Waiter[] = [];

  constructor(readonly host: MailboxHost) {}

  /** How many messages wait. */
  get size(): number {
    return this.#front.length + this.#arriving.length + this.#queue.filter(({ id }) => id > 0).length;
  }

  get full(): boolean {
    return this.size >= this.host.capacity;
  }

  push(id: number, priority: number): void {
    this.#queue.push({ id, priority });
  }

  /** Puts in front what had been put aside. */
  putBack(entries: readonly Waiting[]): void {
    this.#front = [...entries, ...this.#front];
  }

  lineUp(id: number, priority: number, says: boolean): void {
    this.#line.push({ id, priority, says });
  }

  /** A waiting offer says that it has been let in. So have the asks before it, which do not say so. */
  admitted(id: number): void {
    const index = this.#line.findIndex((each) => each.id === id);
    const admitted = this.#line.splice(0, index + 1);
    const first = admitted.find(({ says }) => says);
    if (first?.id !== id) this.host.complain(`M2: ${id} is let in before ${first?.id}`);
    for (const each of admitted) {
      (this.full ? this.#arriving : this.#queue).push(each);
      this.host.admitted(each.id);
    }
  }

  /** The next one has its turn. */
  take(id: number): void {
    const next = this.#next();
    if (next?.id !== id) this.host.complain(`O1: ${id} has its turn before ${next?.id}`);
    this.takeOut(id);
  }

  /** Takes one out, and lets in who waits for its room if it had any. */
  takeOut(id: number): void {
    if (remove(this.#line, id) !== undefined || this.drop(id) === undefined) return;
    this.#queue.push(...this.#arriving.splice(0));
    while (!this.full && this.host.admits) {
      const waiter = this.#line.shift();
      if (waiter === undefined) return;
      if (waiter.says) this.host.complain(`M2: the offer of ${waiter.id} has not been told that there is room`);
      this.#queue.push(waiter);
      this.host.admitted(waiter.id);
    }
  }

  /** Takes one out whose room is for nobody in the line. */
  drop(id: number): Waiting | undefined {
    return [this.#queue, this.#front, this.#line, this.#arriving]
      .map((all) => remove(all, id))
      .find((each) => each !== undefined);
  }

  /** The one that has waited longest makes room. */
  dropOldest(id: number): void {
    const oldest = [...this.#front, ...this.#queue].find((each) => each.id > 0);
    if (oldest?.id !== id) this.host.complain(`M1: ${id} is dropped as the oldest, not ${oldest?.id}`);
    this.drop(id);
  }

  has(id: number): boolean {
    return [...this.#front, ...this.#arriving, ...this.#queue, ...this.#line].some((each) => each.id === id);
  }

  #next(): Waiting | undefined {
    if (this.#front.length > 0) return this.#front[0];
    if (this.host.overflow !== 'priority') return this.#queue[0];
    const barrier = this.#queue.findIndex(({ id }) => id < 0);
    const before = barrier < 0 ? this.#queue : this.#queue.slice(0, barrier);
    if (before.length === 0) return this.#queue[0];
    return before.reduce((least, each) => (each.priority < least.priority ? each : least));
  }
}

function remove<T extends Waiting>(from: T[], id: number): T | undefined {
  const index = from.findIndex((each) => each.id === id);
  return index < 0 ? undefined : from.splice(index, 1)[0];
}
