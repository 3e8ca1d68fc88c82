// P2: what a message costs that has waited behind a slow one, by the number of those that wait. The clock starts with the
// first message behind the slow one.

import { defer, EMPTY } from 'rxjs';
import { timesTheCost } from '../harness/bars.mjs';
import { deferred } from '../harness/deferred.mjs';
import { mapValues } from '../harness/map-values.mjs';
import { Tally } from '../harness/tally.mjs';
import { nanosecondsPer, size } from '../harness/units.mjs';
import { concatMap, ours } from '../peers/actors.mjs';

/** How one message is worked off; `add` counts it once the work runs. */
export const works = {
  synchronous: (add) => (message) => void add(message),
  Promise: (add) => async (message) => void add(message),
  Observable: (add) => (message) =>
    defer(() => {
      add(message);
      return EMPTY;
    }),
};

export const rows = (scale) => Object.keys(works).map((kind) => row(kind, scale));

function row(kind, scale) {
  const [short, long, longest] = [1e4, 1e5, 1e6].map((waiting) => waiting * scale);
  const longName = `ours at ${size(long)}`;
  const contestants = {
    ours: [ours, longest],
    [longName]: [ours, long],
    [`ours at ${size(short)}`]: [ours, short],
    'concatMap at 10 k': [concatMap, 1e4],
  };
  return {
    id: 'P2',
    title: `backlog of ${size(longest)}, ${kind} behavior`,
    unit: nanosecondsPer('msg'),
    bar: timesTheCost(2, { of: longName }),
    contestants: mapValues(contestants, ([open, waiting]) => backlog(open, waiting, works[kind])),
  };
}

const SLOW = -1;

export const backlog = (open, waiting, work) => async () => {
  const { behavior, spawn, send } = await open();

  return async (share) => {
    const operations = waiting * share;
    const tally = new Tally(operations);
    const processed = tally.reaches(operations);
    const [started, finish] = [deferred(), deferred()];
    const process = work((message) => tally.add(message));
    let start;

    const actor = spawn(
      behavior((message) => {
        if (message === SLOW) {
          started.resolve();
          return finish.promise;
        }
        if (message === 0) start = performance.now();
        return process(message);
      }),
    );
    send(actor, SLOW);
    await started.promise;
    for (let message = 0; message < operations; message++) send(actor, message);
    finish.resolve();
    await processed;
    return { operations, problem: tally.problem, nanoseconds: (performance.now() - start) * 1e6 };
  };
};
