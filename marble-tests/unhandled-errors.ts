import { config, ReplaySubject, type Observable } from 'rxjs';
import { onTestFinished } from 'vitest';

/** Catches what goes to `config.onUnhandledError` until the test has finished; all that came, whenever it is subscribed. */
export function unhandledErrors(): Observable<unknown> {
  const errors = new ReplaySubject<unknown>(Infinity);
  const before = config.onUnhandledError;
  config.onUnhandledError = (error) => {
    errors.next(error);
  };
  onTestFinished(() => {
    config.onUnhandledError = before;
  });
  return errors.asObservable();
}
