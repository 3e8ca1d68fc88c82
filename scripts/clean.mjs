// Removes everything that the scripts write and git ignores.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib.mjs';

for (const folder of ['dist', 'dist-examples', 'coverage', 'temp']) {
  rmSync(join(root, folder), { recursive: true, force: true });
}
