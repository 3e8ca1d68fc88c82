// Builds, runs every test runner and prints one line over all of them, `N passed, N failed, N skipped`, from the
// runners' own reports; the line also goes to temp/tests.txt for .ci/run.
// Usage: npm test [-- vitest arguments]   for example: npm test -- marble-tests/actor
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { main, root, run } from './lib.mjs';

const runners = [vitest];
const summary = join(root, 'temp', 'tests.txt');

await main(async () => {
  rmSync(summary, { force: true });
  await build('library');
  // Integration tests start examples as programs.
  await build('examples');
  mkdirSync(join(root, 'temp'), { recursive: true });

  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const runner of runners) {
    const result = await runner(process.argv.slice(2));
    for (const key of Object.keys(total)) total[key] += result[key];
  }
  const line = `${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`;
  writeFileSync(summary, `${line}\n`);
  console.log(`Over all runners: ${line}`);
  if (total.failed > 0) process.exitCode = 1;
});

async function vitest(args) {
  const report = join(root, 'temp', 'vitest.json');
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const ok = await run('vitest', ['run', ...reporters, ...args]).then(
    () => true,
    () => false,
  );
  const result = { passed: 0, failed: 0, skipped: 0 };
  if (existsSync(report)) {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
      readFileSync(report),
    );
    // A file that cannot be loaded has no tests to count.
    const unloaded = testResults.filter(
      (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
    );
    result.passed = numPassedTests;
    result.failed = numFailedTests + unloaded.length;
    result.skipped = numPendingTests + numTodoTests;
  }
  // An error outside of any test, or a crash, is a failure as well.
  if (!ok && result.failed === 0) result.failed = 1;
  return result;
}
