import type { Subscriber, Subscription } from 'rxjs';
import type { DeadLetterReason } from '../contract/dead-letter.js';
import { AskTimeoutError } from '../errors/ask-timeout-error.js';
import { expectAbortSignal, expectDelay, expectObject, wrongType } from '../internal/expect.js';
import { onAbort } from '../internal/on-abort.js';
import { reportError } from '../internal/report-error.js';
import { Context, type ContextOwner } from './context.js';
import { Envelope, type Addressee, type Asked, type Deliveries } from './envelope.js';
import type { Waiter } from './mailbox.js';

/**
 * How long to wait for an answer, and whether to wait for room before.
 *
 * @public
 */
export interface AskOptions {
  /**
   * How long the message may take, waiting included, in milliseconds. Then the ask errors with an `AskTimeoutError`
   * and the message is taken back.
   *
   * @defaultValue no limit
   */
  readonly timeout?: number;
  /** Takes the message back when it is aborted; the ask errors with the signal's `reason`. */
  readonly signal?: AbortSignal;
  /**
   * What to do when a bounded mailbox is full: `'drop'` lets its overflow policy decide, and the ask of a dropped
   * message errors with a `MailboxFullError`; `'wait'` waits for room, as `offer` does.
   *
   * @defaultValue `'drop'`
   */
  readonly whenFull?: 'drop' | 'wait';
}

/** Refuses options that could only do harm later. */
export function expectAskOptions(options: AskOptions): void {
  expectObject('options', options);
  const { timeout, signal, whenFull } = options;
  if (timeout !== undefined) expectDelay('timeout', timeout);
  if (signal !== undefined) expectAbortSignal('signal', signal);
  if (whenFull !== undefined && whenFull !== 'drop' && whenFull !== 'wait') {
    throw wrongType('whenFull', "'drop' or 'wait'", whenFull);
  }
}

/** Who has been asked. */
export interface Answerer<In> extends ContextOwner<In> {
  readonly name: string;
  /** Tells whoever looks on that a message that waited for room is in the mailbox. */
  tellSent(message: unknown): void;
  /** Takes the message back: out of where it is on its way. */
  withdraw(ask: Asked, stage: AskStage): void;
}

/** Where an ask is on its way: in line for room, in the mailbox, put aside, having its turn, done. */
export type AskStage = 'lining-up' | 'waiting' | 'stashed' | 'running' | 'over';

/**
 * A message with somebody who waits for its outputs.
 *
 * It is the teardown of its own subscription: however that ends, {@link unsubscribe} runs once and leaves nothing
 * behind, no timer, no listener, no place in the mailbox.
 */
export class Ask<In, Out> extends Envelope implements Asked, Waiter {
  removed = false;
  stage: AskStage = 'waiting';
  readonly #cell: Answerer<In>;
  readonly #subscriber: Subscriber<Out>;
  #context: Context<In> | undefined;
  #timer: Subscription | undefined;
  #disobey: (() => void) | undefined;

  constructor(
    cell: Answerer<In>,
    readonly message: In,
    subscriber: Subscriber<Out>,
  ) {
    super();
    this.#cell = cell;
    this.#subscriber = subscriber;
  }

  /** Waits no longer than the options say. */
  limit({ timeout, signal }: AskOptions): void {
    if (timeout !== undefined) {
      this.#timer = this.#cell.core.timers.schedule(() => {
        this.#giveUp(new AskTimeoutError(this.#cell.name, timeout));
      }, timeout);
    }
    if (signal !== undefined) {
      this.#disobey = onAbort(signal, (reason) => {
        this.#giveUp(reason);
      });
    }
  }

  /** The context of its message alone: its signal tells when nobody waits for the answer any more. */
  get context(): Context<In> {
    return (this.#context ??= new Context(this.#cell));
  }

  get entry(): this {
    return this;
  }

  admitted(): void {
    this.stage = 'waiting';
    this.#cell.tellSent(this.message);
  }

  turnedAway(to: Addressee, reason: DeadLetterReason, error: () => Error): void {
    this.discard(to, reason, error);
  }

  deliver(to: Deliveries): void {
    this.stage = 'running';
    to.process(this.message, this);
  }

  override discard(to: Addressee, reason: DeadLetterReason, error: () => Error): void {
    // Cancelled by its asker, which was its fate.
    if (this.stage === 'over') return;
    // It is out of the mailbox already: an asker who cancels on hearing of the dead letter has nothing to take back.
    this.stage = 'over';
    to.core.deadLetter(this.message, to.face, reason);
    this.fail(error());
  }

  next(value: Out): void {
    // An observer of the outputs, who hears of each before the asker, has put the message aside, or cancelled the ask.
    if (this.stage !== 'running') return;
    try {
      this.#subscriber.next(value);
    } catch (error) {
      reportError(error);
    }
  }

  complete(): void {
    this.stage = 'over';
    try {
      this.#subscriber.complete();
    } catch (error) {
      reportError(error);
    }
  }

  /** Tells the asker why there will be no more; the cell has taken the message out, or is done with it. */
  fail(reason: unknown): void {
    this.stage = 'over';
    try {
      this.#subscriber.error(reason);
    } catch (error) {
      reportError(error);
    }
  }

  unsubscribe(): void {
    this.#timer?.unsubscribe();
    this.#disobey?.();
    const { stage } = this;
    this.stage = 'over';
    if (stage !== 'over') this.#cell.withdraw(this, stage);
  }

  /** Tells the work that it is to stop. */
  abort(reason?: unknown): void {
    this.#context!.abort(reason);
  }

  /** Takes the message back, then tells the asker, who may ask again. */
  #giveUp(reason: unknown): void {
    this.unsubscribe();
    this.fail(reason);
  }
}
