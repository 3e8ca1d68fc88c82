import type { SchedulerAction } from 'rxjs';

/** What is scheduled, and when: as a VirtualTimeScheduler keeps it. */
export interface ScheduledAction extends SchedulerAction<unknown> {
  readonly delay: number;
}

/**
 * What a virtual scheduler has yet to do. It counts what is taken out, because a run in which something repeats itself
 * without end would never come back.
 */
export class Agenda extends Array<ScheduledAction> {
  #left: number;
  readonly #exhausted: () => Error;

  constructor(limit: number, exhausted: () => Error) {
    super();
    this.#left = limit;
    this.#exhausted = exhausted;
  }

  // What Array makes by itself, such as in `filter`, is none of these.
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  override shift(): ScheduledAction | undefined {
    if (--this.#left < 0) throw this.#exhausted();
    return super.shift();
  }
}
