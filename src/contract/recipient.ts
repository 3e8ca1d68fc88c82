/**
 * Anything that messages can be sent to: actors, exchanges, worker and remote references, a user's own object.
 *
 * Use it as the type of a parameter that should take all of them.
 *
 * @typeParam T - What may be sent. A recipient of a wider type takes the place of one of a narrower type.
 *
 * @public
 */
export interface Recipient<in T> {
  /**
   * Takes one message. One-way: nothing comes back, and what an actor does with it happens later.
   *
   * @param message - The message.
   */
  send(message: T): void;
}

/** Whether messages can be sent to a value. */
export function isRecipient(value: unknown): value is Recipient<unknown> {
  return (
    ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
    typeof (value as Partial<Recipient<unknown>>).send === 'function'
  );
}
