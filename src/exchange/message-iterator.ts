import { noop, type Observer, type Subscription } from 'rxjs';
import { expectNumber, expectObject, expectOverflow } from '../internal/expect.js';
import { Queue } from '../internal/queue.js';

/**
 * How an exchange is iterated over.
 *
 * @public
 */
export interface IterateOptions {
  /**
   * How many messages may wait to be taken; a whole number from 1 up.
   *
   * @defaultValue 1,024
   */
  readonly buffer?: number;
  /**
   * Which message is dropped when more wait: the newest or the one that has waited longest. Either becomes a dead letter
   * (`'overflow'`).
   *
   * @defaultValue `'drop-oldest'`
   */
  readonly overflow?: 'drop-newest' | 'drop-oldest';
}

/**
 * The messages of an exchange, to be taken one by one: what `AsyncIterableIterator<T, undefined>` means in TypeScript 5.6
 * and newer. Older ones know that type with one parameter only.
 *
 * @typeParam T - The messages.
 * @public
 */
export interface MessageIterator<T> extends AsyncIterator<T, undefined> {
  /** Gives itself. */
  [Symbol.asyncIterator](): MessageIterator<T>;
}

/** Refuses options that could only do harm later. */
export function expectIterateOptions(options: IterateOptions): void {
  expectObject('options', options);
  if (options.buffer !== undefined) expectNumber('buffer', options.buffer, 1, true);
  if (options.overflow !== undefined) expectOverflow(options.overflow);
}

/** A call of `next()` that waits for its message. */
interface Waiting<T> {
  readonly resolve: (result: IteratorResult<T, undefined>) => void;
  readonly reject: (error: unknown) => void;
}

/** Who wants to know of messages that were not taken. */
export interface MessageHost<T> {
  /** There was no room for it. */
  dropped(message: T): void;
  /** It waited when the loop was left. */
  left(message: T): void;
}

const DONE: IteratorResult<never, undefined> = { done: true, value: undefined };

/** The iterator that keeps what has not been taken yet. */
export class KeptMessages<T> implements MessageIterator<T> {
  readonly #waiting = new Queue<T>();
  readonly #calls = new Queue<Waiting<T>>();
  readonly #options: IterateOptions;
  readonly #host: MessageHost<T>;
  readonly #subscription: Subscription;
  #over = false;
  /** What there is to tell when it is over. */
  #failure: { readonly error: unknown } | undefined;

  constructor(options: IterateOptions, subscribe: (observer: Observer<T>) => Subscription, host: MessageHost<T>) {
    this.#options = options;
    this.#host = host;
    this.#subscription = subscribe({
      next: (message) => {
        this.#put(message);
      },
      error: (error: unknown) => {
        this.#finish({ error });
      },
      complete: noop,
    });
    // Also of an exchange that ends without a word: nobody is to wait for ever.
    this.#subscription.add(() => {
      this.#finish(undefined);
    });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<T, undefined>> {
    if (this.#waiting.length > 0) return Promise.resolve({ done: false, value: this.#waiting.shift() as T });
    if (!this.#over) {
      return new Promise((resolve, reject) => {
        this.#calls.push({ resolve, reject });
      });
    }
    const failure = this.#failure;
    // An error is told once, as by every iterator.
    this.#failure = undefined;
    return failure === undefined ? Promise.resolve(DONE) : Promise.reject(failure.error);
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.#subscription.unsubscribe();
    while (this.#waiting.length > 0) this.#host.left(this.#waiting.shift() as T);
    // Also of an error that has not been told yet.
    this.#failure = undefined;
    return Promise.resolve(DONE);
  }

  #put(message: T): void {
    if (this.#calls.length > 0) {
      this.#calls.shift()!.resolve({ done: false, value: message });
      return;
    }
    const { buffer = 1_024, overflow } = this.#options;
    if (this.#waiting.length >= buffer) {
      if (overflow === 'drop-newest') {
        this.#host.dropped(message);
        return;
      }
      this.#host.dropped(this.#waiting.shift() as T);
    }
    this.#waiting.push(message);
  }

  #finish(failure: { readonly error: unknown } | undefined): void {
    if (this.#over) return;
    this.#over = true;
    const first = this.#calls.shift();
    if (first === undefined) this.#failure = failure;
    else if (failure === undefined) first.resolve(DONE);
    else first.reject(failure.error);
    while (this.#calls.length > 0) this.#calls.shift()!.resolve(DONE);
  }
}
