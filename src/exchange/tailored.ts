import type { AttachOptions } from './attach-options.js';
import { Backlog, type BacklogHost } from './backlog.js';
import type { Publication, Taker } from './delivery.js';
import { sendFor } from './post-target.js';

/** The key of the method by which an exchange takes a publication that others may have had. */
export const RELAY = Symbol('rx-actors.relay');

/** An exchange that is attached to an exchange. */
interface Link {
  [RELAY](message: unknown, publication: Publication | undefined): void;
}

/** Whether a recipient is an exchange. */
export function isLink(recipient: object): recipient is Link {
  return RELAY in recipient;
}

/** A recipient that does not get every message as it is: by its options, or because it is an exchange itself. */
export class Tailored implements Taker {
  readonly recipient: unknown;
  readonly options: AttachOptions<unknown>;
  /** Detaches it. */
  detach: (() => void) | undefined;
  readonly #send: (message: unknown, publication: Publication | undefined) => void;
  readonly #backlog: Backlog | undefined;

  constructor(
    recipient: unknown,
    options: AttachOptions<unknown>,
    send: (message: unknown, publication: Publication | undefined) => void,
    backlog: Backlog | undefined,
  ) {
    this.recipient = recipient;
    this.options = options;
    this.#send = send;
    this.#backlog = backlog;
  }

  take(message: unknown, publication: Publication | undefined): boolean {
    const { filter, map, once } = this.options;
    if (publication?.has(this.recipient) === true) return true;
    if (filter !== undefined && !filter(message)) return false;
    publication?.add(this.recipient);
    if (once === true) this.detach?.();
    this.#send(map === undefined ? message : map(message), publication);
    return true;
  }

  detached(): void {
    // One that takes a single message is detached before it gets it.
    if (this.options.once !== true) this.#backlog?.end();
  }
}

/** Puts between an exchange and a recipient what its options say. */
export function tailor(recipient: object, options: AttachOptions<unknown>, host: BacklogHost): Tailored {
  const { buffer, overflow } = options;
  const send = sendFor(recipient);
  if (buffer !== undefined) {
    const backlog = new Backlog(recipient, send, { buffer, overflow }, host);
    return new Tailored(
      recipient,
      options,
      (message) => {
        backlog.push(message);
      },
      backlog,
    );
  }
  if (isLink(recipient)) {
    return new Tailored(
      recipient,
      options,
      (message, publication) => {
        recipient[RELAY](message, publication);
      },
      undefined,
    );
  }
  return new Tailored(recipient, options, send, undefined);
}
