import type { ExchangeTypes } from '../contract/exchange-types.js';
import { defaultCore } from '../internal/default-core.js';
import type { Exchange } from './exchange.js';
import type { ExchangeOptions } from './exchange-options.js';
import { plainExchange } from './named-exchange.js';

/**
 * Finds an exchange by its name in the default system; makes it when there is none.
 *
 * Use it where sender and receivers should not know each other. `ActorSystem.exchange` does the same in a system of
 * one's own.
 *
 * @remarks The same name gives the same object until that exchange ends; then a new one. It lives on without
 * subscribers.
 *
 * @example Two parts of a program that share a name
 * ```ts
 * import { getExchange } from 'rx-actors';
 *
 * getExchange<string>('news').subscribe((message) => console.log(message));
 * getExchange<string>('news').send('hello');
 * // prints:
 * // hello
 * ```
 *
 * @typeParam N - A name whose type is known to {@link ExchangeTypes}.
 * @param name - The name.
 * @param options - Replay, who gets what nobody took, and how many subscribers are expected; only needed where it is made.
 * @returns The exchange.
 * @throws TypeError when the name is no string, or belongs to an exchange of another kind or with other options.
 * @throws RangeError when an option is not the number that it has to be.
 * @throws SystemClosedError when there is none, and the default system is closed.
 *
 * @public
 */
export function getExchange<N extends keyof ExchangeTypes>(
  name: N,
  options?: ExchangeOptions<ExchangeTypes[N]>,
): Exchange<ExchangeTypes[N]>;
/**
 * Finds an exchange by a name that {@link ExchangeTypes} does not know.
 *
 * @typeParam T - The messages.
 * @typeParam N - The name, which is refused when its type is known.
 * @param name - The name.
 * @param options - How many messages to replay, and who gets what nobody took; only needed where it is made.
 * @returns The exchange.
 *
 * @public
 */
export function getExchange<T, N extends string = string>(
  name: N extends keyof ExchangeTypes ? never : N,
  options?: ExchangeOptions<T>,
): Exchange<T>;
export function getExchange(name: string, options?: ExchangeOptions<unknown>): Exchange<unknown> {
  return plainExchange(defaultCore, name, options);
}
