import type { Observer } from 'rxjs';
import type { Recipient } from 'rx-actors';
import { unhandledErrors } from './unhandled-errors.js';

/** A recipient that notes `name:message`, then does what it is told. */
export function recipient<T>(log: string[], name: string, then?: (message: T) => void): Recipient<T> {
  return {
    send: (message) => {
      log.push(`${name}:${String(message)}`);
      then?.(message);
    },
  };
}

/** A function that notes `name:message`, then does what it is told. */
export function listener<T>(log: string[], name: string, then?: (message: T) => void): (message: T) => void {
  return (message) => {
    log.push(`${name}:${String(message)}`);
    then?.(message);
  };
}

/** An observer that notes `name:message`, `name:|` and `name:#`, and does what it is told with messages. */
export function observer<T>(log: string[], name: string, then?: (message: T) => void): Observer<T> {
  return {
    next: listener(log, name, then),
    error: () => log.push(`${name}:#`),
    complete: () => log.push(`${name}:|`),
  };
}

/** Sends what RxJS reports as unhandled to a recipient, until the end of the test. */
export function reportTo(recipient: Recipient<unknown>): void {
  unhandledErrors().subscribe((error) => recipient.send(error));
}

/** What a function throws. */
export function thrownBy(body: () => unknown): unknown {
  try {
    body();
  } catch (error) {
    return error;
  }
  throw new Error('It has not thrown.');
}
