import type { AssertDeepEqual } from './comparison.js';
import type { Mismatch } from './mismatch.js';

/** How expectations are compared and told. */
export interface Comparing {
  readonly assertDeepEqual: AssertDeepEqual;
  /** Failures say in which frames, too. */
  readonly frames: boolean;
}

/** Something that a run is expected to have done. */
export interface Expectation {
  /** The test has said what. */
  readonly ready: boolean;
  /** What was not met; nothing when it was. */
  mismatch(comparing: Comparing): Mismatch | undefined;
}
