/** What values can stand as, the best first; all of them one UTF-16 unit, letters or digits, and read as values by RxJS. */
const RANGES = ['az', 'AZ', '09', 'Àſ', '가힣'] as const;

/** The two signs among the letters of the fourth range. */
const SIGNS = '×÷';

/** So many different values there are letters for; RANGES holds some more. */
export const MOST_LETTERS = 10_000;

/** A value that may be pasted into any string of any source file without a thought. */
const ITS_OWN = /^[a-zA-Z0-9]$/;

/** A Map takes -0 for 0, a test does not. */
const MINUS_ZERO = {};

/** Which letter stands for which value. */
export class MarbleLetters<T> {
  readonly #letters = new Map<unknown, string>();
  /** The value of every letter. */
  readonly values: Record<string, T> = {};

  /**
   * Gives every distinct value a letter, in the order in which they came: equal primitives and identical objects the same
   * one, and a string that is one letter or digit itself.
   */
  constructor(values: readonly T[]) {
    const free = freeLetters(new Set<unknown>(values));
    for (const value of values) {
      const key = keyOf(value);
      if (this.#letters.has(key)) continue;
      const letter = isItsOwn(value) ? value : (free.next().value as string);
      this.#letters.set(key, letter);
      this.values[letter] = value;
    }
  }

  of(value: T): string {
    return this.#letters.get(keyOf(value))!;
  }
}

function isItsOwn<T>(value: T): value is T & string {
  return typeof value === 'string' && ITS_OWN.test(value);
}

function keyOf(value: unknown): unknown {
  return Object.is(value, -0) ? MINUS_ZERO : value;
}

/** The letters that are not taken, the best first. */
export function* freeLetters(taken: ReadonlySet<unknown>): Generator<string, void> {
  for (const range of RANGES) {
    for (let code = range.charCodeAt(0); code <= range.charCodeAt(1); code++) {
      const letter = String.fromCharCode(code);
      if (!taken.has(letter) && !SIGNS.includes(letter)) yield letter;
    }
  }
}
