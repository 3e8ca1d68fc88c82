import { catchError, EMPTY, from, mergeMap, take, throwIfEmpty, type Observable } from 'rxjs';
import type { AskOptions } from '../actor/ask.js';
import type { Askable } from '../contract/askable.js';
import { scatter, type AnswersOf, type MessageOfAll } from './scatter.js';

/**
 * Asks several actors with the same message, all at once, and emits the answer that comes first.
 *
 * Use it where any of several will do: replicas, mirrors, a cache beside its origin. What `Promise.any` is for asks.
 *
 * ```text
 * a's work ----x|
 * b's work --y|
 * result   --(y|)   a's ask is taken back
 * ```
 *
 * @remarks **Ordering.** The asks are sent in the order of `actors`; of those that answer at once, the first has the
 * answer, and those behind it are not asked. **Back-pressure.** Each mailbox takes its ask as with `ask`. **Teardown.**
 * With the first answer, and by unsubscribing, every ask is taken back: one that waits leaves its mailbox, one that has
 * its turn is unsubscribed. That is so for the one that has answered too, as with `firstValueFrom`: what would come after
 * its first answer is cancelled. **Errors.** A failure counts only when all fail: then the result fails with an
 * `AggregateError`, its `errors` in the order of `actors`. An actor that completes without an answer is a failure, RxJS's
 * `EmptyError`. Without actors all have failed. An aborted `signal` fails the result with its `reason`.
 *
 * @example The quicker of two mirrors
 * ```ts
 * import { map, timer } from 'rxjs';
 * import { actor, askFirst } from 'rx-actors';
 *
 * const mirror = (name: string, delay: number) => actor((path: string) => timer(delay).pipe(map(() => `${path} of ${name}`)));
 * askFirst([mirror('north', 50), mirror('south', 5)], '/index', { timeout: 1000 }).subscribe((page) => console.log(page));
 * // prints:
 * // /index of south
 * ```
 *
 * @typeParam Actors - Who is asked; a tuple when the actors are listed.
 * @param actors - Who is asked: actors, pools, and what stands for an actor elsewhere.
 * @param message - The message, the same one for all, that every one of them takes.
 * @param options - The options of each ask, `timeout` in milliseconds among them.
 * @returns A cold Observable of one answer: subscribing sends, each subscription once to each actor.
 * @throws TypeError or RangeError when somebody can't be asked, or an option is not what it has to be.
 *
 * @see {@link askAll} for the answers of all.
 * @public
 */
export function askFirst<Actors extends readonly Askable<never, unknown>[]>(
  actors: readonly [...Actors],
  message: MessageOfAll<Actors>,
  options: AskOptions = {},
): Observable<AnswersOf<Actors>[number]> {
  const result = scatter(actors, message, options, (asks) => {
    const errors = new Array<unknown>(asks.length);
    return from(asks).pipe(
      mergeMap((ask, index) =>
        ask.pipe(
          throwIfEmpty(),
          catchError((error: unknown) => {
            errors[index] = error;
            return EMPTY;
          }),
        ),
      ),
      take(1),
      throwIfEmpty(() => new AggregateError(errors, `No actor has answered, of ${asks.length} that were asked.`)),
    );
  });
  return result as Observable<AnswersOf<Actors>[number]>;
}
