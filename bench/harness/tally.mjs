/**
 * Counts the messages 0, 1, 2 … that a contestant has processed and folds them, in the order in which they came, into a
 * checksum: a message that is lost, doubled or overtaken leaves a pass without a figure.
 */
export class Tally {
  /** The tally of the pass that runs now: a child process that ends too early tells from it how far it came. */
  static latest;

  count = 0;
  #checksum = 0;
  #expected;
  #goal = Infinity;
  #reached;

  constructor(expected) {
    this.#expected = expected;
    Tally.latest = this;
  }

  add(message) {
    this.#checksum = fold(this.#checksum, message);
    if (++this.count === this.#goal) this.#reached();
  }

  /** Resolves when `goal` messages have been processed; to be called before the last of them is sent. */
  reaches(goal) {
    this.#goal = goal;
    return new Promise((resolve) => {
      this.#reached = resolve;
      if (this.count >= goal) resolve();
    });
  }

  /** What is wrong with the work, in words, or `undefined` when all of it was done in order. */
  get problem() {
    if (this.count !== this.#expected) return `${format(this.count)} of ${format(this.#expected)} messages processed`;
    if (this.#checksum !== checksumOf(this.#expected)) return 'messages out of order';
    return undefined;
  }
}

const fold = (checksum, message) => (Math.imul(checksum, 31) + message) | 0;

const format = (count) => count.toLocaleString('en');

const checksums = new Map();

function checksumOf(expected) {
  let checksum = checksums.get(expected);
  if (checksum === undefined) {
    checksum = 0;
    for (let message = 0; message < expected; message++) checksum = fold(checksum, message);
    checksums.set(expected, checksum);
  }
  return checksum;
}
