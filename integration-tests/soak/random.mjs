/** The same draws in every run with the same seed. */
export class Random {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** Draws of its own for one part of the program, however the parts take their turns. */
  fork(name) {
    let seed = this.#state;
    for (const letter of name) seed = Math.imul(seed ^ letter.codePointAt(0), 0x9e3779b1) >>> 0;
    return new Random(seed);
  }

  /** From 0 up to below 1: mulberry32. */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from one up to the other, both included. */
  int(from, to) {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  chance(probability) {
    return this.next() < probability;
  }

  pick(choices) {
    return choices[this.int(0, choices.length - 1)];
  }
}
