import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect } from 'vitest';
import { cell, hasTypes, lab, newest } from './lab.js';
import { consumer } from './programs.js';
import { printedBy, run, type Outcome } from './run.js';

interface Options {
  readonly module: string;
  readonly moduleResolution: string;
  readonly lib?: readonly string[];
  readonly types?: readonly string[];
  readonly noEmit?: boolean;
  readonly paths?: Readonly<Record<string, readonly string[]>>;
}

const nodenext = { module: 'nodenext', moduleResolution: 'nodenext' };
const bundler = { module: 'esnext', moduleResolution: 'bundler' };
const dom = { lib: ['ES2022', 'DOM'], types: [] };
const node = { lib: ['ES2022'], types: ['node'] };

/** Compiles the consumer's programs and all the declarations that they import. */
async function compile(project: string, tsc: string, id: string, options: Options): Promise<Outcome> {
  const config = `tsconfig.${id}.json`;
  const compilerOptions = {
    target: 'ES2022',
    strict: true,
    skipLibCheck: false,
    noEmit: true,
    rootDir: 'source',
    outDir: `out/${id}`,
    ...dom,
    ...options,
  };
  const entries = lab.entries.filter((entry) => !entry.endsWith('.json'));
  const lines = entries.map((entry, index) => `export * as entry${index} from '${entry}';`);
  writeFileSync(join(project, 'source/entries.ts'), lines.join('\n'));
  const files = ['consumer-main.ts', 'types.ts', 'entries.ts'].map((file) => `source/${file}`);
  writeFileSync(join(project, config), JSON.stringify({ compilerOptions, files }));
  return run(project, process.execPath, [tsc, '-p', config]);
}

/** Compiles; nothing may be wrong. */
async function compiles(project: string, tsc: string, id: string, options: Options): Promise<void> {
  const { stdout, code } = await compile(project, tsc, id, options);
  expect(stdout).toBe('');
  expect(code).toBe(0);
}

let expected = '';
beforeAll(async () => {
  expected = await consumer(newest.project, process.execPath);
});

const { project } = newest;
for (const { version, tsc } of lab.typescripts) {
  const inTypeScript = (column: string, title: string, test: () => Promise<void>) =>
    cell({ table: 'TypeScript', row: `TypeScript ${version}`, column }, title, test);

  inTypeScript('nodenext, @types/node', 'is that version', async () => {
    expect(await printedBy(project, process.execPath, [tsc, '--version'])).toBe(`Version ${version}\n`);
  });

  inTypeScript('nodenext, @types/node', 'compiles, and what it emits prints what it has to', async () => {
    await compiles(project, tsc, version, { ...nodenext, ...node, noEmit: false });
    expect(await printedBy(project, process.execPath, [`out/${version}/consumer-main.js`])).toBe(expected);
  });

  inTypeScript('bundler, DOM', 'compiles', () => compiles(project, tsc, `${version}-dom`, { ...bundler, ...dom }));

  // For the oldest ones two are enough: each setting once.
  if (version.startsWith('5.2.') || version.startsWith('5.4.')) continue;
  inTypeScript('nodenext, DOM', 'compiles', () => compiles(project, tsc, `${version}-next`, { ...nodenext, ...dom }));
  inTypeScript('bundler, @types/node', 'compiles', () =>
    compiles(project, tsc, `${version}-node`, { ...bundler, ...node }),
  );
}

const latest = lab.typescripts[lab.typescripts.length - 1];
const declarations = './node_modules/rxjs/dist/types';
const paths = { rxjs: [`${declarations}/index.d.ts`], 'rxjs/testing': [`${declarations}/testing/index.d.ts`] };
const refused = 'refused, as the README says';

for (const { version, project } of lab.rxjs.filter((each) => each !== newest)) {
  const place = { table: 'Types of RxJS', row: `RxJS ${version}, TypeScript ${latest.version}` };
  for (const [column, modules] of Object.entries({ nodenext, bundler })) {
    if (hasTypes(version)) {
      cell({ ...place, column }, 'compiles', () => compiles(project, latest.tsc, column, modules));
      continue;
    }
    cell({ ...place, column, meaning: refused }, 'does not find the types of RxJS', async () => {
      const { stdout, code } = await compile(project, latest.tsc, column, modules);
      expect(stdout).toContain("TS7016: Could not find a declaration file for module 'rxjs'.");
      expect(code).not.toBe(0);
    });
    cell({ ...place, column: `${column}, with paths` }, 'compiles when told where they are', () =>
      compiles(project, latest.tsc, `${column}-paths`, { ...modules, paths }),
    );
  }
}

// TypeScript 6 deprecates `node10`, 7 does not know it any more.
const last = lab.typescripts.filter(({ version }) => version.startsWith('5.')).at(-1)!;
const row = `RxJS ${newest.version}, TypeScript ${last.version}`;
cell({ table: 'Types of RxJS', row, column: 'node10', meaning: refused }, 'does not look at exports', async () => {
  const options = { module: 'esnext', moduleResolution: 'node10' };
  const { stdout, code } = await compile(project, last.tsc, 'node10', options);
  expect(stdout).toContain("TS2307: Cannot find module 'rx-actors'");
  expect(code).not.toBe(0);
});
