import { Observable, type OperatorFunction, type Subscription } from 'rxjs';
import type { AskOptions } from '../actor/ask.js';
import { wrongType } from '../internal/expect.js';
import { Queue } from '../internal/queue.js';

/**
 * Anything that can be asked: actors, and what stands for one elsewhere.
 *
 * @public
 */
export interface Askable<in In, out Out> {
  /**
   * Sends one message and emits what is answered to it.
   *
   * @param message - The message.
   * @param options - How long to wait.
   * @returns A cold Observable of the answers.
   */
  ask(message: In, options?: AskOptions): Observable<Out>;
}

/**
 * Asks an actor with every value of the source, one after another, and emits the replies in the order of the values.
 *
 * Use it where a step of a pipeline belongs to an actor.
 *
 * ```text
 * source -a-b------|
 * a's    --x|
 * b's      --y|
 * result ---x-y----|
 * ```
 *
 * @remarks **Ordering.** The replies to one value come before those to the next, which is asked only when they are
 * complete. **Back-pressure.** One ask is on its way at a time, and it waits for room in a bounded mailbox; values that
 * come meanwhile wait here, however many. **Teardown.** Unsubscribing takes the ask back and unsubscribes the source.
 * **Errors.** The first ask that fails, or the failure of the source, fails the result.
 *
 * @example A pipeline with a step that has a state
 * ```ts
 * import { of } from 'rxjs';
 * import { askWith, statefulActor } from 'rx-actors';
 *
 * const total = statefulActor((sum: number, n: number) => sum + n, 0);
 * of(1, 2, 3).pipe(askWith(total)).subscribe((sum) => console.log(sum));
 * // prints:
 * // 1
 * // 3
 * // 6
 * ```
 *
 * @typeParam In - The values, which are the messages.
 * @typeParam Out - The replies.
 * @param actor - Who is asked.
 * @param options - The options of each ask; `whenFull` is `'wait'` unless it says otherwise.
 * @returns An operator that emits the replies.
 * @throws TypeError when `actor` can't be asked.
 *
 * @public
 */
export function askWith<In, Out>(actor: Askable<In, Out>, options?: AskOptions): OperatorFunction<In, Out> {
  if (typeof (actor as Partial<Askable<In, Out>> | null | undefined)?.ask !== 'function') {
    throw wrongType('actor', 'an object with an `ask` method', actor);
  }
  const each: AskOptions = { whenFull: 'wait', ...options };
  // Not concatMap: what waits there is shifted out of an array, which is quadratic, and a reply that comes at once is
  // one stack frame deeper than the reply before.
  return (source) =>
    new Observable((subscriber) => {
      const waiting = new Queue<In>();
      let asking = false;
      let completed = false;
      let current: Subscription | undefined;
      const askNext = (): void => {
        while (!asking && !subscriber.closed && waiting.length > 0) {
          asking = true;
          let subscribing = true;
          const subscription = actor.ask(waiting.shift() as In, each).subscribe({
            next: (reply) => {
              subscriber.next(reply);
            },
            error: (error: unknown) => {
              subscriber.error(error);
            },
            complete: () => {
              asking = false;
              if (!subscribing) askNext();
            },
          });
          subscribing = false;
          current = subscription;
          if (subscriber.closed) subscription.unsubscribe();
        }
        if (completed && !asking) subscriber.complete();
      };
      subscriber.add(() => current?.unsubscribe());
      subscriber.add(
        source.subscribe({
          next: (value) => {
            waiting.push(value);
            askNext();
          },
          error: (error: unknown) => {
            subscriber.error(error);
          },
          complete: () => {
            completed = true;
            askNext();
          },
        }),
      );
    });
}
