import { ActorError } from './actor-error.js';

/**
 * What an `ask` or an `offer` gets when the actor has ended, or ends before it could answer.
 *
 * @remarks `cause` holds the failure or the reason of the kill that ended the actor, where there was one.
 *
 * @public
 */
export class ActorClosedError extends ActorError {
  /** The name of the class. */
  override readonly name = 'ActorClosedError';
  /** What `isActorError` tells it by. */
  readonly code = 'actor-closed';

  constructor(
    /** The name of the actor that has ended. */
    readonly actor: string,
    options?: ErrorOptions,
  ) {
    super(`Actor "${actor}" has ended; it takes no more messages.`, options);
  }
}
