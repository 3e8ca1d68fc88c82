import { Observable } from 'rxjs';
import { isRecipient, type Recipient } from '../contract/recipient.js';
import type { TopicMessages } from '../contract/topic-types.js';
import { expectString, wrongType } from '../internal/expect.js';
import { Attachment } from './attachment.js';
import type { Binding } from './binding.js';
import { BINDINGS, Exchange, HUB, KIND } from './exchange.js';
import type { NewExchangeOptions } from './exchange-options.js';
import type { ExchangeSubscription } from './exchange-subscription.js';
import { PatternSubscription, TopicObserver, TopicRecipient, topicTakerOf, type TopicTaker } from './topic-binding.js';
import { TopicList } from './topic-list.js';
import type { TopicMessage } from './topic-message.js';

/**
 * An exchange whose messages are published under keys, and whose recipients are bound by patterns.
 *
 * Use it where one exchange has many kinds of messages and each recipient wants some of them.
 *
 * ```text
 * published       -a---b---c---|    under order.placed, order.paid, user.joined
 * topic('order.*') -a---b------|
 * topic('#')      -a---b---c---|
 * ```
 *
 * @remarks Keys and patterns are words split by `.`. In a pattern `*` stands for one word, `#` for none, one or more; any
 * other word, `##` or `a#b`, stands for itself. The empty key has no words: `#` matches it, `*` does not.
 *
 * `bind` and `topic` give the messages alone. Whoever is attached or subscribed without a pattern gets every one with its key.
 *
 * **Ordering.** As in every {@link Exchange}: one order for all; within a message, whoever was bound or attached earlier comes
 * first. A recipient that is bound by several patterns gets one copy. **Back-pressure**, **teardown** and **errors** as there.
 *
 * @example Orders
 * ```ts
 * import { TopicExchange } from 'rx-actors';
 *
 * const events = new TopicExchange<string>();
 * const log = { send: (message: string) => console.log('log:', message) };
 * events.bind('order.*', log);
 * events.topic('#.paid').subscribe((message) => console.log('paid:', message));
 * events.publish('order.placed', 'a book');
 * events.publish('order.paid', 'the book');
 * events.publish('user.joined', 'Ada');
 * // prints:
 * // log: a book
 * // log: the book
 * // paid: the book
 * ```
 *
 * @typeParam T - The messages.
 * @typeParam Topics - The messages by their keys, where keys are known.
 *
 * @see {@link https://www.rabbitmq.com/resources/specs/amqp0-9-1.pdf | AMQP 0-9-1}, section 3.1.3.3, for the rules.
 * @public
 */
export class TopicExchange<T, Topics extends object = Record<string, T>> extends Exchange<TopicMessage<T>> {
  /**
   * Makes a topic exchange that is not found by its name; use `getTopicExchange` for one that is.
   *
   * @param options - Name, system, replay, and who gets what nobody took.
   * @throws TypeError or RangeError when an option is not what it has to be.
   * @throws SystemClosedError when the system that it is given is closed.
   */
  constructor(options: NewExchangeOptions<TopicMessage<T>> = {}) {
    super(options);
  }

  /** @internal */
  override [BINDINGS](): TopicList {
    return new TopicList();
  }

  /** @internal */
  override get [KIND](): string {
    return 'an exchange with topics';
  }

  /**
   * Publishes one message under a key.
   *
   * @remarks Like {@link Exchange.send}, it waits while another message is being handed on. To an ended exchange it makes a
   * dead letter (`'closed'`). What is sent by `send` without a key, by a caller without types, matches no pattern.
   *
   * @param key - The key; known keys have messages of their own type.
   * @param message - The message.
   * @throws TypeError when the key is no string.
   */
  publish<Key extends keyof Topics & string>(key: Key, message: Topics[Key]): void {
    if (typeof key !== 'string') expectString('key', key);
    this.next({ key, message: message as unknown as T });
  }

  /**
   * Has recipients sent the messages of the keys that a pattern matches.
   *
   * @remarks A recipient may be bound by several patterns; `detach(recipient)` takes all of them away. It is either bound or
   * attached, not both: what is bound is sent the messages alone, what is attached every message with its key.
   *
   * @typeParam Pattern - The pattern, which tells the type of the messages where the keys are known.
   * @param pattern - The pattern.
   * @param recipients - Objects with `send()`.
   * @returns The subscription that takes this pattern away from all of them.
   * @throws TypeError when the pattern is no string, or one is no recipient or is attached; then none is bound.
   * @throws ExchangeClosedError when the exchange has ended.
   */
  bind<Pattern extends string>(
    pattern: Pattern,
    ...recipients: Recipient<TopicMessages<Topics, Pattern>>[]
  ): ExchangeSubscription {
    expectString('pattern', pattern);
    recipients.forEach((recipient, index) => {
      if (!isRecipient(recipient)) throw wrongType(`recipients[${index}]`, 'an object with a `send` method', recipient);
    });
    const { roster } = this[HUB];
    // First: what has been bound before is not to be taken away with what comes.
    for (const recipient of recipients) roster.expectNotAttached(recipient);
    const bound: ExchangeSubscription[] = [];
    try {
      for (const recipient of recipients) {
        this[HUB].expectOpen();
        // What was replayed to the one before may have attached it.
        roster.expectNotAttached(recipient);
        const taker = new TopicRecipient(recipient as Recipient<unknown>, this[HUB]);
        bound.push(this.#bind(pattern, roster.of(recipient), taker));
      }
    } catch (error) {
      new Attachment(bound).unsubscribe();
      throw error;
    }
    return bound.length === 1 ? bound[0] : new Attachment(bound);
  }

  /**
   * The messages of the keys that a pattern matches, as an Observable.
   *
   * @typeParam Pattern - The pattern, which tells the type of the messages where the keys are known.
   * @param pattern - The pattern.
   * @returns A hot Observable that ends with the exchange.
   * @throws TypeError when the pattern is no string.
   */
  topic<Pattern extends string>(pattern: Pattern): Observable<TopicMessages<Topics, Pattern>> {
    expectString('pattern', pattern);
    return new Observable((subscriber) => {
      const { end } = this[HUB];
      // Whoever subscribes on behalf of others may have closed it before.
      if (subscriber.closed) return undefined;
      if (end === undefined) return this.#bind(pattern, undefined, new TopicObserver(subscriber));
      if (end.failed) subscriber.error(end.error);
      else subscriber.complete();
      return undefined;
    });
  }

  #bind(pattern: string, attached: Binding | undefined, taker: TopicTaker): ExchangeSubscription {
    const list = this[HUB].roster.list as TopicList;
    const own = attached === undefined ? taker : topicTakerOf(attached)!;
    const existing = own.patterns.get(pattern);
    if (existing !== undefined) return existing;
    let binding = attached;
    const subscription = new PatternSubscription(() => {
      own.patterns.delete(pattern);
      list.removePattern(pattern, binding!);
      if (own.patterns.size === 0) binding!.unsubscribe();
    });
    own.patterns.set(pattern, subscription);
    if (binding !== undefined) {
      list.addPattern(pattern, binding);
      return subscription;
    }
    // First: what is replayed may be enough for an observer.
    if (taker instanceof TopicObserver) taker.recipient.add(subscription);
    this[HUB].roster.admit(taker, (made) => {
      binding = made;
      list.addPattern(pattern, made);
    });
    return subscription;
  }
}
