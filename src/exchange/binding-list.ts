import type { Recipient } from '../contract/recipient.js';
import { give, LISTENER, RECIPIENT, type Binding } from './binding.js';

/** So many holes, and one more for so many bindings, are let be before the list is closed up. */
const HOLES_LET_BE = 32;
const HOLES_PART = 4;

type Report = (binding: Binding, error: unknown, message: unknown) => void;
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

  get size(): number {
    return this.#size;
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

  /**
   * Gives one message to all, in order: not to those who come meanwhile, nor any more to those who leave. One that throws
   * is reported and the others still get it.
   *
   * There is a loop per kind, because a call site that sees them all is three times as slow as one that sees its own.
   */
  give(message: unknown, report: Report): void {
    const places = this.#places;
    const end = places.length;
    this.#walking = true;
    if (this.#kinds === RECIPIENT) giveRecipients(places, end, message, report);
    else if (this.#kinds === LISTENER) giveListeners(places, end, message, report);
    else giveAny(places, end, message, report);
    this.#walking = false;
    this.#closeUp();
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
      (binding.target as Recipient<unknown>).send(message);
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
      give(binding, message);
    } catch (error) {
      report(binding, error, message);
    }
  }
}
