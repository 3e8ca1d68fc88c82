import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg, platform, release, totalmem } from 'node:os';

/** How many processes want the cores, the average of the last minute: above their number, others were at work. */
export const load = () => loadavg()[0].toFixed(1);

/** Where, on what and against whom a table was measured. */
export function describeRun({ rounds, quick }, loadBefore) {
  const cores = cpus();
  return {
    machine: `${cores.length} × ${cores[0].model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, ${platform()} ${release()}`,
    load: `load ${loadBefore} before, ${load()} after`,
    runtime: `Node ${process.versions.node}, V8 ${process.versions.v8}`,
    method: quick
      ? `${rounds} quick round(s) over a tenth of the work, a process each: rough figures`
      : `medians of ${rounds} interleaved rounds, a fresh, warmed-up process for every figure`,
    peers: `against ${Object.entries(peers())
      .map((peer) => peer.join(' '))
      .join(', ')}`,
  };
}

function peers() {
  const read = (url) => JSON.parse(readFileSync(url, 'utf8'));
  const rxjs = read(createRequire(import.meta.url).resolve('rxjs/package.json'));
  return { rxjs: rxjs.version, ...read(new URL('../package.json', import.meta.url)).dependencies };
}
