import { ActorError } from './actor-error.js';

/**
 * What a `Result` fails with after `cancel()`.
 *
 * @public
 */
export class ResultCancelledError extends ActorError {
  override readonly name = 'ResultCancelledError';
  readonly code = 'result-cancelled';

  constructor() {
    super('The result was cancelled before its task had finished.');
  }
}
