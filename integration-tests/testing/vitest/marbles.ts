import {
  asyncMarbles as runAsync,
  marbles as run,
  type AssertDeepEqual,
  type AsyncMarbleHelpers,
  type AsyncMarblesOptions,
  type MarbleHelpers,
  type MarblesOptions,
} from 'rx-actors/testing';
import { expect } from 'vitest';

const assertDeepEqual: AssertDeepEqual = (actual, expected) => {
  expect(actual).toEqual(expected);
};

export const marbles = (body: (helpers: MarbleHelpers) => void, options?: MarblesOptions) =>
  run(body, { assertDeepEqual, ...options });

export const asyncMarbles = (
  body: (helpers: AsyncMarbleHelpers) => void | Promise<void>,
  options?: AsyncMarblesOptions,
) => runAsync(body, { assertDeepEqual, ...options });
