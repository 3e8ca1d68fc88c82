// P1: how fast one actor with a synchronous behavior takes what it is sent.

import { timesBetter } from '../harness/bars.mjs';
import { mapValues } from '../harness/map-values.mjs';
import { Tally } from '../harness/tally.mjs';
import { millionsPerSecond, size } from '../harness/units.mjs';
import { concatMap, fastq, fastqByPromise, nact, ours, xstate } from '../peers/actors.mjs';

const peers = { concatMap, xstate, nact, fastq };

export const rows = (scale) => [
  row('tell: a burst of', 1e6 * scale, 1e6 * scale),
  row('tell: batches of', 1e5 * scale, 100),
];

const row = (title, total, batch) => ({
  id: 'P1',
  title: `${title} ${size(batch)}`,
  unit: millionsPerSecond('msg'),
  bar: timesBetter(5, { than: Object.keys(peers), aim: 8 }),
  contestants: mapValues({ ours, ...peers, 'fastq by Promise': fastqByPromise }, (open) => tell(open, total, batch)),
});

/** Sends `total` messages, waiting after each batch until the actor has processed all of it. */
const tell = (open, total, batch) => async () => {
  const { behavior, spawn, send } = await open();
  let tally;
  const actor = spawn(behavior((message) => void tally.add(message)));

  return async (share) => {
    const operations = total * share;
    tally = new Tally(operations);
    for (let sent = 0; sent < operations;) {
      const end = Math.min(sent + batch, operations);
      const processed = tally.reaches(end);
      while (sent < end) send(actor, sent++);
      await processed;
    }
    return { operations, problem: tally.problem };
  };
};
