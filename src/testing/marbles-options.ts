import { expectFunction, expectLimit, expectObject, wrongType } from '../internal/expect.js';
import type { AssertDeepEqual } from './comparison.js';
import type { MayRemain } from './leak-check.js';

/**
 * How a marble test compares, what it shows when it fails, and what it may leave behind.
 *
 * @public
 */
export interface MarblesOptions {
  /**
   * Throws, or returns `false`, when two values are not deeply equal. Give it that of the test library, so that its matchers
   * may stand among the values: `(actual, expected) => expect(actual).toEqual(expected)`.
   *
   * @defaultValue a comparison that needs no test library
   */
  readonly assertDeepEqual?: AssertDeepEqual;
  /**
   * Whether failures list frames and values too, below the marbles.
   *
   * @defaultValue only where the marbles are the same
   */
  readonly frames?: boolean;
  /**
   * What may be left over at the end of the run; the rest makes the test fail.
   *
   * @defaultValue `'idle'`
   */
  readonly mayRemain?: MayRemain;
  /**
   * How many scheduled actions a run may take before it is given up as endless; a whole number from 1 up, or `Infinity`.
   *
   * @defaultValue 100,000
   */
  readonly maxActions?: number;
}

const REMAINS: readonly unknown[] = ['nothing', 'idle', 'anything'] satisfies MayRemain[];

export function expectMarblesOptions(options: MarblesOptions): void {
  expectObject('options', options);
  const { assertDeepEqual, frames, mayRemain, maxActions } = options;
  if (assertDeepEqual !== undefined) expectFunction('assertDeepEqual', assertDeepEqual);
  if (frames !== undefined && typeof frames !== 'boolean') throw wrongType('frames', 'true or false', frames);
  if (mayRemain !== undefined && !REMAINS.includes(mayRemain)) {
    throw wrongType('mayRemain', "'nothing', 'idle' or 'anything'", mayRemain);
  }
  if (maxActions !== undefined) expectLimit('maxActions', maxActions, 1);
}
