/** Whoever wants to know once that a recipient has ended. */
export interface EndListener {
  /** @param termination - How; what that is, is for both sides to know. */
  ended(termination: unknown): void;
}

/** A listener that waits for an end. */
export interface Watch {
  /** Listens no longer. */
  cancel(): void;
}

/** Adds a listener, also across two copies of the package. On one that has ended already it is told at once, and there is nothing to cancel. */
export const WATCH = Symbol.for('rx-actors.watch');

/**
 * A recipient that ends. Exchanges watch the actors among their recipients by this, so that neither needs to know the
 * other's class.
 */
export interface Mortal {
  [WATCH](listener: EndListener): Watch | undefined;
}

/** Whether a recipient will end some day and tell. */
export function isMortal<T>(value: T): value is T & Mortal {
  return typeof value === 'object' && value !== null && WATCH in value;
}
