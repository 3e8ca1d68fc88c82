import type { Termination } from '../contract/termination.js';
import type { DeadLetter } from '../contract/dead-letter.js';
import type { ActorFailure } from '../contract/failure.js';
import { describeValue } from '../internal/describe-value.js';
import type { ExpectedDeadLetter, ExpectedFailure } from './marble-helpers.js';

/** What of a value is held against what a letter stands for: all of it, or only what the test speaks of. */
export type View = (value: unknown, pattern: unknown) => unknown;

/** A dead letter in plain words, which a failure of the test can show. */
export function plainDeadLetter({ message, reason, recipient }: DeadLetter): ExpectedDeadLetter {
  return { message, reason, recipient: nameOf(recipient) };
}

/** A failure in plain words. */
export function plainFailure(failure: ActorFailure): ExpectedFailure {
  const { error, message } = failure;
  if ('actor' in failure) return { actor: failure.actor.name, error, message, directive: failure.directive };
  return { exchange: failure.exchange.name, recipient: nameOf(failure.recipient), error, message };
}

/** A letter that stands for itself is the message of a dead letter or of a failure. */
export const byMessage: View = (value, pattern) => partOf(value, pattern, (value as { message?: unknown }).message);

/** A letter that stands for itself is the first one of the kind of a termination. */
export const byKind: View = (value, pattern) => partOf(value, pattern, (value as Termination).kind[0]);

function partOf(value: unknown, pattern: unknown, short: unknown): unknown {
  if (typeof pattern !== 'object' || pattern === null) return short;
  const all = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.keys(pattern)
      .filter((key) => key in all)
      .map((key) => [key, all[key]]),
  );
}

/** What a recipient or an observer is called: by its name, if it has one. */
export function nameOf(value: unknown): string {
  const { name } = (value ?? {}) as { name?: unknown };
  return typeof name === 'string' && name !== '' ? name : describeValue(value);
}
