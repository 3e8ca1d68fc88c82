import { isObservable, type Subscription } from 'rxjs';
import { expectFunction, expectDelay, wrongType } from '../internal/expect.js';
import { isMortal } from '../internal/mortal.js';
import type { SystemCore } from '../internal/system-core.js';
import type { ActorSystem } from '../system/actor-system.js';
import type { Actor, Behavior } from './actor.js';
import type { ActorOptions } from './actor-options.js';
import type { AnyActor } from '../contract/any-actor.js';
import type { Belongings } from './belongings.js';
import type { Termination } from '../contract/termination.js';
import { IdleTimeout } from './idle-timeout.js';
import type { ActorTimers } from './timers.js';

/** Makes a child; a method of every actor, because this file can't import the class. */
export const SPAWN = Symbol('rx-actors.spawn');

/**
 * What a behavior knows beside its message, and what it can do for its actor.
 *
 * Its functions may be taken out of it: `(message, { self, spawn }) => …`.
 *
 * @remarks **Teardown.** Timers, watches and what is put aside belong to the incarnation: a restart and the end of the actor
 * cancel the timers and the watches, a restart puts back into the mailbox what was put aside, the end makes dead letters of
 * it. Children end before their actor restarts or ends. **Errors.** On an actor that has ended everything but `self`,
 * `signal`, `system`, `children` and `stashed` throws an `ActorClosedError`.
 *
 * @typeParam In - The messages of the actor.
 *
 * @public
 */
export interface ActorContext<In> {
  /** The actor itself, for instance to send itself a message. */
  readonly self: Actor<In, unknown>;
  /**
   * Is aborted when work should stop: when the ask of this message is cancelled or times out, when the actor restarts,
   * and when it ends. Give it to `fetch` and its like.
   */
  readonly signal: AbortSignal;
  /**
   * The system that the actor lives in.
   *
   * @remarks A bundler leaves the default system out of a bundle in which nothing imports `defaultSystem`; then this
   * throws, and says so.
   */
  readonly system: ActorSystem;
  /** Messages to itself, later. */
  readonly timers: ActorTimers<In>;
  /**
   * The children that have not ended, in the order in which they were made, whatever their messages are: keep what `spawn`
   * returns to send to one.
   */
  readonly children: readonly AnyActor[];
  /** How many messages are put aside. */
  readonly stashed: number;
  /**
   * Makes a child out of a function that handles one message, and starts it: it ends with this actor.
   *
   * Use the `parent` option for a child of any other kind: `statefulActor(reduce, 0, { parent: self })`.
   *
   * @typeParam ChildIn - The messages of the child.
   * @typeParam ChildOut - The outputs of the child.
   * @param behavior - What the child does with one message.
   * @param options - Name, mailbox, supervision and the like.
   * @returns The child, started.
   */
  readonly spawn: <ChildIn, ChildOut = never>(
    behavior: Behavior<ChildIn, ChildOut>,
    options?: Omit<ActorOptions<ChildIn>, 'system' | 'parent'>,
  ) => Actor<ChildIn, ChildOut>;
  /**
   * Has the end of another actor told by a message, once, at once when it has ended already.
   *
   * @remarks The message comes before all that waits in the mailbox, and needs no room there. A restart of the other is no
   * end. The failure of a child that is watched is told so, and no failure of this actor; unless the message is taken back
   * before its turn, which makes it one again. When `toMessage` kills this actor, nothing is made of what it returns.
   *
   * @param other - Any actor but the actor itself.
   * @param toMessage - Makes the message out of how the other has ended.
   * @returns The watch; unsubscribing ends it and takes back a message that waits.
   * @throws TypeError when `other` is no other actor.
   */
  readonly watch: (other: AnyActor, toMessage: (termination: Termination) => In) => Subscription;
  /**
   * Ends every watch of another actor and takes back a message that waits.
   *
   * @param other - The other actor.
   * @returns `false` when it was not watched.
   */
  readonly unwatch: (other: AnyActor) => boolean;
  /** Sends the actor a message whenever it has had nothing to do for a time. */
  readonly receiveTimeout: ReceiveTimeout<In>;
  /**
   * Puts the message that is being handled aside until {@link ActorContext.unstashAll}; who has asked goes on waiting.
   *
   * @remarks To be called while the behavior is called, not later. What the behavior then returns is not followed; when it
   * throws, the message has failed.
   *
   * @throws StashFullError when as many are put aside as the option `stashCapacity` allows.
   */
  readonly stash: () => void;
  /** Puts everything that was put aside back into the mailbox, in its order, in front of what waits. */
  readonly unstashAll: () => void;
  /**
   * Has the messages from the next one on handled by another behavior, until the actor restarts.
   *
   * @param behavior - What to do with one message.
   * @throws TypeError when the actor handles messages in another way: by a reducer, a generator or a `run()` of its own.
   */
  readonly become: (behavior: Behavior<In, unknown>) => void;
}

/**
 * Sends an actor a message whenever it has had nothing to do for a time: nothing waits, and no work goes on.
 *
 * @typeParam In - The messages of the actor.
 *
 * @public
 */
export interface ReceiveTimeout<in In> {
  /**
   * Begins it, in the place of what was begun before.
   *
   * @param delay - For how many milliseconds it has had nothing to do; a number from 1 up.
   * @param message - The message; it comes again after every such time.
   * @throws TypeError or RangeError when `delay` is no such number.
   */
  (delay: number, message: In): void;
  /**
   * Ends it.
   *
   * @param delay - None.
   */
  (delay: undefined): void;
}

/** Whose context it is. */
export interface ContextOwner<In> {
  readonly face: Actor<In, unknown>;
  readonly core: SystemCore;
  readonly drain: {
    readonly belongings: Belongings<In> | undefined;
    stash(): void;
    unstashAll(): void;
    become(behavior: Behavior<In, unknown>): void;
    look(): void;
  };
  /** Throws when the actor has ended. */
  readonly belongings: Belongings<In>;
}

/** One serves all messages of an incarnation; an ask has one of its own, because it can be cancelled by itself. */
export class Context<In> implements ActorContext<In> {
  readonly #owner: ContextOwner<In>;
  /** The controller once the signal has been asked for; before, the reason of an abort. */
  #state: AbortController | Aborted | undefined = undefined;

  constructor(owner: ContextOwner<In>) {
    this.#owner = owner;
  }

  get self(): Actor<In, unknown> {
    return this.#owner.face;
  }

  get signal(): AbortSignal {
    const state = this.#state;
    if (state instanceof AbortController) return state.signal;
    const controller = new AbortController();
    this.#state = controller;
    if (state !== undefined) controller.abort(state.reason);
    return controller.signal;
  }

  get system(): ActorSystem {
    const { face } = this.#owner.core;
    if (face === undefined)
      throw new Error("Import `defaultSystem` from 'rx-actors': this bundle was made without it.");
    return face as ActorSystem;
  }

  get timers(): ActorTimers<In> {
    return this.#owner.belongings.timers;
  }

  get children(): readonly AnyActor[] {
    return this.#owner.drain.belongings?.children?.faces ?? [];
  }

  get stashed(): number {
    return this.#owner.drain.belongings?.stash?.size ?? 0;
  }

  // Getters of functions instead of methods: a behavior takes its context apart, `(message, { self, spawn }) => …`.

  get spawn(): ActorContext<In>['spawn'] {
    return (behavior, options) => this.self[SPAWN](behavior, options);
  }

  get watch(): ActorContext<In>['watch'] {
    return (other, toMessage) => {
      const { terminated } = (other ?? {}) as Partial<AnyActor>;
      if (!(isObservable(terminated) || isMortal(other)) || other === (this.self as unknown)) {
        throw wrongType('other', 'another actor', other);
      }
      expectFunction('toMessage', toMessage);
      return this.#owner.belongings.watches.add(other, toMessage);
    };
  }

  get unwatch(): ActorContext<In>['unwatch'] {
    return (other) => this.#owner.belongings.watches.remove(other);
  }

  get receiveTimeout(): ActorContext<In>['receiveTimeout'] {
    return (delay: number | undefined, message?: In) => {
      // Without a wait its own message would lead to the next one at the same instant, and virtual time would never go on.
      if (delay !== undefined) expectDelay('delay', delay, 1);
      const { belongings, core, face, drain } = this.#owner;
      belongings.idle?.cancel();
      belongings.idle =
        delay === undefined
          ? undefined
          : new IdleTimeout(core, delay, () => {
              // One that has come at the last moment has not had its turn yet.
              if (face.pending === 0) face.send(message as In);
            });
      // It may have nothing to do even now.
      drain.look();
    };
  }

  get stash(): ActorContext<In>['stash'] {
    return () => {
      this.#owner.drain.stash();
    };
  }

  get unstashAll(): ActorContext<In>['unstashAll'] {
    return () => {
      this.#owner.drain.unstashAll();
    };
  }

  get become(): ActorContext<In>['become'] {
    return (behavior) => {
      expectFunction('behavior', behavior);
      this.#owner.drain.become(behavior);
    };
  }

  /** Tells whoever has asked for the signal, or will. */
  abort(reason: unknown): void {
    if (this.#state instanceof AbortController) this.#state.abort(reason);
    else this.#state ??= reason === undefined ? ABORTED : { reason };
  }
}

interface Aborted {
  readonly reason: unknown;
}

/** The common case: an asker who has got the answer and waits no longer gives no reason. */
const ABORTED: Aborted = { reason: undefined };
