import type { DeadLetterReason } from '../contract/dead-letter.js';
import type { Recipient } from '../contract/recipient.js';
import { reportError } from '../internal/report-error.js';
import type { SystemCore } from '../internal/system-core.js';
import type { AskStage } from './ask.js';

/** Says that there is no message; none can be mistaken for it. */
export const NOTHING = Symbol('nothing');

/** Whom entries had been sent to. */
export interface Addressee {
  readonly core: SystemCore;
  readonly face: Recipient<never>;
}

/** A message that somebody waits for the outputs of. */
export interface Asked {
  stage: AskStage;
  readonly message: unknown;
  readonly context: unknown;
  next(value: unknown): void;
  complete(): void;
  /** There will be no more, and why. */
  fail(reason: unknown): void;
  /** Tells the work that it is to stop. */
  abort(reason?: unknown): void;
}

/** Who sees to what an envelope carries, when its turn has come. */
export interface Deliveries {
  /** The actor has ended, or is about to. */
  readonly over: boolean;
  /** Handles a message. */
  process(message: unknown, ask: Asked | undefined): void;
  /** Fails with a message, or with {@link NOTHING} to blame. */
  fail(error: unknown, message: unknown, ask: Asked | undefined): void;
}

/**
 * What waits in a mailbox and is more than a bare message: an ask, the message of a timer, the error of an upstream, a
 * notice. Bare messages wait as they are and need no wrapper.
 */
export abstract class Envelope {
  /** Taken out of the mailbox from the middle; its place is skipped. */
  abstract removed: boolean;
  /** The message that it carries. */
  abstract readonly message: unknown;

  /** Its turn has come. */
  abstract deliver(to: Deliveries): void;

  /** There will be no turn. `error` is made only for somebody who waits for an answer. */
  discard(to: Addressee, reason: DeadLetterReason, _error: () => Error): void {
    to.core.deadLetter(this.message, to.face, reason);
  }
}

/** The error of an upstream that has the actor as its observer. It carries no message and takes no room. */
export class UpstreamError extends Envelope {
  removed = false;
  readonly message = undefined;

  constructor(readonly error: unknown) {
    super();
  }

  deliver(to: Deliveries): void {
    to.fail(this.error, NOTHING, undefined);
  }

  override discard(): void {
    reportError(this.error);
  }
}

/** A message whose `compare` threw: it fails at its turn. */
export class Misfit extends Envelope {
  constructor(
    /** The message, bare or in an envelope of its own. */
    readonly entry: unknown,
    readonly error: unknown,
  ) {
    super();
  }

  get removed(): boolean {
    return this.entry instanceof Envelope && this.entry.removed;
  }

  get message(): unknown {
    return messageOf(this.entry);
  }

  deliver(to: Deliveries): void {
    const { entry, error } = this;
    if (!(entry instanceof Envelope)) to.fail(error, entry, undefined);
    else
      entry.deliver({
        over: to.over,
        process: (message, ask) => {
          to.fail(error, message, ask);
        },
        fail: to.fail.bind(to),
      });
  }

  override discard(to: Addressee, reason: DeadLetterReason, error: () => Error): void {
    discard(to, this.entry, reason, error);
  }
}

/** An entry as it was sent, though it may be bound to fail. */
export function unwrapped(entry: unknown): unknown {
  return entry instanceof Misfit ? entry.entry : entry;
}

/** The message of an entry, bare or in an envelope. */
export function messageOf(entry: unknown): unknown {
  return entry instanceof Envelope ? entry.message : entry;
}

/** Makes a dead letter of an entry that will not be processed, and tells who asked. */
export function discard(to: Addressee, entry: unknown, reason: DeadLetterReason, error: () => Error): void {
  if (entry instanceof Envelope) entry.discard(to, reason, error);
  else to.core.deadLetter(entry, to.face, reason);
}
