import { type Observable } from 'rxjs';
import type { DeadLetterReason } from '../contract/dead-letter.js';
import { Queue } from '../internal/queue.js';
import { WaitingLine, type Waiting } from '../internal/waiting-line.js';
import type { MailboxOptions } from './actor-options.js';
import { Envelope, messageOf, NOTHING, UpstreamError, type Addressee } from './envelope.js';
import { PriorityQueue } from './priority-queue.js';
import { Signal } from './signal.js';
import { SizeFeed } from './size-feed.js';

/** Somebody who waits for room in a full mailbox. */
export interface Waiter extends Waiting {
  /** What to put in. */
  readonly entry: unknown;
  /** Learns that it has been put in. */
  admitted(): void;
  /** Learns that there will be no room any more. */
  turnedAway(to: Addressee, reason: DeadLetterReason, error: () => Error): void;
}

/** Takes the place of an entry that was taken out from the middle of the queue. */
class Gap extends Envelope {
  removed = true;
  readonly message = undefined;

  deliver(): void {
    // It is skipped.
  }
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
  readonly #signals = new Queue<Envelope>();
  /** What was put aside and has been put back, before all that waits. */
  front = new Queue<unknown>();
  feed: SizeFeed | undefined;
  /** What is being taken out, while others get its room. */
  taken: unknown = NOTHING;
  /** Nobody is let in from the line any more. */
  shut = false;

  /** What the engine has to tell the actor, before all messages. The first one has not been taken back. */
  get signals(): Queue<Envelope> {
    const signals = this.#signals;
    while (isGap(signals.peek())) signals.shift();
    return signals;
  }
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
    const { length } = this.#queue;
    return extras === undefined ? length : length + extras.front.length - extras.errors - extras.gaps;
  }

  /** Whether nothing at all waits. */
  get empty(): boolean {
    const extras = this.#extras;
    const { length } = this.#queue;
    return extras === undefined ? length === 0 : length + extras.front.length + extras.signals.length === extras.gaps;
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
    if (this.#extras !== undefined) this.#changed();
  }

  /** Puts the error of an upstream behind all that waits; it takes no room. */
  pushError(error: UpstreamError): void {
    this.#rare.errors++;
    this.#queue.push(error);
  }

  /** Puts what the engine has to tell before all messages; it takes no room. */
  pushSignal(signal: Envelope): void {
    this.#rare.signals.push(signal);
  }

  /** Whether the next entry is one that the engine has to see to, whoever takes messages. */
  get urgent(): boolean {
    return this.#extras?.signals.peek() instanceof Signal;
  }

  /** Puts entries that have waited before in front of all messages, whether there is room or not. */
  putBack(entries: readonly unknown[]): void {
    const extras = this.#rare;
    const front = new Queue<unknown>();
    for (const entry of entries) front.push(entry);
    while (extras.front.length > 0) front.push(extras.front.shift());
    extras.front = front;
    this.#changed();
  }

  /** Takes the next entry out, {@link NOTHING} when there is none; its room goes to the first who waits. */
  shift(): unknown {
    if (this.#extras !== undefined) return this.#shiftCounted(this.#extras);
    const queue = this.#queue;
    return queue.length > 0 ? queue.shift() : NOTHING;
  }

  #shiftCounted(extras: Extras): unknown {
    for (;;) {
      const { signals, front } = extras;
      if (signals.length > 0) return signals.shift();
      const queue = front.length > 0 ? front : this.#queue;
      if (queue.length === 0) return NOTHING;
      const entry = queue.shift();
      if (isGap(entry)) {
        extras.gaps--;
      } else {
        extras.taken = entry;
        if (entry instanceof UpstreamError) extras.errors--;
        else this.#admit(extras);
        this.#changed();
        extras.taken = NOTHING;
        // Whoever got its room may have taken it back.
        if (!isGap(entry)) return entry;
      }
    }
  }

  /** Takes the oldest message out, to make room for a newer one. */
  dropOldest(): unknown {
    const queue = this.#queue as Queue<unknown>;
    const front = this.#extras?.front;
    // What was put back has waited longest.
    let entry: unknown;
    if (front !== undefined) this.#dropGaps(front);
    if (front !== undefined && front.length > 0) {
      entry = front.shift();
    } else {
      // Gaps at the front go first, or every search would go through all that have been left there.
      this.#dropGaps(queue);
      const { length } = queue;
      entry = queue.takeFirst(carriesMessage, GAP);
      if (queue.length === length) this.#rare.gaps++;
    }
    this.#changed();
    return entry;
  }

  #dropGaps(queue: Queue<unknown>): void {
    while (isGap(queue.peek())) {
      queue.shift();
      this.#rare.gaps--;
    }
  }

  /** Takes an envelope out wherever it waits; its room goes to the first who waits. */
  remove(envelope: Envelope): void {
    envelope.removed = true;
    if (envelope === this.#extras?.taken) return;
    const extras = this.#rare;
    if (envelope instanceof UpstreamError) extras.errors--;
    if (++extras.gaps > (this.#queue.length + extras.front.length) / 2 + GAPS_LET_BE) this.#sweep();
    this.#admit(extras);
    this.#changed();
  }

  /** Lines up for room. */
  wait(waiter: Waiter): void {
    this.#rare.line.push(waiter);
  }

  /** Leaves the line. */
  giveUp(waiter: Waiter): void {
    this.#extras!.line.remove(waiter);
  }

  /** Lets nobody in any more, also when something is taken out. */
  shut(): void {
    if (this.#extras !== undefined) this.#extras.shut = true;
  }

  /** Takes the first out of the line without letting it in, once nobody will get any room. */
  turnAway(): Waiter | undefined {
    return this.#extras?.line.shift();
  }

  /** The messages that wait, in the order in which they were sent; that which is being taken out is the first. */
  get messages(): unknown[] {
    const { taken = NOTHING, front = [] } = this.#extras ?? {};
    const entries = [...(taken === NOTHING ? [] : [taken]), ...front, ...this.#queue];
    return entries.filter(carriesMessage).map(messageOf);
  }

  /** How many messages wait: now, and whenever that changes. */
  get sizes(): Observable<number> {
    return (this.#rare.feed ??= new SizeFeed(() => this.size)).values;
  }

  /** Nothing will wait any more. */
  end(): void {
    this.#extras?.feed?.complete();
  }

  #changed(): void {
    this.#extras?.feed?.tell();
  }

  #admit(extras: Extras): void {
    while (!extras.shut && extras.line.size > 0 && !this.full) {
      const waiter = extras.line.shift()!;
      this.push(waiter.entry);
      // Only now: it may offer again, and must find the mailbox as full as it is.
      waiter.admitted();
    }
  }

  /** Thousands of cancelled asks behind one slow message must not be kept until it is done. */
  #sweep(): void {
    const extras = this.#rare;
    const { front } = extras;
    extras.front = new Queue();
    extras.gaps = 0;
    for (const entry of front) if (!isGap(entry)) extras.front.push(entry);
    // In the order in which they were sent, whatever their priority: that order is not to be lost.
    const waiting = this.#queue;
    this.#queue = this.#newQueue();
    for (const entry of waiting) if (!isGap(entry)) this.#queue.push(entry);
  }

  get #rare(): Extras {
    return (this.#extras ??= new Extras());
  }

  #newQueue(): Queue<unknown> | PriorityQueue<In> {
    const compare = this.#options?.compare;
    return compare === undefined ? new Queue() : new PriorityQueue(compare);
  }
}
