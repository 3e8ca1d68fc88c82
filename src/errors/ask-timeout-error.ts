import { ActorError } from './actor-error.js';

/**
 * What an `ask` gets when its message has not been processed within its `timeout`.
 *
 * @remarks The message has been taken out of the mailbox, or its work has been unsubscribed.
 *
 * @public
 */
export class AskTimeoutError extends ActorError {
  /** The name of the class. */
  override readonly name = 'AskTimeoutError';
  /** What `isActorError` tells it by. */
  readonly code = 'ask-timeout';

  constructor(
    /** The name of the actor that was asked. */
    readonly actor: string,
    /** The time that had been given, in milliseconds. */
    readonly timeout: number,
  ) {
    super(`Actor "${actor}" did not answer within ${timeout} ms.`);
  }
}
