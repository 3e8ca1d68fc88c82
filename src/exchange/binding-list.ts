import { give, LINK, LISTENER, RECIPIENT, SPECIAL, type Binding } from './binding.js';
import type { Publication, Report, Taker } from './delivery.js';
import { heed } from './heed.js';

/** So many holes, and one more for so many bindings, are let be before the list is closed up. */
const HOLES_LET_BE = 32;
const HOLES_PART = 4;

/** A recipient, as far as a loop knows it; a Promise that it returns may be rejected. */
export interface Sending {
  send(message: unknown): unknown;
}

type Places = (Binding | undefined)[];

/**
 * The bindings of an exchange in the order in which they came. Each knows its place, and whoever leaves leaves a hole, so
 * that both cost the same however many there are; Subject copies and searches its list instead.
 */
export class BindingList {
  #places: Places = [];
  #size = 0;
  /** The kinds that there are, as bits; some may have left. */
  #kinds = 0;
  #walking = false;

  /** How many there are that get every message. */
  get size(): number {
    return this.#size;
  }

  /** Whether there may be an exchange among them. */
  get linked(): boolean {
    return (this.#kinds & LINK) !== 0;
  }

  add(binding: Binding): void {
    binding.place = this.#places.push(binding) - 1;
    this.#kinds |= binding.kind;
    this.#size++;
  }

  /** Takes one out; `false` when it is not in. */
  remove(binding: Binding): boolean {
    if (this.#places[binding.place] !== binding) return false;
    this.#places[binding.place] = undefined;
    this.#size--;
    this.#closeUp();
    return true;
  }

  /** Takes all out, one by one, in order. One that is let go may take out another, which is then passed over. */
  *clear(): Generator<Binding, void> {
    const places = this.#places;
    this.#places = [];
    this.#size = 0;
    for (let place = 0; place < places.length; place++) {
      const binding = places[place];
      // A message may be on its way through these places.
      places[place] = undefined;
      if (binding?.closed === false) yield binding;
    }
  }

  /** Whether a message that is replayed is for one that has come late. */
  wants(_binding: Binding, _message: unknown): boolean {
    return true;
  }

  /**
   * Gives one message to all, in order: not to those who come meanwhile, nor any more to those who leave. One that throws
   * is reported and the others still get it.
   *
   * There is a loop per kind, because a call site that sees them all is three times as slow as one that sees its own.
   *
   * @returns Whether anybody took it.
   */
  give(message: unknown, report: Report, publication: Publication | undefined): boolean {
    const places = this.#places;
    const end = places.length;
    let taken = this.#size > 0;
    this.#walking = true;
    if (publication !== undefined || (this.#kinds & SPECIAL) !== 0) {
      taken = giveEach(places, end, message, report, publication);
    } else if (this.#kinds === RECIPIENT) giveRecipients(places, end, message, report);
    else if (this.#kinds === LISTENER) giveListeners(places, end, message, report);
    else giveAny(places, end, message, report);
    this.#walking = false;
    this.#closeUp();
    return taken;
  }

  /** Closes the holes up once they are many for the bindings there are, never while a message is on its way. */
  #closeUp(): void {
    if (this.#walking) return;
    const places = this.#places;
    while (places.length > 0 && places[places.length - 1] === undefined) places.pop();
    if (places.length - this.#size <= this.#size / HOLES_PART + HOLES_LET_BE) return;
    this.#kinds = 0;
    let next = 0;
    for (const binding of places) {
      if (binding === undefined) continue;
      this.#kinds |= binding.kind;
      binding.place = next;
      places[next++] = binding;
    }
    places.length = next;
  }
}

function giveRecipients(places: Places, end: number, message: unknown, report: Report): void {
  for (let place = 0; place < end; place++) {
    const binding = places[place];
    if (binding === undefined) continue;
    try {
      // Not by `sendTo`: this call is to see what is sent to here, not what is sent to elsewhere.
      const returned: unknown = (binding.target as Sending).send(message);
      if (returned !== undefined) heedOf(returned, binding, message, report);
    } catch (error) {
      report(binding, error, message);
    }
  }
}

function giveListeners(places: Places, end: number, message: unknown, report: Report): void {
  for (let place = 0; place < end; place++) {
    const binding = places[place];
    if (binding === undefined) continue;
    try {
      (binding.target as (message: unknown) => void)(message);
    } catch (error) {
      report(binding, error, message);
    }
  }
}

function giveAny(places: Places, end: number, message: unknown, report: Report): void {
  for (let place = 0; place < end; place++) {
    const binding = places[place];
    if (binding === undefined) continue;
    try {
      const returned = give(binding, message);
      if (returned !== undefined) heedOf(returned, binding, message, report);
    } catch (error) {
      report(binding, error, message);
    }
  }
}

/** Has the rejection of what a recipient has returned reported as what it throws is. */
export function heedOf(returned: unknown, binding: Binding, message: unknown, report: Report): void {
  heed(returned, (error) => {
    report(binding, error, message);
  });
}

/** The way of those that not everybody takes, or that may have been given before. */
export function giveEach(
  places: Places,
  end: number,
  message: unknown,
  report: Report,
  publication?: Publication,
): boolean {
  let taken = false;
  for (let place = 0; place < end; place++) {
    const binding = places[place];
    // One that is served before it may have detached it.
    if (binding?.closed === false && giveOnce(binding, message, report, publication)) taken = true;
  }
  return taken;
}

/** Gives a message to one binding, unless its recipient has had it. What that throws is reported. */
export function giveOnce(binding: Binding, message: unknown, report: Report, publication?: Publication): boolean {
  const { kind, target } = binding;
  try {
    if ((kind & SPECIAL) !== 0) {
      const taken = (target as Taker).take(message, publication, report);
      // An exchange may have nobody to give it to.
      if (taken && publication !== undefined && (kind & LINK) === 0) publication.settled = true;
      return taken;
    }
    if (publication !== undefined) {
      publication.settled = true;
      if (kind === RECIPIENT) {
        if (publication.has(target)) return true;
        publication.add(target);
      }
    }
    const returned = give(binding, message);
    if (returned !== undefined) heedOf(returned, binding, message, report);
  } catch (error) {
    if (publication !== undefined) publication.settled = true;
    report(binding, error, message);
  }
  return true;
}
