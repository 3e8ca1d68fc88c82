// `npm run bench -- --scaling`: measures how costs grow and draws each picture into docs/performance.

import { mkdirSync, writeFileSync } from 'node:fs';
import { drawChart } from '../harness/chart.mjs';
import { describeRun, load } from '../harness/describe-run.mjs';
import { runRow } from '../harness/rounds.mjs';
import { figure } from '../harness/units.mjs';
import { count } from '../harness/ticks.mjs';
import { charts } from './index.mjs';

const FOLDER = new URL('../../docs/performance/', import.meta.url);
const SECONDS = 60;

/** Draws all pictures and gives their figures, to be printed. */
export async function drawScaling(options) {
  const loadBefore = load();
  const drawn = [];
  for (const name of charts) {
    const { chart, rows } = await import(`./${name}.mjs`);
    const lines = await measureLines(name, chart, rows(), options);
    const { machine, runtime } = describeRun(options, loadBefore);
    const source = `rx-actors and its peers, median of ${options.rounds} round(s), ${machine.split(',')[0]}, ${runtime.split(',')[0]}`;
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(new URL(`${name}.svg`, FOLDER), drawChart(chart, lines, source));
    process.stderr.write(`docs/performance/${name}.svg\n`);
    drawn.push({ chart, lines });
  }
  const run = describeRun(options, loadBefore);
  if (options.json) return JSON.stringify({ ...run, drawn }, undefined, 2);
  return [...Object.values(run), ...drawn.map(inWords)].join('\n');
}

function inWords({ chart, lines }) {
  const words = ({ name, points, problem }) =>
    [
      `  ${name}:`,
      ...points.map(([value, cost]) => `${figure(cost)} at ${count(value)},`),
      problem ?? 'all the way',
    ].join(' ');
  return [`\n${chart.title}`, ...lines.map(words)].join('\n');
}

/** A line goes as far as its contestant comes: where it has failed once it is not tried with more. */
async function measureLines(name, { x }, rows, options) {
  const lines = new Map(Object.keys(rows[0].contestants).map((line) => [line, { name: line, points: [] }]));
  for (const [index, row] of rows.entries()) {
    process.stderr.write(`${row.title} …\n`);
    const going = Object.entries(row.contestants).filter(([line]) => !lines.get(line).ends);
    const job = { module: `scaling/${name}`, scale: 1, index };
    const results = await runRow({ ...row, contestants: Object.fromEntries(going) }, job, {
      ...options,
      seconds: SECONDS,
    });
    for (const [line, { cost, problem }] of Object.entries(results)) {
      if (problem)
        Object.assign(lines.get(line), { ends: `${shortened(problem)} at ${count(x.values[index])}`, problem });
      else lines.get(line).points.push([x.values[index], cost]);
    }
  }
  return [...lines.values()];
}

/** What is told of a failure in a legend; all of it goes into the figures. */
const shortened = (problem) => problem.replace(/^crashed: .*out of memory.*$/s, 'out of memory').split(/[,:(]/)[0];
