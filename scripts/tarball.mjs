// The package as npm would publish it, and a project that has installed it.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { manifest, run } from './lib.mjs';

/** The packages that whoever installs this one gets or has to have. */
export const needed = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });

/** Packs the package into `folder` and gives the path of the tarball. */
export async function pack(folder) {
  // Without scripts, since prepack would build once more.
  const packed = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
    capture: true,
  });
  return join(folder, JSON.parse(packed)[0].filename);
}

/**
 * Makes a project in `folder` and unpacks the tarball as npm would, beside links to `packages`, folders by name: no
 * registry is asked.
 */
export async function unpack(tarball, folder, packages) {
  const target = join(folder, 'node_modules', manifest.name);
  mkdirSync(target, { recursive: true });
  await run('tar', ['-xzf', tarball, '--strip-components=1', '-C', target]);
  for (const [name, path] of Object.entries(packages)) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(path, link, 'junction');
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'consumer', private: true, type: 'module' }));
}
