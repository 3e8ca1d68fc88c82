import { ActorError } from './actor-error.js';

/**
 * What making an actor or an exchange in a closed system throws.
 *
 * @public
 */
export class SystemClosedError extends ActorError {
  /** The name of the class. */
  override readonly name = 'SystemClosedError';
  /** What `isActorError` tells it by. */
  readonly code = 'system-closed';

  constructor(
    /** The name of the system that is closed. */
    readonly system: string,
  ) {
    super(`System "${system}" is closed; nothing new can be made in it.`);
  }
}
