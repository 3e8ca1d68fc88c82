/// <reference lib="esnext.disposable" preserve="true" />
import { noop, queueScheduler, type Observable, type SchedulerLike } from 'rxjs';
import { actor, type Actor, type Behavior } from '../actor/actor.js';
import type { ActorOptions } from '../actor/actor-options.js';
import { actorPool, type ActorPool, type ActorPoolOptions } from '../actor/actor-pool.js';
import { generatorActor, type GeneratorBody } from '../actor/generator-actor.js';
import type { StatefulActorOptions } from '../actor/state-snapshot.js';
import { statefulActor, type Reducer, type StatefulActor } from '../actor/stateful-actor.js';
import type { AnyActor } from '../contract/any-actor.js';
import type { DeadLetter } from '../contract/dead-letter.js';
import type { ExchangeTypes } from '../contract/exchange-types.js';
import type { ActorFailure } from '../contract/failure.js';
import type { TopicExchangeTypes } from '../contract/topic-types.js';
import type { InspectionEvent } from '../contract/inspection-event.js';
import type { Exchange } from '../exchange/exchange.js';
import type { ExchangeOptions } from '../exchange/exchange-options.js';
import { namedTopicExchange, type TopicsOf } from '../exchange/get-topic-exchange.js';
import { plainExchange } from '../exchange/named-exchange.js';
import type { TopicExchange } from '../exchange/topic-exchange.js';
import type { TopicMessage } from '../exchange/topic-message.js';
import { crewOf } from '../internal/crew.js';
import { asyncDispose } from '../internal/dispose.js';
import { expectFunction, expectLimit, expectDelay, expectObject, expectString, wrongType } from '../internal/expect.js';
import { CORE } from '../internal/hosted.js';
import { SystemCore } from '../internal/system-core.js';
import { closeSystem } from './close-system.js';
import { metricsOf, type SystemMetrics } from './metrics.js';
import { snapshotOf, type SystemSnapshot } from './system-snapshot.js';

/**
 * What a system can be made with.
 *
 * @public
 */
export interface ActorSystemOptions {
  /**
   * What it is called in errors.
   *
   * @defaultValue `'system'`
   */
  readonly name?: string;
  /**
   * What all its turns, timeouts and waits are scheduled on; a TestScheduler makes them virtual.
   *
   * @defaultValue RxJS's `asapScheduler` for turns and `asyncScheduler` for times
   */
  readonly scheduler?: SchedulerLike;
  /**
   * Gives numbers from 0 up to 1, for the jitter of a backoff.
   *
   * @defaultValue `Math.random`
   */
  readonly random?: () => number;
  /**
   * Tells a developer what looks like a mistake, such as an exchange that collects ever more subscribers.
   *
   * @defaultValue `console.warn`
   */
  readonly warn?: (message: string) => void;
  /**
   * How many may be attached and subscribed to one exchange before the system warns; a whole number from 0 up, or
   * `Infinity`. An exchange can be made with another number.
   *
   * @defaultValue 1,000
   */
  readonly maxSubscribers?: number;
  /**
   * How many exchanges may be found by name before the system warns, once; a whole number from 0 up, or `Infinity`. Names
   * that are made up for each request, and never freed by `complete()`, are what it finds.
   *
   * @defaultValue 1,000
   */
  readonly maxExchanges?: number;
}

/**
 * How a system is closed.
 *
 * @public
 */
export interface CloseOptions {
  /** After so many milliseconds every actor that has not ended is killed. */
  readonly timeout: number;
}

/**
 * A world of its own: its actors and exchanges, its scheduler, and where one sees what becomes of messages.
 *
 * Use one per test, per request, or per injector of Angular; the free functions use {@link defaultSystem}.
 *
 * @remarks Two systems share nothing, not even the names of exchanges.
 *
 * **Teardown.** `close()` closes every actor, waits for them, and completes every named exchange.
 *
 * @example A system per test
 * ```ts
 * import { ActorSystem } from 'rx-actors';
 *
 * const system = new ActorSystem({ name: 'orders' });
 * system.deadLetters.subscribe(({ message, reason }) => console.log(message, 'was not processed:', reason));
 * const printer = system.actor((line: string) => console.log(line));
 * printer.send('hello');
 * await system.close();
 * printer.send('too late');
 * // prints:
 * // hello
 * // too late was not processed: closed
 * ```
 *
 * @public
 */
export class ActorSystem implements AsyncDisposable {
  /** @internal */
  readonly [CORE]: SystemCore;

  /** The options of every actor that is given none: an actor keeps its options, and they all can keep the same. */
  readonly #only: { readonly system: ActorSystem } = { system: this };

  /**
   * Makes a system.
   *
   * @param options - Name, scheduler, a source of random numbers, and when to warn of what may be a leak.
   * @throws TypeError or RangeError when an option is not what it has to be.
   */
  constructor(options: ActorSystemOptions = {}) {
    this[CORE] = options instanceof SystemCore ? options : newCore(options);
    this[CORE].face = this;
  }

  /** What it is called in errors. */
  get name(): string {
    return this[CORE].name;
  }

  /**
   * Every message that nobody will process, with the reason.
   *
   * @remarks Hot, and never completes: something may be sent to an ended actor at any time.
   */
  get deadLetters(): Observable<DeadLetter> {
    return this[CORE].deadLetters.values;
  }

  /**
   * Every behavior that failed with a message, and every recipient of an exchange that threw.
   *
   * @remarks Hot, and never completes.
   */
  get failures(): Observable<ActorFailure> {
    return this[CORE].failures.values;
  }

  /**
   * Everything that happens in the system, for tools that show it.
   *
   * @remarks Hot, and never completes. While nobody is subscribed it costs nothing. An actor that is in the middle of its
   * turn when the first one subscribes tells of its messages from its next turn on.
   */
  get events(): Observable<InspectionEvent> {
    return this[CORE].events.values;
  }

  /**
   * How much has happened in the system since the subscription: zeros first, then, while anything happens, new numbers at
   * most once a second.
   *
   * @remarks Every subscription counts for itself; use `share()` for one count for all. It never completes.
   */
  get metrics$(): Observable<SystemMetrics> {
    return metricsOf(this[CORE]);
  }

  /** Who is in the system now, as a plain value. */
  snapshot(): SystemSnapshot {
    return snapshotOf(this[CORE]);
  }

  /** The actors that have not ended yet, the newest first. */
  get actors(): readonly AnyActor[] {
    return crewOf(this[CORE])
      .residents.snapshot()
      .map(({ face }) => face);
  }

  /** The exchanges that can be found by name, by their names, in the order in which they were made; a copy. */
  get exchanges(): ReadonlyMap<string, Exchange<unknown>> {
    return new Map(this[CORE].exchanges as Map<string, Exchange<unknown>>);
  }

  /**
   * Makes an actor out of a function that handles one message, in this system, and starts it.
   *
   * @param behavior - What to do with one message.
   * @param options - Name, mailbox, supervision, and a signal that kills it.
   * @returns The actor, started.
   * @throws TypeError, RangeError or SystemClosedError, as the function {@link actor} does.
   */
  actor<In, Out = never>(behavior: Behavior<In, Out>, options?: Omit<ActorOptions<In>, 'system'>): Actor<In, Out> {
    return actor(behavior, this.#with(options));
  }

  /**
   * Makes an actor that owns a state, in this system, and starts it.
   *
   * @param reduce - Makes the next state out of the current one and a message.
   * @param initial - The state to begin with.
   * @param options - Name, mailbox, supervision, and a signal that kills it.
   * @returns The actor, started.
   * @throws TypeError, RangeError or SystemClosedError, as the function {@link statefulActor} does.
   */
  statefulActor<In, State>(
    reduce: Reducer<In, State>,
    initial: State,
    options?: Omit<StatefulActorOptions<In, State>, 'system'>,
  ): StatefulActor<In, State> {
    return statefulActor(reduce, initial, this.#with(options));
  }

  /**
   * Makes an actor out of a generator function, in this system, and starts it.
   *
   * @param body - The generator function, sync or async.
   * @param options - Name, mailbox, supervision, and a signal that kills it.
   * @returns The actor, started.
   * @throws TypeError, RangeError or SystemClosedError, as the function {@link generatorActor} does.
   */
  generatorActor<In, Out = never>(
    body: GeneratorBody<In, Out>,
    options?: Omit<ActorOptions<In>, 'system'>,
  ): Actor<In, Out> {
    return generatorActor(body, this.#with(options));
  }

  /**
   * Makes a number of actors with the same behavior, in this system, and starts them.
   *
   * @param behavior - What a member does with one message.
   * @param options - How many members, how messages are routed, and what every actor can be made with.
   * @returns The pool, started.
   * @throws TypeError, RangeError or SystemClosedError, as the function {@link actorPool} does.
   */
  actorPool<In, Out = never>(
    behavior: Behavior<In, Out>,
    options: Omit<ActorPoolOptions<In>, 'system'>,
  ): ActorPool<In, Out> {
    return actorPool(behavior, { ...options, ...this.#only });
  }

  /**
   * Finds an exchange by its name in this system; makes it when there is none.
   *
   * @param name - The name.
   * @param options - How many messages to replay, and who gets what nobody took; only needed where it is made.
   * @returns The exchange.
   * @throws TypeError, RangeError or SystemClosedError, as {@link getExchange} does.
   */
  exchange<N extends keyof ExchangeTypes>(
    name: N,
    options?: ExchangeOptions<ExchangeTypes[N]>,
  ): Exchange<ExchangeTypes[N]>;
  /**
   * Finds an exchange by a name that {@link ExchangeTypes} does not know.
   *
   * @typeParam T - The messages.
   * @typeParam N - The name, which is refused when its type is known.
   * @param name - The name.
   * @param options - How many messages to replay, and who gets what nobody took; only needed where it is made.
   * @returns The exchange.
   */
  exchange<T, N extends string = string>(
    name: N extends keyof ExchangeTypes ? never : N,
    options?: ExchangeOptions<T>,
  ): Exchange<T>;
  exchange(name: string, options?: ExchangeOptions<unknown>): Exchange<unknown> {
    return plainExchange(this[CORE], name, options);
  }

  /**
   * Finds a topic exchange by its name in this system; makes it when there is none.
   *
   * @param name - The name.
   * @param options - Replay, and who gets what nobody took; only needed where it is made.
   * @returns The exchange.
   * @throws TypeError, RangeError or SystemClosedError, as {@link getTopicExchange} does.
   */
  topicExchange<Name extends keyof TopicExchangeTypes>(
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
   */
  topicExchange<T, Name extends string = string>(
    name: Name extends keyof TopicExchangeTypes ? never : Name,
    options?: ExchangeOptions<TopicMessage<T>>,
  ): TopicExchange<T>;
  topicExchange(name: string, options?: ExchangeOptions<TopicMessage<unknown>>): TopicExchange<unknown> {
    return namedTopicExchange(this[CORE], name, options);
  }

  /**
   * Ends everything in the system: actors process what was sent to them before, one after the other, the newest first and
   * children before their parents; then the named exchanges complete.
   *
   * @remarks No actor can be made any more; an exchange can until the last actor has ended, as one of them may look for it
   * while it drains. Closing twice is closing once.
   *
   * @returns A Promise that resolves when the last actor has ended; it never rejects.
   */
  close(): Promise<void>;
  /**
   * Ends everything in the system likewise, and kills what takes too long.
   *
   * @param options - How long it may take.
   * @returns A Promise of `'closed'` when all have drained, of `'killed'` when any had to be killed; it never rejects.
   * @throws TypeError or RangeError when `timeout` is no number of milliseconds.
   */
  close(options: CloseOptions): Promise<'closed' | 'killed'>;
  close(options?: CloseOptions): Promise<'closed' | 'killed' | void> {
    if (options !== undefined) {
      expectObject('options', options);
      expectDelay('timeout', options.timeout);
    }
    const closed = closeSystem(this[CORE], options?.timeout);
    return options === undefined ? closed.then(noop) : closed;
  }

  #with<Options extends object>(
    options: Options | undefined,
  ): { readonly system: ActorSystem } | (Options & { readonly system: ActorSystem }) {
    return options === undefined ? this.#only : { ...options, ...this.#only };
  }

  /** Closes the system, so that `await using` does. */
  [asyncDispose](): Promise<void> {
    return this.close();
  }
}

function newCore(options: ActorSystemOptions): SystemCore {
  expectObject('options', options);
  const { name, scheduler, random, warn, maxSubscribers, maxExchanges } = options;
  if (name !== undefined) expectString('name', name);
  if (random !== undefined) expectFunction('random', random);
  if (warn !== undefined) expectFunction('warn', warn);
  if (maxSubscribers !== undefined) expectLimit('maxSubscribers', maxSubscribers, 0);
  if (maxExchanges !== undefined) expectLimit('maxExchanges', maxExchanges, 0);
  if (scheduler !== undefined && !isScheduler(scheduler)) throw wrongType('scheduler', 'an RxJS scheduler', scheduler);
  if (scheduler === queueScheduler) {
    throw new TypeError(
      'Expected `scheduler` to be one that runs work later, got queueScheduler: it would run behaviors on the stack of whoever sends.',
    );
  }
  return new SystemCore(name, scheduler, random, warn, maxSubscribers, maxExchanges);
}

function isScheduler(value: unknown): value is SchedulerLike {
  const scheduler = value as Partial<SchedulerLike> | null | undefined;
  return typeof scheduler?.schedule === 'function' && typeof scheduler.now === 'function';
}
