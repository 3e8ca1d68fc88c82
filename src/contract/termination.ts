/**
 * The end of an actor that was closed and had drained, or whose `run()` or generator came to its end.
 *
 * @public
 */
export interface ClosedTermination {
  /** Which end it was. */
  readonly kind: 'closed';
}

/**
 * The end of an actor that was killed.
 *
 * @public
 */
export interface KilledTermination {
  /** Which end it was. */
  readonly kind: 'killed';
  /** What was given to `kill()`, or the reason of the signal that killed it. */
  readonly reason: unknown;
}

/**
 * The end of an actor that a failure stopped.
 *
 * @public
 */
export interface FailedTermination {
  /** Which end it was. */
  readonly kind: 'failed';
  /** The failure, as it was thrown. */
  readonly error: unknown;
}

/**
 * How an actor has ended; `kind` tells which.
 *
 * @public
 */
export type Termination = ClosedTermination | KilledTermination | FailedTermination;
