import { beforeAll, describe, expect, it } from 'vitest';
import { describeFailures } from './describe-failures.js';
import { install, runTests, type Outcome } from './run-tests.js';

const mocha = (...args: string[]): Promise<Outcome> => runTests('mocha', 'mocha/bin/mocha.js', args);

describe('under mocha, with chai', () => {
  beforeAll(() => install('mocha'), 300_000);

  it('ES modules, CommonJS and TypeScript pass', async () => {
    const { code, output } = await mocha('--import=tsx', '*heating.spec.js', 'commonjs.spec.cjs', 'typed.spec.ts');
    expect(output).toMatch(/ 14 passing /);
    expect(output).not.toContain(' failing');
    expect(code).toBe(0);
  }, 60_000);

  describeFailures({
    folder: 'mocha',
    file: 'failing.spec.js',
    run: () => mocha('failing.spec.js'),
    heading: /^ {2}\d+\) .*\n +(.+):$/m,
    // The first that is not in node_modules.
    placeIn: (failure) => /^ +at (?!.*node_modules).*\/mocha\/(\S+:\d+):\d+\)?$/m.exec(failure)?.[1],
    count: / 9 failing\n/,
  });
});
