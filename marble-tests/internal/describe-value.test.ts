import { describe, expect, it } from 'vitest';
import { describeValue } from '../../src/internal/describe-value.js';

class Foo {
  readonly bar = 1;
}

describe('describeValue', () => {
  it.each<[unknown, string]>([
    [0, '`0` (number)'],
    [-1.5, '`-1.5` (number)'],
    [NaN, '`NaN` (number)'],
    ['drop', "`'drop'` (string)"],
    ['x'.repeat(60), `\`'${'x'.repeat(60)}'\` (string)`],
    ['x'.repeat(61), `\`'${'x'.repeat(60)}…'\` (string)`],
    [true, '`true` (boolean)'],
    [3n, '`3n` (bigint)'],
    [undefined, '`undefined`'],
    [null, '`null`'],
    [Symbol('s'), '`Symbol(s)`'],
    [[], 'an array'],
    [{}, 'an object'],
    [Object.create(null), 'an object'],
    [new Foo(), 'an instance of `Foo`'],
    [{ constructor: { name: '' } }, 'an object'],
    [{ constructor: 'Foo' }, 'an object'],
    [new Date(0), 'an instance of `Date`'],
    [Foo, 'the function `Foo`'],
    [
      (
        () => () =>
          undefined
      )(),
      'a function',
    ],
  ])('describes %o', (value, expected) => {
    expect(describeValue(value)).toBe(expected);
  });
});
