import type { Subscription } from 'rxjs';
import type { SystemCore } from '../internal/system-core.js';

/** Sends an actor a message when it has had nothing to do for a time. */
export class IdleTimeout {
  readonly #core: SystemCore;
  readonly #delay: number;
  readonly #fire: () => void;
  #since: number | undefined;
  #timer: Subscription | undefined;

  constructor(core: SystemCore, delay: number, fire: () => void) {
    this.#core = core;
    this.#delay = delay;
    this.#fire = fire;
  }

  /** It has something to do. */
  busy(): void {
    this.#since = undefined;
  }

  /** It has nothing to do any more. One timer serves for many such times, or each message would cost one. */
  idle(): void {
    this.#since ??= this.#core.timers.now();
    this.#timer ??= this.#wait(this.#delay);
  }

  cancel(): void {
    this.#timer?.unsubscribe();
  }

  #wait(delay: number): Subscription {
    return this.#core.timers.schedule(() => {
      this.#timer = undefined;
      if (this.#since === undefined) return;
      const left = this.#since + this.#delay - this.#core.timers.now();
      if (left > 0) {
        this.#timer = this.#wait(left);
      } else {
        this.#since = undefined;
        this.#fire();
      }
    }, delay);
  }
}
