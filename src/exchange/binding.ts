import { Subscriber, type Observer } from 'rxjs';
import { attempt } from '../internal/attempt.js';
import type { EndListener, Watch } from '../internal/mortal.js';
import { reportError } from '../internal/report-error.js';
import type { Taker } from './delivery.js';
import { ExchangeSubscription } from './exchange-subscription.js';

/** What stands at the other end of a binding, as bits, so that one number tells which kinds an exchange has. */
export const RECIPIENT = 1;
/** A function that is called with each message. */
export const LISTENER = 2;
/** An observer that is no Subscriber: called directly, under a guard of ours, because a Subscriber costs three times that. */
export const OBSERVER = 4;
/** An operator's or another library's Subscriber, which ends its own subscription. */
export const SUBSCRIBER = 8;
/** A {@link Taker}, which decides by itself. */
export const SPECIAL = 16;
/** One that leads to another exchange. */
export const LINK = 32;

/** Who is bound to. */
export interface BindingHost {
  /** Lets go of a binding; called once. */
  unbind(binding: Binding): void;
}

/** One attached recipient or subscribed observer, and the subscription that detaches it. */
export class Binding extends ExchangeSubscription implements EndListener {
  /** Its place in the list of its host. */
  place = -1;
  readonly kind: number;
  readonly target: unknown;
  /** Waits for the end of the actor at the other end. */
  watch: Watch | undefined = undefined;
  readonly host: BindingHost;

  constructor(host: BindingHost, kind: number, target: unknown) {
    super();
    this.host = host;
    this.kind = kind;
    this.target = target;
  }

  /** Who is attached, whatever stands in between; an observer is its own. */
  get recipient(): unknown {
    return (this.kind & SPECIAL) === 0 ? this.target : (this.target as Taker).recipient;
  }

  override unsubscribe(): void {
    if (this.closed) return;
    this.watch?.cancel();
    this.host.unbind(this);
    super.unsubscribe();
    if ((this.kind & SPECIAL) !== 0) (this.target as Taker).detached?.();
  }

  /** The actor at the other end has ended. */
  ended(): void {
    this.unsubscribe();
  }
}

/** Sends one message to a recipient, and gives what `send` has returned: nothing, or a Promise that may be rejected. */
export function sendTo(recipient: unknown, message: unknown): unknown {
  return (recipient as { send(message: unknown): unknown }).send(message);
}

/**
 * Gives one message to one binding that is no SPECIAL one; what it throws is for the caller.
 *
 * @returns What a recipient's `send` has returned.
 */
export function give(binding: Binding, message: unknown): unknown {
  const { kind, target } = binding;
  if (kind === RECIPIENT) return sendTo(target, message);
  if (kind === LISTENER) (target as (message: unknown) => void)(message);
  else (target as Partial<Observer<unknown>>).next?.(message);
  return undefined;
}

/** The end of an exchange, which waits its turn among the messages. */
export class End {
  constructor(
    readonly failed: boolean,
    readonly error: unknown,
  ) {}
}

/** Tells an observer of the end. A recipient is never closed: it may have other sources. */
export function tellEnd({ kind, target }: Binding, end: End): void {
  if (kind === RECIPIENT) return;
  if (kind === LISTENER) {
    if (end.failed) reportError(end.error);
    return;
  }
  if ((kind & SPECIAL) !== 0) {
    (target as Taker).ended?.(end);
    return;
  }
  const observer = target as Partial<Observer<unknown>>;
  attempt(() => {
    if (!end.failed) observer.complete?.();
    else if (typeof observer.error === 'function') observer.error(end.error);
    else reportError(end.error);
  });
}

/** Detaches one of several; what a teardown of its subscription throws must not keep the others attached. */
export function release(attached: ExchangeSubscription): void {
  attempt(() => {
    attached.unsubscribe();
  });
}

const isFunction = (value: unknown): boolean => typeof value === 'function';

/** Whether an observer is a Subscriber, ours or that of another copy of RxJS, which looks after itself. */
export function isSubscriber(value: unknown): value is Subscriber<unknown> {
  if (value instanceof Subscriber) return true;
  if (typeof value !== 'object' || value === null) return false;
  const { next, add, remove, unsubscribe } = value as Partial<Subscriber<unknown>>;
  return 'closed' in value && [next, add, remove, unsubscribe].every(isFunction);
}
