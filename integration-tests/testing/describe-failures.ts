import { beforeAll, describe, expect, it } from 'vitest';
import { failuresIn, placeOf, type Outcome } from './run-tests.js';

/** Tests that fail on purpose, under some runner. */
export interface FailingTests {
  /** The runner's folder, and the file in it. */
  readonly folder: string;
  readonly file: string;
  readonly run: () => Promise<Outcome>;
  /** What the runner prints over each failure, with the title as its group. */
  readonly heading: RegExp;
  /** Where it sends who reads a failure, as `file:line`. */
  readonly placeIn: (failure: string) => string | undefined;
  /** How it says that nine have failed. */
  readonly count: RegExp;
}

/** What has to be printed about each, and the line of it that has to be shown. */
const CASES: readonly (readonly [title: string, what: string, printed: readonly string[]])[] = [
  ['an output comes too early', '.toBe(', ['expectObservable(echo)', 'Expected: "a--b|"', 'Received: "a-b|"']],
  [
    'a value that its matcher does not take',
    '.toBe(',
    ['Expected: "-t|"', 'Received: "-a|"', "  a = { id: 'none', message: 'a' }"],
  ],
  ['a subscription that lasts too long', '.toBe(', ['expectSubscriptions', 'Expected: "-^-!"', 'Received: "-^--!"']],
  [
    'frames on request',
    '.toBe(',
    ['Expected: "-a-b"', 'Received: "-ab"', "Frames expected:\n1: 'a'\n3: 'b'\nFrames received:\n1: 'a'\n2: 'b'"],
  ],
  ['work that is left over', '({ ', ["actor \"stuck\" is at work, has 1 message waiting: 'a', 'b'"]],
  ['a binding that is left over', '({ ', ['exchange "lines" is still bound to probe-1']],
  ['a run without an end', '({ ', ['got 1,000 scheduled actions', 'Timers under way:\nactor "clock": \'tick\'']],
  ['an awaited output comes too early', '.toBe(', ['Expected: "-a-b|"', 'Received: "a-b|"']],
  ['a body that waits for what never comes', '({ ', ['the body of the test has not come to its end']],
];

export function describeFailures({ folder, file, run, heading, placeIn, count }: FailingTests): void {
  describe('when tests fail', () => {
    let outcome: Outcome;
    let failures: ReadonlyMap<string, string>;
    beforeAll(async () => {
      outcome = await run();
      failures = failuresIn(outcome.output, heading);
    }, 60_000);

    it('says how many', () => {
      expect(outcome.output).toMatch(count);
      expect([...failures.keys()]).toEqual(CASES.map(([title]) => title));
      expect(outcome.code).toBeGreaterThan(0);
    });

    it.each(CASES)('prints what was wrong and where: %s', (title, what, printed) => {
      const failure = failures.get(title) ?? outcome.output;
      // Runners indent differently.
      const text = failure.replaceAll(/^ +/gm, '');
      for (const part of printed) expect(text).toContain(part.replaceAll(/^ +/gm, ''));
      expect(placeIn(failure), failure).toBe(placeOf(folder, file, title, what));
    });
  });
}
