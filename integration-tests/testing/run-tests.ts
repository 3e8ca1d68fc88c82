import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const here = fileURLToPath(new URL('.', import.meta.url));

export interface Outcome {
  readonly code: number | null;
  /** What a user reads, without colours. */
  readonly output: string;
}

/** Installs the test runners, unless they are there, and in a runner's folder the package as it ships. */
export async function install(folder: string): Promise<void> {
  const done = await runNode(root, [join(root, 'scripts', 'install.mjs'), here]);
  if (done.code !== 0) throw new Error(done.output);
  const packages = join(here, folder, 'node_modules');
  await mkdir(packages, { recursive: true });
  const fresh = await mkdtemp(join(packages, '.rx-actors-'));
  const { files } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { files: string[] };
  for (const file of ['package.json', ...files]) {
    await cp(join(root, file), join(fresh, file), { recursive: true });
  }
  const target = join(packages, 'rx-actors');
  await rm(target, { recursive: true, force: true });
  await rename(fresh, target);
}

/** Runs a runner in its folder; `program` is its file in some node_modules. */
export function runTests(
  folder: string,
  program: string,
  args: readonly string[],
  nodeOptions: readonly string[] = [],
): Promise<Outcome> {
  const installed = [here, root].map((base) => join(base, 'node_modules', program)).find((path) => existsSync(path));
  if (installed === undefined) throw new Error(`${program} is not installed`);
  return runNode(join(here, folder), [...nodeOptions, installed, ...args]);
}

/** The failures in an output, by the titles that `heading` captures. */
export function failuresIn(output: string, heading: RegExp): ReadonlyMap<string, string> {
  const [, ...parts] = output.split(heading);
  const failures = new Map<string, string>();
  for (let n = 0; n < parts.length; n += 2) failures.set(parts[n], parts[n + 1]);
  return failures;
}

/** Where the test with this title says `what`, as `file:line`. */
export function placeOf(folder: string, file: string, title: string, what: string): string {
  const lines = readFileSync(join(here, folder, file), 'utf8').split('\n');
  const start = lines.findIndex((line) => line.includes(`'${title}'`));
  const line = lines.findIndex((text, n) => n > start && text.includes(what));
  if (start < 0 || line < 0) throw new Error(`${file}: no "${what}" in "${title}"`);
  return `${file}:${line + 1}`;
}

function runNode(cwd: string, args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, output });
    });
  });
}

/** As in a terminal: none of what the vitest that runs this has set. */
function environment(): NodeJS.ProcessEnv {
  const foreign = /^(VITEST|NODE_ENV$|NODE_OPTIONS$|FORCE_COLOR$|TEST$|MODE$|GITHUB_ACTIONS$)/;
  const own = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(own), NO_COLOR: '1' };
}
