import type { Subscriber } from 'rxjs';
import type { Dispatcher } from '../internal/dispatcher.js';

/**
 * What an actor does beside handling messages: a stateful actor has a state to begin with, a generator has to be
 * primed and ended, a `run()` of one's own has to be run. A plain behavior has no life beside its messages.
 */
export interface Life<Out> {
  /** Nothing can be handled until it has begun anew, as after a generator has thrown. */
  readonly over: boolean;
  /** The message that it has been given and is not done with; absent, or NOTHING, when there is none. */
  readonly held?: unknown;
  /** Begins an incarnation; called in a turn, before its first message. */
  begin(): void;
  /** Closed, and nothing waits any more: comes to an end, then says so with `finished()`. May be told more than once. */
  drained(): void;
  /** Killed, failed, or about to begin anew: gives up at once. */
  drop(): void;
  /** The work on its message was cancelled by its asker; `true` keeps messages waiting until it calls `occupy(false)`. */
  cancelled?(): boolean;
  /** A new observer has come. */
  welcome?(subscriber: Subscriber<Out>): void;
}

/** What a life can ask of the actor that it belongs to. */
export interface LifeHost<Out> {
  readonly name: string;
  readonly dispatcher: Dispatcher;
  /** The actor has ended, or is about to. */
  readonly over: boolean;
  /** What the handler on the stack makes of its message counts no more: the actor is over, or puts the message aside. */
  readonly unwanted: boolean;
  /** Where outputs of messages go instead of to the observers. */
  sink: Subscriber<Out> | undefined;
  /** Gives an output to the observers. */
  emit(value: Out): void;
  /** Gives an output to the observers, and to the one whose message has its turn, if it was asked. */
  answer(value: Out): void;
  /** Lets messages come, or keeps them waiting because nobody would take them. */
  take(taking: boolean): void;
  /** Keeps messages waiting while something of its own goes on, such as the priming of a generator. */
  occupy(busy: boolean): void;
  /** The message that it held is done with. */
  release(message: unknown): void;
  /** Looks again whether there is something to do: to begin anew, or to be told that all is drained. */
  look(): void;
  /** Has come to its end: nothing more is processed, and work that goes on is stopped. */
  finished(): void;
  /** Comes to its end with the message that is being worked on. */
  finishing(): void;
  /** Failed, with a message to blame or without one; supervision decides what follows. */
  failed(error: unknown, message?: unknown): void;
  /** Failed while it was coming to its end, which no supervision could make better. */
  stopped(error: unknown): void;
}
