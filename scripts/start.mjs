// Builds and runs examples/tour: `npm start -- --help`. Ends with its exit code.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { performance } from 'node:perf_hooks';
import { buildIfStale } from './build.mjs';
import { main, root } from './lib.mjs';

/** How long the same signal counts as the same key press, in milliseconds. */
const SAME_PRESS = 500;

await main(async () => {
  await buildIfStale('examples');
  // One Ctrl-C reaches this process twice, from the terminal and from npm. The tour, in a process group of its own, gets
  // it once: a second one means that the user presses again.
  const tour = spawn(
    process.execPath,
    ['--enable-source-maps', 'dist-examples/examples/tour/main.js', ...process.argv.slice(2)],
    {
      cwd: root,
      stdio: 'inherit',
      detached: process.platform !== 'win32',
    },
  );
  const last = {};
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      const now = performance.now();
      if (now - (last[signal] ?? -Infinity) > SAME_PRESS) tour.kill(signal);
      last[signal] = now;
    });
  }
  tour.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
});
