import { expectDelay, expectNumber, expectObject, wrongType } from '../internal/expect.js';
import { reportError } from '../internal/report-error.js';

/**
 * How long a restart waits: `min`, then `factor` times as long after every further failure, up to `max`.
 *
 * @public
 */
export interface Backoff {
  /** How long the first restart waits, in milliseconds. */
  readonly min: number;
  /** How long any restart waits at the most, in milliseconds; after as long without a failure it begins at `min` again. */
  readonly max: number;
  /**
   * By how much the wait grows from one restart to the next; a number from 1 up.
   *
   * @defaultValue 2
   */
  readonly factor?: number;
  /**
   * By which part of itself a wait is lengthened at random, so that many actors do not come back at the same instant;
   * 0.2 makes it up to a fifth longer.
   *
   * @defaultValue 0
   */
  readonly jitter?: number;
}

/**
 * How often an actor may restart, and how long it waits before.
 *
 * @public
 */
export interface RestartOptions {
  /**
   * How many restarts are allowed within `within`; the next failure stops the actor.
   *
   * @defaultValue no limit
   */
  readonly limit?: number;
  /**
   * The sliding window that `limit` counts in, in milliseconds.
   *
   * @defaultValue the actor's whole life
   */
  readonly within?: number;
  /**
   * How long to wait before a restart; messages sent meanwhile wait too.
   *
   * @defaultValue no wait
   */
  readonly backoff?: Backoff;
}

/**
 * The failure ends the actor.
 *
 * @public
 */
export interface StopDirective {
  /** Which directive it is. */
  readonly type: 'stop';
}

/**
 * The failing message is lost, the actor goes on.
 *
 * @public
 */
export interface ResumeDirective {
  /** Which directive it is. */
  readonly type: 'resume';
}

/**
 * The failing message is lost, the actor goes on as new.
 *
 * @public
 */
export interface RestartDirective extends RestartOptions {
  /** Which directive it is. */
  readonly type: 'restart';
}

/**
 * What an actor can do about a failure. Made by {@link stop}, {@link resume} and {@link restart}.
 *
 * @public
 */
export type Directive = StopDirective | ResumeDirective | RestartDirective;

/**
 * What an actor does about failures: always the same, or for each error and message what a function says.
 *
 * @remarks The message is `undefined` when the behavior failed without one. A function that throws, or that returns no
 * directive, stops the actor; its own error is reported through RxJS's `config.onUnhandledError`.
 *
 * @public
 */
export type Supervision = Directive | ((error: unknown, message: unknown) => Directive);

const STOP: StopDirective = { type: 'stop' };
const RESUME: ResumeDirective = { type: 'resume' };

/**
 * Lets a failure end the actor. The default.
 *
 * @remarks **Errors.** Observers get the error, `join()` rejects with it, what waits becomes dead letters (`'closed'`).
 * An error that nobody hears is reported through RxJS's `config.onUnhandledError`.
 *
 * @returns The directive, for the `supervision` option.
 *
 * @public
 */
export function stop(): StopDirective {
  return STOP;
}

/**
 * Lets the actor go on with the next message, its state kept.
 *
 * Use when a message may be bad but the state is known to be good.
 *
 * @remarks The failing message becomes a dead letter (`'failed'`) and its error shows on `system.failures`. A generator
 * or a `run()` that has thrown is over, so that it begins anew; the fields of a class instance stay. If it has had no
 * message yet it would only fail again: that stops the actor.
 *
 * @returns The directive, for the `supervision` option.
 *
 * @public
 */
export function resume(): ResumeDirective {
  return RESUME;
}

/**
 * Lets the actor go on as new: with the initial state, a new generator, `run()` run again.
 *
 * Use when a failure may have left the state half-changed.
 *
 * @remarks The failing message becomes a dead letter (`'failed'`); the mailbox is kept; observers stay subscribed and
 * get the initial state of a stateful actor. The fields of a class instance stay, what sat inside a `run()` pipeline is
 * lost. Failures before the first message of an incarnation, those of its children and of what it consumes among them,
 * restart at most 10 times in a row, then stop.
 *
 * @param options - How often, and after which wait.
 * @returns The directive, for the `supervision` option.
 * @throws TypeError or RangeError when an option is not the number that it has to be.
 *
 * @see {@link https://www.erlang.org/doc/system/sup_princ.html | OTP's supervision principles} for the window.
 * @public
 */
export function restart(options: RestartOptions = {}): RestartDirective {
  expectObject('options', options);
  const { limit, within, backoff } = options;
  if (limit !== undefined) expectNumber('limit', limit, 0, true);
  if (within !== undefined) expectNumber('within', within, 0, false);
  if (backoff !== undefined) {
    expectObject('backoff', backoff);
    expectDelay('backoff.min', backoff.min);
    expectDelay('backoff.max', backoff.max, backoff.min);
    if (backoff.factor !== undefined) expectNumber('backoff.factor', backoff.factor, 1, false);
    if (backoff.jitter !== undefined) expectNumber('backoff.jitter', backoff.jitter, 0, false);
  }
  return { type: 'restart', ...options };
}

const TYPES: readonly unknown[] = ['stop', 'resume', 'restart'];

function isDirective(value: unknown): value is Directive {
  return typeof value === 'object' && value !== null && TYPES.includes((value as Directive).type);
}

/** Refuses a `supervision` that is neither a directive nor a function. */
export function expectSupervision(value: unknown): void {
  if (typeof value === 'function' || isDirective(value)) return;
  throw wrongType('supervision', 'stop(), resume(), restart() or a function', value);
}

/** What a supervision says about one failure. A function that throws or returns something else is reported and stops. */
export function directiveFor(supervision: Supervision, error: unknown, message: unknown): Directive {
  if (typeof supervision !== 'function') return supervision;
  try {
    const directive: unknown = supervision(error, message);
    if (isDirective(directive)) return directive;
    throw wrongType('supervision', 'a function that returns stop(), resume() or restart()', directive);
  } catch (thrown) {
    reportError(thrown);
    return STOP;
  }
}
