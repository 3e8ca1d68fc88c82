import { Message } from './message.mjs';

/** The messages of one scene: what was sent, and what has become of it. */
export class Account {
  #ledger;
  #scene;
  /** Those that have not met all their fates. */
  #open = new Set();
  #sent = 0;
  #fates = {};
  #number = 0;
  #met = 0;

  constructor(scene, ledger) {
    this.#scene = scene;
    this.#ledger = ledger;
  }

  /** How many have met a fate, by fate. */
  get fates() {
    return this.#fates;
  }

  /** Whether every message that was sent has met its fates. */
  get settled() {
    return this.#open.size === 0;
  }

  /** What is open, in words. */
  get open() {
    const works = [...this.#open].map(({ work }) => work);
    return `${works.length} open (${[...new Set(works)].join(', ')})`;
  }

  /** How many fates have been met: when that stands still, something hangs. */
  get met() {
    return this.#met;
  }

  nextNumber() {
    return this.#number++;
  }

  /** A message that is about to be sent, to so many recipients. */
  message(properties = {}, due = 1) {
    const message = new Message(this, due, due, properties);
    this.expected(message, due);
    return message;
  }

  /** A message that may be sent, so often at the most. */
  draft(properties = {}, limit = 1) {
    return new Message(this, 0, limit, properties);
  }

  expected(message, more) {
    this.#sent += more;
    if (message.settled) this.#open.delete(message);
    else this.#open.add(message);
  }

  book(message, fate) {
    this.#fates[fate] = (this.#fates[fate] ?? 0) + 1;
    this.#met++;
    if (message.settled) this.#open.delete(message);
  }

  /** What was taken for one fate is another. */
  changed(from, to) {
    this.#fates[from]--;
    this.#fates[to] = (this.#fates[to] ?? 0) + 1;
  }

  doubled({ work }, fate) {
    this.#ledger.fault('doubled', `${this.#scene}: a message (work: ${work}) is ${fate} once too often`);
  }

  /** Something else is not as it has to be. */
  wrong(what) {
    this.#ledger.fault('wrong', `${this.#scene}: ${what}`);
  }

  /** Says what is wrong unless it is as it has to be. */
  expect(actual, expected, what) {
    if (!Object.is(actual, expected)) this.wrong(`${what}: expected ${expected}, got ${actual}`);
  }

  /** Everything is over: whatever is open is lost. */
  close() {
    for (const { work } of this.#open)
      this.#ledger.fault('lost', `${this.#scene}: a message (work: ${work}) has no fate`);
    this.#ledger.add(this.#sent, this.#fates);
  }
}
