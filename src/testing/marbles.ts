import { asapScheduler } from 'rxjs';
import { TestScheduler, type RunHelpers } from 'rxjs/testing';
import { ActorSystem } from '../system/actor-system.js';
import { formatValue } from '../internal/format-value.js';
import { Probe } from './probe.js';
import { same } from './same.js';

/**
 * What the body of a marble test works with: RxJS's own run-mode helpers, joined by a system and by probes.
 *
 * @public
 */
export interface MarbleHelpers extends RunHelpers {
  /** A fresh system on virtual time. */
  readonly system: ActorSystem;
  /**
   * Makes a recipient that records what it is sent.
   *
   * @typeParam T - The messages.
   * @returns The probe.
   */
  readonly probe: <T = unknown>() => Probe<T>;
  /**
   * Expects a probe to have been sent certain messages at certain times.
   *
   * @param probe - The probe.
   * @returns An object whose `toBe` takes the marbles, and the messages that they stand for.
   */
  readonly expectMessages: <T>(probe: Probe<T>) => MessagesExpectation<T>;
}

/**
 * What a probe is expected to have been sent.
 *
 * @public
 */
export interface MessagesExpectation<in T> {
  /**
   * Holds what the probe was sent against a marble diagram, at the end of the run.
   *
   * @param marbles - When it was sent which message.
   * @param values - The messages that the letters stand for; by default they are the messages.
   */
  toBe(marbles: string, values?: Readonly<Record<string, T>>): void;
}

/**
 * How a marble test compares.
 *
 * @public
 */
export interface MarblesOptions {
  /**
   * Throws when two values are not deeply equal, for instance `(actual, expected) => expect(actual).toEqual(expected)`.
   * The default needs no test library, but its message is plain.
   *
   * @param actual - What the test saw.
   * @param expected - What it expected.
   */
  readonly assertDeepEqual?: (actual: unknown, expected: unknown) => void;
}

/**
 * Makes the body of a test that runs in virtual time.
 *
 * Use it under any test runner: `it('doubles', marbles(({ hot, system, expectObservable }) => { … }))`.
 *
 * @remarks Promises and native timers are not virtual: what goes through them happens after the run.
 *
 * **Errors.** A body that throws leaves RxJS's `asapScheduler` as it found it. (With a plain `TestScheduler.run` it stays
 * dead for the rest of the process, when an action is pending.)
 *
 * @example A test of a doubler
 * ```ts
 * import { of } from 'rxjs';
 * import { marbles } from 'rx-actors/testing';
 *
 * const test = marbles(({ hot, system, expectObservable }) => {
 *   const doubler = system.actor((n: number) => of(n * 2));
 *   hot('     -a-b--|', { a: 1, b: 2 }).subscribe(doubler);
 *   expectObservable(doubler).toBe('-a-b--|', { a: 2, b: 4 });
 * });
 * test();
 * ```
 *
 * @param body - The test; its `expect…` calls are checked at the end of the run.
 * @param options - How to compare.
 * @returns The body to give to the test runner.
 *
 * @public
 */
export function marbles(body: (helpers: MarbleHelpers) => void, options: MarblesOptions = {}): () => void {
  const { assertDeepEqual = assertSame } = options;
  return () => {
    const scheduler = new TestScheduler((actual, expected) => {
      assertDeepEqual(actual, expected);
    });
    try {
      scheduler.run((helpers) => {
        const system = new ActorSystem({ name: 'marbles', scheduler });
        body({
          ...helpers,
          system,
          probe: <T>() => new Probe<T>(),
          expectMessages: (probe) => helpers.expectObservable(probe.received),
        });
      });
    } finally {
      reviveAsap();
    }
  };
}

/** So often a burst of leftovers may bring forth another before they are thrown away. */
const BURSTS_RUN = 1000;

/**
 * Takes what an aborted run has left in asapScheduler out of it: it waits for a virtual instant that will never come,
 * and everything scheduled later would wait behind it.
 */
function reviveAsap(): void {
  for (let burst = 0; burst < BURSTS_RUN && asapScheduler.actions.length > 0; burst++) {
    try {
      asapScheduler.flush();
    } catch {
      // It is a leftover of a test that has failed already, and must not hide why.
    }
  }
  for (const action of [...asapScheduler.actions]) action.unsubscribe();
}

function assertSame(actual: unknown, expected: unknown): void {
  if (same(actual, expected)) return;
  throw new Error(`Expected ${shown(expected)}\nReceived ${shown(actual)}`);
}

/** One notification a line, because that is what a run gives. */
function shown(value: unknown): string {
  return Array.isArray(value) ? value.map((each) => `\n  ${formatValue(each)}`).join('') : formatValue(value);
}
