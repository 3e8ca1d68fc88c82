import type { Directive } from '../actor/supervision.js';
import type { Exchange } from '../exchange/exchange.js';
import type { AnyActor } from './any-actor.js';
import type { Recipient } from './recipient.js';

/**
 * A behavior that failed with a message.
 *
 * @public
 */
export interface BehaviorFailure {
  /** The actor whose behavior failed. */
  readonly actor: AnyActor;
  /** What the behavior threw, as it was thrown. */
  readonly error: unknown;
  /** The message it failed with; `undefined` when it failed without one. */
  readonly message: unknown;
  /** What the actor's supervision did about it. */
  readonly directive: Directive['type'];
}

/**
 * A recipient of an exchange whose `send` threw.
 *
 * @public
 */
export interface DeliveryFailure {
  /** The exchange that had the message to deliver. */
  readonly exchange: Exchange<unknown>;
  /** The recipient that threw; it stays attached. */
  readonly recipient: Recipient<never>;
  /** What it threw. */
  readonly error: unknown;
  /** The message, which every other recipient still gets. */
  readonly message: unknown;
}

/**
 * Something that went wrong in a system: a behavior that failed, or a recipient of an exchange that threw.
 *
 * Tell them apart with `'actor' in failure`.
 *
 * @public
 */
export type ActorFailure = BehaviorFailure | DeliveryFailure;
