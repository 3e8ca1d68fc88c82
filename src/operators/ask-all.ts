import { from, last, map, mergeMap, reduce, type Observable } from 'rxjs';
import type { AskOptions } from '../actor/ask.js';
import type { Askable } from '../contract/askable.js';
import { scatter, type AnswersOf, type MessageOfAll } from './scatter.js';

/**
 * Asks several actors with the same message, all at once, and emits their answers together.
 *
 * Use it to gather what several know, or to wait until all of them are done: what `forkJoin` is for asks.
 *
 * ```text
 * a's work --x|
 * b's work ----y-z|
 * result   -------(r|)   r: [x, z]
 * ```
 *
 * @remarks **Ordering.** The asks are sent in the order of `actors`; the answers are in that order too, whoever answers
 * first. Of several answers of one actor it is the last that counts. Without actors it emits `[]`. **Back-pressure.** Each
 * mailbox takes its ask as with `ask`; `whenFull: 'wait'` waits for room. **Teardown.** Unsubscribing takes back every ask
 * that is not done. **Errors.** The first failure fails the result, and the other asks are taken back. An actor that
 * completes without an answer is a failure: RxJS's `EmptyError`, as with `lastValueFrom`.
 *
 * @example The prices of two shops
 * ```ts
 * import { of } from 'rxjs';
 * import { actor, askAll } from 'rx-actors';
 *
 * const near = actor((item: string) => of(item.length * 10));
 * const far = actor((item: string) => of(item.length * 9));
 * askAll([near, far], 'tea', { timeout: 1000 }).subscribe((prices) => console.log(Math.min(...prices)));
 * // prints:
 * // 27
 * ```
 *
 * @typeParam Actors - Who is asked; a tuple when the actors are listed.
 * @param actors - Who is asked: actors, pools, and what stands for an actor elsewhere.
 * @param message - The message, the same one for all, that every one of them takes.
 * @param options - The options of each ask, `timeout` in milliseconds among them.
 * @returns A cold Observable of one array of answers: subscribing sends, each subscription once to each actor.
 * @throws TypeError or RangeError when somebody can't be asked, or an option is not what it has to be.
 *
 * @see {@link askFirst} for the first answer alone.
 * @public
 */
export function askAll<Actors extends readonly Askable<never, unknown>[]>(
  actors: readonly [...Actors],
  message: MessageOfAll<Actors>,
  options: AskOptions = {},
): Observable<AnswersOf<Actors>> {
  const result = scatter(actors, message, options, (asks) =>
    from(asks).pipe(
      mergeMap((ask, index) =>
        ask.pipe(
          last(),
          map((answer) => ({ index, answer })),
        ),
      ),
      reduce((answers, { index, answer }) => {
        answers[index] = answer;
        return answers;
      }, new Array<unknown>(asks.length)),
    ),
  );
  return result as Observable<AnswersOf<Actors>>;
}
