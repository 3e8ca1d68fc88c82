import { filter, type Observable, type SchedulerLike } from 'rxjs';
import type { AnyActor } from '../contract/any-actor.js';
import type { Recipient } from '../contract/recipient.js';
import { wrongType } from '../internal/expect.js';
import type { ActorSystem } from '../system/actor-system.js';
import type { Comparing, Expectation } from './expectation.js';
import { FrameRecorder } from './frame-recorder.js';
import { frameOf, type FrameOf, type SubscriptionFrames } from './frames.js';
import type { MarbleHelpers } from './marble-helpers.js';
import type { MarbleRecording } from '../contract/marble-recording.js';
import { errorOf } from './mismatch.js';
import { NotificationExpectation } from './notification-expectation.js';
import { Probe } from './probe.js';
import { SubscriptionExpectation } from './subscription-expectation.js';
import { byKind, byMessage, nameOf, plainDeadLetter, plainFailure, type View } from './views.js';

type ToBe = (marbles: string | MarbleRecording<unknown>, values?: object | null, error?: unknown) => void;

/** What a run is expected to do. */
export class Expectations implements Pick<MarbleHelpers, `expect${string}` & keyof MarbleHelpers> {
  readonly #system: ActorSystem;
  readonly #comparing: Comparing;
  readonly #recorder: FrameRecorder;
  #open: Expectation[] = [];

  constructor(scheduler: SchedulerLike, system: ActorSystem, comparing: Comparing) {
    this.#system = system;
    this.#comparing = comparing;
    this.#recorder = new FrameRecorder(scheduler);
  }

  /** Checks all that the test has said so far; throws one error for everything that is not met. */
  check(): void {
    const ready = this.#open.filter((expectation) => expectation.ready);
    this.#open = this.#open.filter((expectation) => !expectation.ready);
    const mismatches = ready.flatMap((expectation) => expectation.mismatch(this.#comparing) ?? []);
    if (mismatches.length > 0) throw errorOf(mismatches, ready.length);
  }

  /** Looks on no longer. */
  stop(): void {
    this.#recorder.stop();
  }

  readonly expectObservable = (
    source: Observable<unknown>,
    subscription: string | null = null,
  ): { toBe: ToBe; toEqual: (other: Observable<unknown>) => void } => {
    const record = this.#recorder.during(subscription);
    const expectation = this.#expect(titled('expectObservable', source), record(source));
    return {
      toBe: toBe(expectation),
      toEqual: (other) => {
        expectation.frames(record(other));
      },
    };
  };

  readonly expectSubscriptions = (
    logs: readonly SubscriptionFrames[],
  ): { toBe: (marbles: string | readonly string[]) => void } => {
    const expectation = new SubscriptionExpectation(logs);
    this.#open.push(expectation);
    return {
      toBe: (marbles) => {
        expectation.marbles(marbles);
      },
    };
  };

  readonly expectMessages = <In, Out>(probe: Probe<In, Out>): { toBe: ToBe } => {
    if (!(probe instanceof Probe)) throw wrongType('probe', 'a probe', probe);
    const sent = (): FrameOf<unknown>[] => probe.entries.map(({ message, time }) => frameOf(time, 'N', message));
    return { toBe: toBe(this.#expect(titled('expectMessages', probe), sent)) };
  };

  readonly expectState = (actor: Observable<unknown>): { toBe: ToBe } => {
    const states = this.#recorder.during(null)(actor);
    return { toBe: toBe(this.#expect(titled('expectState', actor), states)) };
  };

  readonly expectDeadLetters = (recipient?: Recipient<never>): { toBe: ToBe } => {
    const wanted = this.#system.deadLetters.pipe(
      filter((letter) => recipient === undefined || letter.recipient === recipient),
    );
    const letters = this.#recorder.now(wanted, plainDeadLetter);
    return { toBe: toBe(this.#expect(titled('expectDeadLetters', recipient), letters, byMessage)) };
  };

  readonly expectFailures = (actor?: AnyActor): { toBe: ToBe } => {
    const wanted = this.#system.failures.pipe(
      filter((failure) => actor === undefined || ('actor' in failure && failure.actor === actor)),
    );
    const failures = this.#recorder.now(wanted, plainFailure);
    return { toBe: toBe(this.#expect(titled('expectFailures', actor), failures, byMessage)) };
  };

  readonly expectTerminated = (actor: AnyActor): { toBe: ToBe } => {
    const terminations = this.#recorder.now(actor.terminated, (termination) => termination);
    return { toBe: toBe(this.#expect(titled('expectTerminated', actor), terminations, byKind)) };
  };

  #expect(
    what: string,
    received: FrameOf<unknown>[] | (() => FrameOf<unknown>[]),
    view?: View,
  ): NotificationExpectation {
    const expectation = new NotificationExpectation(what, received, view);
    this.#open.push(expectation);
    return expectation;
  }
}

function toBe(expectation: NotificationExpectation): ToBe {
  return (marbles, values, error) => {
    expectation.marbles(marbles, values, error);
  };
}

function titled(what: string, of: object | undefined): string {
  const { name } = (of ?? {}) as { name?: unknown };
  return typeof name === 'string' ? `${what}(${nameOf(of)})` : what;
}
