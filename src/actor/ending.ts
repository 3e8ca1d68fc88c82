import { Observable } from 'rxjs';
import type { EndListener } from '../internal/mortal.js';
import { reportError } from '../internal/report-error.js';

/**
 * The end of an actor that was closed and had drained, or whose `run()` or generator came to its end.
 *
 * @public
 */
export interface ClosedTermination {
  /** Which end it was. */
  readonly kind: 'closed';
}

/**
 * The end of an actor that was killed.
 *
 * @public
 */
export interface KilledTermination {
  /** Which end it was. */
  readonly kind: 'killed';
  /** What was given to `kill()`, or the reason of the signal that killed it. */
  readonly reason: unknown;
}

/**
 * The end of an actor that a failure stopped.
 *
 * @public
 */
export interface FailedTermination {
  /** Which end it was. */
  readonly kind: 'failed';
  /** The failure, as it was thrown. */
  readonly error: unknown;
}

/**
 * How an actor has ended; `kind` tells which.
 *
 * @public
 */
export type Termination = ClosedTermination | KilledTermination | FailedTermination;

interface Join {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Who waits for the end of one actor. Made when the first one asks. */
export class Ending {
  /** Somebody hears of a failure: it need not be reported as unheard. */
  heard = false;
  /** One listener is the common case, and a set for it would be larger than the actor. */
  #listeners: EndListener | Set<EndListener> | undefined;
  #join: Join | undefined;
  #terminated: Observable<Termination> | undefined;

  add(listener: EndListener): void {
    const listeners = this.#listeners;
    if (listeners === undefined) this.#listeners = listener;
    else if (listeners instanceof Set) listeners.add(listener);
    else this.#listeners = new Set([listeners, listener]);
  }

  delete(listener: EndListener): void {
    if (this.#listeners instanceof Set) this.#listeners.delete(listener);
    else if (this.#listeners === listener) this.#listeners = undefined;
  }

  /** One Promise for all who join, settled by the actor's end. */
  join(termination: Termination | undefined): Promise<void> {
    this.heard = true;
    if (this.#join === undefined) {
      let resolve!: () => void;
      let reject!: (error: unknown) => void;
      const promise = new Promise<void>((yes, no) => {
        resolve = yes;
        reject = no;
      });
      this.#join = { promise, resolve, reject };
      if (termination !== undefined) this.#settleJoin(termination);
    }
    return this.#join.promise;
  }

  /** The end as an Observable; `current` tells whether it has come. */
  terminated(current: () => Termination | undefined): Observable<Termination> {
    return (this.#terminated ??= new Observable((subscriber) => {
      this.heard = true;
      const tell = (termination: Termination): void => {
        subscriber.next(termination);
        subscriber.complete();
      };
      const termination = current();
      if (termination !== undefined) {
        tell(termination);
        return;
      }
      const listener: EndListener = {
        ended: () => {
          tell(current()!);
        },
      };
      this.add(listener);
      return () => {
        this.delete(listener);
      };
    }));
  }

  /** Tells everybody. */
  settle(termination: Termination): void {
    const listeners = this.#listeners;
    this.#listeners = undefined;
    if (this.#join !== undefined) this.#settleJoin(termination);
    if (listeners === undefined) return;
    for (const listener of listeners instanceof Set ? listeners : [listeners]) {
      try {
        listener.ended();
      } catch (error) {
        reportError(error);
      }
    }
  }

  #settleJoin(termination: Termination): void {
    if (termination.kind === 'failed') this.#join!.reject(termination.error);
    else this.#join!.resolve();
  }
}
