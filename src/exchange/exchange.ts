import { Observable, Subject, type Observer, type Operator, type Subscription } from 'rxjs';
import { isRecipient, type Recipient } from '../contract/recipient.js';
import { ExchangeClosedError } from '../errors/exchange-closed-error.js';
import { defaultCore } from '../internal/default-core.js';
import { wrongType } from '../internal/expect.js';
import { coreOf } from '../internal/hosted.js';
import { isMortal, WATCH } from '../internal/mortal.js';
import { Feed } from '../internal/feed.js';
import { Queue } from '../internal/queue.js';
import { reportError } from '../internal/report-error.js';
import { Ring } from '../internal/ring.js';
import type { SystemCore } from '../internal/system-core.js';
import { Attachment } from './attachment.js';
import {
  Binding,
  End,
  give,
  isSubscriber,
  LISTENER,
  OBSERVER,
  RECIPIENT,
  release,
  SUBSCRIBER,
  tellEnd,
} from './binding.js';
import { BindingList } from './binding-list.js';
import { expectExchangeOptions, type ExchangeOptions, type NewExchangeOptions } from './exchange-options.js';
import type { ExchangeSubscription } from './exchange-subscription.js';

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
  readonly #core: SystemCore;
  readonly #unrouted: Recipient<T> | undefined;
  readonly #maxSubscribers: number;
  #warned = false;
  readonly #replaySize: number;
  readonly #replay: Ring<T> | undefined;
  /** How many of the messages that are kept nobody has had yet; they are the newest. */
  #untaken = 0;
  readonly #bindings = new BindingList();
  /**
   * Overwritten, never deleted from: a Map copies itself over and over when one is attached and detached beside many, and
   * here the entry of a recipient that was detached goes with the recipient.
   */
  #byRecipient: WeakMap<Recipient<T>, Binding | undefined> | undefined;
  /** A message is being handed on: what is sent meanwhile waits. */
  #delivering = false;
  #waiting: Queue<T | End> | undefined;
  #end: End | undefined;
  #counts: Feed<number> | undefined;

  /**
   * Makes an exchange that is not found by its name; use `getExchange` for one that is.
   *
   * @param options - Name, system, replay, and who gets what nobody took.
   * @throws TypeError or RangeError when an option is not what it has to be.
   * @throws SystemClosedError when the system is closed.
   */
  constructor(options: NewExchangeOptions<T> = {}) {
    super();
    expectExchangeOptions(options);
    this.#core = options.system === undefined ? defaultCore : coreOf(options.system);
    if (options.system !== undefined) this.#core.expectOpen();
    this.name = options.name ?? `exchange-${this.#core.nextId()}`;
    this.#unrouted = options.unrouted;
    this.#maxSubscribers = options.maxSubscribers ?? this.#core.maxSubscribers;
    this.#replaySize = options.replay ?? 0;
    if (this.#replaySize > 0) this.#replay = new Ring(this.#replaySize);
  }

  /** How many recipients are attached and observers subscribed. */
  get subscriberCount(): number {
    return this.#bindings.size;
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
      subscriber.next(this.subscriberCount);
      if (subscriber.closed) return undefined;
      if (this.#end === undefined) return (this.#counts ??= new Feed<number>()).values.subscribe(subscriber);
      subscriber.complete();
      return undefined;
    });
  }

  /** Whether anybody is attached or subscribed. */
  override get observed(): boolean {
    return this.#bindings.size > 0;
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
   * @param message - The message.
   */
  override next(message: T): void {
    if (this.#delivering) {
      (this.#waiting ??= new Queue()).push(message);
      return;
    }
    if (this.#end !== undefined) {
      this.#core.deadLetter(message, this, 'closed');
      return;
    }
    this.#delivering = true;
    try {
      this.#publish(message);
    } finally {
      this.#deliverWaiting();
    }
  }

  /**
   * Ends the exchange with an error, behind what was sent before: its observers get it, everyone is detached, the name
   * is free.
   *
   * @param error - The error.
   */
  override error(error: unknown): void {
    this.#finish(new End(true, error));
  }

  /** Ends the exchange, behind what was sent before: its observers complete, everyone is detached, the name is free. */
  override complete(): void {
    this.#finish(new End(false, undefined));
  }

  /** Ends the exchange at once and without a word: everyone is detached, the name is free. */
  override unsubscribe(): void {
    this.closed = true;
    if (this.#end === undefined) this.#over(new End(false, undefined), false);
  }

  /**
   * Attaches one recipient: from the next message on it gets everything. Attaching twice is attaching once.
   *
   * Use {@link Exchange.subscribe} for several at once, or for an observer.
   *
   * @remarks With `replay` it gets the last messages first. An actor that ends is detached.
   *
   * @param recipient - Anything with `send()`.
   * @returns The subscription that detaches it; the same one when it was attached already.
   * @throws TypeError when it is no recipient.
   * @throws ExchangeClosedError when the exchange has ended.
   */
  attach(recipient: Recipient<T>): ExchangeSubscription {
    if (!isRecipient(recipient)) throw wrongType('recipient', 'an object with a `send` method', recipient);
    this.#expectOpen();
    return this.#attach(recipient);
  }

  /**
   * Detaches one recipient, now: it is not called any more, also for a message that is being handed on.
   *
   * @param recipient - The recipient.
   * @returns `false` when it was not attached; it never throws.
   */
  detach(recipient: Recipient<T>): boolean {
    const binding = this.#byRecipient?.get(recipient);
    binding?.unsubscribe();
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
   * @throws TypeError when one of several is no recipient; then none has been attached.
   * @throws ExchangeClosedError when the exchange has ended; an observer is told of its end instead.
   */
  override subscribe(...recipients: Recipient<T>[]): ExchangeSubscription;
  override subscribe(observerOrNext?: Partial<Observer<T>> | ((value: T) => void) | null): Subscription;
  /** @deprecated Pass an observer, as to any Observable. */
  override subscribe(
    next?: ((value: T) => void) | null,
    error?: ((error: unknown) => void) | null,
    complete?: (() => void) | null,
  ): Subscription;
  override subscribe(...targets: unknown[]): Subscription {
    const [first] = targets;
    if (targets.length <= 1 && (!isRecipient(first) || isSubscriber(first))) return this.#observe(first);
    if (targets.every((target) => target == null || (typeof target === 'function' && !isRecipient(target)))) {
      const [next, error, complete] = targets;
      return this.#observe({ next: next ?? undefined, error: error ?? undefined, complete: complete ?? undefined });
    }
    targets.forEach((target, index) => {
      if (!isRecipient(target)) throw wrongType(`recipients[${index}]`, 'an object with a `send` method', target);
    });
    this.#expectOpen();
    if (targets.length === 1) return this.#attach(first as Recipient<T>);
    return this.#attachAll(targets as Recipient<T>[]);
  }

  /** Makes `exchange.pipe(…)` an Observable: a Subject's would let whoever holds it send. */
  override lift<R>(operator: Operator<T, R>): Observable<R> {
    const lifted = new Observable<R>();
    lifted.source = this as Observable<unknown> as Observable<R>;
    lifted.operator = operator as Operator<unknown, R>;
    return lifted;
  }

  /** @internal */
  matches(options: ExchangeOptions<T>): boolean {
    const { replay = this.#replaySize, unrouted = this.#unrouted, maxSubscribers = this.#maxSubscribers } = options;
    return replay === this.#replaySize && unrouted === this.#unrouted && maxSubscribers === this.#maxSubscribers;
  }

  /* Delivery */

  #publish(message: T): void {
    this.#core.inspect?.({ type: 'published', exchange: this as Exchange<unknown>, message });
    const evicted = this.#replay?.push(message);
    if (this.#bindings.size > 0) this.#bindings.give(message, this.#report);
    else if (this.#unrouted !== undefined) this.#giveUnrouted(this.#unrouted, message);
    // A late subscriber may still take what is kept; what newer messages push out nobody will.
    else if (this.#untaken < this.#replaySize) this.#untaken++;
    else this.#core.deadLetter(this.#replay === undefined ? message : evicted, this, 'unrouted');
  }

  #giveUnrouted(recipient: Recipient<T>, message: T): void {
    try {
      recipient.send(message);
    } catch (error) {
      this.#reportRecipient(recipient, error, message);
    }
  }

  /** Hands on what came while something else was being handed on; then the exchange is at rest. */
  #deliverWaiting(): void {
    const waiting = this.#waiting;
    try {
      while (waiting !== undefined && waiting.length > 0) {
        const next = waiting.shift() as T | End;
        if (this.#end !== undefined) {
          if (!(next instanceof End)) this.#core.deadLetter(next, this, 'closed');
        } else if (next instanceof End) {
          this.#over(next, true);
        } else {
          this.#publish(next);
        }
      }
    } finally {
      this.#delivering = false;
    }
  }

  readonly #report = (binding: Binding, error: unknown, message: unknown): void => {
    if (binding.kind === RECIPIENT) this.#reportRecipient(binding.target as Recipient<T>, error, message);
    else reportError(error);
  };

  #reportRecipient(recipient: Recipient<T>, error: unknown, message: unknown): void {
    const exchange = this as Exchange<unknown>;
    if (!this.#core.failed({ exchange, recipient, error, message })) reportError(error);
  }

  /* Bindings */

  #attach(recipient: Recipient<T>): Binding {
    const attached = this.#byRecipient?.get(recipient);
    if (attached !== undefined) return attached;
    const binding = new Binding(this, RECIPIENT, recipient);
    (this.#byRecipient ??= new WeakMap()).set(recipient, binding);
    this.#bind(binding);
    // One that has ended already is detached again at once.
    if (isMortal(recipient) && !binding.closed) binding.watch = recipient[WATCH](binding);
    return binding;
  }

  #attachAll(recipients: readonly Recipient<T>[]): ExchangeSubscription {
    const bindings: Binding[] = [];
    try {
      for (const recipient of recipients) {
        // What is replayed to one may make it end the exchange.
        this.#expectOpen();
        bindings.push(this.#attach(recipient));
      }
    } catch (error) {
      new Attachment(bindings).unsubscribe();
      throw error;
    }
    return new Attachment(bindings);
  }

  #observe(target: unknown): Subscription {
    if (target != null && typeof target !== 'function' && typeof target !== 'object') {
      throw wrongType('observer', 'an observer, a function or an object with a `send` method', target);
    }
    if (isSubscriber(target)) {
      const binding = new Binding(this, SUBSCRIBER, target);
      target.add(binding);
      this.#start(binding);
      return target;
    }
    const binding = new Binding(this, typeof target === 'function' ? LISTENER : OBSERVER, target ?? {});
    this.#start(binding);
    return binding;
  }

  /** Subscribes an observer; one that comes after the end gets what is kept, and the end. */
  #start(binding: Binding): void {
    if (binding.closed) return;
    if (this.#end === undefined) {
      this.#bind(binding);
    } else {
      this.#giveReplay(binding);
      tellEnd(binding, this.#end);
      binding.unsubscribe();
    }
  }

  #bind(binding: Binding): void {
    this.#bindings.add(binding);
    if (this.#bindings.size > this.#maxSubscribers && !this.#warned) this.#warn();
    this.#core.inspect?.({ type: 'attached', exchange: this as Exchange<unknown>, recipient: binding.target });
    if (this.#replay === undefined && this.#counts === undefined) return;
    // What is sent meanwhile is newer than what is replayed: it waits.
    const atRest = !this.#delivering;
    this.#delivering = true;
    try {
      this.#giveReplay(binding);
      this.#tellCount();
    } finally {
      if (atRest) this.#deliverWaiting();
    }
  }

  #warn(): void {
    this.#warned = true;
    this.#core.warn(
      `exchange "${this.name}" has ${this.subscriberCount} subscribers: it may be that some are never detached. ` +
        'Its option `maxSubscribers` sets how many are expected.',
    );
  }

  #giveReplay(binding: Binding): void {
    this.#untaken = 0;
    for (const message of this.#replay?.toArray() ?? []) {
      if (binding.closed) return;
      try {
        give(binding, message);
      } catch (error) {
        this.#report(binding, error, message);
      }
    }
  }

  /** @internal */
  unbind(binding: Binding): void {
    const { kind, target } = binding;
    if (kind === RECIPIENT) this.#byRecipient?.set(target as Recipient<T>, undefined);
    this.#core.inspect?.({ type: 'detached', exchange: this as Exchange<unknown>, recipient: target });
    if (this.#bindings.remove(binding)) this.#tellCount();
  }

  #tellCount(): void {
    if (this.#counts?.observed === true) this.#counts.tell(this.subscriberCount);
  }

  /* The end */

  #finish(end: End): void {
    if (this.#delivering) (this.#waiting ??= new Queue()).push(end);
    else if (this.#end === undefined) this.#over(end, true);
  }

  #over(end: End, tell: boolean): void {
    this.#end = end;
    this.#core.inspect?.({ type: 'completed', exchange: this as Exchange<unknown> });
    this.isStopped = true;
    this.hasError = end.failed;
    this.thrownError = end.error;
    // The name first: an observer that hears of the end may want the next exchange of that name.
    if (this.#core.exchanges.get(this.name) === (this as unknown)) this.#core.exchanges.delete(this.name);
    const counts = this.#counts;
    this.#counts = undefined;
    for (const binding of this.#bindings.clear()) {
      if (tell) tellEnd(binding, end);
      release(binding);
    }
    if (counts?.observed === true) counts.tell(0);
    counts?.complete();
  }

  #expectOpen(): void {
    const end = this.#end;
    if (end !== undefined) throw new ExchangeClosedError(this.name, end.failed ? { cause: end.error } : undefined);
  }
}
