import { wrongType } from '../internal/expect.js';
import { isRecipient } from '../contract/recipient.js';

/**
 * What takes messages by `postMessage`: a BroadcastChannel, a MessagePort, a Worker.
 *
 * @typeParam T - What may be posted.
 *
 * @public
 */
export interface PostTarget<in T> {
  /**
   * Takes one message.
   *
   * @param message - The message; it has to be one that the structured clone algorithm can copy.
   */
  postMessage(message: T): void;
}

/** How a message is given to whatever may be attached; refuses everything else. */
export function sendFor(recipient: unknown): (message: unknown) => unknown {
  if (isRecipient(recipient)) {
    // What it returns is nothing, unless it is a Promise that tells when it is ready for more.
    return (message) => (recipient as { send(message: unknown): unknown }).send(message);
  }
  const target = recipient as PostTarget<unknown> | null | undefined;
  if (typeof target?.postMessage === 'function') {
    return (message) => {
      target.postMessage(message);
    };
  }
  throw wrongType('recipient', 'an object with a `send` or a `postMessage` method', recipient);
}
