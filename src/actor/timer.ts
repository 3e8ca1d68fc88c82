import { Subscription } from 'rxjs';
import type { DeadLetterReason } from '../contract/dead-letter.js';
import { Envelope, UpstreamError, type Addressee, type Deliveries } from './envelope.js';

/** A message of a timer, on its way. */
export class TimedMessage extends Envelope {
  removed = false;

  constructor(
    readonly message: unknown,
    readonly timer: Timer,
  ) {
    super();
  }

  deliver(to: Deliveries): void {
    this.timer.arrived(this);
    to.process(this.message, undefined);
  }

  override discard(to: Addressee, reason: DeadLetterReason, error: () => Error): void {
    this.timer.arrived(this);
    super.discard(to, reason, error);
  }
}

/** What the Observable of a timer has failed with, on its way. */
export class TimerError extends UpstreamError {
  constructor(
    error: unknown,
    readonly timer: Timer,
  ) {
    super(error);
  }

  override deliver(to: Deliveries): void {
    this.timer.failed();
    super.deliver(to);
  }

  override discard(): void {
    this.timer.failed();
    super.discard();
  }
}

/** What was started under one key. */
export class Timer {
  readonly waiting = new Set<TimedMessage>();
  error: TimerError | undefined;
  readonly running = new Subscription();

  constructor(
    readonly message: unknown,
    /** Nothing more will come of it. */
    readonly over: () => void,
  ) {}

  arrived(message: TimedMessage): void {
    this.waiting.delete(message);
    this.look();
  }

  /** Its error has had its turn. */
  failed(): void {
    this.error = undefined;
    this.look();
  }

  look(): void {
    if (this.running.closed && this.waiting.size === 0 && this.error === undefined) this.over();
  }
}
