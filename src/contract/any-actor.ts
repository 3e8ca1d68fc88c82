import type { Observable } from 'rxjs';
import type { ActorStatus } from './actor-status.js';
import type { Termination } from './termination.js';

/**
 * What all actors have in common, whatever their messages and outputs are: a name, and a life that ends.
 *
 * Use it as the type of a parameter that should take every actor; pools, and what stands for an actor elsewhere, are some too.
 *
 * @public
 */
export interface AnyActor {
  /** What it is called in errors, dead letters and failures. */
  readonly name: string;
  /** How far it has come. */
  readonly status: ActorStatus;
  /** How many messages wait, the one being processed not counted. */
  readonly pending: number;
  /** How it has ended: emits once, and completes. */
  readonly terminated: Observable<Termination>;
  /** Lets it process what was sent before, then ends it. */
  close(): void;
  /**
   * Ends it at once.
   *
   * @param reason - Why.
   */
  kill(reason?: unknown): void;
  /** Waits for its end. */
  join(): Promise<void>;
}
