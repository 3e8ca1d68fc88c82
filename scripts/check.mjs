// Runs every `check:…` script of package.json, in their order there, goes on after a failure and sums up at the end.
// Usage: npm run check [-- step…]   for example: npm run check -- lint types
import { performance } from 'node:perf_hooks';
import { main, manifest, run } from './lib.mjs';

const all = Object.keys(manifest.scripts).flatMap((name) => (name.startsWith('check:') ? [name.slice(6)] : []));

await main(async () => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((step) => !all.includes(step));
  if (unknown.length > 0) throw new Error(`No such step: ${unknown.join(', ')}. There are: ${all.join(', ')}`);

  const results = [];
  for (const step of all) {
    if (wanted.length === 0 || wanted.includes(step)) results.push(await take(step));
  }

  const failed = results.filter(({ ok }) => !ok).map(({ step }) => step);
  console.log('\ncheck      result  seconds');
  for (const { step, ok, seconds } of results) {
    console.log(`${step.padEnd(10)} ${ok ? 'ok    ' : 'FAILED'}  ${seconds.toFixed(1).padStart(7)}`);
  }
  console.log(failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.join(', ')}`);
  if (failed.length > 0) process.exitCode = 1;
});

/** Runs one step; shows what it printed only when it failed. */
async function take(step) {
  const start = performance.now();
  let ok = true;
  try {
    await run('npm', ['run', '--silent', `check:${step}`], { capture: true });
  } catch (error) {
    ok = false;
    console.log(`\n--- check:${step} ---\n${(error.output ?? String(error)).trimEnd()}`);
  }
  return { step, ok, seconds: (performance.now() - start) / 1000 };
}
