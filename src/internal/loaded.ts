/** How much somebody has to do: what waits and what is being done; `Infinity` when it takes no more. */
export const LOAD = Symbol.for('rx-actors.load');

/** One that tells how much it has to do. */
export interface Loaded {
  readonly [LOAD]: number;
}

/** How much a recipient has to do; `undefined` when it does not tell. */
export function loadOf(recipient: object): number | undefined {
  return (recipient as Partial<Loaded>)[LOAD];
}
