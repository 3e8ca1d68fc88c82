// P12: what an application downloads for an import: bundled and minified by esbuild, gzipped, without rxjs and tslib, which it
// has anyway.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { atMost, noBar } from '../harness/bars.mjs';
import { mapValues } from '../harness/map-values.mjs';
import { kilobytes } from '../harness/units.mjs';

const url = (path) => new URL(path, import.meta.url);

const bench = fileURLToPath(url('..'));
const root = fileURLToPath(url('../..'));

const manifest = JSON.parse(readFileSync(url('../../package.json'), 'utf8'));

/** The entry points beside the core, by the names under which they are imported. */
const entries = Object.keys(manifest.exports)
  .filter((key) => key !== '.' && key !== './package.json')
  .map((key) => manifest.name + key.slice(1));

const kB = (limit) => atMost(limit * 1_000, `≤ ${limit} kB`);

export const rows = () => [
  row('an actor', kB(5), {
    ours: "import { actor } from 'rx-actors'",
    nact: "import { dispatch, spawn, start } from 'nact'",
    xstate: "import { createActor, fromTransition } from 'xstate'",
  }),
  row('an exchange', kB(2), {
    ours: "import { Exchange } from 'rx-actors'",
    nanoevents: "import { createNanoEvents } from 'nanoevents'",
    mitt: "import mitt from 'mitt'",
    eventemitter3: "import { EventEmitter } from 'eventemitter3'",
    tseep: "import { EventEmitter } from 'tseep'",
  }),
  row('everything in the core', kB(10), {
    ours: "import * as all from 'rx-actors'",
    nact: "import * as all from 'nact'",
    xstate: "import * as all from 'xstate'",
  }),
  ...entries.map((entry) => row(`everything in ${entry}`, noBar, { ours: `import * as all from '${entry}'` })),
];

const row = (what, bar, imports) => ({
  id: 'P12',
  title: `bytes of ${what}`,
  unit: kilobytes,
  bar,
  measure: (contestant) => contestant(),
  contestants: mapValues(imports, (statement, name) => () => gzipped(statement, name === 'ours' ? root : bench)),
  patience: 0, // the same in each round
});

async function gzipped(statement, resolveDir) {
  const { build } = await import('esbuild');
  const names = /import (?:\* as )?(.+) from/.exec(statement)[1];
  const { outputFiles } = await build({
    stdin: { contents: `${statement};\nglobalThis.used = ${names};`, resolveDir },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'node', // nact needs `crypto` and `assert`, which are not counted
    target: 'es2022',
    external: ['rxjs', 'rxjs/*', 'tslib'],
    // What is shipped is measured: the paths of our own tsconfig.json lead to the sources.
    tsconfigRaw: '{}',
  });
  return { cost: gzipSync(outputFiles[0].contents, { level: 9 }).length };
}
