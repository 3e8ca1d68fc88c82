import { Subscription, type TeardownLogic } from 'rxjs';
import { attempt } from '../internal/attempt.js';

/** What is started with the first subscriber and stopped with the last one. */
export class WhileSubscribed {
  readonly #all = new Set<Running>();
  #subscribed = false;

  add(start: () => TeardownLogic, now: boolean): Subscription {
    const running = new Running(start);
    this.#all.add(running);
    this.#subscribed = now;
    if (now) running.start();
    return new Subscription(() => {
      this.#all.delete(running);
      running.stop();
    });
  }

  /** There is somebody, or nobody any more. */
  look(subscribed: boolean): void {
    this.#subscribed = subscribed;
    // What one of them does may change who is there, and who is to be told.
    for (const each of this.#all) {
      if (this.#subscribed) each.start();
      else each.stop();
    }
  }
}

class Running {
  readonly #start: () => TeardownLogic;
  #subscription: Subscription | undefined;

  constructor(start: () => TeardownLogic) {
    this.#start = start;
  }

  start(): void {
    if (this.#subscription !== undefined) return;
    const subscription = (this.#subscription = new Subscription());
    attempt(() => {
      subscription.add(this.#start());
    });
  }

  stop(): void {
    const subscription = this.#subscription;
    this.#subscription = undefined;
    attempt(() => {
      subscription?.unsubscribe();
    });
  }
}
