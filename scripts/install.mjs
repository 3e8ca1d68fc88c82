// Installs what a folder with a lock of its own needs, unless that is there already. Several may ask at once, as test files
// do: one installs, the others wait.
// Usage: node scripts/install.mjs FOLDER    for example: node scripts/install.mjs bench
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { main, root, run } from './lib.mjs';

/** Runs `npm ci` in a folder whose packages are missing, or older than its lock. */
export async function installIfStale(folder) {
  const path = resolve(root, folder);
  const claim = join(root, 'temp', `installing-${relative(root, path).replaceAll(/[\\/]/g, '-')}`);
  while (isStale(path)) {
    if (!claimed(claim)) {
      await delay(200);
      continue;
    }
    try {
      if (isStale(path)) await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: path });
      return;
    } finally {
      rmSync(claim, { force: true });
    }
  }
}

function isStale(path) {
  const lock = statSync(join(path, 'package-lock.json'));
  // npm writes it last: it is not there when an installation was interrupted.
  const installed = join(path, 'node_modules', '.package-lock.json');
  return !existsSync(installed) || statSync(installed).mtimeMs < lock.mtimeMs;
}

/** Takes the claim, unless a process that is still there has it. */
function claimed(claim) {
  mkdirSync(join(root, 'temp'), { recursive: true });
  try {
    writeFileSync(claim, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  if (!isAlive(claim)) rmSync(claim, { force: true });
  return false;
}

function isAlive(claim) {
  try {
    process.kill(Number(readFileSync(claim, 'utf8')), 0);
    return true;
  } catch (error) {
    // Any other error: it has just been given back, or may not be sent signals.
    return error.code !== 'ESRCH';
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(() => installIfStale(process.argv[2]));
}
