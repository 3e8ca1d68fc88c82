import {
  Observable,
  Subject,
  Subscription,
  type ObservableInput,
  type Observer,
  type Operator,
  type TeardownLogic,
} from 'rxjs';
import type { NativeObservable } from '../contract/native-observable.js';
import { isRecipient, type Recipient } from '../contract/recipient.js';
import { defaultCore } from '../internal/default-core.js';
import { expectAbortSignal, expectFunction, otherOption, wrongType } from '../internal/expect.js';
import { Feed } from '../internal/feed.js';
import { coreOf } from '../internal/hosted.js';
import { WATCH, type EndListener, type Watch } from '../internal/mortal.js';
import { expectAttachOptions, type AttachOptions } from './attach-options.js';
import { Attachment } from './attachment.js';
import { End, isSubscriber, release } from './binding.js';
import { BindingList } from './binding-list.js';
import type { Publication } from './delivery.js';
import {
  expectExchangeOptions,
  otherExchangeOption,
  type ExchangeOptions,
  type NewExchangeOptions,
} from './exchange-options.js';
import type { ExchangeSubscription } from './exchange-subscription.js';
import { Hub } from './hub.js';
import { RELAY } from './link.js';
import { expectIterateOptions, KeptMessages, type IterateOptions, type MessageIterator } from './message-iterator.js';
import { sendFor, type PostTarget } from './post-target.js';
import { isSubscribeOptions, type SubscribeOptions } from './subscribe-options.js';
import { WhileSubscribed } from './while-subscribed.js';

/** The key of the method that makes the list of an exchange's bindings; one with topics has another. */
export const BINDINGS = Symbol('rx-actors.bindings');

/** The key under which an exchange tells what kind it is of, whatever its class. */
export const KIND = Symbol('rx-actors.kind');

/** The key under which an exchange keeps its engine, for its own subclasses. */
export const HUB = Symbol('rx-actors.hub');

/**
 * A named multicast: whatever is sent to it, every attached recipient and every observer gets, in one total order.
 *
 * Use `getExchange(name)` to find one by its name, so that sender and receivers need not know each other.
 *
 * ```text
 * sent       -a--b--c---|
 * attached   -a--b--c----    a recipient, from the start; the end does not close it
 * subscriber ----^--c---|    an observer, after b
 * ```
 *
 * @remarks An exchange is a Subject whose faults are mended: subscribing and unsubscribing cost the same however many
 * there are, one that throws harms nobody, and everybody sees the same order.
 *
 * **Ordering.** Everybody gets the same messages in the same order, also when a recipient sends to the exchange while it
 * is handling a message: that message waits until everybody has got the one before. `complete()` and `error()` wait
 * their turn likewise. Within one message, bindings are served in the order in which they came.
 *
 * **Back-pressure.** None: `send` returns when everybody has been given the message. Attach an actor with a bounded
 * mailbox where a receiver may be slow.
 *
 * **Teardown.** Whoever attaches during a send gets the next message; whoever detaches is not called any more, for that
 * message either. `complete()` tells the observers, detaches everyone and frees the name; it never closes a recipient.
 *
 * **Errors.** A recipient that throws is reported on `system.failures`, or through RxJS's `config.onUnhandledError` when
 * nobody listens there; an observer that throws, through `config.onUnhandledError`. It stays attached.
 *
 * @example Publish and subscribe
 * ```ts
 * import { Exchange } from 'rx-actors';
 *
 * const news = new Exchange<string>();
 * const reader = { send: (message: string) => console.log('reader got', message) };
 * const subscription = news.subscribe(reader);
 * news.send('hello');
 * subscription.unsubscribe();
 * news.subscribe((message) => console.log('observer got', message));
 * news.send('world');
 * // prints:
 * // reader got hello
 * // observer got world
 * ```
 *
 * @typeParam T - The messages.
 *
 * @see The `Exchange` of the Python Cookbook's recipe 12.11.
 * @public
 */
export class Exchange<T> extends Subject<T> implements Recipient<T> {
  /** What it is called in errors, dead letters and failures. */
  readonly name: string;
  /** @internal */
  readonly [HUB]: Hub<T>;

  /**
   * Makes an exchange that is not found by its name; use `getExchange` for one that is.
   *
   * @param options - Name, system, replay, and who gets what nobody took.
   * @throws TypeError or RangeError when an option is not what it has to be.
   * @throws SystemClosedError when the system that it is given is closed.
   */
  constructor(options: NewExchangeOptions<T> = {}) {
    super();
    expectExchangeOptions(options);
    const core = options.system === undefined ? defaultCore : coreOf(options.system);
    core.expectNotEnded();
    this.name = options.name ?? `exchange-${core.nextId()}`;
    this[HUB] = new Hub<T>(this, core, options, this[BINDINGS](), (end) => {
      this.isStopped = true;
      this.hasError = end.failed;
      this.thrownError = end.error;
    });
  }

  /** @internal */
  [BINDINGS](): BindingList {
    return new BindingList();
  }

  /** @internal */
  get [KIND](): string {
    return 'an exchange without topics';
  }

  /** How many recipients are attached and observers subscribed. */
  get subscriberCount(): number {
    return this[HUB].roster.count;
  }

  /**
   * The same as it changes: the current number first, then every change; completes when the exchange ends.
   *
   * ```text
   * attached   --a--b-------
   * detached   ---------a---
   * count      0-1--2---1---
   * ```
   */
  get subscriberCount$(): Observable<number> {
    return new Observable((subscriber) => {
      const { end, roster } = this[HUB];
      if (end === undefined) return (roster.counts ??= new Feed<number>()).greet(subscriber, this.subscriberCount);
      subscriber.next(this.subscriberCount);
      subscriber.complete();
      return undefined;
    });
  }

  /** How many messages were dropped because they had to wait for a recipient, or an iterator, that takes its time. */
  get dropped(): number {
    return this[HUB].dropped;
  }

  /** The last message that a late subscriber would get; `undefined` when there is none. */
  get current(): T | undefined {
    return this[HUB].current;
  }

  /** Whether anybody is attached or subscribed. */
  override get observed(): boolean {
    return this.subscriberCount > 0;
  }

  /**
   * Hands one message to everybody who is attached or subscribed.
   *
   * @remarks Never throws. While a message is being handed on, the next one waits. To an ended exchange it makes a dead
   * letter (`'closed'`).
   *
   * @param message - The message.
   */
  send(message: T): void {
    this.next(message);
  }

  /**
   * The Observer's face of {@link Exchange.send}.
   *
   * @remarks Whatever is published on the exchange goes through here, by `send` and `consume` too, so that a subclass has one
   * method to override. What comes through an exchange that this one is attached to was published there.
   *
   * @param message - The message.
   */
  override next(message: T): void {
    this[HUB].send(message, undefined);
  }

  // The other way in, for one who stands between exchanges: what comes here has been published on another.
  /** @internal */
  [RELAY](message: T, publication: Publication | undefined): void {
    this[HUB].send(message, publication);
  }

  /**
   * Ends the exchange with an error, behind what was sent before: its observers get it, everyone is detached, the name
   * is free.
   *
   * @param error - The error.
   */
  override error(error: unknown): void {
    this[HUB].finish(new End(true, error));
  }

  /**
   * Ends the exchange, behind what was sent before: its observers complete, everyone is detached, the name is free.
   *
   * @remarks What waits for a recipient in its `buffer` was sent before, and is still handed over.
   */
  override complete(): void {
    this[HUB].finish(new End(false, undefined));
  }

  /**
   * Ends the exchange at once and without a word: everyone is detached, the name is free.
   *
   * @remarks What waits for a recipient in its `buffer` is a dead letter (`'closed'`).
   */
  override unsubscribe(): void {
    this.closed = true;
    const hub = this[HUB];
    if (hub.end === undefined) hub.over(new End(false, undefined), false);
  }

  /**
   * Attaches one recipient: from the next message on it gets everything, or what its options say. Attaching twice is
   * attaching once.
   *
   * Use {@link Exchange.subscribe} for several at once, or for an observer.
   *
   * @remarks With `replay` it gets the last messages first. An actor that ends is detached. An exchange that is attached to
   * exchanges gets each publication once, by however many ways it comes, and a ring of exchanges ends; so does every recipient.
   * **Back-pressure.** None, unless `buffer` says how many messages may wait for it.
   *
   * @example Two workers that share the work, and a log of what is urgent
   * ```ts
   * import { actor, Exchange } from 'rx-actors';
   *
   * const jobs = new Exchange<string>();
   * const work = (name: string) => actor((job: string) => console.log(name, 'does', job));
   * jobs.attach(work('Ada'), { group: 'workers' });
   * jobs.attach(work('Bob'), { group: 'workers' });
   * jobs.attach({ send: (line: string) => console.log(line) }, { filter: (job) => job.endsWith('!'), map: (job) => `urgent: ${job}` });
   * for (const job of ['cook', 'eat', 'wash up!']) jobs.send(job);
   * // prints:
   * // urgent: wash up!
   * // Ada does cook
   * // Ada does wash up!
   * // Bob does eat
   * ```
   *
   * @param recipient - Anything with `send()`, or with `postMessage()`, such as a BroadcastChannel.
   * @param options - Group, filter, map, and how many messages may wait for it.
   * @returns The subscription that detaches it; the same one when it was attached already.
   * @throws TypeError when it is no recipient, when an option is not what it has to be, when it is attached already with
   * other options, or when it is bound to patterns of a topic exchange.
   * @throws RangeError when `buffer` is no whole number from 1 up.
   * @throws ExchangeClosedError when the exchange has ended.
   */
  attach(
    recipient: Recipient<T> | PostTarget<T>,
    options?: AttachOptions<T> & { readonly map?: never },
  ): ExchangeSubscription;
  /**
   * Attaches a recipient that is sent what `map` makes out of each message.
   *
   * @typeParam U - What the recipient is sent.
   * @param recipient - Anything with `send()`, or with `postMessage()`.
   * @param options - `map`, and what else there is.
   * @returns The subscription that detaches it; the same one when it was attached already.
   * @throws TypeError, RangeError or ExchangeClosedError, as without `map`.
   */
  attach<U>(
    recipient: Recipient<U> | PostTarget<U>,
    options: AttachOptions<T> & { readonly map: (message: T) => U },
  ): ExchangeSubscription;
  attach(recipient: unknown, options?: AttachOptions<T>): ExchangeSubscription {
    sendFor(recipient);
    if (options !== undefined) expectAttachOptions(options);
    const hub = this[HUB];
    hub.expectOpen();
    if (options?.signal?.aborted !== true) return hub.roster.attach(recipient as object, options);
    const detached = new Attachment([]);
    detached.unsubscribe();
    return detached;
  }

  /**
   * Detaches one recipient, now: it is not called any more, also for a message that is being handed on.
   *
   * @param recipient - The recipient.
   * @returns `false` when it was not attached; it never throws: what a teardown of its subscription throws is reported
   * through RxJS's `config.onUnhandledError`.
   */
  detach(recipient: Recipient<never> | PostTarget<never>): boolean {
    const binding = this[HUB].roster.of(recipient);
    if (binding !== undefined) release(binding);
    return binding !== undefined;
  }

  /**
   * Attaches recipients, all or none, and gives the subscription that detaches them all: the recipe's context manager.
   *
   * Takes every form of RxJS's `subscribe` as well: a lone function, or an object without `send()`, is an observer.
   *
   * @example Attached for a block
   * ```ts
   * import { DisplayMessages, Exchange } from 'rx-actors';
   *
   * const exchange = new Exchange<string>();
   * {
   *   using _attached = exchange.subscribe(new DisplayMessages(), new DisplayMessages());
   *   console.log(exchange.subscriberCount);
   * }
   * console.log(exchange.subscriberCount);
   * // prints:
   * // 2
   * // 0
   * ```
   *
   * @param recipients - Objects with `send()`.
   * @returns The subscription that detaches them.
   * @throws TypeError when one of several is no recipient, or is bound to patterns; then none has been attached.
   * @throws ExchangeClosedError when the exchange has ended; an observer is told of its end instead.
   */
  override subscribe(...recipients: Recipient<T>[]): ExchangeSubscription;
  override subscribe(
    observerOrNext?: Partial<Observer<T>> | ((value: T) => void) | null,
    options?: SubscribeOptions,
  ): Subscription;
  /** @deprecated Pass an observer, as to any Observable. */
  override subscribe(
    next?: ((value: T) => void) | null,
    error?: ((error: unknown) => void) | null,
    complete?: (() => void) | null,
  ): Subscription;
  override subscribe(...targets: unknown[]): Subscription {
    const hub = this[HUB];
    const [first, ...others] = targets;
    const [second] = others;
    if (targets.length === 2 && isSubscribeOptions(second)) {
      const { signal } = second;
      expectAbortSignal('signal', signal);
      if (isRecipient(first) && !isSubscriber(first)) return this.attach(first, { signal });
      return signal.aborted ? Subscription.EMPTY : hub.observe(first, signal);
    }
    const observes = !isRecipient(first) || isSubscriber(first);
    if (observes && others.every((other) => other == null)) return hub.observe(first);
    if (targets.every((target) => target == null || (typeof target === 'function' && !isRecipient(target)))) {
      const [next, error, complete] = targets;
      return hub.observe({ next: next ?? undefined, error: error ?? undefined, complete: complete ?? undefined });
    }
    targets.forEach((target, index) => {
      if (!isRecipient(target)) throw wrongType(`recipients[${index}]`, 'an object with a `send` method', target);
      // Before any is attached: what was attached before is not to be detached with those that come.
      hub.roster.expectNotBound(target);
    });
    hub.expectOpen();
    return targets.length === 1 ? hub.roster.attach(first as object, undefined) : hub.attachAll(targets as object[]);
  }

  /**
   * Starts something with the first subscriber and stops it with the last one, again and again.
   *
   * Use it for a source that should run only while somebody wants what it gives.
   *
   * ```text
   * attached   --a--b---------
   * detached   --------a--b---
   * running    --^--------!---
   * ```
   *
   * @remarks With subscribers there already, it starts at once. **Teardown.** What `start` returns is executed when the last
   * subscriber has gone, when the exchange ends, and when the subscription that is returned is unsubscribed. **Errors.** What
   * `start` throws is reported through RxJS's `config.onUnhandledError`.
   *
   * @param start - Starts it, and returns how to stop it.
   * @returns The subscription that ends this; a closed one when the exchange has ended.
   * @throws TypeError when `start` is no function.
   */
  whileSubscribed(start: () => TeardownLogic): Subscription {
    expectFunction('start', start);
    const { end, roster } = this[HUB];
    if (end !== undefined) return Subscription.EMPTY;
    return (roster.sources ??= new WhileSubscribed()).add(start, this.observed);
  }

  /**
   * Sends every value of a source, until the exchange ends.
   *
   * @remarks **Teardown.** Unsubscribes from the source when the exchange ends. The completion of the source does not end the
   * exchange. **Errors.** An error of the source is reported through RxJS's `config.onUnhandledError`.
   *
   * @param source - Anything that RxJS can subscribe to, or an Observable of the platform.
   * @returns The subscription to the source; a closed one when the exchange has ended.
   * @throws TypeError when it can't be subscribed to.
   */
  consume(source: ObservableInput<T> | NativeObservable<T>): Subscription;
  /**
   * Sends every event of a target, until the exchange ends.
   *
   * @param target - The target.
   * @param type - The type of its events.
   * @returns The subscription to the target; a closed one when the exchange has ended.
   * @throws TypeError when it is no target of events.
   */
  consume(target: EventTarget, type: Event extends T ? string : T extends Event ? string : never): Subscription;
  consume(source: ObservableInput<T> | NativeObservable<T> | EventTarget, type?: string): Subscription {
    return this[HUB].consume(source as ObservableInput<T>, type);
  }

  /**
   * Iterates over the messages from now on; `for await (const message of exchange)` does so with the defaults.
   *
   * @remarks **Back-pressure.** Messages that come faster than they are taken wait, at most `buffer` of them; at the limit
   * `overflow` says which is dropped, as a dead letter (`'overflow'`) that `exchange.dropped` counts. **Teardown.** Leaving
   * the loop unsubscribes, and what still waits becomes dead letters (`'closed'`); the end of the exchange ends it behind
   * what waits. **Errors.** `exchange.error(…)` is thrown.
   *
   * @param options - How many may wait, and which is dropped then.
   * @returns An iterator that subscribes at once.
   * @throws TypeError or RangeError when an option is not what it has to be.
   */
  iterate(options: IterateOptions = {}): MessageIterator<T> {
    expectIterateOptions(options);
    return new KeptMessages<T>(options, (observer) => this.subscribe(observer), {
      dropped: (message) => {
        this[HUB].overflowed(message, this);
      },
      left: (message) => {
        this[HUB].unreached(message, this);
      },
    });
  }

  /** Iterates over the messages from now on, as {@link Exchange.iterate} does. */
  [Symbol.asyncIterator](): MessageIterator<T> {
    return this.iterate();
  }

  /** Forgets what it keeps for those who come late; what nobody has had becomes a dead letter (`'unrouted'`). */
  clearReplay(): void {
    this[HUB].clearReplay();
  }

  /** Makes `exchange.pipe(…)` an Observable: a Subject's would let whoever holds it send. */
  override lift<R>(operator: Operator<T, R>): Observable<R> {
    const lifted = new Observable<R>();
    lifted.source = this as Observable<unknown> as Observable<R>;
    lifted.operator = operator as Operator<unknown, R>;
    return lifted;
  }

  // Not `implements Mortal`: that is ours alone, and is stripped from what ships.
  /** @internal */
  [WATCH](listener: EndListener): Watch | undefined {
    return this[HUB].watch(listener);
  }

  /** @internal */
  expectOptions(wanted: ExchangeOptions<T>): void {
    const had = this[HUB].options;
    const other = otherExchangeOption(wanted, had);
    if (other === undefined) return;
    throw otherOption(other, `exchange "${this.name}"`, had[other], wanted[other]);
  }
}
