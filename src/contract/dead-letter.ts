import type { Recipient } from './recipient.js';

/**
 * Why nobody will process a message.
 *
 * - `'closed'`: its recipient had ended, or ended before the message's turn.
 * - `'overflow'`: a bounded mailbox was full.
 * - `'killed'`: its actor was killed while the message waited or was worked on.
 * - `'failed'`: the behavior failed with it; the error is on `failures`.
 * - `'restarted'`: its actor was restarted together with a sibling while the message was worked on.
 * - `'unrouted'`: an exchange had nobody to give it to.
 *
 * @public
 */
export type DeadLetterReason = 'closed' | 'overflow' | 'killed' | 'failed' | 'restarted' | 'unrouted';

/**
 * A message that nobody will process, with the reason.
 *
 * @public
 */
export interface DeadLetter {
  /** The message as it was sent. */
  readonly message: unknown;
  /** Whom it had been sent to. */
  readonly recipient: Recipient<never>;
  /** Why nobody will process it. */
  readonly reason: DeadLetterReason;
}
