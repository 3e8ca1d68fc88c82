/**
 * The message types of named topic exchanges, by their keys: augment it, and `getTopicExchange('orders')` is typed everywhere.
 *
 * @example Typing the keys of an exchange
 * ```ts
 * import { getTopicExchange } from 'rx-actors';
 *
 * declare module 'rx-actors' {
 *   interface TopicExchangeTypes {
 *     orders: { 'order.placed': { readonly id: number }; 'order.paid': { readonly id: number; readonly cents: number } };
 *   }
 * }
 *
 * const orders = getTopicExchange('orders');
 * orders.topic('order.*').subscribe(({ id }) => console.log('order', id));
 * orders.publish('order.paid', { id: 7, cents: 1250 });
 * // prints:
 * // order 7
 * ```
 *
 * @public
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- it is there to be augmented
export interface TopicExchangeTypes {}

/** The words of a key or pattern; the empty one has none. */
type Words<S extends string> = S extends ''
  ? []
  : S extends `${infer Head}.${infer Rest}`
    ? [Head, ...MoreWords<Rest>]
    : [S];
type MoreWords<S extends string> = S extends `${infer Head}.${infer Rest}` ? [Head, ...MoreWords<Rest>] : [S];

type MatchWords<P extends unknown[], K extends unknown[]> = P extends [infer Word, ...infer Others]
  ? Word extends '#'
    ? MatchWords<Others, K> extends true
      ? true
      : K extends [unknown, ...infer Rest]
        ? MatchWords<P, Rest>
        : false
    : K extends [infer First, ...infer Rest]
      ? Word extends '*' | First
        ? MatchWords<Others, Rest>
        : false
      : false
  : K extends []
    ? true
    : false;

/**
 * What is published under the keys that a pattern matches: the union of their messages.
 *
 * @typeParam Topics - The messages by their keys.
 * @typeParam Pattern - The pattern; any string matches every key.
 *
 * @public
 */
export type TopicMessages<Topics extends object, Pattern extends string> = string extends keyof Topics | Pattern
  ? Topics[keyof Topics]
  : {
      [Key in keyof Topics & string]: MatchWords<Words<Pattern>, Words<Key>> extends true ? Topics[Key] : never;
    }[keyof Topics & string];
