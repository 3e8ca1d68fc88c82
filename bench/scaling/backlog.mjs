// Time per message by the number of those that wait behind a slow one.

import { mapValues } from '../harness/map-values.mjs';
import { time as ticks } from '../harness/ticks.mjs';
import { concatMap, ours } from '../peers/actors.mjs';
import { backlog, works } from '../workloads/backlog.mjs';

const WAITING = [1e3, 3e3, 1e4, 3e4, 1e5, 3e5, 1e6];

export const chart = {
  title: 'Working off a backlog: time per message',
  x: { label: 'messages waiting', values: WAITING },
  y: { label: 'time per message', ticks },
};

export const rows = () =>
  WAITING.map((waiting) => ({
    id: 'scaling',
    title: `backlog of ${waiting}`,
    contestants: mapValues(
      {
        'ours, synchronous': [ours, works.synchronous],
        'ours, Promise': [ours, works.Promise],
        'ours, Observable': [ours, works.Observable],
        'concatMap, synchronous': [concatMap, works.synchronous],
        'concatMap, Promise': [concatMap, works.Promise],
      },
      ([open, work]) => backlog(open, waiting, work),
    ),
  }));
