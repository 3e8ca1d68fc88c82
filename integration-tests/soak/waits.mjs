import { setImmediate as nextLoop } from 'node:timers/promises';

/** Lets timers, I/O and the other scenes have their turn. */
export const pause = () => nextLoop();

/** Waits for the end of an actor, and hears the failure that may have brought it about. */
export const ended = (actor) => actor.join().catch(() => undefined);

/** Waits until something has come about that nobody tells of. */
export async function until(condition) {
  while (!condition()) await pause();
}
