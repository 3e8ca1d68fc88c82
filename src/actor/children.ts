import type { SiblingStrategy } from './actor-options.js';
import type { AnyActor } from '../contract/any-actor.js';
import type { Termination } from '../contract/termination.js';

/** One that ends with its parent. */
export interface Child {
  readonly face: AnyActor;
  close(): void;
  kill(reason: unknown): void;
  /** Begins anew, as its sibling does. */
  renew(error: unknown): void;
}

/** The children of one actor, in the order in which they were made. */
export class Children {
  readonly #all = new Set<Child>();
  /** Those that are to end, the next one last. */
  #ending: Child[] = [];
  #termination: Termination | undefined;
  /** What their parent has been killed with while it was about to end gracefully. */
  #hurried: Termination | undefined;
  #done: ((termination: Termination) => void) | undefined;
  #told: Child | undefined;
  #advancing = false;

  get size(): number {
    return this.#all.size;
  }

  get faces(): AnyActor[] {
    return [...this.#all].map(({ face }) => face);
  }

  add(child: Child): void {
    this.#all.add(child);
  }

  /** One has ended. */
  remove(child: Child): void {
    this.#all.delete(child);
    this.#advance();
  }

  /**
   * Ends all, the last first, each when the one after it has ended; then calls back, at once when there are none. Only
   * the end of a parent that was closed lets them do what they were sent.
   */
  end(termination: Termination, done: (termination: Termination) => void): void {
    this.#ending = [...this.#all];
    this.#done = done;
    this.#as(termination.kind === 'closed' ? (this.#hurried ?? termination) : termination);
  }

  /** Their parent has been closed, and is killed before they have ended, or have been told to: they are killed, too. */
  hurry(termination: Termination): void {
    if (this.#done === undefined) this.#hurried = termination;
    else if (this.#termination!.kind === 'closed') this.#as(termination);
  }

  #as(termination: Termination): void {
    this.#termination = termination;
    this.#told = undefined;
    this.#advance();
  }

  /** Whom one takes along when it restarts. */
  siblingsOf(child: Child, strategy: SiblingStrategy): Child[] {
    const all = [...this.#all];
    if (strategy === 'one-for-one') return [];
    return strategy === 'one-for-all' ? all.filter((each) => each !== child) : all.slice(all.indexOf(child) + 1);
  }

  // A loop, not a recursion: those that are killed have mostly ended when `kill` returns, however many they are. Whoever
  // hears of an end may have them end in another way, and for somebody else, so that nothing is kept from one to the next.
  #advance(): void {
    if (this.#advancing || this.#done === undefined) return;
    this.#advancing = true;
    for (let child = this.#ending.at(-1); child !== undefined; child = this.#ending.at(-1)) {
      if (!this.#all.has(child)) this.#ending.pop();
      else if (this.#told === child) break;
      else this.#tell(child, this.#termination!);
    }
    this.#advancing = false;
    if (this.#ending.length > 0) return;
    const done = this.#done;
    this.#done = undefined;
    done(this.#termination!);
  }

  #tell(child: Child, termination: Termination): void {
    this.#told = child;
    if (termination.kind === 'closed') child.close();
    else child.kill(termination.kind === 'killed' ? termination.reason : termination.error);
  }
}
