import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib.mjs';
import { keyOf } from './mutants.mjs';

/**
 * The survivors that no test can or need notice, from explained.json: an array of `{ file, reason, mutants }`, where a mutant
 * is `{ text, original, replacement }` as in the list of survivors.
 */
export function explanations() {
  const groups = JSON.parse(readFileSync(new URL('explained.json', import.meta.url), 'utf8'));
  return groups.flatMap(({ file, reason, mutants }) => {
    if (!reason) throw new Error(`An entry of explained.json for ${file} has no reason`);
    return mutants.map((mutant) => ({ ...mutant, file, reason }));
  });
}

/** Tells survivors that are explained from those that are not. */
export function explain(mutants, explained) {
  const reasons = new Map(explained.map((entry) => [keyOf(entry), entry]));
  const open = mutants.filter((mutant) => mutant.fate !== 'noticed' && !reasons.has(keyOf(mutant)));
  const settled = mutants.filter((mutant) => mutant.fate !== 'noticed' && reasons.has(keyOf(mutant)));
  return { open, settled };
}

/** The explanations that explain nothing any more: of lines that are not there, and of what was noticed. */
export function staleOf(explained, mutants) {
  const files = new Set(mutants.map(({ file }) => file));
  const survivors = new Set(mutants.filter(({ fate }) => fate !== 'noticed').map(keyOf));
  return explained.filter((entry) => {
    if (!linesOf(entry.file).has(entry.text)) return true;
    return files.has(entry.file) && !survivors.has(keyOf(entry));
  });
}

function linesOf(file) {
  if (!existsSync(join(root, file))) return new Set();
  return new Set(
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .map((line) => line.trim()),
  );
}
