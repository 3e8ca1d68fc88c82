import type { ActorStatus } from './actor-status.js';

/**
 * One actor of a system's snapshot.
 *
 * @public
 */
export interface ActorSnapshot {
  /** Its name. */
  readonly name: string;
  /** How far it has come. */
  readonly status: ActorStatus;
  /** How many messages wait. */
  readonly pending: number;
  /** How many messages it has put aside. */
  readonly stashed: number;
  /** The name of the actor that it is a child of. */
  readonly parent: string | undefined;
  /** How many children it has. */
  readonly children: number;
}
