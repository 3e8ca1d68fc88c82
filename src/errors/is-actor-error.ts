import type { ActorClosedError } from './actor-closed-error.js';
import { ACTOR_ERROR, type ActorError, type ActorErrorCode } from './actor-error.js';
import type { ActorExit } from './actor-exit.js';
import type { ActorFailedError } from './actor-failed-error.js';
import type { AskTimeoutError } from './ask-timeout-error.js';
import type { ExchangeClosedError } from './exchange-closed-error.js';
import type { MailboxFullError } from './mailbox-full-error.js';
import type { ResultCancelledError } from './result-cancelled-error.js';
import type { SystemClosedError } from './system-closed-error.js';

/**
 * Which class has which code.
 *
 * @public
 */
export interface ActorErrors extends Record<ActorErrorCode, ActorError> {
  'actor-exit': ActorExit;
  'actor-closed': ActorClosedError;
  'actor-failed': ActorFailedError;
  'ask-timeout': AskTimeoutError;
  'mailbox-full': MailboxFullError;
  'result-cancelled': ResultCancelledError;
  'exchange-closed': ExchangeClosedError;
  'system-closed': SystemClosedError;
}

/**
 * Tells whether a value is an error of rx-actors, and which.
 *
 * Use it instead of `instanceof`: it also holds across two copies of the package.
 *
 * @param value - Anything, for instance what a `catch` clause got.
 * @param code - When given, only an error with this code will do.
 * @returns `true` for an {@link ActorError}, of the class that belongs to `code`.
 *
 * @example Waiting no longer than a second
 * ```ts file=docs/snippets/is-actor-error.ts
 * ```
 *
 * @public
 */
export function isActorError(value: unknown): value is ActorError;
export function isActorError<C extends ActorErrorCode>(value: unknown, code: C): value is ActorErrors[C];
export function isActorError(value: unknown, code?: ActorErrorCode): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    ACTOR_ERROR in value &&
    (code === undefined || (value as ActorError).code === code)
  );
}
