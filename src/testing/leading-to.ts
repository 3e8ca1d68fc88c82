import { EndlessRunError } from './endless-run-error.js';
import { LeftoversError } from './leftovers-error.js';

/** Gives an error the stack of another place: where it was made says nothing, the other is a line of the test. */
export function leadingTo<E extends Error>(where: Error, error: E): E {
  const places = /\n\s+at [^]*$/.exec(where.stack ?? '');
  if (places !== null) error.stack = `${error.name}: ${error.message}${places[0]}`;
  return error;
}

/** Whether it is the run itself that has found something at its end: no line of its body is to blame. */
export function ofTheRun(error: unknown): error is Error {
  return error instanceof LeftoversError || error instanceof EndlessRunError;
}
