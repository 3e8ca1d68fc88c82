import type { Recipient } from '../contract/recipient.js';
import { expectFunction } from '../internal/expect.js';
import { formatValue } from '../internal/format-value.js';

/**
 * A recipient that shows what it is sent: `msg[1]: 'hello'`.
 *
 * Use it for diagnosis: attach it to an exchange and see what goes through.
 *
 * @remarks **Errors.** What `write` throws is thrown by `send`; an exchange reports it.
 *
 * @example Looking on
 * ```ts
 * import { DisplayMessages, getExchange } from 'rx-actors';
 *
 * const exchange = getExchange('looked-at');
 * exchange.attach(new DisplayMessages());
 * exchange.send('hello');
 * exchange.send({ price: 12 });
 * // prints:
 * // msg[1]: 'hello'
 * // msg[2]: { price: 12 }
 * ```
 *
 * @typeParam T - The messages.
 *
 * @see The `DisplayMessages` of the Python Cookbook's recipe 12.11.
 * @public
 */
export class DisplayMessages<T = unknown> implements Recipient<T> {
  /** How many messages it has shown. */
  count = 0;
  readonly #write: (line: string) => void;

  /**
   * Makes one.
   *
   * @param write - Takes each line; `console.log` by default.
   * @throws TypeError when `write` is no function.
   */
  constructor(write: (line: string) => void = console.log) {
    expectFunction('write', write);
    this.#write = write;
  }

  /**
   * Shows one message.
   *
   * @param message - The message.
   */
  send(message: T): void {
    this.count++;
    this.#write(`msg[${this.count}]: ${formatValue(message)}`);
  }
}
