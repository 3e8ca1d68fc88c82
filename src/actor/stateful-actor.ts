import type { Subscriber } from 'rxjs';
import { expectFunction, expectObject, wrongType } from '../internal/expect.js';
import { Actor } from './actor.js';
import type { ActorOptions } from './actor-options.js';
import { cellOf } from './cell-of.js';
import type { ActorContext } from './context.js';
import { NOTHING } from './envelope.js';
import type { Life, LifeHost } from './life.js';
import {
  expectSnapshotOptions,
  FIRST_VERSION,
  messagesAside,
  messagesIn,
  restoredState,
  withoutSnapshot,
  type StateSnapshotOptions,
  type StatefulActorOptions,
  type StateSnapshot,
} from './state-snapshot.js';

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
  /** The message that is being reduced: neither waiting nor in the state. */
  reducing: unknown = NOTHING;
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
    let state: State;
    this.reducing = message;
    try {
      state = this.#reduce(this.state, message, context);
    } finally {
      this.reducing = NOTHING;
    }
    // Killed, or the message put aside, by its own reducer: nobody is to see what it made of it.
    if (!this.#host.unwanted) this.#become(state);
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
   * @param options - What every actor can be given, and a snapshot to begin with instead.
   * @throws TypeError or RangeError when an argument is not what it has to be, or the snapshot is of another version;
   * whatever `migrate` throws.
   * @throws SystemClosedError when the system is closed.
   */
  constructor(reduce: Reducer<In, State>, initial: State, options?: StatefulActorOptions<In, State>) {
    expectFunction('reduce', reduce);
    let begin = initial;
    let kept: ActorOptions<In> | undefined = options;
    if (options !== undefined) {
      expectObject('options', options);
      expectSnapshotOptions(options);
      const { snapshot } = options;
      if (snapshot !== undefined) {
        begin = restoredState(snapshot, options);
        kept = withoutSnapshot(options);
      }
    }
    super(kept);
    const cell = cellOf<In, State>(this);
    const life = new StateLife(cell.drain, reduce, begin);
    cell.drain.handle((message, context) => {
      life.handle(message, context);
    }, life);
    this.#life = life;
    this.#version = options?.version ?? FIRST_VERSION;
    for (const message of options?.snapshot?.messages ?? []) cell.send(message as In);
  }

  readonly #life: { readonly state: State; readonly reducing: unknown };
  readonly #version: number;

  /** The current state. */
  get state(): State {
    return this.#life.state;
  }

  /**
   * Says what the actor is at this moment, for another one to go on from there.
   *
   * Use it to keep the state of an app beyond its end, or to move an actor to another place.
   *
   * ```text
   * sent     -(abc)--
   * states   s(ABC)--   s: the initial state, A: s reduced with a, …
   * snapshot -x------   taken by an observer of A: { version: 1, state: A, messages: [b, c] }
   * ```
   *
   * @remarks The state is given as it is, not a copy of it: that is for the storage to make, or for `structuredClone`.
   *
   * **Ordering.** A message is either in the state or waiting, never both. The one that is being reduced waits still. First
   * come those that were put aside, then the others; where messages have priorities they may come in another order, and
   * get theirs when they are sent again. Who waits for room in a full mailbox has not sent yet. **Teardown.** After the
   * end it gives the last state, and nothing waits.
   *
   * @example Going on where another actor was
   * ```ts
   * import { statefulActor } from 'rx-actors';
   *
   * const add = (sum: number, n: number) => sum + n;
   * const first = statefulActor(add, 0);
   * first.send(1);
   * first.send(2);
   * const saved = JSON.stringify(first.snapshot({ messages: true }));
   * first.kill();
   * console.log(saved);
   *
   * const second = statefulActor(add, 0, { snapshot: JSON.parse(saved) });
   * second.subscribe((sum) => console.log(sum));
   * // prints:
   * // {"version":1,"state":0,"messages":[1,2]}
   * // 0
   * // 1
   * // 3
   * ```
   *
   * @param options - Whether the messages that wait are to be in it.
   * @returns A plain object; give it as the option `snapshot`.
   * @throws TypeError when an option is not what it has to be.
   */
  snapshot(options: StateSnapshotOptions = {}): StateSnapshot<State, In> {
    expectObject('options', options);
    const { messages = false } = options;
    if (typeof messages !== 'boolean') throw wrongType('messages', 'a boolean', messages);
    const { state, reducing } = this.#life;
    const version = this.#version;
    if (!messages) return { version, state };
    const cell = cellOf<never, never>(this);
    const atWork = [cell.drain.starting, reducing].filter((message) => message !== NOTHING);
    return { version, state, messages: [...messagesAside(cell), ...atWork, ...messagesIn(cell)] as In[] };
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
 * The option `snapshot` begins where another actor was when it gave a {@link StatefulActor.snapshot}.
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
 * @param options - What every actor can be given, and a snapshot to begin with instead.
 * @returns The actor, started.
 * @throws TypeError or RangeError when an argument is not what it has to be, or the snapshot is of another version;
 * whatever `migrate` throws.
 * @throws SystemClosedError when the system is closed.
 *
 * @public
 */
export function statefulActor<In, State>(
  reduce: Reducer<In, State>,
  initial: State,
  options?: StatefulActorOptions<In, State>,
): StatefulActor<In, State> {
  return new StatefulActor(reduce, initial, options).start();
}
