import { describe, expect, it } from 'vitest';
import type { MarbleEntry } from '../../src/contract/marble-entry.js';
import { marbleColumns } from '../../src/internal/marble-columns.js';
import { marbleText } from '../../src/internal/marble-text.js';

/** The diagram of values that came in these frames, and of what ended them. */
const textOf = (...came: readonly (readonly [frame: number, what: string])[]) => {
  const entries = came.map(([time, what]): MarbleEntry<string> => {
    if (what === '|') return { kind: 'C', time };
    return what === '#' ? { kind: 'E', error: 'error', time } : { kind: 'N', value: what, time };
  });
  return marbleText(marbleColumns(entries, 1), (value) => value);
};

describe('marbleText', () => {
  it('draws a frame a dash, what came in one frame as a group, and the end', () => {
    expect(textOf([1, 'a'], [3, 'b'], [3, 'c'], [9, '|']).text).toBe('-a-(bc)--|');
    expect(textOf([0, 'a'], [2, '#']).text).toBe('a-#');
    expect(textOf().text).toBe('-');
  });

  it('draws more than 20 frames of nothing as a time progression', () => {
    expect(textOf([0, 'a'], [21, 'b']).text).toBe(`a${'-'.repeat(20)}b`);
    expect(textOf([0, 'a'], [22, 'b']).text).toBe('a 21ms b');
    expect(textOf([50, 'a'], [151, 'b']).text).toBe('50ms a 100ms b');
  });

  it.each([
    ['1s', '1s- 96ms x'],
    ['1m', '1m- 96ms x'],
    ['1ms', '1ms- 95ms x'],
    ['12s', '12s- 95ms x'],
    ['a1s', 'a1s 96ms x'],
    ['1sa', '1sa 96ms x'],
    ['1', '1 98ms x'],
    ['s', 's 98ms x'],
  ])('draws what would be read as a time otherwise: %s', (marbles, text) => {
    const came = Array.from(marbles, (letter, frame) => [frame, letter] as const);
    expect(textOf(...came, [99, 'x']).text).toBe(text);
  });

  it('tells how many stand later than they came, and by how much at the most', () => {
    expect(textOf([0, 'a'], [0, 'b'], [1, 'c'], [2, 'd'], [9, 'e'])).toEqual({ text: '(ab)cd---e', late: 2, delay: 3 });
    expect(textOf([0, 'a'], [1, 'b'])).toEqual({ text: 'ab', late: 0, delay: 0 });
  });
});
