import { ActorError } from './actor-error.js';

/**
 * What attaching a recipient to an ended exchange throws.
 *
 * @remarks `cause` holds the error that ended the exchange, where there was one.
 *
 * @public
 */
export class ExchangeClosedError extends ActorError {
  /** The name of the class. */
  override readonly name = 'ExchangeClosedError';
  /** What `isActorError` tells it by. */
  readonly code = 'exchange-closed';

  constructor(
    /** The name of the exchange that has ended. */
    readonly exchange: string,
    options?: ErrorOptions,
  ) {
    super(`Exchange "${exchange}" has ended; nothing can be attached to it.`, options);
  }
}
