// P3: two actors that answer one another, one message under way at a time. An exchange is a ping and its pong.

import { timesBetter } from '../harness/bars.mjs';
import { mapValues } from '../harness/map-values.mjs';
import { Tally } from '../harness/tally.mjs';
import { millionsPerSecond, size } from '../harness/units.mjs';
import { nact, ours, xstate } from '../peers/actors.mjs';

const peers = { nact, xstate };

export const rows = (scale) => {
  const exchanges = 1e6 * scale;
  return [
    {
      id: 'P3',
      title: `ping-pong: ${size(exchanges)} exchanges`,
      unit: millionsPerSecond('exchanges'),
      bar: timesBetter(12, { than: ['nact'] }),
      contestants: mapValues({ ours, ...peers }, (open) => pingPong(open, exchanges)),
    },
  ];
};

const pingPong = (open, exchanges) => async () => {
  const { behavior, spawn, send } = await open();
  let tally;
  let operations;

  const ping = spawn(
    behavior((message) => {
      if (message > 0) tally.add(message - 1);
      if (message < operations) send(pong, message);
    }),
  );
  const pong = spawn(behavior((message) => send(ping, message + 1)));

  return async (share) => {
    operations = exchanges * share;
    tally = new Tally(operations);
    const answered = tally.reaches(operations);
    send(ping, 0);
    await answered;
    return { operations, problem: tally.problem };
  };
};
