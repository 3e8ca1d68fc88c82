import { freeLetters } from '../internal/marble-letters.js';

const ITS_OWN = /^[a-zA-Z0-9]$/;

/** Which letters stand for what came: those of the test, as far as it is what they stand for, then others. */
export class Letters {
  /** What every letter that is in use stands for. */
  readonly meanings = new Map<string, unknown>();
  readonly #stands: (letter: string, value: unknown) => boolean;
  readonly #short: (value: unknown) => unknown;
  readonly #others = new Map<string, unknown>();

  /**
   * @param meanings - The letters of the test.
   * @param equal - Whether a value is what a letter of the test stands for.
   * @param short - What a value is by itself, which may be a letter.
   */
  constructor(
    meanings: ReadonlyMap<string, unknown>,
    equal: (received: unknown, expected: unknown) => boolean,
    short: (value: unknown) => unknown,
  ) {
    this.#short = short;
    for (const [letter, meaning] of meanings) this.meanings.set(letter, meaning);
    this.#stands = (letter, value) =>
      this.#others.has(letter)
        ? Object.is(this.#others.get(letter), value)
        : this.meanings.has(letter) && equal(value, this.meanings.get(letter));
  }

  /** The letter of a value; `first` stands in its place in the test, and is tried before the others. */
  of(value: unknown, first: string | undefined): string {
    if (first !== undefined && this.#stands(first, value)) return first;
    for (const letter of this.meanings.keys()) if (this.#stands(letter, value)) return letter;
    const short = this.#short(value);
    const letter = this.#isFree(short) ? short : (freeLetters(new Set(this.meanings.keys())).next().value as string);
    this.meanings.set(letter, value);
    this.#others.set(letter, value);
    return letter;
  }

  #isFree(value: unknown): value is string {
    return typeof value === 'string' && ITS_OWN.test(value) && !this.meanings.has(value);
  }
}
