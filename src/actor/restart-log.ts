import type { RestartDirective } from './supervision.js';

/** Failures in a row before the first message of an incarnation that are answered with a restart. */
const START_FAILURES_ALLOWED = 10;

/** What an actor remembers of its restarts: how many fall into the window, and how long the next one waits. */
export class RestartLog {
  #restarts: number[] = [];
  #wait = 0;
  #begun = 0;
  #startFailures = 0;

  /** An incarnation begins. */
  begin(now: number): void {
    this.#begun = now;
  }

  /** An incarnation has got as far as its first message. */
  started(): void {
    this.#startFailures = 0;
  }

  /**
   * How long to wait before the next restart, in milliseconds; `undefined` when there is to be none.
   *
   * The wait falls back to its least once an incarnation has lived for `max` without failing. It is clocked from its
   * begin, not from the failure before, or a wait of `max` would count as a time without failure itself.
   */
  next(directive: RestartDirective, fresh: boolean, now: number, random: () => number): number | undefined {
    const { limit = Infinity, within = Infinity, backoff } = directive;
    const restarts = this.#restarts.filter((at) => now - at < within);
    this.#restarts = restarts;
    if (restarts.length >= limit || (fresh && ++this.#startFailures > START_FAILURES_ALLOWED)) return undefined;
    // Without a limit nobody will count them.
    if (limit !== Infinity) restarts.push(now);
    if (backoff === undefined) return 0;
    const { min, max, factor = 2, jitter = 0 } = backoff;
    this.#wait = this.#wait === 0 || now - this.#begun >= max ? min : Math.min(max, this.#wait * factor);
    return this.#wait * (1 + jitter * random());
  }
}
