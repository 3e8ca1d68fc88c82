import { describe, expect, it } from 'vitest';
import { freeLetters, MarbleLetters, MOST_LETTERS } from '../../src/internal/marble-letters.js';

describe('MarbleLetters', () => {
  it('gives every distinct value a letter, in the order in which they came', () => {
    const shared = { n: 1 };
    const letters = new MarbleLetters<unknown>([shared, 7, { n: 1 }, 7, shared, NaN, NaN, undefined]);
    expect(letters.values).toEqual({ a: shared, b: 7, c: { n: 1 }, d: NaN, e: undefined });
    expect([letters.of(shared), letters.of(7), letters.of(NaN), letters.of(undefined)]).toEqual(['a', 'b', 'd', 'e']);
  });

  it('leaves a letter or digit what it is, and gives it to no other', () => {
    const letters = new MarbleLetters<unknown>([true, 'a', '1', 'ab', 'é', '-']);
    expect(letters.values).toEqual({ b: true, a: 'a', '1': '1', c: 'ab', d: 'é', e: '-' });
  });

  it('tells the two zeros apart', () => {
    const letters = new MarbleLetters([0, -0]);
    expect([letters.of(0), letters.of(-0), letters.values]).toEqual(['a', 'b', { a: 0, b: -0 }]);
  });
});

describe('freeLetters', () => {
  it('are letters and digits, and enough of them', () => {
    const letters = [...freeLetters(new Set())];
    expect(letters.length).toBeGreaterThan(MOST_LETTERS);
    expect(new Set(letters).size).toBe(letters.length);
    expect(letters.filter((letter) => !/^[\p{L}\p{N}]$/u.test(letter))).toEqual([]);
    expect(letters.slice(0, 62).join('')).toMatch(/^[a-z]{26}[A-Z]{26}[0-9]{10}$/);
  });

  it('are without those that are taken', () => {
    const letters = freeLetters(new Set(['a', 'c']));
    expect([letters.next().value, letters.next().value]).toEqual(['b', 'd']);
  });
});
