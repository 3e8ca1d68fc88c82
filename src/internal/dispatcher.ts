import { asapScheduler, type SchedulerAction, type SchedulerLike } from 'rxjs';
import { Queue } from './queue.js';

/** Something with a mailbox that wants its turn. */
export interface Runnable {
  /** Takes a turn of at most `limit` messages and says how many it took. */
  turn(limit: number): number;
}

/** How long a system works before timers, I/O and the page get their turn, in milliseconds. */
const SLICE = 10;
/** How many messages one turn takes at the most, so that a busy actor lets the others in. */
const LONGEST_TURN = 256;
/** How many messages the first flush takes before it looks at the clock. */
const FIRST_BATCH = 8;
/** A flush begins with no larger batch, however fast the one before was: its messages may be others. */
const LARGEST_FIRST_BATCH = 128;
/** A marker that has not come after this time, in milliseconds, may have been lost with fake timers or an aborted virtual run. */
const MARKER_LOST = 100;
/** After so many bursts it is worth a timer to see whether the event loop still turns. */
const BURSTS_UNWATCHED = 32;

/**
 * The run queue of one system: who has something to do is in it once, and one scheduled action serves all of a burst.
 *
 * The time budget spans bursts. A loop that goes through promises schedules a new burst per message, each of them
 * short; microtasks alone would keep the event loop from ever turning. So a marker, a timer that fires when the loop
 * turns, is kept under way while there are many bursts, and once the slice is used up the next burst waits for it.
 */
export class Dispatcher {
  readonly #ready = new Queue<Runnable>();
  readonly #scheduler: SchedulerLike;
  readonly #timers: SchedulerLike;
  #action: SchedulerAction<unknown> | undefined;
  /** A flush runs or is on its way: whoever becomes ready needs no other. */
  #flushing = false;
  /** The next flush waits for the marker. */
  #held = false;
  #marked = false;
  #bursts = 0;
  #sliceStart = 0;
  /** How many messages are taken between two looks at the clock: it grows while they take next to no time. */
  #batch = FIRST_BATCH;

  constructor(scheduler: SchedulerLike, timers: SchedulerLike) {
    this.#scheduler = scheduler;
    this.#timers = timers;
  }

  /** Gives a turn to one who has none coming; the caller sees to it that nobody is in the queue twice. */
  ready(runnable: Runnable): void {
    this.#ready.push(runnable);
    if (this.#flushing) {
      if (this.#held) this.#lookForMarker();
      return;
    }
    this.#flushing = true;
    this.#schedule();
  }

  /**
   * Keeps those who become ready waiting until {@link release}, which gives them their turns at once, without a scheduled
   * action. For a stack that is nobody's, such as that of a settled Promise.
   *
   * @returns Whether they were kept waiting before, which `release` wants to know.
   */
  hold(): boolean {
    const flushing = this.#flushing;
    this.#flushing = true;
    return flushing;
  }

  release(flushing: boolean): void {
    if (flushing) return;
    if (this.#ready.length > 0) this.#burst();
    else this.#flushing = false;
  }

  #schedule(): void {
    if (this.#action === undefined) {
      const action = this.#scheduler.schedule(this.#burst);
      // An asap action may be used again and saves half the cost of a burst. A virtual one must not: it would keep the
      // place in its frame that it got when it was made.
      if (this.#scheduler === asapScheduler) this.#action = action as SchedulerAction<unknown>;
    } else {
      this.#action.schedule();
    }
  }

  // Nothing may be thrown here: RxJS would drop the other actions of the same flush.
  readonly #burst = (): void => {
    const now = this.#scheduler.now();
    if (this.#marked) {
      const used = now - this.#sliceStart;
      // A clock that was set back has gone on in another time: its marker will not come.
      if (used >= SLICE || used < 0) {
        this.#holdOn();
        return;
      }
    } else {
      this.#sliceStart = now;
      if (++this.#bursts > BURSTS_UNWATCHED) this.#mark();
    }
    this.#flush(now);
  };

  #flush(start: number): void {
    const ready = this.#ready;
    const deadline = this.#sliceStart + SLICE;
    let before = start;
    let batch = Math.min(this.#batch, LARGEST_FIRST_BATCH);
    for (;;) {
      for (let left = batch; left > 0 && ready.length > 0;) {
        left -= ready.shift()!.turn(left) || 1;
      }
      if (ready.length === 0) {
        this.#flushing = false;
        return;
      }
      const now = this.#scheduler.now();
      this.#batch = batch = now - before > 1 ? 1 : Math.min(batch * 2, LONGEST_TURN);
      if (now >= deadline) {
        this.#holdOn();
        return;
      }
      before = now;
    }
  }

  /** Waits for a marker of its own: the one that is under way may be lost, and two do no harm. */
  #holdOn(): void {
    this.#held = true;
    this.#mark();
  }

  #lookForMarker(): void {
    const now = this.#scheduler.now();
    if (Math.abs(now - this.#sliceStart) <= MARKER_LOST) return;
    this.#sliceStart = now;
    this.#mark();
  }

  #mark(): void {
    this.#marked = true;
    this.#timers.schedule(this.#loopTurned, 1);
  }

  readonly #loopTurned = (): void => {
    this.#marked = false;
    this.#bursts = 0;
    if (!this.#held) return;
    this.#held = false;
    this.#sliceStart = this.#scheduler.now();
    this.#flush(this.#sliceStart);
  };
}
