import { parseArgs } from 'node:util';

export const HELP = `Usage: npm run bench -- [options]

  --only <ids>   only these rows, for example P1,P5
  --quick        a look in under a minute: one round, a tenth of the work; rough figures
  --rounds <n>   interleaved rounds of which the median is taken (default 5)
  --markdown     print the table as Markdown
  --json         print everything, each round included, as JSON
  --write        put the table into docs/performance.md as well
  --scaling      draw how costs grow into docs/performance instead, three rounds; some six minutes
  --help         print this

How it measures and how to read it: bench/README.md.`;

/** Reads the command line; throws where it says something that cannot be meant. */
export function readOptions(args) {
  const { values } = parseArgs({
    args: args.filter((arg) => arg !== '--'),
    options: {
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      markdown: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      scaling: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const rounds = Number(values.rounds ?? usualRounds(values));
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new RangeError(`Expected \`--rounds\` to be a whole number from 1 up, got \`${values.rounds}\``);
  }
  if (values.write && values.only) throw new RangeError('Expected `--write` to go with all rows, got `--only`, too');
  return { ...values, rounds, only: values.only?.toUpperCase().split(',') };
}

function usualRounds({ quick, scaling }) {
  if (quick) return 1;
  return scaling ? 3 : 5;
}
