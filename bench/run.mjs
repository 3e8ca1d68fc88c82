// `npm run bench`: every row of docs/performance.md, ours beside its peers, in one table.

import { describeRun, load } from './harness/describe-run.mjs';
import { HELP, readOptions } from './harness/options.mjs';
import { judged, markdownTable, plainTable } from './harness/report.mjs';
import { runRow } from './harness/rounds.mjs';
import { writeTable } from './harness/write-table.mjs';
import { drawScaling } from './scaling/draw.mjs';
import { workloads } from './workloads/index.mjs';

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) console.log(HELP);
  else if (options.scaling) console.log(await drawScaling(options));
  else await bench(options);
} catch (error) {
  console.error(`${error.message}\n\n${HELP}`);
  process.exitCode = 1;
}

async function bench(options) {
  const jobs = await jobsFor(options);
  const loadBefore = load();
  const rows = [];
  for (const { row, child } of jobs) {
    process.stderr.write(`${row.id} ${row.title} …\n`);
    rows.push(judged(row, await runRow(row, child, options)));
  }
  const run = describeRun(options, loadBefore);
  console.log(print(run, rows, options));
  if (options.write) await writeTable(run, rows);
  if (rows.some(({ ours }) => ours.problem)) process.exitCode = 1;
}

/** The rows asked for, each with what a child process needs to find it again. */
async function jobsFor({ only, quick }) {
  const scale = quick ? 0.1 : 1;
  const jobs = [];
  for (const file of workloads) {
    const { rows } = await import(`./workloads/${file}.mjs`);
    rows(scale).forEach((row, index) => jobs.push({ row, child: { module: `workloads/${file}`, scale, index } }));
  }
  const ids = new Set(jobs.map(({ row }) => row.id));
  const unknown = only?.filter((id) => !ids.has(id)) ?? [];
  if (unknown.length > 0)
    throw new RangeError(`Expected \`--only\` to name some of ${[...ids].join(', ')}, got \`${unknown}\``);
  return only ? jobs.filter(({ row }) => only.includes(row.id)) : jobs;
}

function print(run, rows, { json, markdown }) {
  if (json) return JSON.stringify({ ...run, rows }, undefined, 2);
  const table = markdown ? markdownTable(rows) : plainTable(rows);
  return `${Object.values(run).join('\n')}\n\n${table}`;
}
