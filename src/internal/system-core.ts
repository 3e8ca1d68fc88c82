import { asapScheduler, asyncScheduler, Subject, type SchedulerLike } from 'rxjs';
import type { DeadLetter, DeadLetterReason } from '../contract/dead-letter.js';
import type { ActorFailure } from '../contract/failure.js';
import type { Recipient } from '../contract/recipient.js';
import { SystemClosedError } from '../errors/system-closed-error.js';
import type { Crew } from './crew.js';
import { reportError } from './report-error.js';

/** The names of the systems that got none. */
const UNNAMED = 'system';

/**
 * What the actors and exchanges of one system share: clock, feeds, and the names that can be found.
 *
 * It stands apart from the public `ActorSystem`, which makes actors and exchanges, so that those can know what they
 * belong to without knowing who made them.
 */
export class SystemCore {
  /** For what waits a time: timeouts, backoff. asapScheduler is not made for delays, it would lose its own flush. */
  readonly timers: SchedulerLike;
  /** Its actors; made with the first one. */
  crew: Crew | undefined;
  /** The exchanges that can be found by their names. */
  readonly exchanges = new Map<string, { complete(): void }>();
  readonly deadLetters = new Subject<DeadLetter>();
  readonly failures = new Subject<ActorFailure>();
  /** The public face, an `ActorSystem`; set by its constructor. */
  face: unknown;
  closed = false;
  #names = 0;

  constructor(
    readonly name: string = UNNAMED,
    readonly scheduler: SchedulerLike = asapScheduler,
    /** Gives numbers from 0 up to 1, for jitter. */
    readonly random: () => number = Math.random,
  ) {
    this.timers = scheduler === asapScheduler ? asyncScheduler : scheduler;
  }

  /** A number for the next thing that needs a name of its own. */
  nextId(): number {
    return ++this.#names;
  }

  /** Refuses to make anything in a closed system. */
  expectOpen(): void {
    if (this.closed) throw new SystemClosedError(this.name);
  }

  /** Publishes a message that nobody will process. */
  deadLetter(message: unknown, recipient: Recipient<never>, reason: DeadLetterReason): void {
    if (this.deadLetters.observed) publish(this.deadLetters, { message, recipient, reason });
  }

  /** Publishes a failure; `false` when nobody listens, which is for the caller to act on. */
  failed(failure: ActorFailure): boolean {
    const heard = this.failures.observed;
    if (heard) publish(this.failures, failure);
    return heard;
  }
}

/** Gives a value to the subscribers of a feed. What one of them throws must not unwind the engine. */
function publish<T>(feed: Subject<T>, value: T): void {
  try {
    feed.next(value);
  } catch (error) {
    reportError(error);
  }
}
