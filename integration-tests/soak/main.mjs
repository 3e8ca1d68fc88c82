// Runs the soak: `node --expose-gc integration-tests/soak/main.mjs --help`. Exits with 1 when a message is lost or
// doubled, anything else is not as it has to be, or the heap grows; by itself, or something is left behind.
import { heapGrowth, judge } from './judge.mjs';
import { HELP, readOptions } from './options.mjs';
import { runSoak } from './run-soak.mjs';
import { head, row } from './table.mjs';

const options = readOptions(process.argv.slice(2));
if (options.help) {
  console.log(HELP);
} else {
  console.log(`seed ${options.seed}, ${options.seconds} s`);
  console.log(head());
  const result = await runSoak({ ...options, onSample: (sample) => console.log(row(sample)) });
  const { played, reported, samples } = result;
  console.log(
    `played: ${Object.entries(played)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')}`,
  );
  console.log(`errors that nobody heard, and that were reported: ${reported}`);
  const growth = heapGrowth(samples);
  if (growth !== undefined) {
    const { megabytes, allowed } = growth;
    console.log(`heap over the second half: ${megabytes.toFixed(2)} MB more, ${allowed.toFixed(2)} MB are allowed`);
  }
  const wrong = judge(result);
  for (const what of wrong) console.error(what);
  console.log(wrong.length === 0 ? 'Every message has met its fates.' : `Failed with seed ${options.seed}.`);
  if (options.json) console.log(JSON.stringify({ ...result, wrong }));
  if (wrong.length > 0) process.exitCode = 1;
}
