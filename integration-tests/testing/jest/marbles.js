import { expect } from '@jest/globals';
import { asyncMarbles as runAsync, marbles as run } from 'rx-actors/testing';

const assertDeepEqual = (actual, expected) => expect(actual).toEqual(expected);

export const marbles = (body, options) => run(body, { assertDeepEqual, ...options });

export const asyncMarbles = (body, options) => runAsync(body, { assertDeepEqual, ...options });
