/** The last `capacity` values, at a constant cost per value. */
export class Ring<T> {
  readonly #values: T[] = [];
  readonly #capacity: number;
  #next = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  push(value: T): void {
    this.#values[this.#next] = value;
    this.#next = (this.#next + 1) % this.#capacity;
  }

  /** The values, the oldest first; a copy, because more may come while the caller goes through them. */
  toArray(): T[] {
    const { length } = this.#values;
    if (length < this.#capacity) return this.#values.slice();
    return [...this.#values.slice(this.#next), ...this.#values.slice(0, this.#next)];
  }
}
