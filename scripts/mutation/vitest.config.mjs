// The marble tests, all loaded into one thread that stays: see resident/vitest-runner.mjs. Stryker runs this in a copy of
// the project, which is the working directory.
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const root = process.cwd();
const src = join(root, 'src');

export default defineConfig({
  root,
  resolve: {
    alias: [
      { find: /^rx-actors$/, replacement: `${src}/index.ts` },
      { find: /^rx-actors\/(.+)$/, replacement: `${src}/$1/index.ts` },
    ],
  },
  test: {
    include: ['scripts/mutation/resident/all.test.mjs'],
    runner: join(root, 'scripts/mutation/resident/vitest-runner.mjs'),
    includeTaskLocation: true,
    pool: 'threads',
    maxWorkers: 1,
    isolate: false,
    // The time limits are those of the plugin.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    reporters: [{}],
    watch: false,
    // Every process after the first one starts faster.
    experimental: { fsModuleCache: true },
  },
});
