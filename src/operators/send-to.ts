import { tap, type MonoTypeOperatorFunction } from 'rxjs';
import { isRecipient, type Recipient } from '../contract/recipient.js';
import { wrongType } from '../internal/expect.js';

/**
 * Passes every value through and sends it to a recipient on its way.
 *
 * Use it to let an actor or an exchange see what goes through a pipeline; `source$.subscribe(actor)` where nothing else
 * wants the values.
 *
 * ```text
 * source -a--b--c|
 * result -a--b--c|
 * sent   -a--b--c
 * ```
 *
 * @remarks **Ordering.** Each value is sent before it is passed on. **Back-pressure.** None, as with `send`.
 * **Teardown.** The end of the source is not sent: the recipient goes on. **Errors.** What `send` throws fails the
 * result; the `send` of an actor or an exchange never throws.
 *
 * @example Logging on the way
 * ```ts
 * import { map, of } from 'rxjs';
 * import { DisplayMessages, sendTo } from 'rx-actors';
 *
 * of(1, 2).pipe(sendTo(new DisplayMessages()), map((n) => n * 10)).subscribe((n) => console.log(n));
 * // prints:
 * // msg[1]: 1
 * // 10
 * // msg[2]: 2
 * // 20
 * ```
 *
 * @typeParam T - The values.
 * @param recipient - Anything with `send()`.
 * @returns An operator that emits what its source emits.
 * @throws TypeError when it is no recipient.
 *
 * @see {@link askWith} for the answers.
 * @public
 */
export function sendTo<T>(recipient: Recipient<T>): MonoTypeOperatorFunction<T> {
  if (!isRecipient(recipient)) throw wrongType('recipient', 'an object with a `send` method', recipient);
  return tap((value) => {
    recipient.send(value);
  });
}
