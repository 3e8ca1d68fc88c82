import { Observable, Subject } from 'rxjs';
import { attempt } from './attempt.js';
import { Queue } from './queue.js';

/**
 * A Subject of the engine's own: all who listen hear the same order, also when one of them brings forth the next value,
 * and what one of them throws does not unwind the engine.
 */
export class Feed<T> {
  readonly #subject = new Subject<T>();
  #waiting: Queue<T> | undefined;
  /** Called when the first one begins to listen, and when the last one has stopped. */
  readonly #listened: (observed: boolean) => void;
  readonly values = new Observable<T>((subscriber) => {
    if (!this.#subject.observed) this.#listened(true);
    const subscription = this.#subject.subscribe(subscriber);
    return () => {
      subscription.unsubscribe();
      if (!this.#subject.observed) this.#listened(false);
    };
  });

  constructor(listened: (observed: boolean) => void = () => undefined) {
    this.#listened = listened;
  }

  get observed(): boolean {
    return this.#subject.observed;
  }

  tell(value: T): void {
    if (this.#waiting !== undefined) {
      this.#waiting.push(value);
      return;
    }
    const waiting = (this.#waiting = new Queue<T>());
    this.#give(value);
    while (waiting.length > 0) this.#give(waiting.shift()!);
    this.#waiting = undefined;
  }

  /** There will be no more. */
  complete(): void {
    this.#subject.complete();
  }

  #give(value: T): void {
    attempt(() => {
      this.#subject.next(value);
    });
  }
}
