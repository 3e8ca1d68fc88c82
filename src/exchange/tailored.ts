import type { AttachOptions } from './attach-options.js';
import { Backlog, type BacklogHost } from './backlog.js';
import type { Publication, Taker } from './delivery.js';
import { heed } from './heed.js';
import { isLink, RELAY } from './link.js';
import { sendFor } from './post-target.js';

/** A recipient that does not get every message as it is: by its options, or because it is an exchange itself. */
export class Tailored implements Taker {
  readonly recipient: unknown;
  readonly options: AttachOptions<unknown>;
  /** Detaches it. */
  detach!: () => void;
  readonly #send: (message: unknown, publication: Publication | undefined) => unknown;
  readonly #host: BacklogHost;
  readonly #backlog: Backlog | undefined;
  #detached = false;
  /** What waits is handed over although it is attached no longer. */
  #outlasts = false;

  constructor(
    recipient: unknown,
    options: AttachOptions<unknown>,
    send: (message: unknown, publication: Publication | undefined) => unknown,
    host: BacklogHost,
    backlog?: Backlog,
  ) {
    this.recipient = recipient;
    this.options = options;
    this.#send = send;
    this.#host = host;
    this.#backlog = backlog;
  }

  take(message: unknown, publication: Publication | undefined): boolean {
    const { filter, map, once } = this.options;
    if (filter !== undefined && !filter(message)) return false;
    if (publication?.has(this.recipient) === true) return true;
    const sent = map === undefined ? message : map(message);
    // Its own filter or map may have detached it.
    if (this.#detached) return false;
    publication?.add(this.recipient);
    if (once === true) {
      this.#outlasts = true;
      this.detach();
    }
    heed(this.#send(sent, publication), (error) => {
      this.#host.deliveryFailed(this.recipient, error, message);
    });
    return true;
  }

  /** How much waits for it here; `undefined` when nothing ever does. */
  get load(): number | undefined {
    return this.#backlog?.load;
  }

  /** The exchange ends behind what was sent before. */
  ended(): void {
    this.#outlasts = true;
  }

  detached(): void {
    this.#detached = true;
    if (!this.#outlasts) this.#backlog?.end();
  }
}

/** Puts between an exchange and a recipient what its options say. */
export function tailor(recipient: object, options: AttachOptions<unknown>, host: BacklogHost): Tailored {
  const { buffer, overflow } = options;
  if (isLink(recipient)) {
    // It takes all at once, so that nothing ever waits for it.
    const relay = (message: unknown, publication: Publication | undefined): void => {
      recipient[RELAY](message, publication);
    };
    return new Tailored(recipient, options, relay, host);
  }
  const send = sendFor(recipient);
  if (buffer === undefined) return new Tailored(recipient, options, send, host);
  const backlog = new Backlog(recipient, send, { buffer, overflow }, host);
  const push = (message: unknown): void => {
    backlog.push(message);
  };
  return new Tailored(recipient, options, push, host, backlog);
}
