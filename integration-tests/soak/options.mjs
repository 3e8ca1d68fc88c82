import { parseArgs } from 'node:util';

export const HELP = `Usage: npm run soak -- [options]

  --minutes <n>   how long it runs (default 5); from 3 on the growth of the heap is judged
  --seconds <n>   the same in seconds
  --every <n>     seconds between two samples (default 5, a fifth of a run that is shorter than 25 s)
  --seed <n>      what the random choices come of (default: another one each time, which is printed)
  --only <names>  only these scenes, for example tell,pools
  --json          print the result as JSON as well, on one line, the last
  --help          print this`;

/** Reads the command line; throws where it says something that cannot be meant. */
export function readOptions(args) {
  const { values } = parseArgs({
    args: args.filter((arg) => arg !== '--'),
    options: {
      minutes: { type: 'string' },
      seconds: { type: 'string' },
      every: { type: 'string' },
      seed: { type: 'string' },
      only: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const seconds = positive('seconds', values.seconds) ?? 60 * (positive('minutes', values.minutes) ?? 5);
  const every = positive('every', values.every) ?? Math.min(5, seconds / 5);
  const seed = positive('seed', values.seed) ?? Math.trunc(Math.random() * 2 ** 32);
  return { seconds, every, seed, only: values.only?.split(','), json: values.json, help: values.help };
}

function positive(name, text) {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!(value > 0)) throw new RangeError(`Expected \`--${name}\` to be a number above 0, got \`${text}\``);
  return value;
}
