import { auditTime, defer, map, merge, of, tap, type Observable } from 'rxjs';
import type { DeadLetterReason } from '../contract/dead-letter.js';
import type { InspectionEvent } from '../contract/inspection-event.js';
import type { SystemCore } from '../internal/system-core.js';

/**
 * What has happened in a system since somebody began to count.
 *
 * @public
 */
export interface SystemMetrics {
  /** Actors that were made. */
  readonly spawned: number;
  /** Actors that have ended. */
  readonly closed: number;
  /** Messages put into mailboxes. */
  readonly sent: number;
  /** Messages whose work has completed. */
  readonly processed: number;
  /** How long that work took, all in all, in milliseconds. */
  readonly processingTime: number;
  /** Failures of behaviors. */
  readonly failed: number;
  /** Restarts. */
  readonly restarted: number;
  /** Messages that exchanges have handed on. */
  readonly published: number;
  /** Recipients attached to exchanges, and observers subscribed. */
  readonly attached: number;
  /** Recipients detached from exchanges, and observers unsubscribed. */
  readonly detached: number;
  /** Messages that nobody will process, by reason. */
  readonly deadLetters: Readonly<Record<DeadLetterReason, number>>;
}

/** At most so often the numbers are told, in milliseconds. */
const PERIOD = 1_000;

/** Counts what happens in a system for as long as somebody wants to know. */
export function metricsOf(core: SystemCore): Observable<SystemMetrics> {
  return defer(() => {
    const counts = new Counts();
    const changes = core.events.values.pipe(
      tap((event) => {
        counts.add(event);
      }),
      auditTime(PERIOD, core.timers),
      map(() => counts.current),
    );
    // Counting comes first: what somebody does on hearing of the zeros is counted, too.
    return merge(changes, of(counts.current));
  });
}

class Counts {
  readonly #counts = {
    spawned: 0,
    closed: 0,
    sent: 0,
    processed: 0,
    processingTime: 0,
    failed: 0,
    restarted: 0,
    published: 0,
    attached: 0,
    detached: 0,
  };
  readonly #deadLetters = { closed: 0, overflow: 0, killed: 0, failed: 0, restarted: 0, unrouted: 0 };

  add(event: InspectionEvent): void {
    switch (event.type) {
      case 'dead-letter':
        this.#deadLetters[event.reason]++;
        break;
      case 'started':
      case 'completed':
        break;
      case 'processed':
        this.#counts.processingTime += event.duration;
        this.#counts.processed++;
        break;
      default:
        this.#counts[event.type]++;
    }
  }

  get current(): SystemMetrics {
    return { ...this.#counts, deadLetters: { ...this.#deadLetters } };
  }
}
