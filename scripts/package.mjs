// Looks at the package as npm would publish it. Usage: node scripts/package.mjs publint | attw | import
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIfStale } from './build.mjs';
import { entries, main, root, run } from './lib.mjs';
import { needed, pack, unpack } from './tarball.mjs';

const checks = {
  /** The manifest and the files fit each other. */
  publint: (tarball) => run('publint', ['run', tarball, '--strict']),

  /** Every way to resolve types finds the ones that belong to the code. */
  attw: (tarball) => run('attw', [tarball, '--profile', 'esm-only']),

  /** An application that has installed the tarball can load and compile every entry. */
  import: async (tarball, folder) => {
    const names = [...needed, '@types/node', 'undici-types'];
    await unpack(tarball, folder, Object.fromEntries(names.map((name) => [name, join(root, 'node_modules', name)])));
    for (const { name } of entries) {
      await run('node', ['--input-type=module', '-e', load(name)], { cwd: folder });
      console.log(`${name}: loads as ES module and with require()`);
    }
    await compile(folder);
  },
};

await main(async () => {
  const check = checks[process.argv[2]];
  if (check === undefined) throw new Error(`Expected ${Object.keys(checks).join(', ')}, got ${process.argv[2]}`);
  await buildIfStale('library');
  const folder = mkdtempSync(join(tmpdir(), 'rx-actors-'));
  try {
    await check(await pack(folder), folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A program that fails unless `import` and `require` give the same, non-empty module. */
function load(name) {
  return `
    import { createRequire } from 'node:module';
    const imported = await import('${name}');
    const required = createRequire(import.meta.url)('${name}');
    const names = Object.keys(imported);
    if (names.length === 0) throw new Error('${name} exports nothing');
    for (const key of names) if (imported[key] !== required[key]) throw new Error('${name} is loaded twice: ' + key);
  `;
}

/** Compiles a consumer that has all of our declarations checked, in the settings that applications use. */
async function compile(folder) {
  const lines = entries.map(({ name }, index) => `export * as entry${index} from '${name}';`);
  writeFileSync(join(folder, 'consumer.ts'), `${lines.join('\n')}\n`);
  const settings = {
    node: { module: 'nodenext', lib: ['ES2022'], types: ['node'] },
    browser: { module: 'esnext', moduleResolution: 'bundler', lib: ['ES2022', 'DOM'], types: [] },
  };
  const compiled = Object.entries(settings).map(async ([name, setting]) => {
    const config = join(folder, `tsconfig.${name}.json`);
    const compilerOptions = { target: 'ES2022', strict: true, skipLibCheck: false, noEmit: true, ...setting };
    writeFileSync(config, JSON.stringify({ compilerOptions, files: ['consumer.ts'] }));
    await run('tsc', ['-p', config]);
    console.log(`compiles with ${JSON.stringify(setting)}`);
  });
  await Promise.all(compiled);
}
