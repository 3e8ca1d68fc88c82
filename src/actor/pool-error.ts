import { reportError } from '../internal/report-error.js';
import { NOTHING, UpstreamError, type Deliveries } from './envelope.js';

/**
 * The error of an upstream that has a pool as its observer. It waits at every member, behind all that was sent before it,
 * and is met where it is met last.
 */
export class PoolError extends UpstreamError {
  #left: number;

  /** @param members - At how many it waits. */
  constructor(error: unknown, members: number) {
    super(error);
    this.#left = members;
  }

  override deliver(to: Deliveries): void {
    if (--this.#left === 0) to.fail(this.error, NOTHING, undefined);
  }

  override discard(): void {
    if (--this.#left === 0) reportError(this.error);
  }
}
