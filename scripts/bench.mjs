// Builds, installs the benchmark's peers where they are missing or old, and runs bench/run.mjs: `npm run bench -- --help`.
import { buildIfStale } from './build.mjs';
import { installIfStale } from './install.mjs';
import { main, run } from './lib.mjs';

await main(async () => {
  await buildIfStale('library');
  await installIfStale('bench');
  await run('node', ['bench/run.mjs', ...process.argv.slice(2)]);
});
