import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect } from 'vitest';
import { cell, isThere, lab, newest } from './lab.js';
import { consumer, file, tour, withoutChance } from './programs.js';
import { printedBy, run } from './run.js';
import { serve } from './serve.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const tools = join(here, '../../node_modules');
const program = 'compiled/integration-tests/compatibility/programs/page.js';
const html = (script: string) => `<!doctype html>
<meta charset="utf-8">
<link rel="icon" href="data:,">
<script type="module" src="${script}"></script>
`;

/** Bundles the page's program in a project as an application would; gives the folder of the site. */
const bundlers = {
  vite: async (project: string) => {
    writeFileSync(join(project, 'index.html'), html(`/${program}`));
    const args = [join(tools, 'vite/bin/vite.js'), 'build', '--outDir', 'vite', '--logLevel', 'warn'];
    expect(await run(project, process.execPath, args)).toEqual({ code: 0, stdout: '', stderr: '' });
    return join(project, 'vite');
  },
  esbuild: async (project: string) => {
    const args = [program, '--bundle', '--minify', '--format=esm', '--outfile=esbuild/page.js', '--log-level=warning'];
    expect(await run(project, join(tools, '.bin/esbuild'), args)).toEqual({ code: 0, stdout: '', stderr: '' });
    writeFileSync(join(project, 'esbuild/index.html'), html('page.js'));
    return join(project, 'esbuild');
  },
};

const there = isThere(
  lab.chromium,
  'There is no Chromium. On Debian: apt-get update && apt-get install -y --no-install-recommends chromium',
);

describe.skipIf(!there)('a bundle in a browser', () => {
  let expected = '';

  beforeAll(async () => {
    expected = (await tour(newest.project, process.execPath)) + (await consumer(newest.project, process.execPath));
  });

  for (const [name, bundle] of Object.entries(bundlers)) {
    const row = `${name} ${lab.bundlers[name as keyof typeof bundlers]}, Chromium ${lab.chromium?.version ?? '(none)'}`;
    for (const { version, project } of [lab.rxjs[0], newest]) {
      cell({ table: 'Bundles', row, column: `RxJS ${version}` }, 'prints what Node prints', async () => {
        const site = await bundle(project);
        copyFileSync(file, join(site, 'CHANGELOG.md'));
        await using server = await serve(site);
        const visit = ['visit.mjs', lab.chromium!.executable, server.url];
        const { printed, errors } = JSON.parse(await printedBy(here, process.execPath, visit));
        expect(errors).toEqual([]);
        expect(inAnyBrowser(printed)).toBe(inAnyBrowser(expected));
        expect(printed).toMatch(/at most 64 of 64 lines .* [1-9][\d,]* times$/m);
      });
    }
  }
});

/** What the tour prints, without what is up to the platform: how it words the failure of `new URL`. */
function inAnyBrowser(text: string): string {
  return withoutChance(text).replace(/(failed on line [\d,]+: ).*(, resumed)$/gm, '$1…$2');
}
