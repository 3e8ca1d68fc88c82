import type { SchedulerLike } from 'rxjs';
import { Ring } from '../internal/ring.js';

/** The last messages of an exchange, for those who come late. */
export class Replay<T> {
  #messages: Ring<T>;
  #times: Ring<number> | undefined;
  readonly #capacity: number;
  readonly #window: number | undefined;
  readonly #clock: SchedulerLike;
  #pushedOut: T | undefined;
  /** How many of those that are kept nobody has had yet; they are the newest. */
  #untaken = 0;

  constructor(capacity: number, window: number | undefined, clock: SchedulerLike) {
    this.#capacity = capacity;
    this.#window = window;
    this.#clock = clock;
    this.#messages = new Ring(capacity);
    if (window !== undefined) this.#times = new Ring(capacity);
  }

  push(message: T): void {
    this.#pushedOut = this.#messages.push(message);
    this.#times?.push(this.#clock.now());
  }

  /** Nobody took the message that was pushed last: somebody who comes late may. Gives the one that nobody will any more. */
  missed(): { readonly message: T } | undefined {
    if (this.#untaken < this.#capacity) {
      this.#untaken++;
      return undefined;
    }
    return { message: this.#pushedOut as T };
  }

  /** Those that a late one gets, the oldest first; nobody has missed them any more. */
  take(): T[] {
    this.#untaken = 0;
    return this.messages;
  }

  get messages(): T[] {
    const messages = this.#messages.toArray();
    if (this.#window === undefined) return messages;
    const since = this.#clock.now() - this.#window;
    const times = this.#times!.toArray();
    const first = times.findIndex((time) => time >= since);
    return first === -1 ? [] : messages.slice(first);
  }

  /** Forgets all; gives those that nobody has had. */
  clear(): T[] {
    const untaken = this.#untaken === 0 ? [] : this.#messages.toArray().slice(-this.#untaken);
    this.#untaken = 0;
    this.#pushedOut = undefined;
    this.#messages = new Ring(this.#capacity);
    this.#times &&= new Ring(this.#capacity);
    return untaken;
  }
}
