import type { Subscription } from 'rxjs';
import { onAbort } from '../internal/on-abort.js';

/**
 * How an observer is subscribed; the platform's own Observable has the same.
 *
 * @public
 */
export interface SubscribeOptions {
  /** Unsubscribes it when it is aborted; when that has happened already, it is not subscribed at all. */
  readonly signal: AbortSignal;
}

/** Whether an argument of `subscribe` is no recipient and no observer, but options. */
export function isSubscribeOptions(value: unknown): value is SubscribeOptions {
  return typeof value === 'object' && value !== null && 'signal' in value && !('send' in value) && !('next' in value);
}

/** Unsubscribes once a signal is aborted; listens no longer than the subscription lasts. */
export function unsubscribeWith(signal: AbortSignal | undefined, subscription: Subscription): void {
  if (signal === undefined) return;
  const abort = (): void => {
    subscription.unsubscribe();
  };
  subscription.add(onAbort(signal, abort));
}
