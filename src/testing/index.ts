/**
 * Marble tests for actors and exchanges.
 *
 * @packageDocumentation
 */

export { asyncMarbles, type AsyncMarbleHelpers, type AsyncMarblesOptions } from './async-marbles.js';
export type { AssertDeepEqual } from './comparison.js';
export { EndlessRunError } from './endless-run-error.js';
export type { MayRemain } from './leak-check.js';
export { LeftoversError } from './leftovers-error.js';
export { MarbleAssertionError } from './marble-assertion-error.js';
export type {
  ExpectedDeadLetter,
  ExpectedFailure,
  MarbleExpectation,
  MarbleHelpers,
  ObservableExpectation,
  SendMarbles,
} from './marble-helpers.js';
export { marbles } from './marbles.js';
export type { MarblesOptions } from './marbles-options.js';
export { Probe, type ProbeEntry, type ProbeOptions } from './probe.js';
export { settled, type SettledOptions } from './settled.js';
