import type { DeadLetterReason } from '../contract/dead-letter.js';
import type { Recipient } from '../contract/recipient.js';
import { reportError } from '../internal/report-error.js';
import type { SystemCore } from '../internal/system-core.js';
import { Ask } from './ask.js';
import { Misfit, UpstreamError } from './envelope.js';
import { NOTHING, type Mailbox } from './mailbox.js';

/** Whom entries had been sent to. */
interface Addressee {
  readonly core: SystemCore;
  readonly face: Recipient<never>;
}

/** Makes a dead letter of an entry that will not be processed, and tells who asked; `error` is made only for those. */
export function discard(to: Addressee, entry: unknown, reason: DeadLetterReason, error: () => Error): void {
  if (entry instanceof Misfit) {
    discard(to, entry.entry, reason, error);
  } else if (entry instanceof UpstreamError) {
    reportError(entry.error);
  } else if (entry instanceof Ask) {
    // Cancelled by its asker, which was its fate.
    if (entry.stage === 'over') return;
    // It is out of the mailbox already: an asker who cancels on hearing of the dead letter has nothing to take back.
    entry.stage = 'over';
    to.core.deadLetter(entry.message, to.face, reason);
    entry.fail(error());
  } else {
    to.core.deadLetter(entry, to.face, reason);
  }
}

/** Turns away those who wait in line for room. */
export function turnAway(to: Addressee, mailbox: Mailbox<never>, reason: DeadLetterReason, error: () => Error): void {
  for (let waiter = mailbox.turnAway(); waiter !== undefined; waiter = mailbox.turnAway()) {
    if (waiter instanceof Ask) discard(to, waiter, reason, error);
    else waiter.fail(error());
  }
}

/** Discards all that waits. First those in line, or they would be let into the room that becomes free. */
export function discardAll(to: Addressee, mailbox: Mailbox<never>, reason: DeadLetterReason, error: () => Error): void {
  turnAway(to, mailbox, reason, error);
  for (let entry = mailbox.shift(); entry !== NOTHING; entry = mailbox.shift()) discard(to, entry, reason, error);
}
