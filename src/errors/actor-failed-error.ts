import { ActorError } from './actor-error.js';

/**
 * What an actor fails with when no message of its own is to blame: it could not be started again, or its generator
 * would not end.
 *
 * @remarks `cause` holds the last error, where there was one.
 *
 * @public
 */
export class ActorFailedError extends ActorError {
  /** The name of the class. */
  override readonly name = 'ActorFailedError';
  /** What `isActorError` tells it by. */
  readonly code = 'actor-failed';

  constructor(
    /** The name of the actor that failed. */
    readonly actor: string,
    what: string,
    options?: ErrorOptions,
  ) {
    super(`Actor "${actor}" ${what}.`, options);
  }
}
