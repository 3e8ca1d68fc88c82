import type { Subscriber } from 'rxjs';

/**
 * What an actor does beside handling messages: a stateful actor has a state to begin with, a generator has to be
 * primed and ended, a `run()` of one's own has to be run. A plain behavior has no life beside its messages.
 */
export interface Life<Out> {
  /** Nothing can be handled until it has begun anew, as after a generator has thrown. */
  readonly over: boolean;
  /** Begins an incarnation; called in a turn, before its first message. */
  begin(): void;
  /** Closed, and nothing waits any more: comes to an end, then says so with `cell.finished()`. */
  drained(): void;
  /** Killed, failed, or about to begin anew: gives up at once. */
  drop(): void;
  /** The message that it has been given and is not done with; absent, or NOTHING, when there is none. */
  readonly held?: unknown;
  /** A new observer has come. */
  welcome?(subscriber: Subscriber<Out>): void;
}
