import { Subject, type Subscriber, type TeardownLogic } from 'rxjs';
import { reportError } from '../internal/report-error.js';
import type { Termination } from '../contract/termination.js';

/** The observers of an actor. Made when the first one comes. */
export class Outputs<Out> {
  readonly #observers = new Subject<Out>();

  get observed(): boolean {
    return this.#observers.observed;
  }

  subscribe(subscriber: Subscriber<Out>): TeardownLogic {
    return this.#observers.subscribe(subscriber);
  }

  /** Gives them a value. A Subscriber that throws, as only hand-made ones do, must not unwind the actor. */
  next(value: Out): void {
    try {
      this.#observers.next(value);
    } catch (error) {
      reportError(error);
    }
  }

  /** Tells them how the actor has ended. */
  end(termination: Termination): void {
    try {
      tellEnd(this.#observers, termination);
    } catch (error) {
      reportError(error);
    }
  }
}

/** How an observer learns of the end: a failure is its error, all else is its completion. */
export function tellEnd(observer: { error(error: unknown): void; complete(): void }, termination: Termination): void {
  if (termination.kind === 'failed') observer.error(termination.error);
  else observer.complete();
}
