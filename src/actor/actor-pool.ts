import type { Observable, Subscriber, TeardownLogic } from 'rxjs';
import { expectFunction, expectNumber, expectObject, wrongType } from '../internal/expect.js';
import { LOAD } from '../internal/loaded.js';
import { Actor, type Behavior } from './actor.js';
import type { ActorOptions, MailboxOptions } from './actor-options.js';
import { expectAskOptions, type AskOptions } from './ask.js';
import { cellOf } from './cell-of.js';
import { PoolMembers } from './pool-members.js';
import { Question } from './question.js';
import { expectRouting, type PoolRouting } from './routing.js';

/**
 * How many messages may wait for a pool.
 *
 * @public
 */
export interface PoolMailboxOptions {
  /**
   * How many messages may wait at all members together, those being processed not counted; a whole number from 1 up. At the
   * limit `send` drops the message that is being sent, as a dead letter with the reason `'overflow'`; `offer` waits for
   * room.
   *
   * @defaultValue no limit
   */
  readonly capacity?: number;
}

/**
 * What a pool can be made with.
 *
 * @remarks The name, the system, the parent, the signal and `afterEnd` are the pool's own; `supervision`, `stashCapacity` and
 * `beforeRestart` are those of each member; `siblings` says which members restart when one of them does.
 *
 * @public
 */
export interface ActorPoolOptions<In> extends Omit<ActorOptions<In>, 'mailbox'> {
  /** How many members work in parallel; a whole number from 1 up. {@link ActorPool.resize} changes it. */
  readonly size: number;
  /**
   * Which member a message goes to.
   *
   * @defaultValue `'round-robin'`
   */
  readonly routing?: PoolRouting<In>;
  /**
   * How many messages may wait.
   *
   * @defaultValue any number
   */
  readonly mailbox?: PoolMailboxOptions;
}

function expectSize(size: unknown): void {
  expectNumber('size', size, 1, true);
}

/** Refuses options that could only do harm later; those of every actor are looked at where every actor's are. */
function expectPoolOptions<In>(options: ActorPoolOptions<In>): void {
  expectObject('options', options);
  const { size, routing, mailbox } = options;
  expectSize(size);
  if (routing !== undefined) expectRouting(routing);
  if (mailbox === undefined) return;
  expectObject('mailbox', mailbox);
  const { overflow, compare }: MailboxOptions<never> = mailbox;
  // What waits is in the mailboxes of the members: nobody knows which of it is the oldest, or the first in another order.
  if (overflow !== undefined && overflow !== 'drop-newest') {
    throw wrongType('overflow', "'drop-newest' in the mailbox of a pool", overflow);
  }
  if (compare !== undefined) throw wrongType('compare', 'left out of the mailbox of a pool', compare);
}

/** What a pool has to know of its members; no more, so that a pool of narrower outputs is one of wider ones. */
interface Members<In, Out> {
  readonly size: number;
  readonly load: number;
  resize(size: number): void;
  ask(message: In, subscriber: Subscriber<Out>, options: AskOptions | undefined): TeardownLogic;
}

/**
 * Members with the same behavior that work in parallel, behind the face of one actor. Made by {@link actorPool}.
 *
 * @remarks What the pool is sent goes to a member at once, and waits there. The members are children of the pool, called
 * `name-1`, `name-2` and so on: they show in `system.actors`, in dead letters and failures, and as `self` of a behavior's
 * context. A member that kills or closes itself is replaced when its place is needed.
 *
 * @typeParam In - The messages.
 * @typeParam Out - The outputs of all members.
 *
 * @public
 */
export class ActorPool<In, Out = never> extends Actor<In, Out> {
  readonly #members: Members<In, Out>;

  /**
   * Makes a pool that is not started yet: what is sent to it waits.
   *
   * @param behavior - What a member does with one message.
   * @param options - How many members, and how messages are routed.
   * @throws TypeError or RangeError when an argument is not what it has to be.
   * @throws SystemClosedError when the system is closed.
   */
  constructor(behavior: Behavior<In, Out>, options: ActorPoolOptions<In>) {
    expectFunction('behavior', behavior);
    expectPoolOptions(options);
    super(options);
    this.#members = new PoolMembers<In, Out>(cellOf<In, Out>(this), behavior, options);
  }

  /** @internal */
  override get [LOAD](): number {
    return this.#members.load;
  }

  /** How many members messages are routed to. */
  get size(): number {
    return this.#members.size;
  }

  /**
   * Changes how many members there are.
   *
   * ```text
   * sent        -ab----cd---
   * resize      ----2-------
   * a's work     --x|
   * b's work        --x|
   * c's work           --x|
   * d's work            --x|
   * ```
   *
   * @remarks New members get only what is sent from now on. Those taken out, the last ones first, process what they had been
   * given, then end. **Ordering.** With `{ hash }`, a key whose member changes has no order between what was sent before the
   * resize and what is sent after it. A closed pool is not resized any more.
   *
   * @param size - How many; a whole number from 1 up.
   * @throws TypeError or RangeError when `size` is no such number.
   */
  resize(size: number): void {
    expectSize(size);
    this.#members.resize(size);
  }

  /**
   * Sends one message to a member, and emits what that answers to it.
   *
   * @remarks As the `ask` of every actor. An `ActorClosedError` names the member when it is the member that has ended.
   *
   * @param message - The message.
   * @param options - `timeout` in milliseconds, a `signal`, and what to do when the pool is full.
   * @returns A cold Observable: subscribing sends, each subscription once.
   * @throws TypeError or RangeError when an option is not what it has to be.
   */
  override ask(message: In, options?: AskOptions): Observable<Out> {
    if (options !== undefined) expectAskOptions(options);
    return new Question(this.#members, message, options);
  }
}

/**
 * Makes a number of actors with the same behavior, which work in parallel, and starts them: a recipient like one actor.
 *
 * Use it when one actor, which does one thing at a time, is too slow, and the order of the messages does not matter, or only
 * that of messages with the same key.
 *
 * ```text
 * sent     -abc-----
 * a's work  ---x|      first member
 * b's work   ---x|     second member
 * c's work      ---x|  first member
 * outputs  ----xx--x
 * ```
 *
 * @remarks **Ordering.** Each member processes what it was given in the order sent, one message at a time. With `{ hash }`
 * so are all messages with the same key. Between members there is no order, and outputs come as they are made.
 *
 * **Back-pressure.** `mailbox.capacity` limits what waits at all members together.
 *
 * **Teardown.** `close()` lets every member process what it was given; `kill()` stops all of them at once.
 *
 * **Errors.** A failing member is up to its `supervision`. One that it stops ends the pool with the same error, which kills
 * the other members. An error of a source that has the pool as its observer is met by one member when everything sent before
 * it has been processed.
 *
 * @example Two at a time
 * ```ts
 * import { map, timer } from 'rxjs';
 * import { actorPool } from 'rx-actors';
 *
 * const pool = actorPool((n: number) => timer(n).pipe(map(() => `${n} ms`)), { size: 2 });
 * pool.subscribe((text) => console.log(text));
 * for (const n of [30, 10, 1]) pool.send(n);
 * pool.close();
 * await pool.join();
 * // prints:
 * // 10 ms
 * // 30 ms
 * // 1 ms
 * ```
 *
 * @typeParam In - The messages, inferred from the behavior's parameter.
 * @typeParam Out - The outputs, inferred from what it returns.
 * @param behavior - What a member does with one message. All members share the function, and so what it closes over.
 * @param options - How many members, how messages are routed, and what every actor can be made with.
 * @returns The pool, started.
 * @throws TypeError or RangeError when an argument is not what it has to be.
 * @throws SystemClosedError when the system is closed.
 *
 * @public
 */
export function actorPool<In, Out = never>(
  behavior: Behavior<In, Out>,
  options: ActorPoolOptions<In>,
): ActorPool<In, Out> {
  return new ActorPool<In, Out>(behavior, options).start();
}
