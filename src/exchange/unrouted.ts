import type { Recipient } from '../contract/recipient.js';
import type { SystemCore } from '../internal/system-core.js';
import { sendTo } from './binding.js';
import { Publication } from './delivery.js';
import type { Exchange } from './exchange.js';
import type { NewExchangeOptions } from './exchange-options.js';
import { heed } from './heed.js';
import { isLink, RELAY, type Link } from './link.js';
import type { Kept } from './replay.js';

/** Whose messages they are. */
interface UnroutedHost<T> {
  readonly face: Exchange<unknown>;
  readonly core: SystemCore;
  readonly options: NewExchangeOptions<T>;
  deliveryFailed(recipient: unknown, error: unknown, message: unknown): void;
}

/** What becomes of the messages that nobody takes. */
export class Unrouted<T> {
  readonly #host: UnroutedHost<T>;

  constructor(host: UnroutedHost<T>) {
    this.#host = host;
  }

  /** A late subscriber may still take one that is kept; what newer ones push out nobody will. */
  give(message: T, publication: Publication | undefined, kept: Kept<T> | undefined): void {
    // One who came while it was handed on has had it.
    if (kept?.fate === 'taken') return;
    const { face, options } = this.#host;
    const { unrouted } = options;
    if (unrouted === undefined) this.#lose(message, publication, kept);
    else if (!isLink(unrouted)) this.#send(unrouted, message, publication);
    else this.#relay(unrouted, message, publication ?? new Publication([face]), kept);
  }

  /** Nobody will ever take it. */
  readonly missed = (message: T): void => {
    this.#host.core.deadLetter(message, this.#host.face, 'unrouted');
  };

  #send(unrouted: Recipient<T>, message: T, publication: Publication | undefined): void {
    if (publication !== undefined) {
      publication.settled = true;
      if (publication.has(unrouted)) return;
      publication.add(unrouted);
    }
    const failed = (error: unknown): void => {
      this.#host.deliveryFailed(unrouted, error, message);
    };
    try {
      heed(sendTo(unrouted, message), failed);
    } catch (error) {
      failed(error);
    }
  }

  #relay(unrouted: Link, message: T, publication: Publication, kept: Kept<T> | undefined): void {
    if (!publication.has(unrouted)) {
      publication.add(unrouted);
      unrouted[RELAY](message, publication);
    } else if (publication.open === 0 && !publication.settled) this.#lose(message, publication, kept);
  }

  #lose(message: T, publication: Publication | undefined, kept: Kept<T> | undefined): void {
    if (publication !== undefined) publication.settled = true;
    if (kept?.fate === 'open') kept.fate = 'missed';
    else this.missed(message);
  }
}
