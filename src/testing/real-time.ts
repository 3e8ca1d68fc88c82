// Taken before a test library puts its fake ones in their place: what waits here waits for Promises, not for its clock.
const { setTimeout: realTimeout, Date: RealDate } = globalThis;

/** Real time in milliseconds. */
export function realNow(): number {
  return RealDate.now();
}

/** Lets everything happen that Promises and the event loop have ready: resolves in a task of its own. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    realTimeout(resolve);
  });
}
