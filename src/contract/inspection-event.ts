import type { AnyActor } from './any-actor.js';
import type { Termination } from './termination.js';
import type { Directive } from '../actor/supervision.js';
import type { Exchange } from '../exchange/exchange.js';
import type { DeadLetterReason } from './dead-letter.js';
import type { Recipient } from './recipient.js';

/**
 * An actor was made.
 *
 * @public
 */
export interface SpawnedEvent {
  /** Which event it is. */
  readonly type: 'spawned';
  /** The actor. */
  readonly actor: AnyActor;
  /** Whose child it is. */
  readonly parent: AnyActor | undefined;
}

/**
 * A message was put into a mailbox.
 *
 * @public
 */
export interface SentEvent {
  /** Which event it is. */
  readonly type: 'sent';
  /** The actor whose mailbox it is. */
  readonly actor: AnyActor;
  /** The message. */
  readonly message: unknown;
}

/**
 * A message has got its turn.
 *
 * @public
 */
export interface StartedEvent {
  /** Which event it is. */
  readonly type: 'started';
  /** The actor whose behavior is called. */
  readonly actor: AnyActor;
  /** The message. */
  readonly message: unknown;
}

/**
 * The work on a message has completed.
 *
 * @public
 */
export interface ProcessedEvent {
  /** Which event it is. */
  readonly type: 'processed';
  /** The actor. */
  readonly actor: AnyActor;
  /** The message. */
  readonly message: unknown;
  /** How long it took from its start, in milliseconds. */
  readonly duration: number;
}

/**
 * A behavior has failed.
 *
 * @public
 */
export interface FailedEvent {
  /** Which event it is. */
  readonly type: 'failed';
  /** The actor. */
  readonly actor: AnyActor;
  /** What it failed with. */
  readonly error: unknown;
  /** The message it failed with; `undefined` when it failed without one. */
  readonly message: unknown;
  /** What its supervision does about it. */
  readonly directive: Directive['type'];
}

/**
 * An actor goes on as new.
 *
 * @public
 */
export interface RestartedEvent {
  /** Which event it is. */
  readonly type: 'restarted';
  /** The actor. */
  readonly actor: AnyActor;
}

/**
 * An actor has ended, for whatever reason.
 *
 * @public
 */
export interface ClosedEvent {
  /** Which event it is. */
  readonly type: 'closed';
  /** The actor. */
  readonly actor: AnyActor;
  /** How it has ended. */
  readonly termination: Termination;
}

/**
 * A message will be processed by nobody.
 *
 * @public
 */
export interface DeadLetterEvent {
  /** Which event it is. */
  readonly type: 'dead-letter';
  /** Whom it had been sent to. */
  readonly recipient: Recipient<never>;
  /** The message. */
  readonly message: unknown;
  /** Why nobody will. */
  readonly reason: DeadLetterReason;
}

/**
 * A recipient was attached to an exchange, or an observer subscribed.
 *
 * @public
 */
export interface AttachedEvent {
  /** Which event it is. */
  readonly type: 'attached';
  /** The exchange. */
  readonly exchange: Exchange<unknown>;
  /** The recipient, the observer, or the function that is called with each message. */
  readonly recipient: unknown;
}

/**
 * A recipient was detached from an exchange, or an observer unsubscribed.
 *
 * @public
 */
export interface DetachedEvent {
  /** Which event it is. */
  readonly type: 'detached';
  /** The exchange. */
  readonly exchange: Exchange<unknown>;
  /** The recipient, the observer, or the function that was called with each message. */
  readonly recipient: unknown;
}

/**
 * An exchange hands a message on.
 *
 * @public
 */
export interface PublishedEvent {
  /** Which event it is. */
  readonly type: 'published';
  /** The exchange. */
  readonly exchange: Exchange<unknown>;
  /** The message. */
  readonly message: unknown;
}

/**
 * An exchange has ended.
 *
 * @public
 */
export interface CompletedEvent {
  /** Which event it is. */
  readonly type: 'completed';
  /** The exchange. */
  readonly exchange: Exchange<unknown>;
}

/**
 * Something that happens in a system, without its time.
 *
 * @public
 */
export type Happening =
  | SpawnedEvent
  | SentEvent
  | StartedEvent
  | ProcessedEvent
  | FailedEvent
  | RestartedEvent
  | ClosedEvent
  | DeadLetterEvent
  | AttachedEvent
  | DetachedEvent
  | PublishedEvent
  | CompletedEvent;

/**
 * Something that happens in a system; `type` tells what, `time` when, in milliseconds by the clock of the system's scheduler.
 *
 * @public
 */
export type InspectionEvent = Happening & {
  /** When it happened. */
  readonly time: number;
};
