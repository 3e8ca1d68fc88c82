import { same } from './same.js';

/**
 * Throws, or returns `false`, when two values are not deeply equal: what a test library gives, for instance
 * `(actual, expected) => expect(actual).toEqual(expected)`.
 *
 * @param actual - What the test saw.
 * @param expected - What it expected.
 *
 * @public
 */
export type AssertDeepEqual = (actual: unknown, expected: unknown) => unknown;

/** The comparison that needs no test library. */
export const assertSame: AssertDeepEqual = same;

/** Compares; when the values are not equal, gives what the comparison threw. */
export function difference(
  assertDeepEqual: AssertDeepEqual,
  actual: unknown,
  expected: unknown,
): { readonly cause: unknown } | undefined {
  try {
    return assertDeepEqual(actual, expected) === false ? { cause: undefined } : undefined;
  } catch (cause) {
    return { cause };
  }
}
