import type { SchedulerLike } from 'rxjs';
import { Ring } from '../internal/ring.js';

/** A message that is kept. */
export class Kept<T> {
  /**
   * - `'open'`: it is just being handed on, or somebody who was there has had it.
   * - `'taken'`: one who came late has had it.
   * - `'missed'`: nobody has had it; one who comes late may.
   * - `'forgotten'`: it is kept no longer.
   */
  fate: 'open' | 'taken' | 'missed' | 'forgotten' = 'open';

  constructor(
    readonly message: T,
    /** When it was sent, where that counts. */
    readonly time: number,
  ) {}

  /** Gives it to one who comes late; `true` when it was cleared away meanwhile, and nobody has had it. */
  giveLate(give: () => boolean): boolean {
    const missed = this.fate === 'missed';
    if (missed) this.fate = 'open';
    if (give()) this.fate = 'taken';
    else if (missed && this.fate === 'open') this.fate = 'missed';
    return missed && this.fate === 'forgotten';
  }
}

/** The last messages of an exchange, for those who come late. */
export class Replay<T> {
  #kept: Ring<Kept<T>>;
  #newest: Kept<T> | undefined;
  readonly #capacity: number;
  /** For how many milliseconds one is kept. */
  readonly #window: number;
  readonly #clock: SchedulerLike;

  constructor(capacity: number, window: number | undefined, clock: SchedulerLike) {
    this.#capacity = capacity;
    // A ReplaySubject's: at this age it is too old, and what was sent in this very moment never is.
    this.#window = Math.max(1, window ?? Infinity);
    this.#clock = clock;
    this.#kept = new Ring(capacity);
  }

  /** Those that a late one gets, the oldest first. */
  get all(): Kept<T>[] {
    const kept = this.#kept.toArray();
    if (this.#window === Infinity) return kept;
    const now = this.#clock.now();
    return kept.filter(({ time }) => now < time + this.#window);
  }

  /** The newest of those; `undefined` when there is none. */
  get newest(): Kept<T> | undefined {
    const newest = this.#newest;
    return newest !== undefined && this.#clock.now() < newest.time + this.#window ? newest : undefined;
  }

  /** Keeps one more; `missed` is told of the one that it pushes out, when nobody has had that. */
  push(message: T, missed: (message: T) => void): Kept<T> {
    const kept = (this.#newest = new Kept(message, this.#window === Infinity ? 0 : this.#clock.now()));
    const pushedOut = this.#kept.push(kept);
    if (pushedOut?.fate === 'missed') missed(pushedOut.message);
    return kept;
  }

  /** Forgets all; gives those that nobody has had. */
  clear(): T[] {
    const kept = this.#kept.toArray();
    this.#kept = new Ring(this.#capacity);
    this.#newest = undefined;
    const missed = kept.filter(({ fate }) => fate === 'missed').map(({ message }) => message);
    for (const each of kept) each.fate = 'forgotten';
    return missed;
  }
}
