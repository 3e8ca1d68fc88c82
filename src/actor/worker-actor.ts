import {
  catchError,
  defer,
  EMPTY,
  from,
  isObservable,
  of,
  takeLast,
  tap,
  throwIfEmpty,
  type Observable,
  type ObservableInput,
} from 'rxjs';
import { expectFunction } from '../internal/expect.js';
import { Actor } from './actor.js';
import { isThenable } from './follow.js';
import { Result } from './result.js';

/**
 * What a worker is sent: a function to be run.
 *
 * @public
 */
export type WorkerTask = () => unknown;

/**
 * What a task's return value comes to: the value of a Promise, the last value of an Observable, anything else as it is.
 *
 * @public
 */
export type TaskValue<R> = R extends PromiseLike<unknown> ? Awaited<R> : R extends Observable<infer T> ? T : R;

/** What a task returned, as an Observable of its values. An array is one value. */
function valuesOf(returned: unknown): Observable<unknown> {
  const awaited = isObservable(returned) || (typeof returned === 'object' && returned !== null && isThenable(returned));
  return awaited ? from(returned as ObservableInput<unknown>) : of(returned);
}

/**
 * An actor that runs functions, one at a time, and gives back their results.
 *
 * Use it to run things one after another that would be in each other's way, such as writes to one file.
 *
 * ```text
 * submitted f-g------
 * f's work  --v|
 * g's work    ---w|
 * outputs   --v---w--
 * ```
 *
 * @remarks Every value is an output of the actor too. **Ordering.** Tasks run in the order in which they were submitted
 * or sent. **Teardown.** Closing drains; killing rejects every result still waiting. **Errors.** A submitted task that
 * fails rejects its result and the worker goes on; a function that was sent, not submitted, fails like any message.
 *
 * @example The recipe's worker
 * ```ts
 * import { WorkerActor } from 'rx-actors';
 *
 * const worker = new WorkerActor().start();
 * console.log(await worker.submit(Math.pow, 2, 3).result());
 * worker.close();
 * // prints:
 * // 8
 * ```
 *
 * @public
 */
export class WorkerActor extends Actor<WorkerTask, unknown> {
  /**
   * Has a function run, behind everything submitted or sent before.
   *
   * @remarks **Back-pressure.** When a bounded mailbox drops the task, the result fails with `MailboxFullError`.
   * **Errors.** The result fails with what `fn` throws or rejects with, with `ActorClosedError` when the worker has ended
   * or ends first, with rxjs's `EmptyError` when an Observable completes without a value. It never hangs.
   *
   * @typeParam A - The arguments.
   * @typeParam R - What the function returns: a value, a Promise, or an Observable, whose last value counts.
   * @param fn - The function.
   * @param args - What to call it with.
   * @returns The result, hot: nobody has to subscribe to it.
   * @throws TypeError when `fn` is no function.
   */
  submit<A extends unknown[], R>(fn: (...args: A) => R, ...args: A): Result<TaskValue<R>> {
    expectFunction('fn', fn);
    const result = new Result<TaskValue<R>>(() => {
      asked.unsubscribe();
    });
    const task = (): Observable<unknown> =>
      defer(() => valuesOf(fn(...args))).pipe(
        takeLast(1),
        throwIfEmpty(),
        tap({
          next: (value) => {
            result.setResult(value as TaskValue<R>);
          },
          error: (reason: unknown) => {
            result.setError(reason);
          },
        }),
        // It is the submitter's failure, not the worker's.
        catchError(() => EMPTY),
      );
    const asked = this.ask(task).subscribe({
      error: (reason: unknown) => {
        result.refuse(reason);
      },
    });
    return result;
  }

  protected override receive(task: WorkerTask): Observable<unknown> {
    return valuesOf(task());
  }
}
