import { ActorError } from './actor-error.js';

/**
 * What a `Result` fails with after `cancel()`.
 *
 * @public
 */
export class ResultCancelledError extends ActorError {
  /** The name of the class. */
  override readonly name = 'ResultCancelledError';
  /** What `isActorError` tells it by. */
  readonly code = 'result-cancelled';

  constructor() {
    super('The result was cancelled before its task had finished.');
  }
}
