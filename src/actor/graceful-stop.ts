import { asyncScheduler, isObservable, Subscription, type SchedulerLike } from 'rxjs';
import { expectDelay, expectObject, wrongType } from '../internal/expect.js';
import type { ActorCell } from './actor-cell.js';
import type { AnyActor } from '../contract/any-actor.js';
import { cellOf } from './cell-of.js';
import type { Termination } from '../contract/termination.js';

/**
 * How long an actor may take to stop.
 *
 * @public
 */
export interface GracefulStopOptions {
  /**
   * How long it may go on with what was sent before, in milliseconds. Then it is killed, with the reason
   * `'stop-timeout'`.
   *
   * @defaultValue no limit
   */
  readonly timeout?: number;
}

/** Why an actor was killed that did not drain in time. */
const STOP_TIMEOUT = 'stop-timeout';

/**
 * Closes an actor, and kills it when it has not come to its end in time.
 *
 * Use it at shutdown, where what was sent is to be processed, but not at any price. `close()` alone may take for ever, and
 * `kill()` drops everything.
 *
 * ```text
 * sent         -abc---------
 * gracefulStop ---s---------   with a timeout of 5
 * a's work      ---m|
 * b's work          ---        unsubscribed; b and c are dead letters: 'killed'
 * outputs      ----m---|
 * terminated   --------(t|)    t: { kind: 'killed', reason: 'stop-timeout' }
 * ```
 *
 * @remarks **Teardown.** Everything sent before is processed, what is sent after is a dead letter (`'closed'`). At the
 * timeout running work is unsubscribed, and what waits becomes dead letters (`'killed'`); asks fail with an
 * `ActorClosedError` whose `cause` is `'stop-timeout'`. Children count: an actor has ended when they have. Of several
 * calls the timeout decides that is over first. A behavior that waits for its own actor to stop waits for itself: until
 * the timeout, or for ever without one. **Errors.** None: a failure that ends the actor is the result, and counts as heard.
 *
 * @example At most 20 ms to finish
 * ```ts
 * import { NEVER } from 'rxjs';
 * import { actor, gracefulStop } from 'rx-actors';
 *
 * const quick = actor((line: string) => console.log(line));
 * quick.send('one more');
 * console.log(await gracefulStop(quick, { timeout: 20 }));
 *
 * const stuck = actor((_line: string) => NEVER);
 * stuck.send('never done');
 * console.log(await gracefulStop(stuck, { timeout: 20 }));
 * // prints:
 * // one more
 * // { kind: 'closed' }
 * // { kind: 'killed', reason: 'stop-timeout' }
 * ```
 *
 * @param actor - Any actor, started or not, ended or not; also a pool, or what stands for an actor elsewhere.
 * @param options - `timeout` in milliseconds.
 * @returns A Promise of how it has ended; it never rejects.
 * @throws TypeError or RangeError when an argument is not what it has to be.
 *
 * @public
 */
export function gracefulStop(actor: AnyActor, options: GracefulStopOptions = {}): Promise<Termination> {
  expectActor(actor);
  expectObject('options', options);
  const { timeout } = options;
  if (timeout !== undefined) expectDelay('timeout', timeout);
  return new Promise((resolve) => {
    const waiting = new Subscription();
    const ended = (termination: Termination): void => {
      waiting.unsubscribe();
      resolve(termination);
    };
    // Before it is closed: one that was not started ends at once.
    waiting.add(
      actor.terminated.subscribe({
        next: ended,
        // What stands for an actor elsewhere may never learn of its end.
        error: (error: unknown) => {
          ended({ kind: 'failed', error });
        },
      }),
    );
    actor.close();
    const kill = (): void => {
      actor.kill(STOP_TIMEOUT);
    };
    if (timeout !== undefined) waiting.add(timersOf(actor).schedule(kill, timeout));
  });
}

/** Refuses anything that can't be stopped and say so. */
function expectActor(value: unknown): void {
  const actor = value as Partial<AnyActor> | null | undefined;
  if (typeof actor?.close !== 'function' || typeof actor.kill !== 'function' || !isObservable(actor.terminated)) {
    throw wrongType('actor', 'an actor', value);
  }
}

/** The clock of an actor's system; what is no actor of ours has RxJS's own. */
function timersOf(actor: AnyActor): SchedulerLike {
  const cell: ActorCell<never, never> | undefined = cellOf(actor);
  return cell?.core.timers ?? asyncScheduler;
}
