import { NOTHING, UpstreamError } from './envelope.js';
import type { Mailbox } from './mailbox.js';

/**
 * Gives an actor another mailbox. It may have got a plain one already: whoever hears that it was made may send to it before
 * its own constructor has come to its end.
 */
export function replaceMailbox<In>(owner: { mailbox: Mailbox<In> | undefined }, mailbox: Mailbox<In>): void {
  const early = owner.mailbox;
  owner.mailbox = mailbox;
  if (early === undefined) return;
  for (let entry = early.shift(); entry !== NOTHING; entry = early.shift()) {
    if (entry instanceof UpstreamError) mailbox.pushError(entry);
    else mailbox.push(entry);
  }
}
