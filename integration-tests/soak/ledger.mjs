import { Intended } from './intended.mjs';
import { messageIn } from './message.mjs';

/** So many faults of a kind are kept in full. */
const KEPT = 20;

/** All accounts added up, and what was found wrong. */
export class Ledger {
  sent = 0;
  fates = {};
  /** How many things were wrong, by kind. */
  faults = { lost: 0, doubled: 0, wrong: 0 };
  /** What they were. */
  details = [];
  /** How many failures that nobody heard were reported. */
  reported = 0;
  /** Who wants to know of dead letters that carry no message of ours, by recipient. */
  #refusals = new WeakMap();

  add(sent, fates) {
    this.sent += sent;
    for (const [fate, count] of Object.entries(fates)) this.fates[fate] = (this.fates[fate] ?? 0) + count;
  }

  fault(kind, what) {
    this.faults[kind]++;
    if (this.faults[kind] <= KEPT) this.details.push(`${kind}: ${what}`);
  }

  /** Hears of every dead letter and every failure of a system. */
  listen(system) {
    system.deadLetters.subscribe(({ message, recipient, reason }) => {
      const found = messageIn(message);
      if (found !== undefined) found.letter(reason);
      else if (this.#refusals.has(recipient)) this.#refusals.get(recipient)(reason);
      else this.fault('wrong', `a dead letter (${reason}) of something that nobody has sent: ${String(message)}`);
    });
    system.failures.subscribe((failure) => {
      messageIn(failure.message)?.failing('exchange' in failure);
      if (!Intended.caused(failure.error))
        this.fault('wrong', `a failure that nobody intended: ${describe(failure.error)}`);
    });
  }

  /** Has the dead letters of a recipient told that carry no message of ours. */
  onRefusal(recipient, listener) {
    this.#refusals.set(recipient, listener);
  }

  /** What RxJS reports because nobody has heard it. */
  report(error) {
    if (Intended.caused(error)) this.reported++;
    else this.fault('wrong', `an error that nobody intended was reported: ${describe(error)}`);
  }
}

const describe = (error) => (error instanceof Error ? error.stack : String(error));
