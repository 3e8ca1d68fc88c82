// A measured row as data, as a table for people, as Markdown for docs.

import { spread } from './statistics.mjs';
import { figure } from './units.mjs';

/** The row with its verdict: what `--json` prints and the tables show. */
export function judged(row, results) {
  const { ours, ...peers } = results;
  const verdict = ours?.cost === undefined ? undefined : row.bar.judge(ours.cost, costs(peers));
  const shown = ({ cost, samples, ...reason }) =>
    samples ? { value: row.unit.from(cost), samples: samples.map(row.unit.from) } : reason;
  return {
    id: row.id,
    workload: row.title,
    unit: row.unit.label,
    ours: ours && shown(ours),
    peers: Object.fromEntries(Object.entries(peers).map(([name, result]) => [name, shown(result)])),
    ratio: verdict?.ratio,
    against: verdict?.shown,
    bar: row.bar.text,
    met: verdict?.met,
    aimed: verdict?.aimed,
  };
}

const costs = (peers) => Object.fromEntries(Object.entries(peers).map(([name, { cost }]) => [name, cost]));

const COLUMNS = ['id', 'workload', 'unit', 'ours', 'peers', 'ours against', 'bar', 'met'];
const WIDEST = 52;

/** A table in plain text; a cell that would make it too wide goes on in the line below. */
export function plainTable(rows) {
  const lines = [COLUMNS, ...rows.map(cells)].map((row) => row.map((cell) => wrapped(cell, WIDEST)));
  const widths = COLUMNS.map((_, column) =>
    Math.max(...lines.flatMap((row) => row[column].map((line) => line.length))),
  );
  const rule = widths.map((width) => '─'.repeat(width)).join('─┼─');
  const [header, ...body] = lines.map((row) => {
    const height = Math.max(...row.map((cell) => cell.length));
    return Array.from({ length: height }, (_, line) =>
      row
        .map((cell, column) => (cell[line] ?? '').padEnd(widths[column]))
        .join(' │ ')
        .trimEnd(),
    ).join('\n');
  });
  return [header, rule, ...body, ...notes(rows)].join('\n');
}

/** The same as a Markdown table, and what is missing as a list. */
export function markdownTable(rows) {
  const line = (row) => `| ${row.join(' | ')} |`;
  const reasons = notes(rows).map((note) => note && `- ${note}`);
  return [line(COLUMNS), line(COLUMNS.map(() => '---')), ...rows.map((row) => line(cells(row))), ...reasons].join('\n');
}

function cells({ id, workload, unit, ours, peers, against, bar, met, aimed }) {
  const rounds = Math.max(...[ours, ...Object.values(peers)].map(({ samples }) => samples?.length ?? 0));
  const shown = ({ value, samples, problem }) =>
    samples ? `${figure(value)}${fewer(samples.length, rounds)}` : markOf(problem);
  const standing = Object.entries(peers).map(([name, peer]) => `${name} ${shown(peer)}`);
  const own = ours.samples?.length > 1 ? `${shown(ours)} ±${figure(spread(ours.samples))}` : shown(ours);
  return [id, workload, unit, own, standing.join(' · ') || '–', against ?? '–', bar, verdict(met, aimed)];
}

/** Work that was lost, or a contestant that has nothing to measure; the notes say more. */
const markOf = (problem) => (problem ? '✗' : '–');

/** Says so where a contestant was too slow to run in every round. */
const fewer = (own, rounds) => (own < rounds ? ` (${own} of ${rounds} rounds)` : '');

function verdict(met, aimed) {
  if (met === undefined) return '–';
  if (!met) return 'no';
  return aimed ? 'yes, aim' : 'yes';
}

/** Why a figure is missing, each reason once. */
function notes(rows) {
  const reasons = new Map();
  for (const { id, workload, ours, peers } of rows) {
    for (const [name, { problem, skipped }] of Object.entries({ ours, ...peers })) {
      if (!problem && !skipped) continue;
      const reason = `${markOf(problem)} ${problem ?? skipped}`;
      reasons.set(reason, [...(reasons.get(reason) ?? []), `${id} ${workload}, ${name}`]);
    }
  }
  return ['', ...[...reasons].map(([reason, where]) => `${reason} (${where.join('; ')})`)];
}

function wrapped(cell, width) {
  const lines = [''];
  for (const part of cell.split(/(?<= · )/)) {
    const last = lines.length - 1;
    if (lines[last] && lines[last].length + part.trimEnd().length > width) lines.push(part);
    else lines[last] += part;
  }
  return lines.map((line) => line.trimEnd());
}
