// Looks at the package as npm would publish it. Usage: node scripts/package.mjs publint | attw | import
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildIfStale } from './build.mjs';
import { entries, main, manifest, root, run } from './lib.mjs';

const checks = {
  /** The manifest and the files fit each other. */
  publint: (tarball) => run('publint', ['run', tarball, '--strict']),

  /** Every way to resolve types finds the ones that belong to the code. */
  attw: (tarball) => run('attw', [tarball, '--profile', 'esm-only']),

  /** An application that has installed the tarball can load and compile every entry. */
  import: async (tarball, folder) => {
    await install(tarball, folder);
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
    // Without scripts, since prepack would build once more.
    const packed = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
      capture: true,
    });
    await check(join(folder, JSON.parse(packed)[0].filename), folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Unpacks the tarball as npm would, beside links to the packages it needs: no registry is asked. */
async function install(tarball, folder) {
  const target = join(folder, 'node_modules', manifest.name);
  mkdirSync(target, { recursive: true });
  await run('tar', ['-xzf', tarball, '--strip-components=1', '-C', target]);
  const needed = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  for (const name of [...needed, '@types/node', 'undici-types']) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), link, 'junction');
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'consumer', private: true, type: 'module' }));
}

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
