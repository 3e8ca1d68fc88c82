import { Subscription } from 'rxjs';
import { WATCH, type Mortal, type Watch } from '../internal/mortal.js';
import type { Termination } from './ending.js';
import { NOTHING, type Envelope } from './envelope.js';
import { Signal } from './signal.js';

/** What an actor watches: each end becomes a message of its own. */
export class Watches {
  readonly #put: (signal: Envelope) => void;
  readonly #all = new Map<Mortal, Set<Subscription>>();

  constructor(put: (signal: Envelope) => void) {
    this.#put = put;
  }

  /** Whether the end of another will be noticed here. */
  has(other: Mortal): boolean {
    return this.#all.has(other);
  }

  add(other: Mortal, toMessage: (termination: Termination) => unknown): Subscription {
    let watch: Watch | undefined = undefined;
    let notice: Signal | undefined;
    const watching = new Subscription(() => {
      watch?.cancel();
      if (notice !== undefined) notice.removed = true;
      const beside = this.#all.get(other);
      beside?.delete(watching);
      if (beside?.size === 0) this.#all.delete(other);
    });
    const beside = this.#all.get(other);
    if (beside === undefined) this.#all.set(other, new Set([watching]));
    else beside.add(watching);
    watch = other[WATCH]({
      ended: (termination) => {
        notice = new Signal((to) => {
          notice = undefined;
          watching.unsubscribe();
          let message: unknown;
          try {
            message = toMessage(termination as Termination);
          } catch (error) {
            to.fail(error, NOTHING, undefined);
            return;
          }
          to.process(message, undefined);
        });
        this.#put(notice);
      },
    });
    return watching;
  }

  /** Watches another no longer; takes back notices of its end that wait. */
  remove(other: Mortal): boolean {
    const watchings = this.#all.get(other);
    for (const watching of [...(watchings ?? [])]) watching.unsubscribe();
    return watchings !== undefined;
  }

  clear(): void {
    for (const other of [...this.#all.keys()]) this.remove(other);
  }
}
