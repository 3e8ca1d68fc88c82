import { ReplaySubject, type Observable } from 'rxjs';
import type { ActorSystem } from 'rx-actors';

/** What was emitted since this call, for expectations that are subscribed later. */
export function recorded<T>(source: Observable<T>): Observable<T> {
  const record = new ReplaySubject<T>(Infinity);
  source.subscribe(record);
  return record.asObservable();
}

/** The dead letters of a system, as `message reason`. */
export function deadLetters(system: ActorSystem): Observable<string> {
  const letters = new ReplaySubject<string>(Infinity);
  system.deadLetters.subscribe(({ message, reason }) => {
    letters.next(`${message} ${reason}`);
  });
  return letters.asObservable();
}

/** The failures of a system, as `message directive`. */
export function failures(system: ActorSystem): Observable<string> {
  const failed = new ReplaySubject<string>(Infinity);
  system.failures.subscribe(({ message, ...failure }) => {
    failed.next(`${message} ${'directive' in failure ? failure.directive : 'delivery'}`);
  });
  return failed.asObservable();
}

/** Gives `x`, `y`, … in a diagram their dead letters: `letters('x: a closed', 'y: b killed')`. */
export const named = (...entries: `${string}: ${string}`[]): Record<string, string> =>
  Object.fromEntries(entries.map((entry) => entry.split(': ') as [string, string]));
