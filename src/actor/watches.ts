import { Subscription } from 'rxjs';
import { WATCH, type Mortal, type Watch } from '../internal/mortal.js';
import type { Termination } from './ending.js';
import { Envelope, NOTHING, type Deliveries } from './envelope.js';

/** The end of another, on its way. It takes no room, and comes before all that waits. */
class Notice extends Envelope {
  removed = false;
  /** Made when its turn has come; kept, because it may be put aside then. */
  message: unknown = undefined;
  readonly #make: () => unknown;
  readonly #made: (message: unknown) => void;

  constructor(make: () => unknown, made: (message: unknown) => void) {
    super();
    this.#make = make;
    this.#made = made;
  }

  deliver(to: Deliveries): void {
    try {
      this.message = this.#make();
    } catch (error) {
      to.fail(error, NOTHING, undefined);
      return;
    }
    this.#made(this.message);
    to.process(this.message, undefined);
  }

  override discard(): void {
    // Nobody has sent it.
  }
}

/** Who watches. */
export interface WatchesHost {
  /** Puts what the engine has to tell before all messages. */
  notify(signal: Envelope): void;
  /** Tells whoever looks on that a message has come. */
  tellSent(message: unknown): void;
}

/** What an actor watches: each end becomes a message of its own. */
export class Watches {
  readonly #host: WatchesHost;
  readonly #all = new Map<Mortal, Set<Subscription>>();

  constructor(host: WatchesHost) {
    this.#host = host;
  }

  /** Whether the end of another will be noticed here. */
  has(other: Mortal): boolean {
    return this.#all.has(other);
  }

  add(other: Mortal, toMessage: (termination: Termination) => unknown): Subscription {
    let watch: Watch | undefined = undefined;
    let notice: Notice | undefined;
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
    const told = (message: unknown): void => {
      this.#host.tellSent(message);
    };
    watch = other[WATCH]({
      ended: (termination) => {
        notice = new Notice(() => {
          notice = undefined;
          watching.unsubscribe();
          return toMessage(termination as Termination);
        }, told);
        this.#host.notify(notice);
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
