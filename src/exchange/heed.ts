/**
 * Hears of the rejection of a Promise that a recipient's `send` has returned: it is a failure like what `send` throws, and
 * nobody else would hear of it.
 */
export function heed(returned: unknown, failed: (error: unknown) => void): void {
  // What is no Promise itself may answer twice.
  if (isThenable(returned)) Promise.resolve(returned).then(undefined, failed);
}

/** Whether something can be waited for. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as Partial<PromiseLike<unknown>>).then === 'function'
  );
}
