import { groupBy } from './mutants.mjs';

/** The page docs/mutation.md. */
export function scoresPage(scores, explained) {
  const rows = Object.entries(scores).sort(([one], [other]) => (one < other ? -1 : 1));
  const total = { mutants: 0, noticed: 0, endless: 0, explained: 0, open: 0 };
  for (const [, score] of rows) for (const key of Object.keys(total)) total[key] += score[key];
  const table = [
    ['folder', 'mutants', 'noticed', 'of them endless', 'explained', 'open', 'score', 'date', 'commit'],
    ...rows.map(([folder, score]) => row(`\`${folder}\``, score)),
    row('together', total),
  ];
  const files = Object.entries(groupBy(explained, fileOf));
  return `# Mutation tests

Written by \`npm run mutation\`. The reasons are those of \`scripts/mutation/explained.json\`.

[Stryker](https://stryker-mutator.io) changes the sources in one small place at a time: a condition, an operator, a literal,
a block that is left out. Then the marble tests run that reach this place. What none of them notices tells of behaviour that
nothing tests, or of code that does nothing.

- **noticed**: a test failed or, among them **endless**, ran on and on.
- **explained**: no test can notice it, or none should; why stands below.
- **open**: nobody has noticed or explained it yet.
- **score**: noticed, of all that are not explained.

${markdownTable(table)}

Tests that take longer than a tenth of a second, most of them random programs and long backlogs, do not run for what many
other tests reach, unless it is asked for with \`--thorough\`. Random programs are few, and the same in every run.
${files.length === 0 ? '' : `\n## Explained\n${files.map(section).join('')}`}`;
}

/** What a folder has for somebody to look at. */
export function survivorsPage(folder, mutants) {
  const byFile = Object.entries(groupBy(mutants, fileOf));
  const files = byFile.map(([file, members]) => {
    const lines = members.map(({ location, text, mutator, original, replacement, fate, tests }) =>
      [
        `- **${location.start.line}** ${mutator}, ${fate === 'survived' ? `${tests} tests` : fate}`,
        `  - in \`${text}\``,
        `  - from \`${original}\``,
        `  - to   \`${replacement}\``,
      ].join('\n'),
    );
    return `\n## ${file}: ${members.length}\n\n${lines.join('\n')}\n`;
  });
  return `# Survivors in ${folder}: ${mutants.length}\n${files.join('')}`;
}

function row(name, { mutants, noticed, endless, explained, open, date = '', commit = '' }) {
  const score = mutants === explained ? 100 : (100 * noticed) / (mutants - explained);
  return [name, mutants, noticed, endless, explained, open, `${score.toFixed(1)} %`, date, commit].map(String);
}

function section([file, entries]) {
  const byReason = Object.entries(groupBy(entries, ({ reason }) => reason));
  const parts = byReason.map(([reason, members]) => {
    const changes = members.map(({ text, original, replacement }) => {
      const where = text === original ? '' : ` in ${code(text)}`;
      return `  - ${code(original)} → ${code(replacement)}${where}`;
    });
    return `- ${reason}\n${changes.join('\n')}\n`;
  });
  return `\n### ${file}\n\n${parts.join('')}`;
}

function code(text) {
  if (text === '') return 'nothing';
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

/** Padded as prettier pads it. */
function markdownTable([head, ...rows]) {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((cells) => cells[column].length)));
  const isText = (column) => column === 0 || column >= head.length - 2;
  const line = (cells) =>
    `| ${cells.map((cell, column) => (isText(column) ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join(' | ')} |`;
  const rule = widths.map((width, column) => (isText(column) ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}

function fileOf({ file }) {
  return file;
}
