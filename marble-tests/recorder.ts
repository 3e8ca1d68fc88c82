import type { Observer } from 'rxjs';
import type { ActorSystem, Exchange, Recipient } from 'rx-actors';
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

/** The dead letters of a system from now on, as `message reason`. */
export function lettersOf(system: ActorSystem): string[] {
  const letters: string[] = [];
  system.deadLetters.subscribe(({ message, reason }) => letters.push(`${message} ${reason}`));
  return letters;
}

/** The same with the name of the recipient before them, as `name:message reason`. */
export function namedLettersOf(system: ActorSystem): string[] {
  const letters: string[] = [];
  system.deadLetters.subscribe(({ message, recipient: to, reason }) => {
    letters.push(`${(to as { name?: string }).name}:${message} ${reason}`);
  });
  return letters;
}

/** Sends messages to an exchange, one after the other. */
export function sendAll<T>(exchange: Exchange<T>, ...messages: T[]): void {
  for (const message of messages) exchange.send(message);
}

/** Lets everything happen that waits for nothing but Promises. */
export async function promisesSettled(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
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
