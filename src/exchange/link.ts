import type { Publication } from './delivery.js';

/**
 * The key of the method by which an exchange takes a publication that others may have had, also across two copies of the
 * package.
 */
export const RELAY = Symbol.for('rx-actors.relay');

/**
 * A recipient that hands on what it takes to recipients of its own: an exchange, or what stands for one elsewhere.
 *
 * It owes three things: it gives the publication to no member twice, it adds whom it gives it to, and it marks the
 * publication as settled once somebody who is no link has it; else the message ends as `'unrouted'`.
 */
export interface Link {
  /** @param publication - Who has had the message on its way; none when it begins here. */
  [RELAY](message: unknown, publication: Publication | undefined): void;
}

/** Whether a recipient hands on what it takes. */
export function isLink(recipient: object): recipient is Link {
  return RELAY in recipient;
}
