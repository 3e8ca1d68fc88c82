// Builds and runs the soak in integration-tests/soak: `npm run soak -- --help`. Ends with its exit code.
import { join } from 'node:path';
import { buildIfStale } from './build.mjs';
import { main, root, run } from './lib.mjs';

await main(async () => {
  await buildIfStale('library');
  await run(process.execPath, [
    '--expose-gc',
    join(root, 'integration-tests', 'soak', 'main.mjs'),
    ...process.argv.slice(2),
  ]);
});
