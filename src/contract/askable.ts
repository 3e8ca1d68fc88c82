import type { Observable } from 'rxjs';
import type { AskOptions } from '../actor/ask.js';

/**
 * Anything that can be asked: actors, and what stands for one elsewhere.
 *
 * @typeParam In - What it can be asked.
 * @typeParam Out - What it answers.
 *
 * @public
 */
export interface Askable<in In, out Out> {
  /**
   * Sends one message and emits what is answered to it.
   *
   * @param message - The message.
   * @param options - How long to wait.
   * @returns A cold Observable of the answers.
   */
  ask(message: In, options?: AskOptions): Observable<Out>;
}
