// Bytes per actor by the number of those that are alive.

import { mapValues } from '../harness/map-values.mjs';
import { retained } from '../harness/measures.mjs';
import { bytes as ticks } from '../harness/ticks.mjs';
import { concatMap, nact, ours, xstate } from '../peers/actors.mjs';
import { idle, idleAfterMessage } from '../workloads/memory.mjs';

const ALIVE = [1e3, 1e4, 1e5, 1e6];

export const chart = {
  title: 'Memory: bytes per actor',
  x: { label: 'actors alive', values: ALIVE },
  y: { label: 'heap per actor', ticks },
};

export const rows = () =>
  ALIVE.map((alive) => ({
    id: 'scaling',
    title: `${alive} actors`,
    measure: retained(alive),
    contestants: {
      'ours, idle': idle(ours),
      'ours, after a message': idleAfterMessage(ours),
      ...mapValues({ concatMap, xstate, nact }, idle),
    },
  }));
