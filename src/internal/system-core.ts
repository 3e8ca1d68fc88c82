import { asapScheduler, asyncScheduler, type SchedulerLike } from 'rxjs';
import type { DeadLetter, DeadLetterReason } from '../contract/dead-letter.js';
import type { ActorFailure } from '../contract/failure.js';
import type { Happening, InspectionEvent } from '../contract/inspection-event.js';
import type { Recipient } from '../contract/recipient.js';
import { SystemClosedError } from '../errors/system-closed-error.js';
import type { Crew } from './crew.js';
import { attempt } from './attempt.js';
import { Feed } from './feed.js';
import { printWarning } from './print-warning.js';

/** So many bindings of one exchange are no reason to warn. */
const MOST_SUBSCRIBERS = 1_000;
/** So many named exchanges are none either. */
const MOST_EXCHANGES = 1_000;

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
  readonly deadLetters = new Feed<DeadLetter>();
  readonly failures = new Feed<ActorFailure>();
  readonly events = new Feed<InspectionEvent>((observed) => {
    this.inspect = observed ? this.#tell : undefined;
  });
  /** Tells what happens. There only while somebody listens, so that `inspect?.({ … })` costs nothing else. */
  inspect: ((event: Happening) => void) | undefined = undefined;
  /** The public face, an `ActorSystem`; set by its constructor. */
  face: unknown;
  /** It is being closed: nobody new may come. */
  closed = false;
  /** It has been closed: nobody is there any more. */
  ended = false;
  /** Something had to be killed for it to close in time. */
  hurried = false;
  #names = 0;
  #warned = false;

  constructor(
    readonly name: string = UNNAMED,
    readonly scheduler: SchedulerLike = asapScheduler,
    /** Gives numbers from 0 up to 1, for jitter. */
    readonly random: () => number = Math.random,
    /** Tells a developer what looks like a mistake. */
    private readonly warning: (message: string) => void = printWarning,
    /** An exchange with more bindings than this may have a leak. */
    readonly maxSubscribers = MOST_SUBSCRIBERS,
    /** A system with more named exchanges than this may have one. */
    readonly maxExchanges = MOST_EXCHANGES,
  ) {
    this.timers = scheduler === asapScheduler ? asyncScheduler : scheduler;
  }

  /** A number for the next thing that needs a name of its own. */
  nextId(): number {
    return ++this.#names;
  }

  /** Refuses new actors once it is being closed. */
  expectOpen(): void {
    if (this.closed) throw new SystemClosedError(this.name);
  }

  /** Refuses new exchanges once it has been closed; until then, actors that drain may look for some. */
  expectNotEnded(): void {
    if (this.ended) throw new SystemClosedError(this.name);
  }

  /** Tells a developer what looks like a mistake; that does not stop what it looks like. */
  warn(message: string): void {
    attempt(() => {
      this.warning(message);
    });
  }

  /** Has an exchange found by its name. */
  register(name: string, exchange: { complete(): void }): void {
    this.exchanges.set(name, exchange);
    if (this.#warned || this.exchanges.size <= this.maxExchanges) return;
    this.#warned = true;
    this.warn(
      `system "${this.name}" has ${this.exchanges.size} named exchanges, the last one "${name}": it may be that some are ` +
        'never completed. Its option `maxExchanges` sets how many are expected.',
    );
  }

  /** Publishes a message that nobody will process. */
  deadLetter(message: unknown, recipient: Recipient<never>, reason: DeadLetterReason): void {
    this.inspect?.({ type: 'dead-letter', recipient, message, reason });
    if (this.deadLetters.observed) this.deadLetters.tell({ message, recipient, reason });
  }

  /** Publishes a failure; `false` when nobody listens, which is for the caller to act on. */
  failed(failure: ActorFailure): boolean {
    const heard = this.failures.observed;
    if (heard) this.failures.tell(failure);
    return heard;
  }

  readonly #tell = (event: Happening): void => {
    this.events.tell({ ...event, time: this.timers.now() });
  };
}
