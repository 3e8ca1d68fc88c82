import { messageOf, Misfit, UpstreamError } from './envelope.js';

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
  #blamed: Node | undefined;
  /** How often a node was put in or taken out, so that a comparison that does so is noticed. */
  #changes = 0;

  constructor(compare: (a: In, b: In) => number) {
    this.#compare = compare;
  }

  get length(): number {
    return this.#heap.length;
  }

  push(entry: unknown): void {
    const barrier = entry instanceof UpstreamError;
    if (barrier) this.#epoch++;
    const node = { entry, epoch: entry instanceof Misfit ? -1 : this.#epoch, order: this.#order++ };
    if (barrier) this.#epoch++;
    this.#changes++;
    this.#place(node, this.#heap.push(node) - 1);
  }

  shift(): unknown {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined) return undefined;
    this.#changes++;
    if (first !== last) {
      heap[0] = last;
      this.#place(last, 0);
    }
    return first.entry;
  }

  /** The entries, which stay in, in the order in which they came. */
  *[Symbol.iterator](): Generator<unknown, void> {
    for (const { entry } of [...this.#heap].sort((a, b) => a.order - b.order)) yield entry;
  }

  #place(node: Node, from: number): void {
    for (let index = from; index >= 0; index = this.#heap.indexOf(node)) {
      try {
        if (this.#settle(index, node)) return;
      } catch (error) {
        const blamed = this.#blamed!;
        blamed.entry = new Misfit(blamed.entry, error);
        blamed.epoch = -1;
        if (blamed !== node) this.#place(blamed, this.#heap.indexOf(blamed));
      }
    }
  }

  /**
   * Moves a node up, else down. Every step leaves all nodes in the heap, so that a `compare` that throws loses none; when
   * one puts in or takes out another, the place of this one has to be looked up anew, and the answer is `false`.
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
    this.#blamed = a.order > b.order ? a : b;
    const by = this.#compare(messageOf(a.entry) as In, messageOf(b.entry) as In);
    return by < 0 || (!(by > 0) && a.order < b.order);
  }
}
