import { asapScheduler } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { expectFunction } from '../internal/expect.js';
import { leadingTo, ofTheRun } from './leading-to.js';
import type { MarbleHelpers } from './marble-helpers.js';
import { MarbleRun } from './marble-run.js';
import { noticed } from './noticed.js';
import { expectMarblesOptions, type MarblesOptions } from './marbles-options.js';

/**
 * Makes the body of a test that runs in virtual time.
 *
 * Use it under any test runner: `it('doubles', marbles(({ send, system, expectObservable }) => { … }))`.
 *
 * ```text
 * sent     -a-b--|
 * outputs  -a-b--|
 * ```
 *
 * @remarks **Ordering.** What is sent by marbles, and by `hot`, comes behind what else happens in the same frame of the
 * beginning: who listens from the beginning on misses nothing. **Teardown.** When virtual time has come to its end, the run
 * ends the actors of its system; what is left over makes the test fail (`mayRemain`). **Errors.** A test that fails throws
 * one `MarbleAssertionError`, which draws everything that was expected and did not come. A body that throws leaves RxJS's
 * `asapScheduler` as it found it. (With a plain `TestScheduler.run` it stays dead for the rest of the process, when an
 * action is pending.) A run that does not end throws an `EndlessRunError`.
 *
 * Promises and native timers are not virtual: what goes through them happens after the run. For behaviors that return
 * Promises there is {@link asyncMarbles}.
 *
 * @example A test of a doubler
 * ```ts
 * import { of } from 'rxjs';
 * import { marbles } from 'rx-actors/testing';
 *
 * const test = marbles(({ send, system, expectObservable }) => {
 *   const doubler = system.actor((n: number) => of(n * 2));
 *   send(doubler, '           -a-b--|', { a: 1, b: 2 });
 *   expectObservable(doubler).toBe('-a-b--|', { a: 2, b: 4 });
 * });
 * test();
 * ```
 *
 * @param body - The test; its `expect…` calls are checked at the end of the run.
 * @param options - How to compare, what to show, and what may be left over.
 * @returns The body to give to the test runner.
 * @throws TypeError or RangeError when an option is not what it has to be.
 *
 * @public
 */
export function marbles(body: (helpers: MarbleHelpers) => void, options: MarblesOptions = {}): () => void {
  expectFunction('body', body);
  expectMarblesOptions(options);
  // An async body passes for one that returns nothing.
  const untyped: (helpers: MarbleHelpers) => unknown = body;
  const madeAt = new Error();
  return () => {
    // Nothing is left to RxJS's own expectations.
    const scheduler = new TestScheduler(() => undefined);
    const run = new MarbleRun(scheduler, options);
    // The first line of the body, rather than that of a wrapper that the test makes its body with.
    let where: Error | undefined;
    const note = (): void => {
      where ??= new Error();
    };
    try {
      scheduler.run((time) => {
        const flush = (): void => {
          run.begin();
          scheduler.flush();
          run.check();
        };
        expectNothing(untyped(noticed({ ...run.helpers(time), animate: time.animate, flush }, note)));
        flush();
        run.end();
        scheduler.flush();
        run.ended();
      });
    } catch (error) {
      throw ofTheRun(error) ? leadingTo(where ?? madeAt, error) : error;
    } finally {
      reviveAsap();
    }
  };
}

/** Refuses an async body: it would be checked before it has expected anything. */
function expectNothing(result: unknown): void {
  if (typeof (result as PromiseLike<unknown> | undefined)?.then !== 'function') return;
  throw new TypeError('Expected `body` to return nothing, got a Promise: use asyncMarbles for an async one.');
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
