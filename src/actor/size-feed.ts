import { Observable, Subject } from 'rxjs';
import { reportError } from '../internal/report-error.js';

/** Tells a number whenever it changes: the current one first, never an older one behind a newer one. */
export class SizeFeed {
  readonly #size: () => number;
  readonly #sizes = new Subject<number>();
  #told: number;
  #telling = false;
  readonly values = new Observable<number>((subscriber) => {
    subscriber.next(this.#size());
    return this.#sizes.subscribe(subscriber);
  });

  constructor(size: () => number) {
    this.#size = size;
    this.#told = size();
  }

  /** Looks whether it has changed. Whoever changes it on hearing of it is told when all have heard of this one. */
  tell(): void {
    if (this.#telling) return;
    this.#telling = true;
    for (let size = this.#size(); size !== this.#told; size = this.#size()) {
      this.#told = size;
      try {
        this.#sizes.next(size);
      } catch (error) {
        reportError(error);
      }
    }
    this.#telling = false;
  }

  complete(): void {
    this.#sizes.complete();
  }
}
