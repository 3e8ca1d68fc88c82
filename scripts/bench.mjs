// Builds, installs the benchmark's peers where they are missing or old, and runs bench/run.mjs: `npm run bench -- --help`.
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfStale } from './build.mjs';
import { main, root, run } from './lib.mjs';

await main(async () => {
  await buildIfStale('library');
  const lock = join(root, 'bench', 'package-lock.json');
  const installed = join(root, 'bench', 'node_modules', '.package-lock.json');
  if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) {
    await run('npm', ['ci', '--prefix', 'bench', '--no-audit', '--no-fund']);
  }
  await run('node', ['bench/run.mjs', ...process.argv.slice(2)]);
});
