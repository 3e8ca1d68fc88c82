import { marbles, type MarbleHelpers, type MarblesOptions } from 'rx-actors/testing';

/** What a marble test that has to fail fails with. */
export function failing(body: (helpers: MarbleHelpers) => void, options?: MarblesOptions): Error {
  return thrownBy(marbles(body, options));
}

export function thrownBy(work: () => void): Error {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error('Expected it to throw.');
}
