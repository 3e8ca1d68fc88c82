/** Calls back once a signal is aborted, at once when it has been already; returns how to stop listening. */
export function onAbort(signal: AbortSignal, aborted: (reason: unknown) => void): () => void {
  const listener = (): void => {
    aborted(signal.reason);
  };
  if (signal.aborted) {
    listener();
    return () => undefined;
  }
  signal.addEventListener('abort', listener);
  return () => {
    signal.removeEventListener('abort', listener);
  };
}
