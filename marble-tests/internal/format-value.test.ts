import { describe, expect, it } from 'vitest';
import { formatValue } from '../../src/internal/format-value.js';

class Point {
  constructor(
    readonly x: number,
    readonly y: number,
  ) {}
}
const circular: Record<string, unknown> = { name: 'loop' };
circular['self'] = circular;
const shared = { n: 1 };

describe('formatValue', () => {
  it.each<[unknown, string]>([
    ['hello', "'hello'"],
    ['', "''"],
    ["it's", String.raw`'it\'s'`],
    ['say "hi"', `'say "hi"'`],
    ['a\\b', String.raw`'a\\b'`],
    ['a\\"b', String.raw`'a\\"b'`],
    ['line\nbreak\ttab', String.raw`'line\nbreak\ttab'`],
    [3, '3'],
    [-0, '-0'],
    [NaN, 'NaN'],
    [12n, '12n'],
    [true, 'true'],
    [undefined, 'undefined'],
    [null, 'null'],
    [Symbol('s'), 'Symbol(s)'],
    [function named() {}, '[Function: named]'],
    [
      (
        () => () =>
          undefined
      )(),
      '[Function]',
    ],
    [[], '[]'],
    [[1, 'a', [2]], "[1, 'a', [2]]"],
    [{}, '{}'],
    [{ price: 12, 'two words': 1, ünï: 2 }, "{ price: 12, 'two words': 1, ünï: 2 }"],
    [Object.assign(Object.create(null), { a: 1 }), '{ a: 1 }'],
    [new Point(1, 2), 'Point { x: 1, y: 2 }'],
    [new Error('boom'), '[Error: boom]'],
    [new TypeError('boom'), '[TypeError: boom]'],
    [new Date(0), '1970-01-01T00:00:00.000Z'],
    [new Date(NaN), 'Invalid Date'],
    [/a+/g, '/a+/g'],
    [new Set([1, 'a']), "Set { 1, 'a' }"],
    [new Map([['a', 1]]), "Map { 'a' => 1 }"],
    [circular, "{ name: 'loop', self: [Circular] }"],
    [[shared, shared], '[{ n: 1 }, { n: 1 }]'],
    [{ a: { b: { c: { d: 1 } } } }, '{ a: { b: { c: [Object] } } }'],
    [[[[[1]]]], '[[[[Array]]]]'],
    [[[[new Point(1, 2)]]], '[[[[Point]]]]'],
    [[[[Object.create(null)]]], '[[[[Object]]]]'],
  ])('shows %o', (value, expected) => {
    expect(formatValue(value)).toBe(expected);
  });

  it('shows 20 entries of many and counts the rest', () => {
    const many = Array.from({ length: 100 }, (_, index) => index);
    expect(formatValue(many)).toBe(`[${many.slice(0, 20).join(', ')}, … 80 more]`);
  });

  it('shows something of an object that has a getter which throws', () => {
    const value = {
      good: 1,
      get bad(): never {
        throw new Error('from the value');
      },
    };
    expect(formatValue(value)).toBe('{ good: 1, bad: [Unreadable] }');
  });

  it('shows of an object that lets nobody look at it that it does', () => {
    const closed = new Proxy(
      {},
      {
        getPrototypeOf: () => {
          throw new Error('from the value');
        },
      },
    );
    expect(formatValue([1, closed])).toBe('[1, [Unreadable]]');
  });
});
