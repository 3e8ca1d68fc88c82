// Runs in a project that has installed the package: loads every entry with import and with require(), which have to give
// the same, and prints what there is. Usage: node entries.mjs NAME…
import { createRequire } from 'node:module';
import { isDeepStrictEqual } from 'node:util';

const require = createRequire(import.meta.url);
for (const name of process.argv.slice(2)) {
  const json = name.endsWith('.json');
  const imported = json ? (await import(name, { with: { type: 'json' } })).default : await import(name);
  const required = require(name);
  const keys = Object.keys(imported).sort();
  if (keys.length === 0) throw new Error(`${name} is empty`);
  // What is loaded twice is different the second time; JSON has nothing but its content.
  const same = json ? isDeepStrictEqual : Object.is;
  for (const key of keys) if (!same(imported[key], required[key])) throw new Error(`${name} is two things: ${key}`);
  console.log(`${name}: ${keys.join()}`);
}
