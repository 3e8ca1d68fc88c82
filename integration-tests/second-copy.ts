import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type * as library from 'rx-actors';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Loads the package once more, as a second version of it would be; `remove` takes its files away. */
export async function secondCopy(): Promise<{ copy: typeof library; remove: () => Promise<void> }> {
  // Below the folder that has node_modules, so that it finds the same RxJS.
  await mkdir(`${root}temp`, { recursive: true });
  const folder = await mkdtemp(`${root}temp/copy-`);
  await cp(`${root}dist`, folder, { recursive: true });
  const copy = (await import(/* @vite-ignore */ `${folder}/index.js`)) as typeof library;
  return { copy, remove: () => rm(folder, { recursive: true, force: true }) };
}
