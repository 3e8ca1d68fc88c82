/**
 * Marble tests for actors and exchanges.
 *
 * @packageDocumentation
 */

export { marbles, type MarbleHelpers, type MarblesOptions, type MessagesExpectation } from './marbles.js';
export { Probe } from './probe.js';
