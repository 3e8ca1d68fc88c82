/// <reference lib="esnext.disposable" preserve="true" />

// Node 20 has the symbols, older browsers and vm contexts have not; what `using` is compiled to looks for the real ones.

/** The key of the method that `using` calls. */
export const dispose: typeof Symbol.dispose = ((Symbol.dispose as symbol | undefined) ?? Symbol.for('Symbol.dispose')) as typeof Symbol.dispose;

/** The key of the method that `await using` calls. */
export const asyncDispose: typeof Symbol.asyncDispose =
  ((Symbol.asyncDispose as symbol | undefined) ?? Symbol.for('Symbol.asyncDispose')) as typeof Symbol.asyncDispose;
