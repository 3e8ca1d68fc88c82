import { Observable, type Subscriber, type Subscription } from 'rxjs';
import { attempt } from './attempt.js';
import { Queue } from './queue.js';

/**
 * A Subject of the engine's own: all who listen hear the same order, also when one of them brings forth the next value or
 * the end, and what one of them throws neither unwinds the engine nor keeps the value from the others.
 */
export class Feed<T> {
  readonly #listeners = new Set<Subscriber<T>>();
  /** The same as a list that stays as it is while they are told; made anew when one has come or left. */
  #present: readonly Subscriber<T>[] | undefined;
  #telling = false;
  #waiting: Queue<T> | undefined;
  /** There will be no more; what waits is still told. */
  #ended = false;
  #completed = false;
  /** Called when the first one begins to listen, and when the last one has stopped. */
  readonly #listened: (observed: boolean) => void;
  readonly values = new Observable<T>((subscriber) => {
    if (this.#completed) {
      subscriber.complete();
      return undefined;
    }
    this.#listeners.add(subscriber);
    this.#present = undefined;
    if (this.#listeners.size === 1) this.#listened(true);
    return () => {
      this.#listeners.delete(subscriber);
      this.#present = undefined;
      if (this.#listeners.size === 0) this.#listened(false);
    };
  });

  constructor(listened: (observed: boolean) => void = () => undefined) {
    this.#listened = listened;
  }

  get observed(): boolean {
    return this.#listeners.size > 0;
  }

  tell(value: T): void {
    if (this.#ended) return;
    if (this.#telling) {
      (this.#waiting ??= new Queue<T>()).push(value);
      return;
    }
    this.#tellInTurn(value);
  }

  /** Has one more listen, who is told a value of its own first: what that brings forth it hears after it. */
  greet(listener: Subscriber<T>, value: T): Subscription {
    const listening = this.values.subscribe(listener);
    if (this.#telling) listener.next(value);
    else this.#tellInTurn(value, [listener]);
    return listening;
  }

  #tellInTurn(value: T, listeners?: readonly Subscriber<T>[]): void {
    this.#telling = true;
    try {
      this.#give(value, listeners);
      while (this.#waiting !== undefined && this.#waiting.length > 0) this.#give(this.#waiting.shift() as T);
    } finally {
      // Also when the stack has overflowed, which no listener is to blame for.
      this.#telling = false;
    }
    if (this.#ended) this.#complete();
  }

  /** There will be no more than what has been told until now. */
  complete(): void {
    this.#ended = true;
    if (!this.#telling) this.#complete();
  }

  #give(value: T, listeners: readonly Subscriber<T>[] = (this.#present ??= [...this.#listeners])): void {
    for (const listener of listeners) {
      attempt(() => {
        listener.next(value);
      });
    }
  }

  #complete(): void {
    this.#completed = true;
    for (const listener of [...this.#listeners]) {
      attempt(() => {
        listener.complete();
      });
    }
  }
}
