const SMALLEST = 8;
const LARGEST = 1024;

/** A run of slots; full ones are linked to the next, larger one. */
interface Chunk<T> {
  readonly slots: (T | undefined)[];
  next: Chunk<T> | undefined;
}

/**
 * First in, first out, at a constant cost per entry however many wait: linked chunks instead of one array, because
 * `Array.prototype.shift` copies what is left once there are some tens of thousands.
 */
export class Queue<T> {
  #head: Chunk<T>;
  #tail: Chunk<T>;
  #first = 0;
  #end = 0;
  #length = 0;

  constructor() {
    this.#head = this.#tail = { slots: new Array<T | undefined>(SMALLEST), next: undefined };
  }

  /** How many entries wait. */
  get length(): number {
    return this.#length;
  }

  /** Puts an entry behind all others. */
  push(entry: T): void {
    let tail = this.#tail;
    if (this.#end === tail.slots.length) {
      const size = Math.min(tail.slots.length * 4, LARGEST);
      tail = tail.next = { slots: new Array<T | undefined>(size), next: undefined };
      this.#tail = tail;
      this.#end = 0;
    }
    tail.slots[this.#end++] = entry;
    this.#length++;
  }

  /** Takes the first entry out; `undefined` when there is none, so ask `length` before. */
  shift(): T | undefined {
    if (this.#length === 0) return undefined;
    const { slots } = this.#head;
    const entry = slots[this.#first];
    slots[this.#first++] = undefined;
    if (--this.#length === 0) {
      // Nothing is left: the last chunk is used again from its start.
      this.#head = this.#tail;
      this.#first = this.#end = 0;
    } else if (this.#first === slots.length) {
      this.#head = this.#head.next!;
      this.#first = 0;
    }
    return entry;
  }

  /** Takes out the first entry that fits and leaves another in its place, unless that is at the front. */
  takeFirst(fits: (entry: T) => boolean, gap: T): T | undefined {
    let index = this.#first;
    for (let chunk: Chunk<T> | undefined = this.#head; chunk !== undefined; chunk = chunk.next) {
      const end = chunk === this.#tail ? this.#end : chunk.slots.length;
      for (; index < end; index++) {
        const entry = chunk.slots[index] as T;
        if (!fits(entry)) continue;
        if (chunk === this.#head && index === this.#first) return this.shift();
        chunk.slots[index] = gap;
        return entry;
      }
      index = 0;
    }
    return undefined;
  }
}
