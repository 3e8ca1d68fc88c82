// Compiles the library (dist) and the examples (dist-examples). Other scripts call buildIfStale(), so that each check
// works on its own and none of them works on old output, yet a whole run builds once.
// Usage: node scripts/build.mjs [examples]
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main, root, run } from './lib.mjs';

const projects = {
  library: { config: 'tsconfig.build.json', output: 'dist', inputs: ['src'] },
  examples: {
    config: 'tsconfig.examples.json',
    output: 'dist-examples',
    inputs: ['examples', 'docs/snippets', 'integration-tests/compatibility/programs', 'dist'],
  },
};

/** Compiles a project from scratch; throws when tsc finds an error. */
export async function build(name) {
  const { config, output } = projects[name];
  const started = new Date();
  rmSync(stamp(name), { force: true });
  rmSync(join(root, output), { recursive: true, force: true });
  await run('tsc', ['-p', config]);
  mkdirSync(join(root, 'temp'), { recursive: true });
  writeFileSync(stamp(name), '');
  utimesSync(stamp(name), started, started);
}

/** Compiles a project, and the library that it needs, unless its output is newer than all of its input. */
export async function buildIfStale(name) {
  if (name === 'examples') await buildIfStale('library');
  const { config, output, inputs } = projects[name];
  const built = existsSync(join(root, output)) && existsSync(stamp(name)) ? statSync(stamp(name)).mtimeMs : 0;
  const all = [config, 'tsconfig.json', 'package.json', ...inputs];
  if (Math.max(...all.map((input) => newest(join(root, input)))) >= built) await build(name);
}

const stamp = (name) => join(root, 'temp', `built-${name}`);

/** When something in a file tree changed last. Folders count: theirs changes when a file in them is deleted. */
function newest(path) {
  if (!existsSync(path)) return 0;
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((entry) => newest(join(path, entry))));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(async () => {
    await build('library');
    if (process.argv[2] === 'examples') await build('examples');
  });
}
