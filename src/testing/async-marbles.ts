import { expectDelay, expectFunction } from '../internal/expect.js';
import { AsyncRun } from './async-run.js';
import { leadingTo, ofTheRun } from './leading-to.js';
import type { MarbleHelpers } from './marble-helpers.js';
import { expectMarblesOptions, type MarblesOptions } from './marbles-options.js';

/**
 * What the body of an async marble test works with.
 *
 * @public
 */
export interface AsyncMarbleHelpers extends Omit<MarbleHelpers, 'animate' | 'flush'> {
  /**
   * Stops virtual time for as long as a Promise takes, whatever that is in real time. Wrap what waits for I/O or a real
   * timer: `actor((url) => hold(fetch(url)))`.
   *
   * @typeParam T - What it resolves to.
   * @param promise - The Promise.
   * @returns One that settles as it does.
   */
  readonly hold: <T>(promise: PromiseLike<T>) => Promise<T>;
}

/**
 * How an async marble test compares, what it shows, what it may leave behind, and how long it waits.
 *
 * @public
 */
export interface AsyncMarblesOptions extends MarblesOptions {
  /**
   * How long nothing may happen in virtual time while the body, an actor or a held Promise is not done, in milliseconds of
   * real time; then the test fails.
   *
   * @defaultValue 1,000
   */
  readonly patience?: number;
}

/**
 * Makes the body of a test in which actors are in virtual time, and Promises settle between its frames.
 *
 * Use it for behaviors that return Promises, for `recv()`, and for bodies that await; {@link marbles} for all else.
 *
 * ```text
 * sent      -a--b--|
 * a's work  -(x|)          a Promise takes no virtual time
 * outputs   -x--x--|
 * ```
 *
 * @remarks Before virtual time goes on to its next frame, every Promise that is ready has settled, and all that it brings
 * about in this frame has happened. So the frames of what goes through Promises alone are as certain as all others.
 *
 * What it can't make certain: a Promise that waits for a real timer or for I/O settles in some later frame, unless it is
 * held (`hold`); and operators of RxJS run in real time here, `timer` and `delay` for instance, unless they are given the
 * `scheduler`. Timers of actors, timeouts of asks and backoffs are virtual.
 *
 * **Errors.** As of {@link marbles}; and a `LeftoversError` when the body or an actor is not done and nothing more happens.
 *
 * @example An actor that awaits
 * ```ts
 * import { asyncMarbles } from 'rx-actors/testing';
 *
 * const test = asyncMarbles(({ send, system, expectObservable }) => {
 *   const greeter = system.actor(async (name: string) => {
 *     await Promise.resolve();
 *     return `Hello ${name}`;
 *   });
 *   send(greeter, '           -a--b--|');
 *   expectObservable(greeter).toBe('-a--b--|', { a: 'Hello a', b: 'Hello b' });
 * });
 * await test();
 * ```
 *
 * @param body - The test; virtual time goes on while it awaits. Its `expect…` calls are checked at the end of the run.
 * @param options - How to compare, what to show, what may be left over, how long to wait.
 * @returns The body to give to the test runner.
 * @throws TypeError or RangeError when an option is not what it has to be.
 *
 * @public
 */
export function asyncMarbles(
  body: (helpers: AsyncMarbleHelpers) => void | Promise<void>,
  options: AsyncMarblesOptions = {},
): () => Promise<void> {
  expectFunction('body', body);
  expectMarblesOptions(options);
  const { patience = 1_000 } = options;
  expectDelay('patience', patience);
  const madeAt = new Error();
  return async () => {
    const run = new AsyncRun(options, patience);
    try {
      await run.play(body);
    } catch (error) {
      throw ofTheRun(error) ? leadingTo(run.where ?? madeAt, error) : error;
    }
  };
}
