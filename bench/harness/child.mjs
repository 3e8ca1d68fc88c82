// The process of one measurement: one contestant of one row, once. Its answer goes out on file descriptor 3, so that no IPC
// channel stands in the event loop and no peer that prints can spoil it.

import { writeSync } from 'node:fs';
import { Skip } from './skip.mjs';
import { Tally } from './tally.mjs';
import { time } from './measures.mjs';

const ANSWER = 3;
const { module, scale, index, contestant } = JSON.parse(process.argv[2]);

process.once('exit', hangs);

const { rows } = await import(`../${module}.mjs`);
const { measure = time, contestants } = rows(scale)[index];

try {
  answer(await measure(contestants[contestant]));
} catch (error) {
  if (!(error instanceof Skip)) throw error;
  answer({ skipped: error.message });
}

function answer(result) {
  writeSync(ANSWER, JSON.stringify(result));
  process.off('exit', hangs);
  process.exit();
}

/** The event loop has run dry under a pending await: nothing would ever have answered. A crash (code 1) speaks for itself. */
function hangs(code) {
  if (code !== 1)
    writeSync(ANSWER, JSON.stringify({ problem: `hangs, ${Tally.latest?.problem ?? 'nothing left to wait for'}` }));
}
