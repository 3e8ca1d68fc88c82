import type { DeadLetterReason } from '../contract/dead-letter.js';
import type { Termination } from '../contract/termination.js';
import { discard, NOTHING, type Addressee } from './envelope.js';
import type { Mailbox } from './mailbox.js';

/** The reason of the dead letters that the end of an actor makes of what it was at, and of what waits. */
export function reasonOf({ kind }: Termination): DeadLetterReason {
  return kind === 'killed' ? 'killed' : 'closed';
}

/** Turns away those who wait in line for room. */
export function turnAway(to: Addressee, mailbox: Mailbox<never>, reason: DeadLetterReason, error: () => Error): void {
  for (let waiter = mailbox.turnAway(); waiter !== undefined; waiter = mailbox.turnAway()) {
    waiter.turnedAway(to, reason, error);
  }
}

/** Discards all that waits. First those in line, or they would be let into the room that becomes free. */
export function discardAll(to: Addressee, mailbox: Mailbox<never>, reason: DeadLetterReason, error: () => Error): void {
  turnAway(to, mailbox, reason, error);
  for (let entry = mailbox.shift(); entry !== NOTHING; entry = mailbox.shift()) discard(to, entry, reason, error);
}
