import { setTimeout as sleep } from 'node:timers/promises';
import { Intended } from './intended.mjs';

/** A recipient of an exchange: each message is done with when it has come, and none comes before an older one. */
export class Reader {
  #account;
  #last = -1;

  constructor(account) {
    this.#account = account;
  }

  send(message) {
    message.begin();
    if (message.number <= this.#last) this.#account.wrong(`publication ${message.number} came after ${this.#last}`);
    this.#last = message.number;
    this.finish(message);
  }

  finish(message) {
    message.done();
  }
}

/** Throws at some messages, which shows on `failures`. */
export class Thrower extends Reader {
  finish(message) {
    if (message.value === 0) throw new Intended('by a recipient');
    super.finish(message);
  }
}

/** Takes its time: an exchange that has a buffer for it waits for the Promise. */
export class SlowReader extends Reader {
  async send(message) {
    super.send(message);
    await (message.value === 1 ? sleep(1) : undefined);
  }
}

/** Does something more when it has got a message. */
export class BusyReader extends Reader {
  #more;

  constructor(account, more) {
    super(account);
    this.#more = more;
  }

  finish(message) {
    super.finish(message);
    this.#more(message);
  }
}
