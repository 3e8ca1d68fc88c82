import type { Observable, SchedulerLike } from 'rxjs';
import type { RunHelpers } from 'rxjs/testing';
import type { Behavior } from '../actor/actor.js';
import type { AnyActor } from '../contract/any-actor.js';
import type { Termination } from '../contract/termination.js';
import type { StatefulActor } from '../actor/stateful-actor.js';
import type { Directive } from '../actor/supervision.js';
import type { DeadLetterReason } from '../contract/dead-letter.js';
import type { Recipient } from '../contract/recipient.js';
import type { ActorSystem } from '../system/actor-system.js';
import type { MarbleRecording } from '../contract/marble-recording.js';
import type { Probe } from './probe.js';

/**
 * What is expected, once the test says so.
 *
 * @typeParam T - What the letters of the diagram stand for.
 *
 * @public
 */
export interface MarbleExpectation<in T> {
  /**
   * Holds what came against a marble diagram, at the end of the run.
   *
   * @param marbles - When which value came.
   * @param values - What the letters stand for; by default they stand for themselves.
   * @param error - What `#` stands for; by default `'error'`, as in RxJS.
   */
  toBe(marbles: string, values?: Readonly<Record<string, T>>, error?: unknown): void;
  /**
   * Holds what came against what was recorded.
   *
   * @param recording - A recording of `displayMarbles`.
   */
  toBe(recording: MarbleRecording<T>): void;
}

/**
 * What is expected of an Observable. It takes what RxJS's takes.
 *
 * @public
 */
export interface ObservableExpectation {
  /**
   * Holds what came against a marble diagram, at the end of the run.
   *
   * @param marbles - When which value came.
   * @param values - What the letters stand for; by default they stand for themselves.
   * @param error - What `#` stands for; by default `'error'`, as in RxJS.
   */
  toBe(marbles: string, values?: object | null, error?: unknown): void;
  /**
   * Holds what came against what was recorded.
   *
   * @param recording - A recording of `displayMarbles`.
   */
  toBe(recording: MarbleRecording<unknown>): void;
  /**
   * Holds what came against what another Observable emits, subscribed to at the same time.
   *
   * @param other - The other Observable.
   */
  toEqual(other: Observable<unknown>): void;
}

/**
 * What a dead letter is expected to be: what is left out may be anything.
 *
 * @public
 */
export interface ExpectedDeadLetter {
  /** The message. */
  readonly message?: unknown;
  /** Why nobody has processed it. */
  readonly reason?: DeadLetterReason;
  /** The name of whom it had been sent to. */
  readonly recipient?: string;
}

/**
 * What a failure is expected to be: what is left out may be anything.
 *
 * @public
 */
export interface ExpectedFailure {
  /** The name of the actor whose behavior failed. */
  readonly actor?: string;
  /** The name of the exchange that had the message to deliver. */
  readonly exchange?: string;
  /** The name of the recipient that threw. */
  readonly recipient?: string;
  /** What was thrown. */
  readonly error?: unknown;
  /** The message that it failed with. */
  readonly message?: unknown;
  /** What the actor's supervision did about it. */
  readonly directive?: Directive['type'];
}

/**
 * Sends messages as marbles say, from now on: `|` closes the recipient, and `#` is the error of an upstream.
 *
 * @public
 */
export interface SendMarbles {
  /**
   * Sends what letters stand for.
   *
   * @typeParam T - The messages.
   * @param recipient - Who is sent them.
   * @param marbles - When which message is sent.
   * @param values - What the letters stand for.
   * @param error - What `#` stands for.
   * @throws TypeError when a recipient that has no `complete()` or no `error()` is to be given an end.
   */
  <T>(recipient: Recipient<T>, marbles: string, values: Readonly<Record<string, T>> | undefined, error?: unknown): void;
  /**
   * Sends letters.
   *
   * @typeParam T - The letters.
   * @param recipient - Who is sent them.
   * @param marbles - When which letter is sent.
   */
  <T extends string>(recipient: Recipient<T>, marbles: string): void;
  /**
   * Sends again what was recorded.
   *
   * @typeParam T - The messages.
   * @param recipient - Who is sent them.
   * @param recording - A recording of `displayMarbles`.
   */
  <T>(recipient: Recipient<T>, recording: MarbleRecording<T>): void;
}

/**
 * What the body of a marble test works with: RxJS's own run-mode helpers, joined by a system, by probes, and by what is
 * expected of them.
 *
 * @public
 */
export interface MarbleHelpers extends RunHelpers {
  /** A fresh system on virtual time. */
  readonly system: ActorSystem;
  /** The virtual time itself, for what takes a scheduler. */
  readonly scheduler: SchedulerLike;
  /**
   * Makes a probe, which records what it is sent. It lives in a system of its own, and is no leak.
   *
   * @typeParam In - The messages.
   * @typeParam Out - What it answers; nothing by default.
   * @param reply - What it answers; by default every message is done at once.
   * @returns The probe.
   */
  readonly probe: <In = unknown, Out = never>(reply?: Behavior<In, Out>) => Probe<In, Out>;
  /** Sends messages as marbles say. */
  readonly send: SendMarbles;
  /**
   * Expects what an Observable emits: an actor its outputs, an exchange its messages.
   *
   * @param source - The Observable.
   * @param subscription - When it is subscribed to, `^`, and unsubscribed from, `!`; by default it is from the beginning on.
   * @returns An object whose `toBe` takes the marbles, and whose `toEqual` takes another Observable.
   */
  readonly expectObservable: (source: Observable<unknown>, subscription?: string | null) => ObservableExpectation;
  /**
   * Expects what a probe is sent.
   *
   * @typeParam In - The messages.
   * @typeParam Out - What it answers.
   * @param probe - The probe.
   * @returns An object whose `toBe` takes the marbles.
   */
  readonly expectMessages: <In, Out>(probe: Probe<In, Out>) => MarbleExpectation<In>;
  /**
   * Expects the states of a stateful actor: the one that it has, and each new one. `|` is its end.
   *
   * @typeParam In - The messages.
   * @typeParam State - The states.
   * @param actor - The stateful actor.
   * @returns An object whose `toBe` takes the marbles.
   */
  readonly expectState: <In, State>(actor: StatefulActor<In, State>) => MarbleExpectation<State>;
  /**
   * Expects the messages that nobody will process, from now on. A letter stands for a message, or for what `values` says of
   * the dead letter: `{ a: { message: 'hello', reason: 'closed' } }`.
   *
   * @param recipient - Whose they are; by default everybody's in the system.
   * @returns An object whose `toBe` takes the marbles.
   */
  readonly expectDeadLetters: (recipient?: Recipient<never>) => MarbleExpectation<ExpectedDeadLetter>;
  /**
   * Expects what goes wrong, from now on. A letter stands for the message that somebody failed with, or for what `values`
   * says of the failure: `{ a: { actor: 'parser', error: new SyntaxError('…') } }`.
   *
   * @remarks It listens to `system.failures`: what nobody else hears is not reported as unhandled then.
   *
   * @param actor - Whose they are; by default everybody's in the system.
   * @returns An object whose `toBe` takes the marbles.
   */
  readonly expectFailures: (actor?: AnyActor) => MarbleExpectation<ExpectedFailure>;
  /**
   * Expects how an actor ends: `c` that it has been closed, `k` killed, `f` that it has failed; or what `values` says of its
   * termination.
   *
   * @param actor - The actor.
   * @returns An object whose `toBe` takes the marbles.
   */
  readonly expectTerminated: (actor: AnyActor) => MarbleExpectation<Partial<Termination>>;
}
