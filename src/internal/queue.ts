const SMALLEST = 4;
/** 128 kB: V8 puts such an array where the garbage collector never copies it. */
const LARGEST = 16_384;
/** A queue that is empty keeps no larger chunk than this. */
const KEPT = 1024;

/** A run of slots. The last one holds no entry but the next, larger chunk, once there is one. */
type Chunk = unknown[];

/**
 * First in, first out, at a constant cost per entry however many wait: linked chunks instead of one array, because
 * `Array.prototype.shift` copies what is left once there are some tens of thousands.
 */
export class Queue<T> {
  #head: Chunk;
  #tail: Chunk;
  #first = 0;
  #end = 0;
  #length = 0;

  constructor() {
    this.#head = this.#tail = new Array<unknown>(SMALLEST);
  }

  /** How many entries wait. */
  get length(): number {
    return this.#length;
  }

  /** Puts an entry behind all others. */
  push(entry: T): void {
    let tail = this.#tail;
    if (this.#end === tail.length - 1) {
      const next = new Array<unknown>(Math.min(tail.length * 4, LARGEST));
      tail[this.#end] = next;
      this.#tail = tail = next;
      this.#end = 0;
    }
    tail[this.#end++] = entry;
    this.#length++;
  }

  /** Takes the first entry out; `undefined` when there is none, so ask `length` before. */
  shift(): T | undefined {
    if (this.#length === 0) return undefined;
    const head = this.#head;
    const entry = head[this.#first];
    head[this.#first++] = undefined;
    if (--this.#length === 0) {
      // Nothing is left: the last chunk is used again from its start.
      this.#head = this.#tail = this.#tail.length > KEPT ? new Array<unknown>(KEPT) : this.#tail;
      this.#first = this.#end = 0;
    } else if (this.#first === head.length - 1) {
      this.#head = head[this.#first] as Chunk;
      this.#first = 0;
    }
    return entry as T;
  }

  /** The first entry, which stays in; `undefined` when there is none. */
  peek(): T | undefined {
    // Slots that were taken out of are empty.
    return this.#head[this.#first] as T | undefined;
  }

  /** The entries, which stay in, the first one first. */
  *[Symbol.iterator](): Generator<T, void> {
    let index = this.#first;
    let chunk = this.#head;
    for (let left = this.#length; left > 0; left--) {
      if (index === chunk.length - 1) {
        chunk = chunk[index] as Chunk;
        index = 0;
      }
      yield chunk[index++] as T;
    }
  }

  /** Takes out the first entry that fits and leaves another in its place, unless that is at the front. */
  takeFirst(fits: (entry: T) => boolean, gap: T): T | undefined {
    let index = this.#first;
    for (let chunk = this.#head; ; chunk = chunk[chunk.length - 1] as Chunk) {
      const end = chunk === this.#tail ? this.#end : chunk.length - 1;
      for (; index < end; index++) {
        const entry = chunk[index] as T;
        if (!fits(entry)) continue;
        if (chunk === this.#head && index === this.#first) return this.shift();
        chunk[index] = gap;
        return entry;
      }
      if (chunk === this.#tail) return undefined;
      index = 0;
    }
  }
}
