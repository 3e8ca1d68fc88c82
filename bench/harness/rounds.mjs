import { inChild } from './in-child.mjs';
import { median } from './statistics.mjs';

/**
 * Measures one row in interleaved rounds: in each round every contestant runs once, in a process of its own, and each round
 * begins with another one. A contestant that has used up the row's patience (seconds) keeps the rounds that it has.
 */
export async function runRow(row, job, { rounds, seconds = 120 }) {
  const names = Object.keys(row.contestants);
  const runs = new Map(names.map((name) => [name, { samples: [], spent: 0 }]));
  for (let round = 0; round < rounds; round++) {
    for (const name of rotated(names, round)) {
      const run = runs.get(name);
      if (run.problem || run.skipped || run.spent > (row.patience ?? 40)) continue;
      const start = performance.now();
      const { cost, problem, skipped } = await inChild({ ...job, contestant: name }, { seconds });
      run.spent += (performance.now() - start) / 1_000;
      Object.assign(run, { problem, skipped });
      if (cost !== undefined) run.samples.push(cost);
    }
  }
  return Object.fromEntries([...runs].map(([name, run]) => [name, result(run)]));
}

const rotated = (names, round) => names.map((_, index) => names[(index + round) % names.length]);

/** One wrong count spoils all rounds: no figure. */
function result({ samples, problem, skipped }) {
  if (problem) return { problem };
  return skipped ? { skipped } : { cost: median(samples), samples };
}
