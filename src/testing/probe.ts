import { ReplaySubject, type Observable } from 'rxjs';
import type { Recipient } from '../contract/recipient.js';

/**
 * A recipient that records what it is sent.
 *
 * Use it in the place of an actor or of any other recipient; `expectMessages` holds it against a marble diagram.
 *
 * @typeParam T - The messages.
 *
 * @public
 */
export class Probe<T = unknown> implements Recipient<T> {
  readonly #received = new ReplaySubject<T>(Infinity);

  /** What it has been sent so far. */
  readonly messages: T[] = [];

  /** What it is sent, and what it had been sent before. */
  get received(): Observable<T> {
    return this.#received.asObservable();
  }

  /**
   * Records one message.
   *
   * @param message - The message.
   */
  send(message: T): void {
    this.messages.push(message);
    this.#received.next(message);
  }
}
