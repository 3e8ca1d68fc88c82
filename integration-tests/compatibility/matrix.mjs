import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes what has come of the cells of a run: a table for each kind. */
export function writeMatrix(project, path) {
  const tables = new Map();
  for (const module of project.vitest.state.getTestModules()) {
    for (const test of module.project.name === project.name ? module.children.allTests() : []) {
      const { cell } = test.meta();
      if (cell === undefined) continue;
      const rows = entry(tables, cell.table, () => new Map());
      entry(
        entry(rows, cell.row, () => new Map()),
        cell.column,
        () => [],
      ).push(test);
    }
  }
  if (tables.size === 0) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, [...tables].map(([title, rows]) => `## ${title}\n\n${table(rows)}\n`).join('\n'));
}

function entry(map, key, make) {
  if (!map.has(key)) map.set(key, make());
  return map.get(key);
}

function table(rows) {
  const columns = [...new Set([...rows.values()].flatMap((row) => [...row.keys()]))];
  const lines = [['', ...columns], columns.concat('').map(() => '---')];
  for (const [name, row] of rows) lines.push([name, ...columns.map((column) => outcome(row.get(column)))]);
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** What has come of the tests of one cell. */
function outcome(tests) {
  if (tests === undefined) return '';
  const failed = tests.filter((test) => test.result().state === 'failed');
  if (failed.length > 0) return `FAILED: ${failed.map(({ name }) => name.slice(name.indexOf(': ') + 2)).join('; ')}`;
  const skipped = tests.filter((test) => test.result().state !== 'passed');
  if (skipped.length > 0) return 'not run';
  const time = tests.reduce((sum, test) => sum + test.diagnostic().duration, 0);
  const { meaning = 'ok' } = tests[0].meta().cell;
  return `${meaning}, ${tests.length} ${tests.length === 1 ? 'test' : 'tests'}, ${(time / 1000).toFixed(1)} s`;
}
