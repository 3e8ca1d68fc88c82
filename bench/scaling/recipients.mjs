// Time per send by the number of those that get it.

import { mapValues } from '../harness/map-values.mjs';
import { time as ticks } from '../harness/ticks.mjs';
import { mitt, nanoevents, ours, oursToObservers, Subject } from '../peers/emitters.mjs';
import { fanOut } from '../workloads/fan-out.mjs';

const WIDTHS = [1, 10, 100, 1e3, 1e4, 1e5];

export const chart = {
  title: 'Fan-out: time per send',
  x: { label: 'recipients', values: WIDTHS },
  y: { label: 'time per send', ticks },
};

export const rows = () =>
  WIDTHS.map((width) => ({
    id: 'scaling',
    title: `fan-out to ${width}`,
    contestants: mapValues(
      { 'ours, recipients': ours, 'ours, observers': oursToObservers, nanoevents, mitt, Subject },
      (open) => fanOut(open, width, Math.max(1e6 / width, 20)),
    ),
  }));
