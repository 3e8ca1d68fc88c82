// P1: what the events of a system cost: nothing while nobody listens, before and after somebody has.

import { timesTheCost } from '../harness/bars.mjs';
import { Tally } from '../harness/tally.mjs';
import { millionsPerSecond, size } from '../harness/units.mjs';

const BATCH = 100;

export const rows = (scale) => [
  {
    id: 'P1',
    title: `tell: batches of ${size(BATCH)}, after a listener to events has left`,
    unit: millionsPerSecond('msg'),
    bar: timesTheCost(1.05, { of: 'no listener ever' }),
    contestants: {
      ours: tell(1e5 * scale, (events) => events.subscribe().unsubscribe()),
      'no listener ever': tell(1e5 * scale, () => undefined),
      'a listener': tell(1e5 * scale, (events) => events.subscribe()),
    },
  },
];

const tell = (total, look) => async () => {
  const { ActorSystem } = await import('../ours.mjs');
  const system = new ActorSystem();
  let tally;
  const actor = system.actor((message) => void tally.add(message));
  look(system.events);

  return async (share) => {
    const operations = total * share;
    tally = new Tally(operations);
    for (let sent = 0; sent < operations;) {
      const end = Math.min(sent + BATCH, operations);
      const processed = tally.reaches(end);
      while (sent < end) actor.send(sent++);
      await processed;
    }
    return { operations, problem: tally.problem };
  };
};
