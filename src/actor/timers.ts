import { isObservable, type Observable, type Subscription } from 'rxjs';
import { expectDelay } from '../internal/expect.js';
import type { SystemCore } from '../internal/system-core.js';
import type { Envelope, UpstreamError } from './envelope.js';
import { TimedMessage, Timer, TimerError } from './timer.js';

/**
 * Messages that an actor sends to itself later, each under a key of its own.
 *
 * Use it rather than RxJS's `timer` with `send`: a timer ends with its actor and at a restart, and a key that is started
 * again guarantees that its old message never arrives, also when that waits in the mailbox already.
 *
 * ```text
 * start('k', a, 3)     s---------
 * start('k', b, 3)     --s-------
 * the actor gets       -----b----
 * ```
 *
 * @remarks A message of a timer waits in the mailbox like any other, in a bounded one by its overflow policy. **Teardown.**
 * All are cancelled when the actor restarts or ends. **Errors.** An Observable that fails makes the actor fail as with a
 * message, without one to blame. Like a message the error waits for its turn, and is taken back when its timer is cancelled;
 * one that waits when the actor ends is reported through RxJS's `config.onUnhandledError`.
 *
 * @example A counter that ticks
 * ```ts
 * import { interval } from 'rxjs';
 * import { actor } from 'rx-actors';
 *
 * let ticks = 0;
 * const clock = actor((message: 'start' | 'tick', { timers, self }) => {
 *   console.log(message);
 *   if (message === 'start') timers.start('ticking', 'tick', interval(10));
 *   else if (++ticks === 2) self.close();
 * });
 * clock.send('start');
 * await clock.join();
 * // prints:
 * // start
 * // tick
 * // tick
 * ```
 *
 * @typeParam In - The messages of the actor.
 *
 * @see {@link https://doc.akka.io/libraries/akka-core/current/typed/interaction-patterns.html#scheduling-messages-to-self | Akka's timers}, after which they are made.
 * @public
 */
export interface ActorTimers<in In> {
  /**
   * Sends the actor a message later; what had been started under the same key is cancelled.
   *
   * @param key - What the timer is known by; compared as by a Map.
   * @param message - The message.
   * @param when - After how many milliseconds; or an Observable: the message is sent whenever it emits.
   * @throws TypeError or RangeError when `when` is neither; then the old timer goes on.
   * @throws ActorClosedError when the actor has ended.
   */
  start(key: unknown, message: In, when: number | Observable<unknown>): void;
  /**
   * Cancels what was started under a key: its message will not arrive, also when it waits already.
   *
   * @param key - The key.
   * @returns `false` when there was nothing to cancel.
   */
  cancel(key: unknown): boolean;
  /** Cancels all. */
  cancelAll(): void;
  /**
   * Tells whether something is still to come.
   *
   * @param key - The key.
   * @returns `true` from `start` until the last message under this key, or the error of its Observable, has its turn or is
   * cancelled.
   */
  has(key: unknown): boolean;
}

/** Whose timers they are. */
export interface TimersHost {
  /** Throws when the actor has ended. */
  expectAlive(): void;
  readonly core: SystemCore;
  /** Puts an envelope into the mailbox. */
  post(envelope: Envelope): void;
  /** The same for the error of an upstream. */
  postError(error: UpstreamError): void;
  /** Takes either out again. */
  takeOut(envelope: Envelope): void;
}

/** The timers of one incarnation. */
export class Timers<In> implements ActorTimers<In> {
  readonly #host: TimersHost;
  readonly #byKey = new Map<unknown, Timer>();

  constructor(host: TimersHost) {
    this.#host = host;
  }

  start(key: unknown, message: In, when: number | Observable<unknown>): void {
    this.#host.expectAlive();
    if (!isObservable(when)) expectDelay('when', when);
    this.cancel(key);
    const timer = new Timer(message, () => {
      if (this.#byKey.get(key) === timer) this.#byKey.delete(key);
    });
    this.#byKey.set(key, timer);
    timer.running.add(isObservable(when) ? this.#follow(when, timer) : this.#wait(when, timer));
  }

  cancel(key: unknown): boolean {
    const timer = this.#byKey.get(key);
    if (timer === undefined) return false;
    this.#byKey.delete(key);
    timer.running.unsubscribe();
    for (const message of timer.waiting) this.#host.takeOut(message);
    if (timer.error !== undefined) this.#host.takeOut(timer.error);
    return true;
  }

  cancelAll(): void {
    for (const key of [...this.#byKey.keys()]) this.cancel(key);
  }

  has(key: unknown): boolean {
    return this.#byKey.has(key);
  }

  /** The actor has ended. Errors that wait stay in the mailbox, to be reported: nobody else hears of them. */
  end(): void {
    for (const timer of this.#byKey.values()) timer.error = undefined;
    this.cancelAll();
  }

  /** The keys of all that is under way. */
  get keys(): unknown[] {
    return [...this.#byKey.keys()];
  }

  #wait(delay: number, timer: Timer): Subscription {
    return this.#host.core.timers.schedule(() => {
      timer.running.unsubscribe();
      this.#fire(timer);
    }, delay);
  }

  #follow(source: Observable<unknown>, timer: Timer): Subscription {
    return source.subscribe({
      next: () => {
        // A source that emits synchronously goes on though its timer was cancelled by whoever heard of a message of it.
        if (!timer.running.closed) this.#fire(timer);
      },
      error: (error: unknown) => {
        if (timer.running.closed) return;
        timer.running.unsubscribe();
        this.#host.postError((timer.error = new TimerError(error, timer)));
      },
      complete: () => {
        timer.running.unsubscribe();
        timer.look();
      },
    });
  }

  #fire(timer: Timer): void {
    const message = new TimedMessage(timer.message, timer);
    timer.waiting.add(message);
    this.#host.post(message);
  }
}
