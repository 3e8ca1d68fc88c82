// Measures what an application pays for an import: bundled and minified by esbuild, gzipped, without rxjs and tslib,
// which it has anyway. Fails over budget. Usage: node scripts/sizes.mjs
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { buildIfStale } from './build.mjs';
import { entries, main, root } from './lib.mjs';

/** What is imported, and how many bytes, minified and gzipped, it may cost. */
const budgets = [
  { what: "import { actor } from 'rx-actors'", budget: 14800 },
  { what: "import { Exchange } from 'rx-actors'", budget: 9300 },
  { what: "import * as all from 'rx-actors'", budget: 34200 },
  { what: "import * as all from 'rx-actors/testing'", budget: 35600 },
];

await main(async () => {
  const unlisted = entries.filter(({ name }) => !budgets.some(({ what }) => what === `import * as all from '${name}'`));
  if (unlisted.length > 0) throw new Error(`No budget for ${unlisted.map(({ name }) => name).join(', ')}`);
  await buildIfStale('library');

  const rows = await Promise.all(budgets.map(async ({ what, budget }) => ({ what, budget, ...(await measure(what)) })));
  const width = Math.max(...rows.map(({ what }) => what.length));
  console.log(`${'import'.padEnd(width)}  minified   gzipped    budget`);
  for (const { what, minified, gzipped, budget } of rows) {
    const cells = [minified, gzipped, budget].map((bytes) => String(bytes).padStart(8)).join('  ');
    console.log(`${what.padEnd(width)}  ${cells}${gzipped > budget ? '  over budget' : ''}`);
    if (gzipped > budget) process.exitCode = 1;
  }
});

async function measure(what) {
  const name = /import (?:\{ (\w+) \}|\* as (\w+))/.exec(what).slice(1).find(Boolean);
  const { outputFiles } = await build({
    stdin: { contents: `${what};\nglobalThis.used = ${name};`, resolveDir: root },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    external: ['rxjs', 'rxjs/*', 'tslib'],
    // What is shipped is measured: the paths of our own tsconfig.json lead to the sources.
    tsconfigRaw: '{}',
  });
  const [{ contents }] = outputFiles;
  return { minified: contents.length, gzipped: gzipSync(contents, { level: 9 }).length };
}
