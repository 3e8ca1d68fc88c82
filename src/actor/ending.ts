import { Observable } from 'rxjs';
import type { Termination } from '../contract/termination.js';
import type { EndListener, Watch } from '../internal/mortal.js';
import { WatchList } from '../internal/watch-list.js';

interface Join {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Who waits for the end of one actor. Made when the first one asks. */
export class Ending {
  /** Somebody hears of a failure: it need not be reported as unheard. */
  heard = false;
  /** How it has ended. */
  termination: Termination | undefined;
  #listeners: WatchList | undefined;
  /** Stops listening to the signal that would have killed it. */
  disobey: (() => void) | undefined;
  #join: Join | undefined;
  #terminated: Observable<Termination> | undefined;

  listen(listener: EndListener): Watch {
    return (this.#listeners ??= new WatchList()).add(listener);
  }

  /** One Promise for all who join, settled by the actor's end. */
  join(): Promise<void> {
    this.heard = true;
    if (this.#join === undefined) {
      let resolve!: () => void;
      let reject!: (error: unknown) => void;
      const promise = new Promise<void>((yes, no) => {
        resolve = yes;
        reject = no;
      });
      this.#join = { promise, resolve, reject };
      if (this.termination !== undefined) settleJoin(this.#join, this.termination);
    }
    return this.#join.promise;
  }

  /** The end as an Observable. */
  get terminated(): Observable<Termination> {
    return (this.#terminated ??= new Observable((subscriber) => {
      this.heard = true;
      const tell = (): void => {
        subscriber.next(this.termination!);
        subscriber.complete();
      };
      if (this.termination !== undefined) {
        tell();
        return undefined;
      }
      const watch = this.listen({ ended: tell });
      return () => {
        watch.cancel();
      };
    }));
  }

  /** Tells everybody. */
  settle(termination: Termination): void {
    this.termination = termination;
    if (this.#join !== undefined) settleJoin(this.#join, termination);
    this.#listeners?.tell(termination);
  }
}

function settleJoin({ resolve, reject }: Join, termination: Termination): void {
  if (termination.kind === 'failed') reject(termination.error);
  else resolve();
}
