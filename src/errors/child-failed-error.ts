import { ActorError } from './actor-error.js';

/**
 * What a parent fails with when a failure has ended one of its children.
 *
 * @remarks `cause` holds what the child failed with.
 *
 * @public
 */
export class ChildFailedError extends ActorError {
  /** The name of the class. */
  override readonly name = 'ChildFailedError';
  /** What `isActorError` tells it by. */
  readonly code = 'child-failed';

  constructor(
    /** The name of the parent. */
    readonly actor: string,
    /** The name of the child that failed. */
    readonly child: string,
    options?: ErrorOptions,
  ) {
    super(`A failure has ended "${child}", a child of actor "${actor}".`, options);
  }
}
