import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ring } from '../../src/internal/ring.js';

describe('Ring', () => {
  it('keeps the last `capacity` values, the oldest first', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.array(fc.integer(), { maxLength: 100 }), (capacity, values) => {
        const ring = new Ring<number>(capacity);
        values.forEach((value, index) => {
          ring.push(value);
          expect(ring.toArray()).toEqual(values.slice(0, index + 1).slice(-capacity));
        });
      }),
    );
  });

  it('gives a copy', () => {
    const ring = new Ring<number>(2);
    ring.push(1);
    const before = ring.toArray();
    ring.push(2);
    expect([before, ring.toArray()]).toEqual([[1], [1, 2]]);
  });
});
