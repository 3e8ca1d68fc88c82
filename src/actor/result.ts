import { lastValueFrom, Observable, ReplaySubject } from 'rxjs';
import { ResultCancelledError } from '../errors/result-cancelled-error.js';
import { reportError } from '../internal/report-error.js';

/**
 * What has come, or will come, of a submitted task: one value or one error, for everybody who asks and whenever.
 *
 * Use `result()` to wait for it, or subscribe to it as to any Observable.
 *
 * ```text
 * task        ---v
 * subscriber  ^--(v|)
 * a late one       ^(v|)
 * ```
 *
 * @remarks It is hot: nobody has to subscribe for the task to be run. **Teardown.** Unsubscribing leaves the task alone;
 * `cancel()` takes it back. **Errors.** An error that nobody has asked for by the time it comes is reported through
 * RxJS's `config.onUnhandledError`. The first of `setValue`, `setError` and `cancel` decides, the others do nothing.
 *
 * @typeParam T - The value.
 *
 * @public
 */
export class Result<T> extends Observable<T> {
  readonly #outcome: ReplaySubject<T>;
  #asked = false;
  #settled = false;
  #onCancel: (() => void) | undefined;

  /**
   * Makes a result that somebody will set, for a worker of one's own.
   *
   * @param onCancel - Stops the work when the result is cancelled before it was set.
   */
  constructor(onCancel?: () => void) {
    const outcome = new ReplaySubject<T>(1);
    super((subscriber) => {
      this.#asked = true;
      return outcome.subscribe(subscriber);
    });
    this.#outcome = outcome;
    this.#onCancel = onCancel;
  }

  /**
   * Waits for the value.
   *
   * @returns A Promise of the value; it rejects with the error.
   */
  result(): Promise<T> {
    return lastValueFrom(this);
  }

  /**
   * Sets the value, once.
   *
   * @param value - The value.
   */
  setResult(value: T): void {
    if (!this.#settle()) return;
    this.#outcome.next(value);
    this.#outcome.complete();
  }

  /**
   * Sets the error, once.
   *
   * @param reason - What the task failed with.
   */
  setError(reason: unknown): void {
    if (!this.#settle()) return;
    this.#outcome.error(reason);
    if (!this.#asked) reportError(reason);
  }

  /**
   * Sets the error of a task that was not run. It shows as a dead letter, so that it need not be reported when nobody
   * asks for it here.
   *
   * @internal
   */
  refuse(reason: unknown): void {
    this.#asked = true;
    this.setError(reason);
  }

  /** Takes the task back: out of the mailbox, or by unsubscribing what it is doing. */
  cancel(): void {
    const onCancel = this.#onCancel;
    if (!this.#settle()) return;
    onCancel?.();
    this.#outcome.error(new ResultCancelledError());
  }

  #settle(): boolean {
    if (this.#settled) return false;
    this.#settled = true;
    this.#onCancel = undefined;
    return true;
  }
}
