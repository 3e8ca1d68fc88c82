/**
 * The message types of named exchanges: augment it, and `getExchange('prices')` is typed everywhere.
 *
 * @example Typing a name
 * ```ts
 * import { getExchange } from 'rx-actors';
 *
 * declare module 'rx-actors' {
 *   interface ExchangeTypes {
 *     prices: { readonly symbol: string; readonly price: number };
 *   }
 * }
 *
 * getExchange('prices').subscribe(({ symbol, price }) => console.log(symbol, price));
 * getExchange('prices').send({ symbol: 'ACME', price: 12 });
 * // prints:
 * // ACME 12
 * ```
 *
 * @public
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- it is there to be augmented
export interface ExchangeTypes {}
