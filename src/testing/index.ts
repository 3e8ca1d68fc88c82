/**
 * Marble tests for actors and exchanges.
 *
 * @packageDocumentation
 */

export { marbles, type MarbleHelpers, type MarblesOptions } from './marbles.js';
export { Probe } from './probe.js';
