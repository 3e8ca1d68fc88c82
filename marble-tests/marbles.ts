import { marbles as run, type MarbleHelpers, type MarblesOptions } from 'rx-actors/testing';
import { expect } from 'vitest';

/** The body of a marble test, compared by vitest. */
export const marbles = (body: (helpers: MarbleHelpers) => void, options?: MarblesOptions): (() => void) =>
  run(body, {
    assertDeepEqual: (actual, expected) => {
      expect(actual).toEqual(expected);
    },
    ...options,
  });
