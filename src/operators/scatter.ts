import { defer, Observable, takeUntil } from 'rxjs';
import { expectAskOptions, type AskOptions } from '../actor/ask.js';
import type { Askable } from '../contract/askable.js';
import { wrongType } from '../internal/expect.js';
import { onAbort } from '../internal/on-abort.js';

/**
 * What every one of several actors can be asked.
 *
 * @typeParam Actors - The actors, listed or in any number.
 *
 * @public
 */
export type MessageOfAll<Actors extends readonly Askable<never, unknown>[]> =
  // A union of functions takes only what each of them takes.
  (
    Actors[number] extends infer Actor
      ? Actor extends Askable<infer In, unknown>
        ? (message: In) => void
        : never
      : never
  ) extends (message: infer In) => void
    ? In
    : never;

/**
 * What each of several actors answers: a tuple when they are listed, else an array.
 *
 * @typeParam Actors - The actors, listed or in any number.
 *
 * @public
 */
export type AnswersOf<Actors extends readonly Askable<never, unknown>[]> = {
  -readonly [K in keyof Actors]: Actors[K] extends Askable<never, infer Out> ? Out : never;
};

/**
 * Makes one cold ask for each of several, and a cold result out of them.
 *
 * The signal is listened to once, here: it has to fail the result with its reason, however many asks it takes back.
 */
export function scatter(
  actors: readonly Askable<never, unknown>[],
  message: unknown,
  options: AskOptions,
  gather: (asks: readonly Observable<unknown>[]) => Observable<unknown>,
): Observable<unknown> {
  expectAskables(actors);
  expectAskOptions(options);
  const { signal, ...each } = options;
  // Deferred, so that an `ask()` that throws is one ask that fails.
  const asks = actors.map((actor) => defer(() => actor.ask(message as never, each)));
  const result = defer(() => gather(asks));
  return signal === undefined ? result : result.pipe(takeUntil(aborted(signal)));
}

function expectAskables(actors: unknown): void {
  if (!Array.isArray(actors)) throw wrongType('actors', 'an array', actors);
  // By index: `forEach` would pass over the holes of an array.
  for (const [index, actor] of (actors as (Partial<Askable<never, unknown>> | null | undefined)[]).entries()) {
    if (typeof actor?.ask !== 'function') throw wrongType(`actors[${index}]`, 'an object with an `ask` method', actor);
  }
}

/** Fails with the reason of the signal once that is aborted. */
function aborted(signal: AbortSignal): Observable<never> {
  return new Observable((subscriber) =>
    onAbort(signal, (reason) => {
      subscriber.error(reason);
    }),
  );
}
