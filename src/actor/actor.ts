/// <reference lib="esnext.disposable" preserve="true" />
import {
  from,
  Observable,
  type Subscription,
  takeUntil,
  type ObservableInput,
  type Observer,
  type Subscriber,
  type TeardownLogic,
} from 'rxjs';
import type { ActorRef } from '../contract/actor-ref.js';
import { defaultCore } from '../internal/default-core.js';
import { asyncDispose } from '../internal/dispose.js';
import { expectFunction, wrongType } from '../internal/expect.js';
import { coreOf } from '../internal/hosted.js';
import { LOAD } from '../internal/loaded.js';
import { WATCH, type EndListener, type Watch } from '../internal/mortal.js';
import type { SystemCore } from '../internal/system-core.js';
import type { ActorStatus } from '../contract/actor-status.js';
import { ActorCell } from './actor-cell.js';
import { expectActorOptions, type ActorOptions } from './actor-options.js';
import { expectAskOptions, type AskOptions } from './ask.js';
import { CELL, cellOf } from './cell-of.js';
import { SPAWN, type ActorContext } from './context.js';
import type { Termination } from '../contract/termination.js';
import { Question } from './question.js';
import { RunLife } from './run-life.js';

/** Where an actor lives: with its parent, in the system that it was given, in the default one. */
function coreFor(options: ActorOptions<never> | undefined): SystemCore {
  const { parent, system } = options ?? {};
  const core = system === undefined ? undefined : coreOf(system);
  if (parent === undefined) return core ?? defaultCore;
  if (!(parent instanceof Actor)) throw wrongType('parent', 'an actor', parent);
  const home = cellOf(parent).core;
  if (core !== undefined && core !== home) {
    throw new TypeError(`Expected \`system\` to be the one that the parent, "${parent.name}", lives in, got another.`);
  }
  return home;
}

function runLifeOf<In, Out>(actor: Actor<In, Out>, what: string): RunLife<In, Out> {
  const { life } = cellOf<In, Out>(actor).drain;
  if (life instanceof RunLife) return life as RunLife<In, Out>;
  throw new TypeError(
    `\`${what}\` is for a \`run()\` of the actor's own; "${actor.name}" handles its messages one at a time.`,
  );
}

// One function for all actors: RxJS calls it as a method of the Observable that is subscribed.
function observe<Out>(this: Observable<Out>, subscriber: Subscriber<Out>): TeardownLogic {
  return cellOf<never, Out>(this as Actor<never, Out>).observe(subscriber);
}

/**
 * What an actor does with one message.
 *
 * The Observable, Promise, iterable, async iterable or ReadableStream that it returns is the work on that message: the
 * next one is processed once it has completed. What it emits are the actor's outputs.
 *
 * @remarks The `undefined` that an `async` behavior resolves to is no output. A string is refused with a TypeError: it
 * is an iterable, and would be emitted letter by letter.
 *
 * @typeParam In - The messages.
 * @typeParam Out - The outputs.
 *
 * @public
 */
export type Behavior<In, Out> = (message: In, context: ActorContext<In>) => ObservableInput<Out> | void;

/**
 * A mailbox drained one message at a time, by `receive()`, or by a `run()` of a subclass's own.
 *
 * Use {@link actor} for a behavior that is a function; extend the class for one with fields and methods.
 *
 * ```text
 * sent     a-b----c---|
 * a's work --x|
 * b's work    --x|
 * c's work        --x|
 * outputs  --x--x---x-|
 * ```
 *
 * @remarks An actor is both ends of a Subject: messages go in (`source$.subscribe(actor)`), outputs come out
 * (`actor.pipe(…)`).
 *
 * **Ordering.** Messages of one sender are processed in the order in which they were sent. The next one starts only
 * when the work on the one before has completed.
 *
 * **Back-pressure.** `send` never waits: the mailbox grows, or drops by its `overflow` policy. `offer` waits for room.
 *
 * **Teardown.** `close()` lets it process what was sent before; `kill()` stops it at once. Either way nothing is lost
 * silently: what is not processed shows on `system.deadLetters`.
 *
 * **Errors.** What the behavior throws goes to its `supervision`; by default it ends the actor.
 *
 * @example A class of one's own, after the recipe
 * ```ts
 * import { Actor, ActorExit } from 'rx-actors';
 *
 * class PrintActor extends Actor<string> {
 *   protected override async run(): Promise<void> {
 *     for (;;) console.log('Got:', await this.recv());
 *   }
 * }
 *
 * const printer = new PrintActor();
 * printer.start();
 * printer.send('Hello');
 * printer.send('World');
 * printer.close();
 * await printer.join();
 * // prints:
 * // Got: Hello
 * // Got: World
 * ```
 *
 * @typeParam In - The messages.
 * @typeParam Out - The outputs; none by default.
 *
 * @public
 */
export class Actor<In, Out = never>
  extends Observable<Out>
  implements ActorRef<In, Out>, Observer<In>, AsyncDisposable
{
  /** @internal */
  readonly [CELL]: unknown;

  /**
   * Makes an actor that is not started yet: what is sent to it waits.
   *
   * @param options - Name, system, mailbox, supervision, and a signal that kills it.
   * @throws TypeError or RangeError when an option is not what it has to be.
   * @throws SystemClosedError when the system is closed.
   */
  constructor(options?: ActorOptions<In>) {
    super(observe);
    if (options !== undefined) expectActorOptions(options);
    const core = coreFor(options);
    const cell = new ActorCell<In, Out>(this, core, options, Actor.#handle);
    this[CELL] = cell;
    // A run() of its own is a life beside the messages; the default one is the turn of the cell itself.
    if (this.run !== Actor.prototype.run) {
      const life = new RunLife<In, Out>(cell.drain, () => this.run(), Actor.#handle);
      cell.drain.handle((message, context) => life.take(message, context), life);
    }
    cell.moveIn();
  }

  /** One handler for all: the context knows the actor, so that none needs a closure of its own. */
  static readonly #handle = <In>(message: In, context: ActorContext<In>): unknown =>
    context.self.receive(message, context);

  /** What it is called in errors, dead letters and failures. */
  get name(): string {
    return cellOf<In, Out>(this).name;
  }

  /** How far it has come. */
  get status(): ActorStatus {
    return cellOf<In, Out>(this).status;
  }

  /** How many messages wait in its mailbox, the one being processed not counted. */
  get pending(): number {
    return cellOf<In, Out>(this).mailbox?.size ?? 0;
  }

  /**
   * The same as it changes: the current number first, then every change; completes when the actor ends.
   *
   * ```text
   * sent     -a--b-----
   * a's work  ----|
   * pending  0---1-0---
   * ```
   *
   * @remarks What changes while its observers hear of one change is told as one.
   */
  get pending$(): Observable<number> {
    return new Observable((subscriber) => cellOf<In, Out>(this).pending(subscriber));
  }

  /**
   * Starts processing. The first message is processed later, never on the caller's stack.
   *
   * @remarks Starting a started or an ended actor does nothing.
   *
   * @returns The actor itself.
   */
  start(): this {
    cellOf<In, Out>(this).start();
    return this;
  }

  /**
   * Sends one message, one-way: it is put into the mailbox, and processed later.
   *
   * Use {@link Actor.trySend} to learn whether it was taken, {@link Actor.offer} to wait for room, {@link Actor.ask} for
   * an answer.
   *
   * @remarks **Ordering.** Behind everything sent before. **Back-pressure.** None; a full mailbox drops by its
   * `overflow` policy. **Errors.** Never throws. A message that is not taken shows on `system.deadLetters`.
   *
   * @param message - The message.
   */
  send(message: In): void {
    cellOf<In, Out>(this).send(message);
  }

  /**
   * The Observer's face of {@link Actor.send}, so that `source$.subscribe(actor)` sends every value.
   *
   * @param message - The message.
   */
  next(message: In): void {
    cellOf<In, Out>(this).send(message);
  }

  /**
   * Takes the failure of an upstream: behind what was sent before it, it is handled like a failing message.
   *
   * @remarks On an ended actor it is reported through RxJS's `config.onUnhandledError`.
   *
   * @param reason - What the upstream failed with.
   */
  error(reason: unknown): void {
    cellOf<In, Out>(this).sendError(reason);
  }

  /** The Observer's face of {@link Actor.close}: an upstream that completes closes the actor. */
  complete(): void {
    cellOf<In, Out>(this).close();
  }

  /**
   * Sends one message and says whether the mailbox took it.
   *
   * @remarks A message that was not taken is a dead letter, as with {@link Actor.send}. With `'drop-oldest'` a full
   * mailbox takes the message and drops another.
   *
   * @param message - The message.
   * @returns `false` when the actor is closed, or its mailbox is full and drops the newest.
   */
  trySend(message: In): boolean {
    return cellOf<In, Out>(this).send(message);
  }

  /**
   * Sends one message once there is room for it: back-pressure for a bounded mailbox.
   *
   * Use with `concatMap`, so that a fast source waits for a slow actor.
   *
   * ```text
   * room   ----x
   * result ----(x|)
   * ```
   *
   * @remarks **Ordering.** First come, first served. **Teardown.** Unsubscribing takes the waiting message back.
   * **Errors.** `ActorClosedError` when the actor has ended, or ends before there is room.
   *
   * @example A source that waits for its actor
   * ```ts
   * import { concatMap, from, timer, map } from 'rxjs';
   * import { actor } from 'rx-actors';
   *
   * const slow = actor((n: number) => timer(5).pipe(map(() => n)), { mailbox: { capacity: 1 } });
   * slow.subscribe((n) => console.log(n));
   * from([1, 2, 3]).pipe(concatMap((n) => slow.offer(n))).subscribe({ complete: () => slow.close() });
   * await slow.join();
   * // prints:
   * // 1
   * // 2
   * // 3
   * ```
   *
   * @param message - The message.
   * @returns A cold Observable that emits once and completes when the mailbox has taken the message.
   */
  offer(message: In): Observable<void> {
    return new Observable((subscriber) => cellOf<In, Out>(this).offer(message, subscriber));
  }

  /**
   * Sends one message and emits what the actor answers to it.
   *
   * Use when you need this message's answer, not every output.
   *
   * ```text
   * ask    a
   * work   --x-y|
   * result --x-y|
   * ```
   *
   * @remarks **Ordering.** The message waits for its turn like any other. **Teardown.** Unsubscribing before its turn
   * takes the message out of the mailbox; during its turn it unsubscribes the work, and the actor goes on. So
   * `firstValueFrom(actor.ask(m))` cancels what would have come after the first output; use `lastValueFrom` to let the
   * work complete. **Errors.** What the behavior threw; `ActorClosedError` when the actor has ended or ends first;
   * `AskTimeoutError`; `MailboxFullError` when the mailbox drops the message. It never hangs.
   *
   * An actor with a `run()` of its own can't tell which output belongs to which message: its asks complete without
   * output once the message counts as processed.
   *
   * @example Asking a counter
   * ```ts
   * import { firstValueFrom } from 'rxjs';
   * import { statefulActor } from 'rx-actors';
   *
   * const counter = statefulActor((count: number, by: number) => count + by, 0);
   * counter.send(2);
   * console.log(await firstValueFrom(counter.ask(3)));
   * // prints:
   * // 5
   * ```
   *
   * @param message - The message.
   * @param options - `timeout` in milliseconds, a `signal`, and what to do when the mailbox is full.
   * @returns A cold Observable: subscribing sends, each subscription once.
   * @throws TypeError or RangeError when an option is not what it has to be.
   */
  ask(message: In, options?: AskOptions): Observable<Out> {
    if (options !== undefined) expectAskOptions(options);
    return new Question(cellOf<In, Out>(this), message, options);
  }

  /**
   * Sends every value of a source, until the actor ends.
   *
   * Use it rather than `source$.subscribe(actor)` when the source should stop with the actor: RxJS gives an observer no
   * way to stop its source, so that one runs on and its values become dead letters.
   *
   * @remarks **Teardown.** Unsubscribes from the source when the actor ends. The completion of the source does not close
   * the actor. **Errors.** An error of the source is handled like a failing message.
   *
   * @param source - Anything that RxJS can subscribe to.
   * @returns The subscription to the source.
   * @throws TypeError when RxJS can't subscribe to `source`.
   */
  consume(source: ObservableInput<In>): Subscription {
    const values = from(source);
    const cell = cellOf<In, Out>(this);
    const ended = new Observable<void>((subscriber) => {
      const watch = cell.watch({
        ended: () => {
          subscriber.next();
        },
      });
      return () => {
        watch?.cancel();
      };
    });
    return values.pipe(takeUntil(ended)).subscribe({
      next: (message) => {
        cell.send(message);
      },
      error: (reason: unknown) => {
        cell.sendError(reason);
      },
    });
  }

  /**
   * Closes the mailbox: what was sent before is processed, what is sent after is a dead letter, then the actor ends.
   *
   * @remarks Before `start()` it ends the actor at once; what waits becomes dead letters. Closing twice is closing once.
   */
  close(): void {
    cellOf<In, Out>(this).close();
  }

  /**
   * Ends the actor at once: running work is unsubscribed, what waits becomes dead letters (`'killed'`).
   *
   * @remarks A kill is no failure: observers complete, `join()` resolves, asks get `ActorClosedError`. A Promise can't
   * be stopped: it is dropped, and `context.signal` tells its work to stop.
   *
   * @param reason - Why; it is the `reason` of `context.signal` and of the termination.
   */
  kill(reason?: unknown): void {
    cellOf<In, Out>(this).kill(reason);
  }

  /**
   * Waits for the end of the actor, its last teardown included.
   *
   * @returns A Promise that resolves when the actor has ended, and rejects only with a failure that ended it.
   */
  join(): Promise<void> {
    return cellOf<In, Out>(this).join();
  }

  /**
   * How the actor has ended: emits once, and completes. Late subscribers get it too.
   *
   * ```text
   * actor      --a--b--|
   * terminated --------(t|)
   * ```
   */
  get terminated(): Observable<Termination> {
    return cellOf<In, Out>(this).terminated;
  }

  /** Closes the actor and waits for its end, so that `await using` does. */
  [asyncDispose](): Promise<void> {
    this.close();
    return this.join();
  }

  /**
   * The messages as they come, for the pipeline of a `run()` of one's own; completes when the actor is closed and
   * everything has been emitted.
   *
   * @remarks A message counts as processed when its emission returns. It is handed out only while somebody is
   * subscribed, but operators that buffer, `concatMap` among them, have their own limits: `concatMap` alone hangs behind
   * some 800 messages when its inner Observables complete synchronously. `receive()` has no such limit.
   */
  protected get mailbox(): Observable<In> {
    return new Observable((subscriber) => runLifeOf(this, 'mailbox').mailbox.subscribe(subscriber));
  }

  /**
   * Takes the next message, for a `run()` of one's own.
   *
   * @remarks The message taken before counts as processed now.
   *
   * @returns A Promise of the next message; it rejects with `ActorExit` once the actor is closed and everything has
   * been received.
   */
  protected recv(): Promise<In> {
    try {
      return runLifeOf(this, 'recv()').recv();
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /**
   * What to do with one message; to be overridden. Without it messages are taken and nothing is done.
   *
   * @param _message - The message.
   * @param _context - The actor itself, its system, and a signal that tells when to stop.
   * @returns The work on this message, or nothing.
   */
  protected receive(_message: In, _context: ActorContext<In>): ObservableInput<Out> | void {
    return undefined;
  }

  /**
   * What the actor does from its start to its end; to be overridden by a loop over `recv()` or a pipeline of `mailbox`.
   * By default it drains the mailbox, one message at a time, through `receive()`.
   *
   * @returns What it returns is subscribed, its values are outputs, and its end is the end of the actor.
   */
  protected run(): ObservableInput<Out> | void | Promise<void> {
    return runLifeOf(this, 'super.run()').drain();
  }

  /** @internal */
  [SPAWN]<ChildIn, ChildOut>(
    behavior: Behavior<ChildIn, ChildOut>,
    options: Omit<ActorOptions<ChildIn>, 'system' | 'parent'> | undefined,
  ): Actor<ChildIn, ChildOut> {
    return actor(behavior, { ...options, parent: this });
  }

  /** @internal */
  get [LOAD](): number {
    return cellOf<In, Out>(this).load;
  }

  // Not `implements Mortal`: that is ours alone, and is stripped from what ships.
  /** @internal */
  [WATCH](listener: EndListener): Watch | undefined {
    return cellOf<In, Out>(this).watch(listener);
  }
}

/**
 * Makes an actor out of a function that handles one message, and starts it.
 *
 * Use {@link statefulActor} when all it does is to change a state, {@link generatorActor} for a behavior with stages.
 *
 * ```text
 * sent     a-b----c---|
 * a's work --x|
 * b's work    --x|
 * c's work        --x|
 * outputs  --x--x---x-|
 * ```
 *
 * @remarks **Ordering**, **back-pressure**, **teardown** and **errors** as {@link Actor} says.
 *
 * @example Doubling numbers
 * ```ts
 * import { of } from 'rxjs';
 * import { actor } from 'rx-actors';
 *
 * const doubler = actor((n: number) => of(n * 2));
 * doubler.subscribe((n) => console.log(n));
 * doubler.send(1);
 * doubler.send(2);
 * doubler.close();
 * await doubler.join();
 * // prints:
 * // 2
 * // 4
 * ```
 *
 * @typeParam In - The messages, inferred from the behavior's parameter.
 * @typeParam Out - The outputs, inferred from what it returns.
 * @param behavior - What to do with one message.
 * @param options - Name, system, mailbox, supervision, and a signal that kills it.
 * @returns The actor, started.
 * @throws TypeError or RangeError when an argument is not what it has to be.
 * @throws SystemClosedError when the system is closed.
 *
 * @public
 */
export function actor<In, Out = never>(behavior: Behavior<In, Out>, options?: ActorOptions<In>): Actor<In, Out> {
  expectFunction('behavior', behavior);
  const made = new Actor<In, Out>(options);
  cellOf<In, Out>(made).drain.handle(behavior);
  return made.start();
}
