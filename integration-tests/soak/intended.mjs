import { isActorError } from './library.mjs';

/** What fails on purpose. */
export class Intended extends Error {
  /** Whether an error is one of these, or comes of one. */
  static caused(error) {
    if (error instanceof Intended || isActorError(error, 'stash-full')) return true;
    return isActorError(error, 'child-failed') && Intended.caused(error.cause);
  }
}
