import { Subscriber } from 'rxjs';
import { reportError } from '../internal/report-error.js';
import type { Dispatcher } from '../internal/dispatcher.js';
import type { Asked } from './envelope.js';

/** Who has work done and hears of it. */
export interface Employer<Out> {
  readonly dispatcher: Dispatcher;
  output(value: Out, work: Work<Out>): void;
  /** It has ended by itself, its teardown included. */
  ended(work: Work<Out>): void;
}

/**
 * What a behavior returned for one message, being subscribed: it passes outputs on and remembers how it ended.
 *
 * A Subscriber rather than an observer, so that it can be stopped while it is still being subscribed: a kill or a
 * cancelled ask must reach a source that emits for ever synchronously.
 */
export class Work<Out> extends Subscriber<Out> {
  outcome: 'running' | 'completed' | 'failed' | 'cancelled' = 'running';
  failure: unknown;

  constructor(
    readonly employer: Employer<Out>,
    readonly message: unknown,
    readonly ask: Asked | undefined,
  ) {
    super();
  }

  /** Its Promise was fulfilled. `undefined` is no output: every `async` function without a `return` resolves to it. */
  fulfilled(value: Out | undefined): void {
    this.#settled(false, value);
  }

  /** Its Promise was rejected. */
  rejected(error: unknown): void {
    this.#settled(true, error);
  }

  #settled(failed: boolean, value: unknown): void {
    if (this.outcome !== 'running') return;
    const { dispatcher } = this.employer;
    const held = dispatcher.hold();
    try {
      if (failed) {
        this.error(value);
      } else {
        if (value !== undefined) this.next(value as Out);
        this.complete();
      }
    } finally {
      // Whatever happens there, nobody who has become ready may be left without a burst.
      dispatcher.release(held);
    }
  }

  /** Stops it. What its teardown throws is reported, it must not stop anybody else. */
  cancel(): void {
    if (this.outcome === 'running') this.outcome = 'cancelled';
    this.#tearDown();
  }

  protected override _next(value: Out): void {
    this.employer.output(value, this);
  }

  protected override _error(error: unknown): void {
    this.outcome = 'failed';
    this.failure = error;
    this.#tearDown();
    this.employer.ended(this);
  }

  protected override _complete(): void {
    this.outcome = 'completed';
    this.#tearDown();
    this.employer.ended(this);
  }

  #tearDown(): void {
    try {
      this.unsubscribe();
    } catch (error) {
      reportError(error);
    }
  }
}
