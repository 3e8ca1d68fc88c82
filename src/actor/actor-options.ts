import type { ActorSystem } from '../system/actor-system.js';
import {
  expectAbortSignal,
  expectFunction,
  expectNumber,
  expectObject,
  expectOverflow,
  expectString,
  wrongType,
} from '../internal/expect.js';
import type { AnyActor } from '../contract/any-actor.js';
import type { Termination } from '../contract/termination.js';
import { expectSupervision, type Supervision } from './supervision.js';

/**
 * How many messages may wait for an actor, and in which order they are taken.
 *
 * @public
 */
export interface MailboxOptions<in In> {
  /**
   * How many messages may wait, the one being processed not counted; a whole number from 1 up. What happens at the
   * limit is for `overflow` to say; `offer` waits for room instead.
   *
   * @defaultValue no limit
   */
  readonly capacity?: number;
  /**
   * Which message a full mailbox drops: the one that is being sent, or the one that has waited longest. Either becomes
   * a dead letter with the reason `'overflow'`.
   *
   * @defaultValue `'drop-newest'`
   */
  readonly overflow?: 'drop-newest' | 'drop-oldest';
  /**
   * Makes a priority mailbox: the message that compares least is taken first; among equals the one that was sent
   * first. A `compare` that throws makes the later of its two messages fail. It can't be joined with `'drop-oldest'`.
   *
   * @defaultValue the order in which messages were sent
   */
  readonly compare?: (a: In, b: In) => number;
}

/**
 * What every kind of actor can be made with.
 *
 * @public
 */
export interface ActorOptions<in In> {
  /**
   * What the actor is called in errors, dead letters and failures. It need not be unique.
   *
   * @defaultValue a generated unique name
   */
  readonly name?: string;
  /**
   * The system that it lives in, and that closes it.
   *
   * @defaultValue `defaultSystem`
   */
  readonly system?: ActorSystem;
  /**
   * How many messages may wait, and in which order they are taken.
   *
   * @defaultValue any number, in the order in which they were sent
   */
  readonly mailbox?: MailboxOptions<In>;
  /**
   * What happens when the behavior fails.
   *
   * @defaultValue `stop()`: the failure ends the actor
   */
  readonly supervision?: Supervision;
  /** Kills the actor when it is aborted, with its `reason`. */
  readonly signal?: AbortSignal;
  /**
   * The actor that it is a child of: it lives in the same system, and ends before its parent restarts or ends. A failure
   * that ends it is a failure of its parent.
   *
   * @defaultValue none
   */
  readonly parent?: AnyActor;
  /**
   * Which other children restart when one of them restarts.
   *
   * @defaultValue `'one-for-one'`
   */
  readonly siblings?: SiblingStrategy;
  /**
   * How many messages may be put aside by `context.stash()`; a whole number from 0 up. At the limit `stash()` throws.
   *
   * @defaultValue no limit
   */
  readonly stashCapacity?: number;
  /**
   * Is called before a restart, with what the behavior threw and the message it failed with. What it throws is reported
   * through RxJS's `config.onUnhandledError`.
   */
  readonly beforeRestart?: (error: unknown, message: unknown) => void;
  /**
   * Is called when the actor has ended: its work is stopped, its children have ended, and nobody has been told yet. What it
   * throws is reported through RxJS's `config.onUnhandledError`.
   */
  readonly afterEnd?: (termination: Termination) => void;
}

/**
 * Which children of an actor restart when one of them restarts.
 *
 * - `'one-for-one'`: no other.
 * - `'one-for-all'`: all of them.
 * - `'rest-for-one'`: those that were made after it.
 *
 * @see {@link https://www.erlang.org/doc/system/sup_princ.html | OTP's supervision principles}, where they come from.
 * @public
 */
export type SiblingStrategy = 'one-for-one' | 'one-for-all' | 'rest-for-one';

const STRATEGIES = ['one-for-one', 'one-for-all', 'rest-for-one'];

/** Refuses options that could only do harm later. */
export function expectActorOptions(options: ActorOptions<never>): void {
  expectObject('options', options);
  const { name, mailbox, supervision, signal, siblings, stashCapacity, beforeRestart, afterEnd } = options;
  if (name !== undefined) expectString('name', name);
  if (supervision !== undefined) expectSupervision(supervision);
  if (signal !== undefined) expectAbortSignal('signal', signal);
  if (siblings !== undefined && !STRATEGIES.includes(siblings)) {
    throw wrongType('siblings', "'one-for-one', 'one-for-all' or 'rest-for-one'", siblings);
  }
  if (stashCapacity !== undefined) expectNumber('stashCapacity', stashCapacity, 0, true);
  if (beforeRestart !== undefined) expectFunction('beforeRestart', beforeRestart);
  if (afterEnd !== undefined) expectFunction('afterEnd', afterEnd);
  if (mailbox === undefined) return;
  expectObject('mailbox', mailbox);
  const { capacity, overflow, compare } = mailbox;
  if (capacity !== undefined) expectNumber('capacity', capacity, 1, true);
  if (overflow !== undefined) expectOverflow(overflow);
  if (compare === undefined) return;
  expectFunction('compare', compare);
  if (overflow === 'drop-oldest') {
    throw new TypeError("Expected `overflow` to be 'drop-newest' in a mailbox with `compare`, got 'drop-oldest'.");
  }
}
