import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Makes 'rx-actors' and 'rx-actors/x' mean the files under `folder`, which ends in `index.ts` or `index.js`. */
const packageIn = (folder: string, index: string) => {
  const root = fileURLToPath(new URL(`./${folder}`, import.meta.url));
  return [
    { find: /^rx-actors$/, replacement: `${root}/${index}` },
    { find: /^rx-actors\/(.+)$/, replacement: `${root}/$1/${index}` },
  ];
};

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 20_000,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text', 'html', 'json-summary'],
      // A little below what is reached: some branches are taken by random programs, not by every one of them.
      thresholds: {
        'src/!(testing)/**/*.ts': { lines: 99, branches: 98, functions: 98, statements: 99 },
        'src/testing/**/*.ts': { lines: 98, branches: 95, functions: 95, statements: 97 },
      },
    },
    projects: [
      {
        // Behaviour in virtual time, on the sources.
        extends: true,
        resolve: { alias: packageIn('src', 'index.ts') },
        test: { name: 'marble', include: ['marble-tests/**/*.test.ts'] },
      },
      {
        // Real threads, sockets and processes, on what ships: `npm test` builds it first.
        extends: true,
        resolve: { alias: packageIn('dist', 'index.js') },
        test: {
          name: 'integration',
          include: ['integration-tests/**/*.test.ts'],
          exclude: ['**/node_modules/**', 'integration-tests/compatibility/**'],
        },
      },
      {
        // The packed package in other versions of Node, RxJS and TypeScript, and in a browser; its setup installs them.
        extends: true,
        test: {
          name: 'compatibility',
          include: ['integration-tests/compatibility/*.test.ts'],
          globalSetup: 'integration-tests/compatibility/setup.mjs',
        },
      },
      {
        // Types: checked by tsc, never run. An unmet `@ts-expect-error` fails like any other error.
        extends: true,
        test: {
          name: 'types',
          include: [],
          typecheck: { enabled: true, only: true, include: ['marble-tests/**/*.test-d.ts'], tsconfig: 'tsconfig.json' },
        },
      },
    ],
  },
});
