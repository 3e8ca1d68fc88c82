import type { Subscription } from 'rxjs';
import { expectAbortSignal } from '../internal/expect.js';
import { onAbort } from '../internal/on-abort.js';

/**
 * How an observer is subscribed; the platform's own Observable has the same.
 *
 * @public
 */
export interface SubscribeOptions {
  /** Unsubscribes it when it is aborted. */
  readonly signal: AbortSignal;
}

/** Whether an argument of `subscribe` is no recipient and no observer, but options. */
export function isSubscribeOptions(value: unknown): value is SubscribeOptions {
  return typeof value === 'object' && value !== null && 'signal' in value && !('send' in value) && !('next' in value);
}

/** Subscribes for as long as a signal is not aborted. */
export function subscribeWhile({ signal }: SubscribeOptions, subscribe: () => Subscription): Subscription {
  expectAbortSignal('signal', signal);
  const subscription = subscribe();
  const unlisten = onAbort(signal, () => {
    subscription.unsubscribe();
  });
  subscription.add(unlisten);
  return subscription;
}
