import { beforeAll, describe, expect, it } from 'vitest';
import { describeFailures } from './describe-failures.js';
import { install, placeOf, runTests, type Outcome } from './run-tests.js';

const jest = (...args: string[]): Promise<Outcome> =>
  runTests('jest', 'jest/bin/jest.js', args, ['--experimental-vm-modules']);

/** Where jest has the first place that is not in node_modules, if that is the line which it shows. */
function placeIn(failure: string): string | undefined {
  const places = [...failure.matchAll(/^ +at (?:.*\()?(\S+:(\d+)):\d+\)?$/gm)];
  const place = places.find(([text]) => !text.includes('node_modules'));
  const shown = /^ +> (\d+) \|/m.exec(failure)?.[1];
  return place !== undefined && place[2] === shown ? place[1] : undefined;
}

describe('under jest', () => {
  beforeAll(() => install('jest'), 300_000);

  it('ES modules and import() in CommonJS pass, with and without fake timers', async () => {
    const { code, output } = await jest('till', 'dynamic-import', 'fake');
    expect(output).toMatch(/Tests: +24 passed, 24 total/);
    expect(code).toBe(0);
  }, 60_000);

  describeFailures({
    folder: 'jest',
    file: 'failing.spec.js',
    run: () => jest('failing'),
    heading: /^ {2}● .* › (.+)$/m,
    placeIn,
    count: /Tests: +9 failed, 9 total/,
  });

  it('CommonJS made by Babel, out of TypeScript, passes and fails without a flag', async () => {
    const config = 'commonjs/jest.config.cjs';
    const { code, output } = await runTests('jest', 'jest/bin/jest.js', ['--config', config]);
    expect(output).toMatch(/Tests: +1 failed, 3 passed, 4 total/);
    expect(output).toMatch(/Expected: "a--b\|"\n +Received: "a-b\|"/);
    const place = placeOf('jest/commonjs', 'failing.spec.ts', 'an output comes too early', '.toBe(');
    expect(placeIn(output.split('● an output comes too early')[1])).toBe(place);
    expect(code).toBe(1);
  }, 60_000);
});
