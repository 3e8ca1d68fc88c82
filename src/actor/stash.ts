import type { DeadLetterReason } from '../contract/dead-letter.js';
import { StashFullError } from '../errors/stash-full-error.js';
import { Ask } from './ask.js';
import { discard, messageOf, type Addressee } from './envelope.js';

interface Boxed {
  readonly message: unknown;
}

/** The messages that an actor has put aside, in the order in which it did. */
export class Stash {
  // A Set, so that thousands of asks that are cancelled in here cost the same each; bare messages may be equal, and are boxed.
  readonly #entries = new Set<Ask<unknown, unknown> | Boxed>();

  get size(): number {
    return this.#entries.size;
  }

  /** Refuses one more than there may be. */
  expectRoom(actor: string, capacity: number): void {
    if (this.size >= capacity) throw new StashFullError(actor, capacity);
  }

  put(entry: unknown): void {
    if (!(entry instanceof Ask)) this.#entries.add({ message: messageOf(entry) });
    // Its asker may have cancelled it meanwhile.
    else if (entry.stage === 'stashed') this.#entries.add(entry);
  }

  /** The messages that are put aside, which stay so. */
  get messages(): unknown[] {
    return [...this.#entries].map(({ message }) => message);
  }

  /** Its asker waits no longer. */
  remove(ask: Ask<unknown, unknown>): void {
    this.#entries.delete(ask);
  }

  /** Takes everything out, to wait for its turn again. */
  takeAll(): unknown[] {
    const entries = [...this.#entries];
    this.#entries.clear();
    return entries.map((entry) => {
      if (!(entry instanceof Ask)) return entry.message;
      entry.stage = 'waiting';
      return entry;
    });
  }

  /** One at a time: whoever hears of one may cancel another, which must still be found in here. */
  discardAll(to: Addressee, reason: DeadLetterReason, error: () => Error): void {
    for (const entry of this.#entries) {
      this.#entries.delete(entry);
      discard(to, entry instanceof Ask ? entry : entry.message, reason, error);
    }
  }
}
