import { ActorError } from './actor-error.js';

/**
 * What `recv()` rejects with once the actor is closed and every message sent before has been received.
 *
 * Use it to tell the end of a `run()` loop from a failure: a `run()` that lets it through ends normally, one that
 * catches it may clean up first.
 *
 * @see The `ActorExit` sentinel of the Python Cookbook's recipe 12.10, from which the name comes.
 * @public
 */
export class ActorExit extends ActorError {
  /** The name of the class. */
  override readonly name = 'ActorExit';
  /** What `isActorError` tells it by. */
  readonly code = 'actor-exit';

  constructor(
    /** The name of the actor that has come to its end. */
    readonly actor: string,
  ) {
    super(`Actor "${actor}" is closed and has received everything that was sent to it.`);
  }
}
