import { describe, expect, it } from 'vitest';
import {
  expectAbortSignal,
  expectDelay,
  expectFunction,
  expectLimit,
  expectNumber,
  expectObject,
  expectOverflow,
  expectString,
} from '../../src/internal/expect.js';

const LONGEST_WAIT = 2 ** 31 - 1;

/** What the error for a refused argument says, in one line. */
const refusal = (check: () => void): string => {
  try {
    check();
    return 'accepted';
  } catch (error) {
    return error instanceof Error ? error.toString() : 'no Error';
  }
};

describe('the checks of arguments', () => {
  it.each<[string, (value: unknown) => void, accepted: unknown[], refused: unknown[], wanted: string]>([
    ['expectFunction', (v) => expectFunction('it', v), [() => 1, Error], ['f', {}, null, undefined], 'a function'],
    ['expectString', (v) => expectString('it', v), ['', 'a'], [1, {}, null, undefined], 'a string'],
    ['expectObject', (v) => expectObject('it', v), [{}, []], [1, 'a', () => 1, null, undefined], 'an object'],
    ['expectNumber', (v) => expectNumber('it', v, 1, true), [1, 2], ['1', 1n, null], 'a whole number from 1 up'],
    ['expectNumber', (v) => expectNumber('it', v, 0, false), [0, 0.5], ['1', 1n, null], 'a finite number from 0 up'],
    ['expectLimit', (v) => expectLimit('it', v, 2), [2, Infinity], ['2', null, undefined], 'a whole number from 2 up'],
    ['expectDelay', (v) => expectDelay('it', v), [0, LONGEST_WAIT], ['1', null], 'a finite number from 0 up'],
    ['expectDelay', (v) => expectDelay('it', v, 5), [5, 5.5], ['5', null], 'a finite number from 5 up'],
    [
      'expectAbortSignal',
      (v) => expectAbortSignal('it', v),
      [new AbortController().signal, { aborted: false, addEventListener: () => undefined }],
      [
        undefined,
        null,
        1,
        'a',
        {},
        { aborted: false },
        { aborted: 1, addEventListener: () => undefined },
        { addEventListener: () => undefined },
        { aborted: false, addEventListener: 1 },
        Object.assign(() => 1, { aborted: false, addEventListener: () => undefined }),
      ],
      'an AbortSignal',
    ],
  ])('%s takes what it names, and refuses anything else by a TypeError', (_, check, accepted, refused, wanted) => {
    expect(accepted.map((value) => refusal(() => check(value)))).toEqual(accepted.map(() => 'accepted'));
    for (const value of refused) {
      expect(refusal(() => check(value))).toMatch(
        new RegExp(`^TypeError: Expected \`it\` to be ${wanted}, got .*\\.$`),
      );
    }
  });

  it.each<[string, () => void, string]>([
    ['too small', () => expectNumber('it', 0, 1, true), 'a whole number from 1 up, got `0` (number)'],
    ['not whole', () => expectNumber('it', 1.5, 1, true), 'a whole number from 1 up, got `1.5` (number)'],
    ['infinite', () => expectNumber('it', Infinity, 1, true), 'a whole number from 1 up, got `Infinity` (number)'],
    ['too small', () => expectNumber('it', -0.5, 0, false), 'a finite number from 0 up, got `-0.5` (number)'],
    ['infinite', () => expectNumber('it', Infinity, 0, false), 'a finite number from 0 up, got `Infinity` (number)'],
    ['not a number', () => expectNumber('it', NaN, 0, false), 'a finite number from 0 up, got `NaN` (number)'],
    ['too small', () => expectLimit('it', 1, 2), 'a whole number from 2 up, got `1` (number)'],
    ['negative', () => expectDelay('it', -1), 'a finite number from 0 up, got `-1` (number)'],
    ['too small', () => expectDelay('it', 4, 5), 'a finite number from 5 up, got `4` (number)'],
    [
      'longer than timers can be',
      () => expectDelay('it', LONGEST_WAIT + 1),
      'at most 2147483647 milliseconds, got `2147483648` (number)',
    ],
  ])('refuse by a RangeError what is %s', (_, check, message) => {
    expect(refusal(check)).toBe(`RangeError: Expected \`it\` to be ${message}.`);
  });

  it('expectOverflow knows two ways', () => {
    expect(['drop-newest', 'drop-oldest'].map((way) => refusal(() => expectOverflow(way)))).toEqual([
      'accepted',
      'accepted',
    ]);
    for (const other of ['drop', '', undefined, null]) {
      expect(refusal(() => expectOverflow(other))).toMatch(
        /^TypeError: Expected `overflow` to be 'drop-newest' or 'drop-oldest', got .*\.$/,
      );
    }
  });
});
