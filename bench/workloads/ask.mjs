// P4: a question to an actor and its answer as a promise, which is what every peer offers.

import { timesBetter } from '../harness/bars.mjs';
import { mapValues } from '../harness/map-values.mjs';
import { Tally } from '../harness/tally.mjs';
import { millionsPerSecond, size } from '../harness/units.mjs';

export const rows = (scale) => [
  {
    ...row,
    title: 'ask: one at a time',
    bar: timesBetter(1.4, { than: ['nact'], aim: 2 }),
    contestants: mapValues(askers, (open) => oneAtATime(open, 1e5 * scale)),
  },
  {
    ...row,
    title: `ask: ${size(1_000)} in flight`,
    bar: timesBetter(4, { than: ['nact'], aim: 6 }),
    contestants: mapValues(askers, (open) => inFlight(open, 1e5 * scale, 1_000)),
  },
];

const row = { id: 'P4', unit: millionsPerSecond('asks') };

/** Each gives `ask(message)`, a promise of the message again. */
const askers = {
  ours: () => oursAsker(),
  'ours with a timeout': () => oursAsker({ timeout: 1_000 }),

  /** It always has a timeout. */
  async nact() {
    const { dispatch, query, spawn, start } = await import('nact');
    const actor = spawn(start(), (_state, message, { sender }) => dispatch(sender, message));
    return (message) => query(actor, message, 1_000);
  },

  /** It answers on the asker's stack. */
  async xstate() {
    const { createActor, fromTransition, waitFor } = await import('xstate');
    const actor = createActor(fromTransition((_state, { message }) => message, -1)).start();
    return async (message) => {
      actor.send({ type: 'ask', message });
      return (await waitFor(actor, ({ context }) => context === message)).context;
    };
  },

  /** The floor: one promise, settled in a microtask. */
  async 'raw Promise'() {
    return (message) => new Promise((resolve) => Promise.resolve().then(() => resolve(message)));
  },
};

async function oursAsker(options) {
  const [{ ActorSystem }, { firstValueFrom, of }] = await Promise.all([import('../ours.mjs'), import('rxjs')]);
  const actor = new ActorSystem().actor((message) => of(message));
  return (message) => firstValueFrom(actor.ask(message, options));
}

const oneAtATime = (open, asks) => async () => {
  const ask = await open();
  return async (share) => {
    const operations = asks * share;
    const tally = new Tally(operations);
    for (let message = 0; message < operations; message++) tally.add(await ask(message));
    return { operations, problem: tally.problem };
  };
};

const inFlight = (open, asks, width) => async () => {
  const ask = await open();
  return async (share) => {
    const operations = asks * share;
    const tally = new Tally(operations);
    for (let first = 0; first < operations; first += width) {
      const length = Math.min(width, operations - first);
      const answers = await Promise.all(Array.from({ length }, (_, index) => ask(first + index)));
      for (const answer of answers) tally.add(answer);
    }
    return { operations, problem: tally.problem };
  };
};
