import { messageOf, Misfit, unwrapped, UpstreamError } from './envelope.js';

interface Node {
  entry: unknown;
  /** Raised by every barrier: what was sent behind one never overtakes it. Misfits have -1 and come first. */
  epoch: number;
  readonly order: number;
}

/**
 * A binary heap of waiting messages, stable among equals by the order in which they came.
 *
 * `compare` is the user's and may throw. Of the two messages it was given, the later one then becomes a {@link Misfit}:
 * it goes to the top without any further comparison, so that the heap stays a heap and the message fails at its turn.
 */
export class PriorityQueue<In> {
  readonly #heap: Node[] = [];
  readonly #compare: (a: In, b: In) => number;
  #order = 0;
  #epoch = 0;
  /** How often a node was taken out or made a misfit, so that a comparison that does so is noticed. */
  #changes = 0;
  /** A node is on its way to its place; `compare` may be on the stack. */
  #placing = false;
  /** What `compare` has put in; while nodes are being moved, nobody could tell where its place is. */
  readonly #late: Node[] = [];

  constructor(compare: (a: In, b: In) => number) {
    this.#compare = compare;
  }

  get length(): number {
    return this.#heap.length + this.#late.length;
  }

  push(entry: unknown): void {
    const barrier = entry instanceof UpstreamError;
    if (barrier) this.#epoch++;
    const node = { entry, epoch: entry instanceof Misfit ? -1 : this.#epoch, order: this.#order++ };
    if (barrier) this.#epoch++;
    if (this.#placing) this.#late.push(node);
    else this.#place(node, this.#heap.push(node) - 1);
  }

  /** Takes the first entry out; `undefined` when there is none, so ask `length` before. */
  shift(): unknown {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined) return this.#late.shift()?.entry;
    this.#changes++;
    if (first !== last) {
      heap[0] = last;
      this.#place(last, 0);
    }
    return first.entry;
  }

  /** The entries, which stay in, in the order in which they came. */
  *[Symbol.iterator](): Generator<unknown, void> {
    for (const { entry } of [...this.#heap, ...this.#late].sort((a, b) => a.order - b.order)) yield entry;
  }

  /** Brings a node to its place, and then what `compare` has put in meanwhile. */
  #place(node: Node, from: number): void {
    this.#placing = true;
    this.#move(node, from);
    for (let late = this.#late.shift(); late !== undefined; late = this.#late.shift()) {
      this.#move(late, this.#heap.push(late) - 1);
    }
    this.#placing = false;
  }

  /** Brings a node to its place, unless it has been taken out. */
  #move(node: Node, from: number): void {
    let index = from;
    while (index >= 0 && !this.#settle(index, node)) index = this.#heap.indexOf(node);
  }

  /**
   * Moves a node up, else down. Every step leaves all nodes in the heap, so that a `compare` that throws loses none; when
   * one throws or takes out another, the place of this one has to be looked up anew, and the answer is `false`.
   */
  #settle(from: number, node: Node): boolean {
    const heap = this.#heap;
    const changes = this.#changes;
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const before = this.#before(node, heap[parent]);
      if (this.#changes !== changes) return false;
      if (!before) break;
      heap[index] = heap[parent]!;
      heap[parent] = node;
      index = parent;
    }
    if (index < from) return true;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) return true;
      if (child + 1 < heap.length && this.#before(heap[child + 1], heap[child])) child++;
      if (this.#changes !== changes) return false;
      const before = this.#before(heap[child], node);
      if (this.#changes !== changes) return false;
      if (!before) return true;
      heap[index] = heap[child]!;
      heap[child] = node;
      index = child;
    }
  }

  #before(a: Node, b: Node): boolean {
    if (a.epoch !== b.epoch) return a.epoch < b.epoch;
    // Misfits among themselves need no comparison; a barrier is alone in its epoch.
    if (a.epoch === -1) return a.order < b.order;
    try {
      const by = this.#compare(messageOf(a.entry) as In, messageOf(b.entry) as In);
      return by < 0 || (!(by > 0) && a.order < b.order);
    } catch (error) {
      this.#blame(a.order > b.order ? a : b, error);
      // Whoever asked sees that something has changed, and asks again.
      return false;
    }
  }

  /** Makes a misfit of a node, wherever it is by now. */
  #blame(node: Node, error: unknown): void {
    // It may be one already, if the `compare` that has thrown compared others meanwhile.
    node.entry = new Misfit(unwrapped(node.entry), error);
    node.epoch = -1;
    this.#changes++;
    this.#move(node, this.#heap.indexOf(node));
  }
}
