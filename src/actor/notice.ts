import type { DeadLetterReason } from '../contract/dead-letter.js';
import { Envelope, NOTHING, type Addressee, type Deliveries } from './envelope.js';

/** The end of another, on its way. It takes no room, and comes before all that waits. */
export class Notice extends Envelope {
  removed = false;
  /** Made when its turn has come; kept, because it may be put aside then. */
  message: unknown = undefined;
  #sent = false;
  readonly #make: () => unknown;
  readonly #tellSent: (message: unknown) => void;

  constructor(make: () => unknown, tellSent: (message: unknown) => void) {
    super();
    this.#make = make;
    this.#tellSent = tellSent;
  }

  deliver(to: Deliveries): void {
    try {
      this.message = this.#make();
    } catch (error) {
      to.fail(error, NOTHING, undefined);
      return;
    }
    // Whoever makes the message, or hears of it, may kill the actor.
    if (to.over) return;
    this.#sent = true;
    this.#tellSent(this.message);
    if (!to.over) to.process(this.message, undefined);
  }

  override discard(to: Addressee, reason: DeadLetterReason, error: () => Error): void {
    // Before it was made there was no message.
    if (this.#sent) super.discard(to, reason, error);
  }
}
