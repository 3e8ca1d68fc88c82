import type { Actor } from './actor.js';
import type { SiblingStrategy } from './actor-options.js';
import type { AnyActor } from './any-actor.js';

/** One that ends with its parent. */
export interface Child {
  readonly face: AnyActor;
  close(): void;
  kill(reason: unknown): void;
  /** Begins anew, as its siblings do. */
  renew(error: unknown): void;
}

/** The children of one actor, in the order in which they were made. */
export class Children {
  readonly #all = new Set<Child>();
  /** Those that are to end, the next one last. */
  #ending: Child[] = [];
  #how: ((child: Child) => void) | undefined;
  #done: (() => void) | undefined;
  #told: Child | undefined;
  #advancing = false;

  get size(): number {
    return this.#all.size;
  }

  get faces(): Actor<unknown, unknown>[] {
    return [...this.#all].map(({ face }) => face as Actor<unknown, unknown>);
  }

  add(child: Child): void {
    this.#all.add(child);
  }

  /** One has ended. */
  remove(child: Child): void {
    this.#all.delete(child);
    this.#advance();
  }

  /** Ends all, the last first, each when the one after it has ended; then calls back, at once when there are none. */
  end(how: (child: Child) => void, done: () => void): void {
    this.#ending = [...this.#all];
    this.#done = done;
    this.hurry(how);
  }

  /** Ends in another way those that have not ended yet. */
  hurry(how: (child: Child) => void): void {
    this.#how = how;
    this.#told = undefined;
    this.#advance();
  }

  /** Whom one takes along when it restarts. */
  siblingsOf(child: Child, strategy: SiblingStrategy): Child[] {
    const all = [...this.#all];
    if (strategy === 'one-for-one') return [];
    return strategy === 'one-for-all' ? all.filter((each) => each !== child) : all.slice(all.indexOf(child) + 1);
  }

  // A loop, not a recursion: those that are killed have mostly ended when `kill` returns, however many they are.
  #advance(): void {
    if (this.#advancing || this.#done === undefined) return;
    this.#advancing = true;
    const ending = this.#ending;
    while (ending.length > 0) {
      const child = ending[ending.length - 1];
      if (!this.#all.has(child)) ending.pop();
      else if (this.#told === child) break;
      else {
        this.#told = child;
        this.#how!(child);
      }
    }
    this.#advancing = false;
    if (ending.length > 0) return;
    const done = this.#done;
    this.#done = undefined;
    done();
  }
}
