// Taken before a test library puts its fake ones in their place: what waits here waits for Promises, not for its clock.
const { setTimeout: realTimeout, Date: RealDate } = globalThis;

/** Real time in milliseconds. */
export function realNow(): number {
  return RealDate.now();
}

/** Lets everything happen that Promises and the event loop have ready: resolves in a task of its own. */
export function nextTask(): Promise<void> {
  // What Vitest and Jest put there has this.
  if ('clock' in realTimeout) {
    throw new Error(
      'Expected timers to be real when rx-actors/testing is loaded: make them fake in the tests that need it, behind the import.',
    );
  }
  return new Promise((resolve) => {
    realTimeout(resolve);
  });
}
