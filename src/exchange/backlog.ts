import { isObservable, type Observable, type Subscription } from 'rxjs';
import { wrongType } from '../internal/expect.js';
import { Queue } from '../internal/queue.js';
import { isThenable } from './heed.js';

/** One that lets a sender wait for room, as actors do. */
interface Offering {
  offer(message: unknown): Observable<void>;
}

/** Who wants to know of messages that did not reach a recipient. */
export interface BacklogHost {
  /** There was no room for it here. */
  overflowed(message: unknown, recipient: unknown): void;
  /** The recipient was detached, or had ended, before it could take it. */
  unreached(message: unknown, recipient: unknown): void;
  /** The recipient failed with it. */
  deliveryFailed(recipient: unknown, error: unknown, message: unknown): void;
}

/** How many may wait, and which is dropped when there are more. */
interface BacklogOptions {
  readonly buffer: number;
  readonly overflow: 'drop-newest' | 'drop-oldest' | undefined;
}

/** The messages that wait for a recipient which takes its time: it is handed one after the other. */
export class Backlog {
  readonly #recipient: object;
  readonly #send: (message: unknown) => unknown;
  readonly #options: BacklogOptions;
  readonly #host: BacklogHost;
  readonly #waiting = new Queue<unknown>();
  /** One has been handed over and not been taken yet. */
  #busy = false;
  #handing = false;
  #offer: Subscription | undefined;
  #offered: { readonly message: unknown } | undefined;
  #over = false;

  constructor(recipient: object, send: (message: unknown) => unknown, options: BacklogOptions, host: BacklogHost) {
    this.#recipient = recipient;
    this.#send = send;
    this.#options = options;
    this.#host = host;
  }

  /** How many messages the recipient has not taken yet. */
  get load(): number {
    return this.#waiting.length + (this.#busy ? 1 : 0);
  }

  push(message: unknown): void {
    const { buffer, overflow } = this.#options;
    if (this.#waiting.length >= buffer) {
      const dropsOldest = overflow === 'drop-oldest';
      this.#host.overflowed(dropsOldest ? this.#waiting.shift() : message, this.#recipient);
      if (!dropsOldest) return;
      // Whoever has heard of the one that was dropped may have detached the recipient.
      if (this.#over) {
        this.#host.unreached(message, this.#recipient);
        return;
      }
    }
    this.#waiting.push(message);
    this.#hand();
  }

  /** Hands nothing over any more. */
  end(): void {
    this.#over = true;
    this.#offer?.unsubscribe();
    const offered = this.#offered;
    this.#offered = undefined;
    if (offered !== undefined) this.#host.unreached(offered.message, this.#recipient);
    while (this.#waiting.length > 0) this.#host.unreached(this.#waiting.shift(), this.#recipient);
  }

  // A loop, not a recursion: most messages are taken at once.
  #hand(): void {
    if (this.#handing) return;
    this.#handing = true;
    while (!this.#busy && !this.#over && this.#waiting.length > 0) {
      this.#busy = true;
      this.#give(this.#waiting.shift());
    }
    this.#handing = false;
  }

  #give(message: unknown): void {
    const recipient = this.#recipient as Partial<Offering>;
    try {
      if (typeof recipient.offer === 'function') {
        this.#offerTo(recipient as Offering, message);
        return;
      }
      const sent = this.#send(message);
      if (isThenable(sent)) {
        this.#await(sent, message);
        return;
      }
    } catch (error) {
      this.#offered = undefined;
      this.#host.deliveryFailed(this.#recipient, error, message);
    }
    this.#taken();
  }

  #await(sent: PromiseLike<unknown>, message: unknown): void {
    // What is no Promise itself may answer twice.
    Promise.resolve(sent).then(
      () => {
        this.#taken();
      },
      (error: unknown) => {
        this.#host.deliveryFailed(this.#recipient, error, message);
        this.#taken();
      },
    );
  }

  #offerTo(recipient: Offering, message: unknown): void {
    const offer: unknown = recipient.offer(message);
    // Others have methods of this name, too, which return whether something was taken.
    if (!isObservable(offer)) throw wrongType('offer()', 'a method that returns an Observable', offer);
    this.#offered = { message };
    this.#offer = offer.subscribe({
      error: () => {
        this.#offered = undefined;
        this.#host.unreached(message, this.#recipient);
        this.#taken();
      },
      complete: () => {
        this.#offered = undefined;
        this.#taken();
      },
    });
  }

  #taken(): void {
    this.#busy = false;
    this.#hand();
  }
}
