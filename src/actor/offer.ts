import type { Subscriber } from 'rxjs';
import type { DeadLetterReason } from '../contract/dead-letter.js';
import { attempt } from '../internal/attempt.js';
import type { Addressee } from './envelope.js';
import type { Mailbox, Waiter } from './mailbox.js';

/** A message that waits for room in a full mailbox; the teardown of its own subscription. */
export class Offer<In> implements Waiter {
  removed = false;
  #lining = true;

  constructor(
    readonly entry: In,
    readonly subscriber: Subscriber<void>,
    readonly mailbox: Mailbox<In>,
    readonly to: { tellSent(message: unknown): void },
  ) {}

  admitted(): void {
    this.to.tellSent(this.entry);
    this.taken();
  }

  /** The mailbox has its message. */
  taken(): void {
    this.#lining = false;
    attempt(() => {
      this.subscriber.next();
      this.subscriber.complete();
    });
  }

  turnedAway(_to: Addressee, _reason: DeadLetterReason, error: () => Error): void {
    this.#lining = false;
    attempt(() => {
      this.subscriber.error(error());
    });
  }

  unsubscribe(): void {
    if (this.#lining) this.mailbox.giveUp(this);
  }
}
