import { ActorError } from './actor-error.js';

/**
 * What an `ask` gets when a full mailbox drops its message.
 *
 * @remarks Use `offer`, or `ask` with `whenFull: 'wait'`, to wait for room instead.
 *
 * @public
 */
export class MailboxFullError extends ActorError {
  /** The name of the class. */
  override readonly name = 'MailboxFullError';
  /** What `isActorError` tells it by. */
  readonly code = 'mailbox-full';

  constructor(
    /** The name of the actor whose mailbox is full. */
    readonly actor: string,
    /** How many messages may wait there. */
    readonly capacity: number,
  ) {
    super(`The mailbox of actor "${actor}" is full: ${capacity} of ${capacity} messages wait.`);
  }
}
