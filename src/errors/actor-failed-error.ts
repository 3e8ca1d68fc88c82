import { ActorError } from './actor-error.js';

/**
 * What an actor fails with when it is itself to blame, not what its behavior threw: its generator would not end.
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
