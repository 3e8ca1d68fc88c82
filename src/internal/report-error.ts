import { config, throwError } from 'rxjs';

/**
 * Hands an error that nobody else will hear to RxJS's `config.onUnhandledError`; without one, RxJS throws it from a
 * timer of its own, so that it shows and no stack of ours is unwound.
 */
export function reportError(error: unknown): void {
  // A subscriber without an error handler is RxJS's public way into its error report.
  throwError(() => error)
    .subscribe()
    .unsubscribe();
}

/** The same without a further delay, for an error that has waited for somebody to hear it; on a stack that is nobody's. */
export function reportErrorNow(error: unknown): void {
  if (config.onUnhandledError === null) {
    reportError(error);
    return;
  }
  try {
    config.onUnhandledError(error);
  } catch (thrown) {
    reportError(thrown);
  }
}
