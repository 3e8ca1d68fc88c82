/** What Stryker calls it when a test failed, or did not end. */
const NOTICED = ['Killed', 'Timeout', 'RuntimeError'];

/** The mutants of a report of Stryker, each with the text that it replaces and the line that this starts in. */
export function mutantsOf(report) {
  return Object.entries(report.files).flatMap(([file, { source, mutants }]) => {
    const lines = source.split('\n');
    return mutants
      .filter(({ status }) => status !== 'Ignored')
      .map(({ location, mutatorName, replacement, status, coveredBy = [] }) => ({
        file,
        location,
        text: lines[location.start.line - 1].trim(),
        mutator: mutatorName,
        original: short(textAt(lines, location)),
        replacement: short(replacement ?? ''),
        fate: NOTICED.includes(status) ? 'noticed' : status === 'NoCoverage' ? 'not reached' : 'survived',
        timedOut: status === 'Timeout',
        tests: coveredBy.length,
      }))
      .sort((one, other) => order(one) - order(other));
  });
}

/** What makes a mutant the same after lines were added above it. */
export function keyOf({ file, text, original, replacement }) {
  return JSON.stringify([file, text, original, replacement]);
}

/** What makes a mutant the same in another run over the same sources. */
export function placeOf({ file, location, replacement }) {
  return JSON.stringify([file, location, replacement]);
}

export function folderOf({ file }) {
  return file.split('/').slice(0, -1).join('/');
}

/** An object of arrays, in the order in which its keys come first. */
export function groupBy(items, keyFrom) {
  const groups = {};
  for (const item of items) (groups[keyFrom(item)] ??= []).push(item);
  return groups;
}

function order({ location: { start } }) {
  return start.line * 1_000 + start.column;
}

function textAt(lines, { start, end }) {
  const part = lines.slice(start.line - 1, end.line);
  part[part.length - 1] = part[part.length - 1].slice(0, end.column - 1);
  part[0] = part[0].slice(start.column - 1);
  return part.join('\n');
}

/** On one line, the middle of long texts left out. */
function short(text) {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= 100 ? line : `${line.slice(0, 60)} … ${line.slice(-30)}`;
}
