import { BehaviorSubject, type Observable } from 'rxjs';
import { attempt } from '../internal/attempt.js';

/** Tells a number whenever it changes: the current one first, never an older one behind a newer one. */
export class SizeFeed {
  readonly #size: () => number;
  readonly #told: BehaviorSubject<number>;
  readonly values: Observable<number>;
  #telling = false;
  #ended = false;

  constructor(size: () => number) {
    this.#size = size;
    this.#told = new BehaviorSubject(size());
    this.values = this.#told.asObservable();
  }

  /** Looks whether it has changed. Whoever changes it on hearing of it is told when all have heard of this one. */
  tell(): void {
    if (this.#telling) return;
    this.#telling = true;
    for (let size = this.#size(); size !== this.#told.value; size = this.#size()) {
      attempt(() => {
        this.#told.next(size);
      });
    }
    this.#telling = false;
    if (this.#ended) this.#told.complete();
  }

  /** It will not change any more; what is still to be told comes before the completion. */
  complete(): void {
    this.#ended = true;
    this.tell();
  }
}
