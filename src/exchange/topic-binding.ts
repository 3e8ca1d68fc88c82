import type { Subscriber } from 'rxjs';
import type { Recipient } from '../contract/recipient.js';
import { attempt } from '../internal/attempt.js';
import type { BacklogHost } from './backlog.js';
import { sendTo, type Binding, type End } from './binding.js';
import type { Publication, Taker } from './delivery.js';
import { ExchangeSubscription } from './exchange-subscription.js';
import { heed } from './heed.js';
import { isLink, RELAY } from './link.js';
import type { TopicMessage } from './topic-message.js';

/** What a recipient is bound by: it is sent the messages alone, of the keys that one of its patterns matches. */
export abstract class TopicTaker implements Taker {
  /** The subscription of each pattern. */
  readonly patterns = new Map<string, ExchangeSubscription>();
  abstract readonly recipient: unknown;

  abstract take(keyed: unknown, publication: Publication | undefined): boolean;
}

/** A recipient that is bound. */
export class TopicRecipient extends TopicTaker {
  readonly #host: BacklogHost;

  constructor(
    readonly recipient: Recipient<unknown>,
    host: BacklogHost,
  ) {
    super();
    this.#host = host;
  }

  take(keyed: TopicMessage<unknown>, publication: Publication | undefined): boolean {
    const { recipient } = this;
    const { message } = keyed;
    if (publication?.has(recipient) === true) return true;
    publication?.add(recipient);
    if (isLink(recipient)) recipient[RELAY](message, publication);
    else
      heed(sendTo(recipient, message), (error) => {
        this.#host.deliveryFailed(recipient, error, keyed);
      });
    return true;
  }
}

/** An observer of a topic. */
export class TopicObserver extends TopicTaker {
  constructor(readonly recipient: Subscriber<unknown>) {
    super();
  }

  take({ message }: TopicMessage<unknown>): boolean {
    this.recipient.next(message);
    return true;
  }

  ended({ failed, error }: End): void {
    attempt(() => {
      if (failed) this.recipient.error(error);
      else this.recipient.complete();
    });
  }
}

/** One pattern of one binding: unsubscribing takes it away, and detaches the recipient with the last one. */
export class PatternSubscription extends ExchangeSubscription {
  readonly #leave: () => void;

  constructor(leave: () => void) {
    super();
    this.#leave = leave;
  }

  override unsubscribe(): void {
    if (this.closed) return;
    super.unsubscribe();
    this.#leave();
  }
}

/** What a binding is bound by; `undefined` when it gets every message, with its key. */
export function topicTakerOf({ target }: Binding): TopicTaker | undefined {
  return target instanceof TopicTaker ? target : undefined;
}
