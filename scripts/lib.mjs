// What the scripts share: the repository's root, running a tool of node_modules/.bin, the list of entry points.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

export const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Every entry point of the package: its folder under src and dist ('' for the core) and the name users import. */
export const entries = Object.keys(manifest.exports)
  .filter((key) => key !== './package.json')
  .map((key) => ({ folder: key.slice(2), name: manifest.name + key.slice(1) }));

/** The environment with the tools of node_modules/.bin on the path, as npm gives it to a script. */
export const environment = {
  ...process.env,
  PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}`,
};

/**
 * Runs a command. Without `capture` its output goes where ours goes; with it the promise resolves to its output.
 * Rejects when the command fails, with its output as `output` if captured.
 */
export function run(command, args, { cwd = root, capture = false, timeout, env = environment } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      timeout,
      stdio: ['ignore', ...(capture ? ['pipe', 'pipe'] : ['inherit', 'inherit'])],
    });
    let stdout = '';
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (text) => ((stdout += text), (output += text)));
    child.stderr?.setEncoding('utf8').on('data', (text) => (output += text));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(stdout);
      const how = signal === null ? `exit code ${code}` : signal;
      reject(Object.assign(new Error(`${[command, ...args].join(' ')}: ${how}`), { output, code }));
    });
  });
}

/** Runs the body of a script and turns what it throws into a message and exit code 1. */
export async function main(body) {
  try {
    await body();
  } catch (error) {
    if (error.output) console.error(error.output.trimEnd());
    // A plain Error is one that these scripts throw, its message says it all.
    console.error(error.constructor === Error ? error.message : error.stack);
    process.exitCode = 1;
  }
}
