import { Subscription } from 'rxjs';
import type { AnyActor } from '../contract/any-actor.js';
import type { Watch } from '../internal/mortal.js';
import { endOf } from './end-of.js';
import type { Termination } from '../contract/termination.js';
import type { Envelope } from './envelope.js';
import { Notice } from './notice.js';

/** Who watches. */
export interface WatchesHost {
  /** Puts what the engine has to tell before all messages. */
  notify(signal: Envelope): void;
  /** Tells whoever looks on that a message has come. */
  tellSent(message: unknown): void;
}

/** The watches of one other. */
class Watched {
  readonly watchings = new Set<Subscription>();
  /** Called when all its notices are taken back before one was told. */
  unheard: (() => void) | undefined;
}

/** What an actor watches: each end becomes a message of its own. */
export class Watches {
  readonly #host: WatchesHost;
  readonly #all = new Map<AnyActor, Watched>();

  constructor(host: WatchesHost) {
    this.#host = host;
  }

  /** Whether the end of another, which has come, is noticed here; `unheard` is called should all notices be taken back. */
  notices(other: AnyActor, unheard: () => void): boolean {
    const watched = this.#all.get(other);
    if (watched === undefined) return false;
    watched.unheard = unheard;
    return true;
  }

  add(other: AnyActor, toMessage: (termination: Termination) => unknown): Subscription {
    let watch: Watch | undefined = undefined;
    let notice: Notice | undefined;
    const watched = this.#all.get(other) ?? new Watched();
    const watching = new Subscription(() => {
      watch?.cancel();
      if (notice !== undefined) notice.removed = true;
      watched.watchings.delete(watching);
      if (watched.watchings.size > 0) return;
      this.#all.delete(other);
      watched.unheard?.();
    });
    this.#all.set(other, watched);
    watched.watchings.add(watching);
    const tellSent = (message: unknown): void => {
      this.#host.tellSent(message);
    };
    watch = endOf(other, {
      ended: (termination) => {
        notice = new Notice(() => {
          notice = watched.unheard = undefined;
          watching.unsubscribe();
          return toMessage(termination as Termination);
        }, tellSent);
        this.#host.notify(notice);
      },
    });
    return watching;
  }

  /** Watches another no longer; takes back notices of its end that wait. */
  remove(other: AnyActor): boolean {
    const watched = this.#all.get(other);
    for (const watching of [...(watched?.watchings ?? [])]) watching.unsubscribe();
    return watched !== undefined;
  }

  clear(): void {
    for (const other of [...this.#all.keys()]) this.remove(other);
  }
}
