import { TestScheduler } from 'rxjs/testing';
import type { AsyncMarbleHelpers } from './async-marbles.js';
import { evened } from './evened.js';
import { inUnits } from './frames.js';
import { unfinished } from './leftovers.js';
import { LeftoversError } from './leftovers-error.js';
import { MarbleRun, type TimeHelpers } from './marble-run.js';
import type { MarblesOptions } from './marbles-options.js';
import { noticed } from './noticed.js';
import { nextTask, realNow } from './real-time.js';

/** A run whose frames wait for Promises. */
export class AsyncRun {
  // Nothing is left to RxJS's own expectations.
  readonly #scheduler = new TestScheduler(() => undefined);
  readonly #run: MarbleRun;
  readonly #patience: number;
  /** The first line of the body, rather than that of a wrapper that the test makes its body with. */
  where: Error | undefined;
  /** How many Promises keep time from going on. */
  #held = 0;

  constructor(options: MarblesOptions, patience: number) {
    this.#run = new MarbleRun(this.#scheduler, options);
    this.#patience = patience;
  }

  async play(body: (helpers: AsyncMarbleHelpers) => void | Promise<void>): Promise<void> {
    const helpers = noticed({ ...this.#run.helpers(this.#time()), hold: this.#hold }, () => {
      this.where ??= new Error();
    });
    let over: { readonly error?: unknown } | undefined;
    const playing = async (): Promise<void> => {
      await body(helpers);
    };
    playing().then(
      () => (over = {}),
      (error: unknown) => (over = { error }),
    );
    this.#run.begin();
    const isOver = (): boolean => over !== undefined;
    await this.#drive(isOver);
    if (over !== undefined && 'error' in over) throw over.error;
    this.#run.check();
    this.#run.end();
    await this.#drive(isOver);
    this.#run.ended();
  }

  /** Goes from frame to frame until nothing is left to do, or nothing more happens. */
  async #drive(isOver: () => boolean): Promise<void> {
    let since = realNow();
    for (;;) {
      await nextTask();
      if (this.#held === 0 && this.#advance()) {
        since = realNow();
        continue;
      }
      const left = unfinished(this.#run.system);
      if (this.#held === 0 && isOver() && left.size === 0) return;
      if (realNow() - since < this.#patience) continue;
      if (isOver() && this.#held === 0) return;
      const waits = this.#held > 0 ? ['a held Promise has not settled'] : [];
      if (!isOver()) waits.push('the body of the test has not come to its end');
      throw new LeftoversError([...waits, ...left.values()]);
    }
  }

  /** Does all that there is to do in the next frame; `false` when there is none. */
  #advance(): boolean {
    const scheduler = this.#scheduler;
    // Sets up what is hot, and no more.
    scheduler.maxFrames = -1;
    scheduler.flush();
    if (scheduler.actions.length === 0) return false;
    scheduler.maxFrames = scheduler.actions[0].delay;
    scheduler.flush();
    return true;
  }

  /** RxJS's helpers outside of its run mode, made to read the same diagrams. */
  #time(): TimeHelpers {
    const scheduler = this.#scheduler;
    return {
      cold: (marbles, values, error) => inUnits(() => scheduler.createColdObservable(evened(marbles), values, error)),
      hot: (marbles, values, error) => inUnits(() => scheduler.createHotObservable(evened(marbles), values, error)),
      time: (marbles) => inUnits(() => scheduler.createTime(evened(marbles))),
    };
  }

  readonly #hold = async <T>(promise: PromiseLike<T>): Promise<T> => {
    this.#held++;
    try {
      return await promise;
    } finally {
      this.#held--;
    }
  };
}
