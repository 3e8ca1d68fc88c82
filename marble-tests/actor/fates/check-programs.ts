import fc, { type RunDetails } from 'fast-check';
import { expect } from 'vitest';
import type { Program } from './program.js';
import { programs, type Extent } from './programs.js';
import { runProgram } from './run-program.js';

/** How many programs the suites make together, unless `RX_ACTORS_PROGRAMS` says another number. */
const PROGRAMS = 12_000;

/** However many they are, they end; the time limits of vitest are for tests that may hang. */
export const ANY_TIME = { timeout: 3_600_000 };

const setting = (name: string): string | undefined => {
  const value = process.env[name];
  return value === '' ? undefined : value;
};

/**
 * Runs random programs against the laws; `share` is this test's part of all.
 *
 * `RX_ACTORS_PROGRAMS=100000` makes more. What fails says how to run it again: with its seed in `RX_ACTORS_SEED` and the
 * way to its smallest program in `RX_ACTORS_PATH`.
 */
export function checkPrograms(extent: Extent, share: number): void {
  const number = Number(setting('RX_ACTORS_PROGRAMS') ?? PROGRAMS);
  const seed = setting('RX_ACTORS_SEED');
  const path = setting('RX_ACTORS_PATH');
  fc.assert(
    fc.property(programs(extent), (program) => {
      expect(runProgram(program)).toEqual([]);
    }),
    {
      numRuns: Math.ceil(number * share),
      ...(seed !== undefined && { seed: Number(seed) }),
      ...(path !== undefined && { path }),
      reporter: report,
    },
  );
}

function report(details: RunDetails<[Program]>): void {
  if (!details.failed) return;
  const { currentTestName = '', testPath = '' } = expect.getState();
  const name = currentTestName.replaceAll(' > ', ' ');
  const replay =
    `RX_ACTORS_SEED=${details.seed} RX_ACTORS_PATH=${details.counterexamplePath ?? ''} ` +
    `npx vitest run --project marble ${testPath} -t '${name}'`;
  throw new Error(`${fc.defaultReportMessage(details) ?? 'It fails.'}\n\nTo run it again:\n${replay}`, {
    cause: details.errorInstance,
  });
}
