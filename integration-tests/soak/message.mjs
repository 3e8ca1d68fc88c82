/** How the end of an actor, or a restart with a sibling, interrupts work. */
const INTERRUPTIONS = new Set(['closed', 'killed', 'restarted']);

/**
 * One message, which knows how many fates it has to meet and which it has met: law E8, for this one.
 *
 * A publication of an exchange has as many as there are recipients. A draft may be sent, so often at the most, or never.
 */
export class Message {
  /** Who hears of its fates. */
  #account;
  #due;
  #limit;
  #met = 0;
  /** How often a behavior has begun with it. */
  #begun = 0;
  /** How often it was processed by a Promise, which the library hears of only afterwards. */
  #unheard = 0;
  #failed = false;
  /** Its asker tells of its fate, not the behavior. */
  asked;
  work;
  value;
  sender;
  number;

  constructor(account, due, limit, { work = 'nothing', value = 0, sender = 0, number = 0, asked = false }) {
    this.#account = account;
    this.#due = due;
    this.#limit = limit;
    this.work = work;
    this.value = value;
    this.sender = sender;
    this.number = number;
    this.asked = asked;
  }

  get account() {
    return this.#account;
  }

  /** Has met all its fates. */
  get settled() {
    return this.#met === this.#due;
  }

  /** A draft is sent, or more recipients get it. */
  expect(more = 1) {
    this.#due += more;
    this.#account.expected(this, more);
  }

  /** A behavior has begun with it. */
  begin() {
    this.#begun++;
    if (this.#begun > this.#due) this.#sendDraft();
    if (this.#begun > this.#due) this.#account.doubled(this, 'begun');
  }

  /** The behavior has put it aside: it will begin with it again. */
  putAside() {
    this.#begun--;
  }

  /** Its work is done, and the library hears of it at once. */
  done() {
    if (!this.asked) this.#meet('processed');
  }

  /** Its work is done, and the library hears of it later, if nothing comes between. */
  doneLater() {
    if (this.asked) return;
    this.#unheard++;
    this.#meet('processed');
  }

  /** Its ask has completed. */
  answered() {
    if (this.#begun !== 1) this.#account.wrong(`an ask has completed, its message was begun with ${this.#begun} times`);
    this.#meet('processed');
  }

  /** Its asker has taken it back, from all who have not answered. */
  cancel(count = 1) {
    for (let n = 0; n < count; n++) this.#meet('cancelled');
  }

  /** Those that were asked beside the first one to answer are asked no longer. */
  cancelRest() {
    this.cancel(this.#due - this.#met);
  }

  /** Its ask has failed with anything but a timeout or an abort: a dead letter has told why. */
  refused() {
    if (!this.settled) this.#account.wrong('an ask has failed, and there was no dead letter');
  }

  /** It shows on `failures`: that precedes the dead letter of a behavior, and is all there is of a recipient. */
  failing(delivery) {
    this.#failed = true;
    if (delivery) this.#meet('failed');
  }

  /** It is a dead letter. */
  letter(reason) {
    if (reason === 'failed' && !this.#failed) this.#account.wrong("a dead letter 'failed' without a failure");
    if (this.settled && this.#unheard > 0 && INTERRUPTIONS.has(reason)) {
      this.#unheard--;
      this.#account.changed('processed', reason);
    } else {
      this.#meet(reason);
    }
  }

  #meet(fate) {
    if (this.settled) this.#sendDraft();
    if (this.settled) {
      this.#account.doubled(this, fate);
      return;
    }
    this.#met++;
    this.#account.book(this, fate);
  }

  #sendDraft() {
    if (this.#due < this.#limit) this.expect();
  }
}

/** The message in what a dead letter or a failure carries: as it is, of a topic, or of a function that a worker was sent. */
export function messageIn(value) {
  if (value instanceof Message) return value;
  return value?.message instanceof Message ? value.message : undefined;
}
