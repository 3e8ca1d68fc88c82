import { beforeAll, describe, expect, it } from 'vitest';
import { describeFailures } from './describe-failures.js';
import { install, runTests, type Outcome } from './run-tests.js';

const vitest = (...args: string[]): Promise<Outcome> =>
  runTests('vitest', 'vitest/vitest.mjs', ['run', '--reporter=default', ...args]);

describe('under vitest', () => {
  beforeAll(() => install('vitest'), 300_000);

  it('tests in TypeScript pass, with and without fake timers', async () => {
    const { code, output } = await vitest('tickets', 'fake');
    expect(output).toMatch(/Tests +24 passed \(24\)/);
    expect(code).toBe(0);
  }, 60_000);

  describeFailures({
    folder: 'vitest',
    file: 'failing.spec.ts',
    run: () => vitest('failing'),
    heading: /^ FAIL .* > (.+)$/m,
    // The one that stands over the code.
    placeIn: (failure) => /❯ (?:\S+ )?(\S+:\d+):\d+\n +\d+\|/.exec(failure)?.[1],
    count: /Tests +9 failed \(9\)/,
  });
});
