import { isRecipient, type Recipient } from '../contract/recipient.js';
import { expectNumber, expectObject, expectString, wrongType } from '../internal/expect.js';
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
   * Who gets a message that nobody was there to take.
   *
   * @defaultValue nobody: it becomes a dead letter (`'unrouted'`)
   */
  readonly unrouted?: Recipient<T>;
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
  const { name, replay, unrouted } = options;
  if (name !== undefined) expectString('name', name);
  if (replay !== undefined) expectNumber('replay', replay, 0, true);
  if (unrouted !== undefined && !isRecipient(unrouted))
    throw wrongType('unrouted', 'an object with a `send` method', unrouted);
}
