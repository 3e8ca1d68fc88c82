import type { ActorSystem } from '../system/actor-system.js';
import type { Actor } from './actor.js';
import type { SystemCore } from '../internal/system-core.js';

/**
 * What a behavior knows beside its message: whose behavior it is, and when to stop.
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
}

/** Whose context it is. */
export interface ContextOwner<In> {
  readonly face: Actor<In, unknown>;
  readonly core: SystemCore;
}

/** One serves all messages of an incarnation; an ask has one of its own, because it can be cancelled by itself. */
export class Context<In> implements ActorContext<In> {
  readonly #cell: ContextOwner<In>;
  /** The controller once the signal has been asked for; before, the reason of an abort. */
  #state: AbortController | Aborted | undefined = undefined;

  constructor(cell: ContextOwner<In>) {
    this.#cell = cell;
  }

  get self(): Actor<In, unknown> {
    return this.#cell.face;
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
    const { face } = this.#cell.core;
    if (face === undefined)
      throw new Error("Import `defaultSystem` from 'rx-actors': this bundle was made without it.");
    return face as ActorSystem;
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
