import { isRecipient, type Recipient } from '../contract/recipient.js';
import { expectLimit, expectNumber, expectObject, expectString, wrongType } from '../internal/expect.js';
import type { ActorSystem } from '../system/actor-system.js';

/**
 * What an exchange does beside handing messages on.
 *
 * @public
 */
export interface ExchangeOptions<in T> {
  /**
   * How many of the last messages a late subscriber gets first; a whole number from 0 up.
   *
   * @defaultValue 0
   */
  readonly replay?: number;
  /**
   * For how long a message is replayed, in milliseconds by the clock of the system's scheduler; a number from 0 up. At this
   * age it is too old; in the moment in which it was sent it never is.
   *
   * @defaultValue for ever
   */
  readonly replayWindow?: number;
  /**
   * Who gets a message that nobody was there to take.
   *
   * @defaultValue nobody: it becomes a dead letter (`'unrouted'`)
   */
  readonly unrouted?: Recipient<T>;
  /**
   * How many may be attached and subscribed before the system warns, once, of what may be a leak; a whole number from 0
   * up, or `Infinity`.
   *
   * @defaultValue what the system says, 1,000 unless it was made with another `maxSubscribers`
   */
  readonly maxSubscribers?: number;
}

/**
 * What an exchange can be made with by `new`.
 *
 * @public
 */
export interface NewExchangeOptions<in T> extends ExchangeOptions<T> {
  /**
   * What it is called in errors, dead letters and failures; `getExchange` does not find it by this name.
   *
   * @defaultValue a generated unique name
   */
  readonly name?: string;
  /**
   * The system that its dead letters and failures show in.
   *
   * @defaultValue `defaultSystem`
   */
  readonly system?: ActorSystem;
}

/** Refuses options that could only do harm later. */
export function expectExchangeOptions<T>(options: NewExchangeOptions<T>): void {
  expectObject('options', options);
  const { name, replay, replayWindow, unrouted, maxSubscribers } = options;
  if (name !== undefined) expectString('name', name);
  if (maxSubscribers !== undefined) expectLimit('maxSubscribers', maxSubscribers, 0);
  if (replay !== undefined) expectNumber('replay', replay, 0, true);
  if (replayWindow !== undefined) expectNumber('replayWindow', replayWindow, 0, false);
  if (replayWindow !== undefined && (replay ?? 0) === 0) {
    throw new TypeError('Expected `replay` to be a whole number from 1 up beside `replayWindow`, got none.');
  }
  if (unrouted !== undefined && !isRecipient(unrouted))
    throw wrongType('unrouted', 'an object with a `send` method', unrouted);
}

const OPTIONS = ['replay', 'replayWindow', 'unrouted', 'maxSubscribers'] as const;

/**
 * The first option in which an exchange is not the one that is asked for; `undefined` when it is. Those left out ask for
 * nothing.
 */
export function otherExchangeOption<T>(
  wanted: ExchangeOptions<T>,
  had: ExchangeOptions<T>,
): keyof ExchangeOptions<T> | undefined {
  return OPTIONS.find(
    (key) => wanted[key] !== undefined && wanted[key] !== (had[key] ?? (key === 'replay' ? 0 : undefined)),
  );
}
