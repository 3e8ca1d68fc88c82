import { describe, expect, it } from 'vitest';
import { same } from '../../src/testing/same.js';

class Point {
  constructor(
    readonly x: number,
    readonly y: number,
  ) {}
}

class Place extends Point {}

/** A value that holds itself. */
function ring(name: string): object {
  const value: Record<string, unknown> = { name };
  value['self'] = value;
  return value;
}

const bare = (properties: object): object => Object.assign(Object.create(null) as object, properties);
const bytes = (...values: number[]): ArrayBuffer => new Uint8Array(values).buffer;

const equal: [what: string, one: unknown, other: unknown][] = [
  ['NaN', NaN, NaN],
  ['objects with the same keys', { a: 1, b: [2, { c: 3 }] }, { a: 1, b: [2, { c: 3 }] }],
  ['an object without a class and a plain one', bare({ a: 1 }), { a: 1 }],
  ['instances of a class', new Point(1, 2), new Point(1, 2)],
  ['errors with the same name and message', new RangeError('bad'), new RangeError('bad')],
  ['times', new Date(5), new Date(5)],
  ['dates that are none', new Date(NaN), new Date(NaN)],
  ['patterns', /a/g, /a/g],
  ['maps in the same order', new Map([['a', [1]]]), new Map([['a', [1]]])],
  ['sets in the same order', new Set(['a', 'b']), new Set(['a', 'b'])],
  ['buffers', bytes(1, 2), bytes(1, 2)],
  ['views of bytes', new Uint8Array([1, 2]), new Uint8Array([1, 2])],
  ['nothing in a list', [], []],
  ['values that hold themselves', ring('a'), ring('a')],
];

const different: [what: string, one: unknown, other: unknown][] = [
  ['0 and -0', 0, -0],
  ['a number and its text', 1, '1'],
  ['null and an object', null, {}],
  ['an object and null', {}, null],
  ['an object with one key more', { a: 1, b: undefined }, { a: 1 }],
  ['an object with another key', { a: undefined }, { b: undefined }],
  ['a list and an object like it', ['a'], { 0: 'a' }],
  ['a list and a longer one', ['a'], ['a', 'b']],
  ['a list with a hole at its end and a shorter one', Object.assign(['a'], { length: 2 }), ['a']],
  ['instances of different classes', new Point(1, 2), new Place(1, 2)],
  ['errors with different messages', new Error('bad'), new Error('worse')],
  ['errors with different names', new Error('bad'), new RangeError('bad')],
  ['different times', new Date(5), new Date(6)],
  ['patterns with different flags', /a/g, /a/i],
  ['different patterns', /a/, /b/],
  ['maps with different values', new Map([['a', [1]]]), new Map([['a', [2]]])],
  ['different sets', new Set(['a']), new Set(['b'])],
  ['different buffers', bytes(1, 2), bytes(1, 3)],
  ['different bytes', new Uint8Array([1, 2]), new Uint8Array([1, 3])],
  ['views of different kinds', new Uint8Array([1]), new Int8Array([1])],
  ['what shows nothing of itself', new URL('http://a'), new URL('http://a')],
  ['values that hold themselves and differ', ring('a'), ring('b')],
];

describe('two values', () => {
  it.each(equal)('are the same: %s', (_, one, other) => {
    expect([same(one, other), same(other, one)]).toEqual([true, true]);
  });

  it.each(different)('are not the same: %s', (_, one, other) => {
    expect([same(one, other), same(other, one)]).toEqual([false, false]);
  });

  it('are the same when they are one, whatever it is', () => {
    const url = new URL('http://a');
    expect(same(url, url)).toBe(true);
  });
});
