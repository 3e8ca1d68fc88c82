import { from, Observable, type ObservableInput } from 'rxjs';
import type { NativeObservable } from '../contract/native-observable.js';

/** Anything that can be subscribed to, as an Observable of RxJS. An Observable of the platform has no Symbol.observable. */
export function fromSource<T>(source: ObservableInput<T> | NativeObservable<T>): Observable<T> {
  const native = source as Partial<NativeObservable<T>> | null | undefined;
  const foreign =
    typeof native?.subscribe === 'function' && !(Symbol.observable in native) && !('@@observable' in native);
  if (!foreign) return from(source as ObservableInput<T>);
  return new Observable((subscriber) => {
    const controller = new AbortController();
    // Before it subscribes: what it emits at once may be enough.
    subscriber.add(() => {
      controller.abort();
    });
    (source as NativeObservable<T>).subscribe(
      {
        next: (value) => {
          subscriber.next(value);
        },
        error: (error) => {
          subscriber.error(error);
        },
        complete: () => {
          subscriber.complete();
        },
      },
      { signal: controller.signal },
    );
  });
}
