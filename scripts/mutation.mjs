// Mutation tests: changes the sources in one small place at a time, and runs the marble tests that reach it. A change that
// no test notices is a survivor: temp/mutation/survivors-FOLDER.md lists them. Writes docs/mutation.md; fails when
// scripts/mutation/explained.json explains what is no survivor any more.
// Usage: npm run mutation [-- [--report | --thorough] [--concurrency N] [folder or file of src …]]
//   --report    runs nothing, writes what earlier runs found
//   --thorough  runs the slow tests, too, for survivors of earlier runs
//   --concurrency  in how many processes; 1 unless told otherwise
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { environment, main, root, run } from './lib.mjs';
import { explain, explanations, staleOf } from './mutation/explained.mjs';
import { folderOf, groupBy, mutantsOf, placeOf } from './mutation/mutants.mjs';
import { scoresPage, survivorsPage } from './mutation/pages.mjs';

const here = join(root, 'scripts', 'mutation');
const work = join(root, 'temp', 'mutation');
const resultsFile = join(work, 'results.json');
const scoresFile = join(here, 'scores.json');

/** How many random programs are made where tests make some; see marble-tests/actor/fates/check-programs.ts. */
const PROGRAMS = '200';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    report: { type: 'boolean' },
    thorough: { type: 'boolean' },
    concurrency: { type: 'string', default: '1' },
  },
});

await main(async () => {
  mkdirSync(work, { recursive: true });
  const scopes = (positionals.length > 0 ? positionals : ['src']).map(scopeOf);
  const inScope = ({ file }) => scopes.some((scope) => file === scope || file.startsWith(`${scope}/`));
  let mutants = readJson(resultsFile, []);
  if (options.thorough) {
    const survivors = mutants.filter((mutant) => inScope(mutant) && mutant.fate === 'survived');
    if (survivors.length === 0) throw new Error('No earlier run has left survivors there');
    const again = await stryker(survivors.map(rangeOf), ['--force'], { MUTATION_THOROUGH: '1' });
    const fates = new Map(again.map((mutant) => [placeOf(mutant), mutant]));
    mutants = mutants.map((mutant) => fates.get(placeOf(mutant)) ?? mutant);
  } else if (!options.report) {
    const found = await stryker(
      scopes.map((scope) => (scope.endsWith('.ts') ? scope : `${scope}/**/*.ts`)),
      [],
    );
    mutants = [...mutants.filter((mutant) => !inScope(mutant)), ...found.filter(inScope)];
  }
  writeFileSync(resultsFile, JSON.stringify(mutants));
  report(mutants, options.report ? () => false : inScope);
});

/** The path of `internal`, `src/internal` or `src/internal/queue.ts`. */
function scopeOf(name) {
  const path = name === 'src' || name.startsWith('src/') ? name.replace(/\/$/, '') : `src/${name}`;
  if (!existsSync(join(root, path))) throw new Error(`There is no ${path}`);
  return path;
}

async function stryker(mutate, flags, variables = {}) {
  const lock = join(here, 'package-lock.json');
  const installed = join(here, 'node_modules', '.package-lock.json');
  if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) {
    await run('npm', ['ci', '--prefix', 'scripts/mutation', '--no-audit', '--no-fund']);
  }
  const program = join(here, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
  const config = 'scripts/mutation/stryker.config.mjs';
  await run(
    'node',
    [program, 'run', config, ...flags, '--concurrency', options.concurrency, '--mutate', mutate.join(',')],
    {
      env: { RX_ACTORS_PROGRAMS: PROGRAMS, ...environment, ...variables },
    },
  );
  return mutantsOf(readJson(join(work, 'report.json')));
}

/** What Stryker takes for this one place. */
function rangeOf({ file, location: { start, end } }) {
  return `${file}:${start.line}:${start.column - 1}-${end.line}:${end.column - 1}`;
}

function report(mutants, isNew) {
  const explained = explanations();
  const { open, settled } = explain(mutants, explained);
  const scores = readJson(scoresFile, {});
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
  const date = new Date().toISOString().slice(0, 10);
  for (const [folder, all] of Object.entries(groupBy(mutants, folderOf))) {
    const inFolder = (mutant) => folderOf(mutant) === folder;
    const count = (accept) => all.filter(accept).length;
    const when = all.some(isNew) ? { date, commit } : { date: scores[folder]?.date, commit: scores[folder]?.commit };
    scores[folder] = {
      ...when,
      mutants: all.length,
      noticed: count(({ fate }) => fate === 'noticed'),
      endless: count(({ timedOut }) => timedOut),
      explained: settled.filter(inFolder).length,
      open: open.filter(inFolder).length,
    };
    const name = folder.replace('src/', '').replaceAll('/', '-');
    writeFileSync(join(work, `survivors-${name}.md`), survivorsPage(folder, open.filter(inFolder)));
  }
  writeFileSync(scoresFile, `${JSON.stringify(scores, null, 2)}\n`);
  writeFileSync(join(root, 'docs', 'mutation.md'), scoresPage(scores, explained));
  console.log(
    `${open.length} survivors to look at, ${settled.length} explained; see temp/mutation and docs/mutation.md`,
  );
  const stale = staleOf(explained, mutants);
  if (stale.length === 0) return;
  const list = stale.map(({ file, text, replacement }) => `${file}: ${text} -> ${replacement}`).join('\n');
  throw new Error(`These entries of scripts/mutation/explained.json explain no survivor any more:\n${list}`);
}

function readJson(file, otherwise) {
  return existsSync(file) || otherwise === undefined ? JSON.parse(readFileSync(file, 'utf8')) : otherwise;
}
