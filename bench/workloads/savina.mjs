// P8: the small programs of the Savina benchmark suite, and skynet; each has an answer that is known.

import { timesBetter } from '../harness/bars.mjs';
import { millionsPerSecond } from '../harness/units.mjs';

/** A program is a file of ../programs: see the row below for what it exports. */
const NAMES = [
  'ping-pong',
  'count',
  'fork-join-throughput',
  'fork-join-create',
  'thread-ring',
  'chameneos',
  'big',
  'fibonacci',
  'bounded-buffer',
  'philosopher',
  'banking',
  'skynet',
];

const programs = await Promise.all(NAMES.map((name) => import(`../programs/${name}.mjs`)));

export const rows = (scale) => programs.map((program) => row(program, scale));

function row(program, scale) {
  const { things, title, size, answer, nactShare = 1 } = program;
  const whole = size(scale);
  const nact = nactShare === 1 ? 'nact' : `nact on ${nactShare} of it`;
  return {
    id: 'P8',
    title: `${title(whole)}: ${format(answer(whole))}`,
    unit: millionsPerSecond(things),
    bar: timesBetter(3, { than: [nact] }),
    contestants: {
      ours: run(program.ours, scale),
      [nact]: run(program.nact, scale * nactShare),
      xstate: run(program.xstate, scale),
    },
    patience: 10,
  };

  /** Runs the whole program in each pass: its system and its actors are new each time. */
  function run(load, scale) {
    return async () => {
      const start = await load();
      return async (share) => {
        const part = size(scale * share);
        const expected = scale * share === 1 ? program.known : answer(part);
        const got = await start(part);
        const problem = got === expected ? undefined : `answers ${format(got)} instead of ${format(expected)}`;
        return { operations: program.operations(part), problem };
      };
    };
  }
}

const format = (value) => value.toLocaleString('en');
