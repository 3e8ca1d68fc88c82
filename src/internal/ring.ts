/** The last `capacity` values, at a constant cost per value. */
export class Ring<T> {
  readonly #values: T[] = [];
  readonly #capacity: number;
  #next = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Puts a value in, and gives the one that it pushes out once there are `capacity`. */
  push(value: T): T | undefined {
    const pushedOut = this.#values[this.#next];
    this.#values[this.#next] = value;
    this.#next = (this.#next + 1) % this.#capacity;
    return pushedOut;
  }

  /** The values, the oldest first; a copy, because more may come while the caller goes through them. */
  toArray(): T[] {
    return [...this.#values.slice(this.#next), ...this.#values.slice(0, this.#next)];
  }
}
