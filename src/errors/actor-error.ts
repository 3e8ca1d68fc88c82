/**
 * The closed set of codes that tell one {@link ActorError} from another, also across two copies of the package.
 *
 * @public
 */
export type ActorErrorCode =
  | 'actor-exit'
  | 'actor-closed'
  | 'actor-failed'
  | 'ask-timeout'
  | 'child-failed'
  | 'mailbox-full'
  | 'result-cancelled'
  | 'stash-full'
  | 'exchange-closed'
  | 'system-closed';

/** Marks our errors so that `isActorError` also knows those of another copy of the package. */
export const ACTOR_ERROR = Symbol.for('rx-actors.error');

/**
 * The base of every error that rx-actors makes itself.
 *
 * Use `isActorError` rather than `instanceof` where two copies of the package may meet.
 *
 * @remarks What a behavior throws is never wrapped: it reaches observers, asks and `join()` as it was thrown.
 *
 * @public
 */
export abstract class ActorError extends Error {
  /** Which case this is. */
  abstract readonly code: ActorErrorCode;

  /** @internal */
  get [ACTOR_ERROR](): true {
    return true;
  }
}
