import { Queue } from './queue.js';

/** One that waits in a line and may give up. */
export interface Waiting {
  /** Gave up: its turn is skipped. */
  removed: boolean;
}

/** So many who gave up are let stand before the line is closed up. */
const LET_STAND = 64;

/** First come, first served; whoever gives up leaves nothing behind, however many do. */
export class WaitingLine<T extends Waiting> {
  #queue = new Queue<T>();
  #size = 0;

  /** How many wait and have not given up. */
  get size(): number {
    return this.#size;
  }

  push(waiting: T): void {
    this.#queue.push(waiting);
    this.#size++;
  }

  shift(): T | undefined {
    while (this.#queue.length > 0) {
      const waiting = this.#queue.shift()!;
      if (waiting.removed) continue;
      this.#size--;
      return waiting;
    }
    return undefined;
  }

  /** Lets one give up. */
  remove(waiting: T): void {
    waiting.removed = true;
    this.#size--;
    if (this.#queue.length <= 2 * this.#size + LET_STAND) return;
    const standing = new Queue<T>();
    for (const old = this.#queue; old.length > 0;) {
      const each = old.shift()!;
      if (!each.removed) standing.push(each);
    }
    this.#queue = standing;
  }
}
