import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jump, murmurHash, placeOf } from '../../src/actor/jump-hash.js';

describe('jump', () => {
  // The vectors of https://github.com/dgryski/go-jump, made by the paper's C++ code: the place among 1, 2, 3 … places.
  it.each([
    [0n, Array.from({ length: 20 }, () => 0)],
    [1n, [0, 0, 0, 0, 0, 0, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 17, 17]],
    [0xdeadbeefn, [0, 1, 2, 3, 3, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 16, 16, 16]],
    [0x0ddc0ffeebadf00dn, [0, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 15, 15, 15, 15]],
  ])('puts the key %d where the reference does', (key, places) => {
    expect(places.map((_, index) => jump(key, index + 1))).toEqual(places);
  });

  it('moves a key only to the place that has come, whatever the key', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 2n ** 64n - 1n), fc.integer({ min: 1, max: 500 }), (key, places) => {
        const after = jump(key, places + 1);
        expect(after === jump(key, places) || after === places).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('murmurHash', () => {
  // Of https://stackoverflow.com/a/31929528, which are SMHasher's, for bytes that are whole code units.
  it.each([
    ['', 0],
    ['\uffff\uffff', 0x76293b50],
    ['\u4321\u8765', 0xf55b516b],
    ['\u4321', 0xa0f7b07a],
    ['\0\0', 0x2362f9de],
    ['\0', 0x30f4c306],
  ])('gives for %j what the reference does', (text, hash) => {
    expect(murmurHash(text)).toBe(hash);
  });
});

describe('placeOf', () => {
  const keys = Array.from({ length: 20_000 }, (_, n) => `customer-${n}`);

  it.each([2, 3, 8, 50])('gives each of %d places a fair part of the keys', (places) => {
    const counts = Array.from({ length: places }, () => 0);
    for (const key of keys) counts[placeOf(key, places)]++;
    const fair = keys.length / places;
    expect(counts.filter((count) => Math.abs(count - fair) > 5 * Math.sqrt(fair))).toEqual([]);
  });

  it.each([1, 2, 7, 30])(
    'moves about one in n + 1 keys when one place more comes to %d, evenly from all others',
    (n) => {
      const moved = keys.filter((key) => placeOf(key, n) !== placeOf(key, n + 1));
      expect(moved.every((key) => placeOf(key, n + 1) === n)).toBe(true);
      const fair = keys.length / (n + 1);
      expect(Math.abs(moved.length - fair)).toBeLessThan(5 * Math.sqrt(fair));
      const left = Array.from({ length: n }, (_, place) => moved.filter((key) => placeOf(key, n) === place).length);
      expect(left.filter((count) => Math.abs(count - fair / n) > 5 * Math.sqrt(fair / n))).toEqual([]);
    },
  );
});
