/**
 * A message of a topic exchange, and the key that it is published under.
 *
 * @typeParam T - The message.
 *
 * @public
 */
export interface TopicMessage<out T> {
  /** The key: words split by dots. */
  readonly key: string;
  /** The message. */
  readonly message: T;
}
