import type { ActorClosedError } from './actor-closed-error.js';
import { ACTOR_ERROR, type ActorError, type ActorErrorCode } from './actor-error.js';
import type { ActorExit } from './actor-exit.js';
import type { ActorFailedError } from './actor-failed-error.js';
import type { AskTimeoutError } from './ask-timeout-error.js';
import type { ChildFailedError } from './child-failed-error.js';
import type { ExchangeClosedError } from './exchange-closed-error.js';
import type { MailboxFullError } from './mailbox-full-error.js';
import type { ResultCancelledError } from './result-cancelled-error.js';
import type { StashFullError } from './stash-full-error.js';
import type { SystemClosedError } from './system-closed-error.js';

/**
 * Which class has which code.
 *
 * @public
 */
export interface ActorErrors extends Record<ActorErrorCode, ActorError> {
  /** See {@link ActorExit}. */
  'actor-exit': ActorExit;
  /** See {@link ActorClosedError}. */
  'actor-closed': ActorClosedError;
  /** See {@link ActorFailedError}. */
  'actor-failed': ActorFailedError;
  /** See {@link AskTimeoutError}. */
  'ask-timeout': AskTimeoutError;
  /** See {@link MailboxFullError}. */
  'mailbox-full': MailboxFullError;
  /** See {@link ResultCancelledError}. */
  'result-cancelled': ResultCancelledError;
  /** See {@link ChildFailedError}. */
  'child-failed': ChildFailedError;
  /** See {@link StashFullError}. */
  'stash-full': StashFullError;
  /** See {@link ExchangeClosedError}. */
  'exchange-closed': ExchangeClosedError;
  /** See {@link SystemClosedError}. */
  'system-closed': SystemClosedError;
}

/**
 * Tells whether a value is an error of rx-actors.
 *
 * Use it instead of `instanceof`: it also holds across two copies of the package.
 *
 * @param value - Anything, for instance what a `catch` clause got.
 * @returns `true` for an {@link ActorError}.
 *
 * @public
 */
export function isActorError(value: unknown): value is ActorError;
/**
 * Tells whether a value is a certain error of rx-actors.
 *
 * @example Waiting no longer than 10 ms
 * ```ts
 * import { lastValueFrom, NEVER } from 'rxjs';
 * import { actor, isActorError } from 'rx-actors';
 *
 * const busy = actor((_message: string) => NEVER, { name: 'busy' });
 * try {
 *   await lastValueFrom(busy.ask('hello', { timeout: 10 }));
 * } catch (error) {
 *   if (isActorError(error, 'ask-timeout')) console.log(error.message);
 * }
 * // prints:
 * // Actor "busy" did not answer within 10 ms.
 * ```
 *
 * @typeParam C - The code.
 * @param value - Anything, for instance what a `catch` clause got.
 * @param code - Only an error with this code will do.
 * @returns `true` for an {@link ActorError} of the class that belongs to `code`.
 *
 * @public
 */
export function isActorError<C extends ActorErrorCode>(value: unknown, code: C): value is ActorErrors[C];
export function isActorError(value: unknown, code?: ActorErrorCode): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    ACTOR_ERROR in value &&
    (code === undefined || (value as ActorError).code === code)
  );
}
