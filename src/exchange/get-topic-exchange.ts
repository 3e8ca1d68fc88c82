import type { TopicExchangeTypes } from '../contract/topic-types.js';
import { defaultCore } from '../internal/default-core.js';
import type { SystemCore } from '../internal/system-core.js';
import type { ExchangeOptions } from './exchange-options.js';
import { namedExchange } from './named-exchange.js';
import { TopicExchange } from './topic-exchange.js';
import type { TopicMessage } from './topic-message.js';

/**
 * The messages of a named topic exchange, by their keys.
 *
 * @typeParam Name - The name.
 *
 * @public
 */
export type TopicsOf<Name extends keyof TopicExchangeTypes> = TopicExchangeTypes[Name] & object;

/** The topic exchange of that name in a system. */
export function namedTopicExchange<T, Topics extends object>(
  core: SystemCore,
  name: string,
  options: ExchangeOptions<TopicMessage<T>> | undefined,
): TopicExchange<T, Topics> {
  return namedExchange<TopicMessage<T>, TopicExchange<T, Topics>>(TopicExchange<T, Topics>, core, name, options);
}

/**
 * Finds a topic exchange by its name in the default system; makes it when there is none.
 *
 * Use it where publishers and recipients should not know each other. `ActorSystem.topicExchange` does the same in a system of
 * one's own.
 *
 * @remarks The same name gives the same object until that exchange ends; then a new one. Exchanges of both kinds share their
 * names.
 *
 * @example Two parts of a program that share a name
 * ```ts
 * import { getTopicExchange } from 'rx-actors';
 *
 * getTopicExchange<number>('weather').topic('*.temperature').subscribe((degrees) => console.log(degrees));
 * getTopicExchange<number>('weather').publish('london.temperature', 12);
 * // prints:
 * // 12
 * ```
 *
 * @typeParam Name - A name whose keys are known to {@link TopicExchangeTypes}.
 * @param name - The name.
 * @param options - Replay, and who gets what nobody took; only needed where it is made.
 * @returns The exchange.
 * @throws TypeError when the name is no string, or belongs to an exchange of another kind or with other options.
 * @throws RangeError when an option is not the number that it has to be.
 * @throws SystemClosedError when there is none, and the default system is closed.
 *
 * @public
 */
export function getTopicExchange<Name extends keyof TopicExchangeTypes>(
  name: Name,
  options?: ExchangeOptions<TopicMessage<TopicsOf<Name>[keyof TopicsOf<Name>]>>,
): TopicExchange<TopicsOf<Name>[keyof TopicsOf<Name>], TopicsOf<Name>>;
/**
 * Finds a topic exchange by a name that {@link TopicExchangeTypes} does not know.
 *
 * @typeParam T - The messages.
 * @typeParam Name - The name, which is refused when its keys are known.
 * @param name - The name.
 * @param options - Replay, and who gets what nobody took; only needed where it is made.
 * @returns The exchange.
 *
 * @public
 */
export function getTopicExchange<T, Name extends string = string>(
  name: Name extends keyof TopicExchangeTypes ? never : Name,
  options?: ExchangeOptions<TopicMessage<T>>,
): TopicExchange<T>;
export function getTopicExchange(
  name: string,
  options?: ExchangeOptions<TopicMessage<unknown>>,
): TopicExchange<unknown> {
  return namedTopicExchange(defaultCore, name, options);
}
