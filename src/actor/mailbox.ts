import { Queue } from '../internal/queue.js';
import { WaitingLine, type Waiting } from '../internal/waiting-line.js';
import { Envelope, UpstreamError } from './envelope.js';
import type { MailboxOptions } from './actor-options.js';
import { PriorityQueue } from './priority-queue.js';

/** Somebody who waits for room in a full mailbox. */
export interface Waiter extends Waiting {
  /** What to put in. */
  readonly entry: unknown;
  /** Learns that it has been put in. */
  admitted(): void;
  /** Learns that there will be no room any more. */
  fail(reason: unknown): void;
}

/** Says that a mailbox is empty; no message can be mistaken for it. */
export const NOTHING = Symbol('nothing');

/** Takes the place of an entry that was taken out from the middle of the queue. */
class Gap extends Envelope {
  removed = true;
  readonly message = undefined;
}
const GAP = new Gap();

const isGap = (entry: unknown): boolean => entry instanceof Envelope && entry.removed;
const carriesMessage = (entry: unknown): boolean => !isGap(entry) && !(entry instanceof UpstreamError);

/** So many places of removed entries are let be before the queue is swept. */
const GAPS_LET_BE = 64;

/** What few mailboxes need. */
class Extras {
  /** How many errors of upstreams wait among the messages. */
  errors = 0;
  /** How many places of entries that were taken out are still there. */
  gaps = 0;
  readonly line = new WaitingLine<Waiter>();
}

/**
 * What waits for an actor: messages in the order in which they are to be processed, and behind a full mailbox those
 * who wait for room.
 *
 * Entries are bare messages or {@link Envelope}s. The size counts messages, not the errors of upstreams.
 */
export class Mailbox<In> {
  readonly #options: MailboxOptions<In> | undefined;
  #queue: Queue<unknown> | PriorityQueue<In>;
  #extras: Extras | undefined = undefined;

  constructor(options: MailboxOptions<In> | undefined) {
    this.#options = options;
    this.#queue = this.#newQueue();
  }

  /** How many messages wait. */
  get size(): number {
    const extras = this.#extras;
    return extras === undefined ? this.#queue.length : this.#queue.length - extras.errors - extras.gaps;
  }

  /** Whether nothing at all waits. */
  get empty(): boolean {
    return this.#queue.length === (this.#extras === undefined ? 0 : this.#extras.gaps);
  }

  get capacity(): number {
    return this.#options?.capacity ?? Infinity;
  }

  get full(): boolean {
    return this.#options !== undefined && this.size >= this.capacity;
  }

  get dropsOldest(): boolean {
    return this.#options?.overflow === 'drop-oldest';
  }

  /** Puts a message in; the caller has seen to it that there is room. */
  push(entry: unknown): void {
    this.#queue.push(entry);
  }

  /** Puts the error of an upstream behind all that waits; it takes no room. */
  pushError(error: UpstreamError): void {
    this.#rare.errors++;
    this.#queue.push(error);
  }

  /** Takes the next entry out, {@link NOTHING} when there is none; its room goes to the first who waits. */
  shift(): unknown {
    const queue = this.#queue;
    while (queue.length > 0) {
      const entry = queue.shift();
      if (this.#extras === undefined || this.#counted(entry, this.#extras)) return entry;
    }
    return NOTHING;
  }

  /** Keeps count of an entry that has been taken out; `false` when it was the place of one that had been before. */
  #counted(entry: unknown, extras: Extras): boolean {
    if (isGap(entry)) {
      extras.gaps--;
      return false;
    }
    if (entry instanceof UpstreamError) extras.errors--;
    else this.#admit();
    return true;
  }

  /** Takes the oldest message out, to make room for a newer one. */
  dropOldest(): unknown {
    const queue = this.#queue as Queue<unknown>;
    // Gaps at the front go first, or every search would go through all that have been left there.
    while (isGap(queue.peek())) {
      queue.shift();
      this.#rare.gaps--;
    }
    const { length } = queue;
    const entry = queue.takeFirst(carriesMessage, GAP);
    if (queue.length === length) this.#rare.gaps++;
    return entry;
  }

  /** Takes an envelope out wherever it waits; its room goes to the first who waits. */
  remove(envelope: Envelope): void {
    envelope.removed = true;
    if (++this.#rare.gaps > this.#queue.length / 2 + GAPS_LET_BE) this.#sweep();
    this.#admit();
  }

  /** Lines up for room. */
  wait(waiter: Waiter): void {
    this.#rare.line.push(waiter);
  }

  /** Leaves the line. */
  giveUp(waiter: Waiter): void {
    this.#extras?.line.remove(waiter);
  }

  /** Takes the first out of the line without letting it in, once nobody will get any room. */
  turnAway(): Waiter | undefined {
    return this.#extras?.line.shift();
  }

  #admit(): void {
    const line = this.#extras?.line;
    while (line !== undefined && line.size > 0 && !this.full) {
      const waiter = line.shift()!;
      this.push(waiter.entry);
      // Only now: it may offer again, and must find the mailbox as full as it is.
      waiter.admitted();
    }
  }

  /** Thousands of cancelled asks behind one slow message must not be kept until it is done. */
  #sweep(): void {
    const swept = this.#newQueue();
    for (const old = this.#queue; old.length > 0;) {
      const entry = old.shift();
      if (!isGap(entry)) swept.push(entry);
    }
    this.#queue = swept;
    this.#rare.gaps = 0;
  }

  get #rare(): Extras {
    return (this.#extras ??= new Extras());
  }

  #newQueue(): Queue<unknown> | PriorityQueue<In> {
    const compare = this.#options?.compare;
    return compare === undefined ? new Queue() : new PriorityQueue(compare);
  }
}
