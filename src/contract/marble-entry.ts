import type { ObservableNotification } from 'rxjs';

/**
 * One notification as it was recorded: what RxJS's `materialize()` makes of it, and when it came, in milliseconds since
 * the recording began.
 *
 * @typeParam T - The values.
 *
 * @public
 */
export type MarbleEntry<T> = ObservableNotification<T> & {
  /** When it came. */
  readonly time: number;
};
