import { leadingTo } from './leading-to.js';
import { MarbleAssertionError } from './marble-assertion-error.js';

/** An expectation that was not met. */
export interface Mismatch {
  /** What was looked at. */
  readonly what: string;
  /** As marbles. */
  readonly expected: string;
  /** As marbles. */
  readonly received: string;
  /** What the marbles do not say. */
  readonly notes: readonly string[];
  /** What the comparison threw. */
  readonly cause: unknown;
  /** Where the test says what it expects. */
  readonly where: Error;
}

/** One error for all that was not met in a run. */
export function errorOf(mismatches: readonly Mismatch[], all: number): MarbleAssertionError {
  const [first] = mismatches;
  const title = all === 1 ? [] : [`${mismatches.length} of ${all} expectations are not met.`];
  const message = [...title, ...mismatches.map(inWords)].join('\n\n');
  const options = first.cause === undefined ? undefined : { cause: first.cause };
  const error = new MarbleAssertionError(message, first.expected, first.received, options);
  return leadingTo(first.where, error);
}

function inWords({ what, expected, received, notes }: Mismatch): string {
  return [what, `Expected: "${expected}"`, `Received: "${received}"`, ...notes].join('\n');
}
