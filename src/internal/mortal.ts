/** Whoever wants to know once that a recipient has ended. */
export interface EndListener {
  ended(): void;
}

/** Adds a listener; on one that has ended already it is told at once. */
export const WATCH = Symbol('rx-actors.watch');
/** Takes a listener away; one that is not there is no fault. */
export const UNWATCH = Symbol('rx-actors.unwatch');

/**
 * A recipient that ends. Exchanges watch the actors among their recipients by this, so that neither needs to know the
 * other's class.
 */
export interface Mortal {
  [WATCH](listener: EndListener): void;
  [UNWATCH](listener: EndListener): void;
}

/** Whether a recipient will end some day and tell. */
export function isMortal(value: object): value is Mortal {
  return WATCH in value;
}
