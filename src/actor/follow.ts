import { from, Observable, type ObservableInput, type Subscriber } from 'rxjs';
import { describeValue } from '../internal/describe-value.js';
import { reportError } from '../internal/report-error.js';
import type { Work } from './work.js';

export const isThenable = <T>(value: T | PromiseLike<T>): value is PromiseLike<T> =>
  typeof (value as Partial<PromiseLike<T>>).then === 'function';

const refused = (got: unknown, cause?: unknown): TypeError =>
  new TypeError(
    'Expected a behavior to return an ObservableInput (an Observable, a Promise, an iterable, an async iterable or a ' +
      `ReadableStream) or nothing, got ${describeValue(got)}.`,
    { cause },
  );

/**
 * Has `work` done by what a behavior returned. A Promise's `undefined` is no output, because that is what every
 * `async` function without a `return` resolves to.
 *
 * A value that can't be followed fails the work with a TypeError. A string is refused though it is an iterable: it would
 * be emitted letter by letter.
 */
export function follow<Out>(result: unknown, work: Work<Out>): void {
  try {
    if ((typeof result !== 'object' && typeof result !== 'function') || result === null) throw refused(result);
    if (result instanceof Observable) result.subscribe(work as Subscriber<unknown>);
    else if (isThenable(result)) {
      (result as PromiseLike<Out | undefined>).then(
        (value) => {
          work.fulfilled(value);
        },
        (error: unknown) => {
          work.rejected(error);
        },
      );
    } else observableOf<Out>(result).subscribe(work);
  } catch (error) {
    // The teardown of a source that had ended synchronously runs, and may throw, when it is returned.
    if (work.outcome === 'running') work.error(error);
    else reportError(error);
  }
}

function observableOf<Out>(result: object): Observable<Out> {
  try {
    return from(result as ObservableInput<Out>);
  } catch (error) {
    throw error instanceof TypeError ? refused(result, error) : error;
  }
}
