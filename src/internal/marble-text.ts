import type { MarbleEntry } from '../contract/marble-entry.js';
import type { MarbleColumn } from './marble-columns.js';

/** A longer gap is written as a time progression. */
const MOST_DASHES = 20;

/** Marbles that RxJS would read as a time progression, were they followed by a space: the values `1` and `s`, say. */
const READ_AS_TIME = /^\d+(?:ms|s|m)$/;

/** A diagram, and how true it is. */
export interface MarbleText {
  /** As `TestScheduler.parseMarbles` reads it in run mode. */
  readonly text: string;
  /** How many notifications stand later than they came, because a group before them takes up their place. */
  readonly late: number;
  /** By how many frames, the worst of them. */
  readonly delay: number;
}

/** Writes a marble diagram of what came in which frame. */
export function marbleText<T>(columns: readonly MarbleColumn<T>[], letterOf: (value: T) => string): MarbleText {
  // Marbles without a space, and between them, time progressions.
  const words: string[] = [];
  let word = '';
  let next = 0;
  let late = 0;
  let delay = 0;
  for (const { frame, entries } of columns) {
    let gap = frame - next;
    if (gap < 0) {
      late += entries.length;
      delay = Math.max(delay, -gap);
    } else if (gap > MOST_DASHES) {
      if (READ_AS_TIME.test(word)) {
        word += '-';
        gap--;
      }
      if (word !== '') words.push(word);
      words.push(`${gap}ms`);
      word = '';
    } else {
      word += '-'.repeat(gap);
    }
    const marbles = entries.map((entry) => marbleOf(entry, letterOf)).join('');
    const drawn = entries.length === 1 ? marbles : `(${marbles})`;
    word += drawn;
    next = Math.max(next, frame) + drawn.length;
  }
  // RxJS's diagram of what never emits is not the empty one.
  return { text: [...words, word].join(' ') || '-', late, delay };
}

/** The one character that a notification is drawn as. */
export function marbleOf<T>(entry: MarbleEntry<T>, letterOf: (value: T) => string): string {
  if (entry.kind === 'N') return letterOf(entry.value);
  return entry.kind === 'E' ? '#' : '|';
}
