import type { Subscriber } from 'rxjs';
import { expectFunction } from '../internal/expect.js';
import { Actor } from './actor.js';
import type { ActorOptions } from './actor-options.js';
import { cellOf } from './cell-of.js';
import type { ActorContext } from './context.js';
import type { Life, LifeHost } from './life.js';

/**
 * Makes the next state out of the current one and a message.
 *
 * @public
 */
export type Reducer<In, State> = (state: State, message: In, context: ActorContext<In>) => State;

/** The life of an actor that has a state: it begins with the initial one. */
class StateLife<In, State> implements Life<State> {
  readonly over = false;
  state: State;
  readonly #host: LifeHost<State>;
  readonly #initial: State;
  readonly #reduce: Reducer<In, State>;
  #restarting = false;

  constructor(host: LifeHost<State>, reduce: Reducer<In, State>, initial: State) {
    this.#host = host;
    this.#reduce = reduce;
    this.#initial = this.state = initial;
  }

  begin(): void {
    if (this.#restarting) this.#become(this.#initial);
  }

  handle(message: In, context: ActorContext<In>): void {
    const state = this.#reduce(this.state, message, context);
    // Killed by its own reducer: the message was interrupted, nobody is to see what it made.
    if (!this.#host.over) this.#become(state);
  }

  drained(): void {
    this.#host.finished();
  }

  drop(): void {
    this.#restarting = true;
  }

  welcome(subscriber: Subscriber<State>): void {
    subscriber.next(this.state);
  }

  #become(state: State): void {
    this.state = state;
    this.#host.answer(state);
  }
}

/**
 * An actor that owns a state and changes it one message at a time. Made by {@link statefulActor}.
 *
 * @typeParam In - The messages.
 * @typeParam State - The state; every new one is an output.
 *
 * @public
 */
export class StatefulActor<In, State> extends Actor<In, State> {
  /**
   * Makes a stateful actor that is not started yet.
   *
   * @param reduce - Makes the next state out of the current one and a message.
   * @param initial - The state to begin with, and to begin anew with after a restart.
   * @param options - Name, system, mailbox, supervision, and a signal that kills it.
   * @throws TypeError or RangeError when an argument is not what it has to be.
   * @throws SystemClosedError when the system is closed.
   */
  constructor(reduce: Reducer<In, State>, initial: State, options?: ActorOptions<In>) {
    expectFunction('reduce', reduce);
    super(options);
    const { drain } = cellOf<In, State>(this);
    const life = new StateLife(drain, reduce, initial);
    drain.handle((message, context) => {
      life.handle(message, context);
    }, life);
    this.#life = life;
  }

  readonly #life: { readonly state: State };

  /** The current state. */
  get state(): State {
    return this.#life.state;
  }
}

/**
 * Makes an actor that owns a state, and starts it: like a BehaviorSubject that only its own reducer can change.
 *
 * Use it for state that many write to: messages are reduced one at a time, so that no update is lost.
 *
 * ```text
 * sent    -a--b---
 * outputs si--j---   s: the initial state, i: s reduced with a, j: i reduced with b
 * ```
 *
 * @remarks A subscriber gets the current state first, then each new one. An ask emits the state that its message led to.
 *
 * **Ordering.** As {@link Actor} says. **Errors.** When `reduce` throws, the state stays as it was. `resume()` goes on
 * with it, `restart()` with the initial one, which observers get. After the end the last state can still be read.
 *
 * @example A counter
 * ```ts
 * import { statefulActor } from 'rx-actors';
 *
 * const counter = statefulActor((count: number, by: number) => count + by, 0);
 * counter.subscribe((count) => console.log(count));
 * counter.send(1);
 * counter.send(2);
 * counter.close();
 * await counter.join();
 * // prints:
 * // 0
 * // 1
 * // 3
 * ```
 *
 * @typeParam In - The messages, inferred from the reducer's second parameter.
 * @typeParam State - The state, inferred from the reducer and `initial`.
 * @param reduce - Makes the next state out of the current one and a message.
 * @param initial - The state to begin with.
 * @param options - Name, system, mailbox, supervision, and a signal that kills it.
 * @returns The actor, started.
 * @throws TypeError or RangeError when an argument is not what it has to be.
 * @throws SystemClosedError when the system is closed.
 *
 * @public
 */
export function statefulActor<In, State>(
  reduce: Reducer<In, State>,
  initial: State,
  options?: ActorOptions<In>,
): StatefulActor<In, State> {
  return new StatefulActor(reduce, initial, options).start();
}
