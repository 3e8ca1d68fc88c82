import { loadOf } from '../internal/loaded.js';
import type { Binding, BindingHost } from './binding.js';
import { giveOnce } from './binding-list.js';
import type { Publication, Report, Taker } from './delivery.js';

/** So many holes, and as many more as there are members, are let be before the list is closed up. */
const HOLES_LET_BE = 32;

/** Competing consumers: each message goes to one of them. Like a {@link BindingList}, it lets whoever leaves leave a hole. */
export class Group implements Taker, BindingHost {
  readonly recipient = undefined;
  readonly name: string;
  readonly #left: (member: Binding) => void;
  /** The number of the message that is on its way, 0 when none is. */
  readonly #serving: () => number;
  #places: (Binding | undefined)[] = [];
  #size = 0;
  /** How many do not tell how much they have to do. */
  #silent = 0;
  /** Whose turn it is. */
  #next = 0;
  /** Those who have come while a message was on its way; it is not for them. */
  #newcomers: Set<Binding> | undefined;
  /** Which message that was. */
  #cameDuring = 0;

  constructor(name: string, left: (member: Binding) => void, serving: () => number) {
    this.name = name;
    this.#left = left;
    this.#serving = serving;
  }

  get members(): Binding[] {
    return this.#places.filter((member) => member?.closed === false) as Binding[];
  }

  get size(): number {
    return this.#size;
  }

  add(member: Binding): void {
    member.place = this.#places.push(member) - 1;
    this.#size++;
    if (loadOfMember(member) === undefined) this.#silent++;
    const serving = this.#serving();
    if (serving === 0) return;
    if (this.#cameDuring !== serving) this.#newcomers = undefined;
    this.#cameDuring = serving;
    (this.#newcomers ??= new Set()).add(member);
  }

  unbind(member: Binding): void {
    // Whoever hears that it leaves may unsubscribe it once more.
    if (this.#places[member.place] !== member) return;
    this.#places[member.place] = undefined;
    this.#size--;
    if (loadOfMember(member) === undefined) this.#silent--;
    if (this.#places.length > 2 * this.#size + HOLES_LET_BE) this.#closeUp();
    this.#left(member);
  }

  take(message: unknown, publication: Publication | undefined, report: Report): boolean {
    if (this.#cameDuring !== this.#serving()) this.#newcomers = undefined;
    let passed: Set<Binding> | undefined;
    for (let member = this.#choose(passed); member !== undefined; member = this.#choose(passed)) {
      this.#next = member.place + 1;
      if (giveOnce(member, message, report, publication)) return true;
      // Its filter does not let this one through.
      (passed ??= new Set()).add(member);
    }
    return false;
  }

  /** The one whose turn it is; where all tell how much they have to do, the one with the least, in turns among equals. */
  #choose(passed: ReadonlySet<Binding> | undefined): Binding | undefined {
    const places = this.#places;
    let chosen: Binding | undefined;
    let least = Infinity;
    for (let step = 0; step < places.length; step++) {
      const member = places[(this.#next + step) % places.length];
      if (member === undefined || passed?.has(member) === true || this.#newcomers?.has(member) === true) continue;
      const load = loadOfMember(member) ?? 0;
      if (load >= least) continue;
      chosen = member;
      least = load;
      if (this.#silent > 0 || load === 0) break;
    }
    return chosen;
  }

  #closeUp(): void {
    const places = this.#places.filter((member) => member !== undefined);
    this.#next = this.#places.slice(0, this.#next).filter((member) => member !== undefined).length;
    for (const [place, member] of places.entries()) member.place = place;
    this.#places = places;
  }
}

/** How much a member has to do, with what waits for it here; `undefined` when neither is known. */
function loadOfMember({ target, recipient }: Binding): number | undefined {
  const own = loadOf(recipient as object);
  const waiting = (target as Taker).load;
  return waiting === undefined ? own : waiting + (own ?? 0);
}
