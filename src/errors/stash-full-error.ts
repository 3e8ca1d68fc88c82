import { ActorError } from './actor-error.js';

/**
 * What `context.stash()` throws when as many messages as may be are put aside already.
 *
 * @public
 */
export class StashFullError extends ActorError {
  /** The name of the class. */
  override readonly name = 'StashFullError';
  /** What `isActorError` tells it by. */
  readonly code = 'stash-full';

  constructor(
    /** The name of the actor whose stash is full. */
    readonly actor: string,
    /** How many messages may be put aside. */
    readonly capacity: number,
  ) {
    super(`The stash of actor "${actor}" is full: ${capacity} of ${capacity} messages are put aside.`);
  }
}
