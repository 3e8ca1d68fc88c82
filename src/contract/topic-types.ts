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

/**
 * The words of a key or pattern; the empty one has none.
 *
 * @typeParam Text - The key or pattern.
 *
 * @public
 */
export type TopicWords<Text extends string> = Text extends ''
  ? []
  : Text extends `${infer Head}.${infer Rest}`
    ? [Head, ...TopicWordsBehind<Rest>]
    : [Text];
/**
 * The words behind the first one.
 *
 * @typeParam Text - What is left of a key or pattern.
 *
 * @public
 */
export type TopicWordsBehind<Text extends string> = Text extends `${infer Head}.${infer Rest}`
  ? [Head, ...TopicWordsBehind<Rest>]
  : [Text];

/**
 * Whether the words of a pattern match those of a key.
 *
 * @typeParam P - The words of the pattern.
 * @typeParam K - The words of the key.
 *
 * @public
 */
export type TopicWordsMatch<P extends unknown[], K extends unknown[]> = P extends [infer Word, ...infer Others]
  ? Word extends '#'
    ? TopicWordsMatch<Others, K> extends true
      ? true
      : K extends [unknown, ...infer Rest]
        ? TopicWordsMatch<P, Rest>
        : false
    : K extends [infer First, ...infer Rest]
      ? Word extends '*' | First
        ? TopicWordsMatch<Others, Rest>
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
      [Key in keyof Topics & string]: TopicWordsMatch<TopicWords<Pattern>, TopicWords<Key>> extends true
        ? Topics[Key]
        : never;
    }[keyof Topics & string];
