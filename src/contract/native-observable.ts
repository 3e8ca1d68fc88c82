/**
 * The Observable of the platform, as far as it is needed.
 *
 * @typeParam T - The values.
 *
 * @see {@link https://wicg.github.io/observable/ | The Observable API}
 * @public
 */
export interface NativeObservable<out T> {
  /**
   * Subscribes an observer.
   *
   * @param observer - Who is told.
   * @param options - The signal that unsubscribes it.
   */
  subscribe(
    observer: { next(value: T): void; error(error: unknown): void; complete(): void },
    options: { readonly signal: AbortSignal },
  ): void;
}
