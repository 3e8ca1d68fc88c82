/** Numbers with their thousands apart. */
export const count = (value: number): string => Math.round(value).toLocaleString('en-US');

/** What was found in a file, fit to be printed: in one line, no control characters, not too long. */
export function quote(text: string, longest = 60): string {
  const plain = text.slice(0, longest).replace(/[\p{C}\uFFFD]+/gu, '?');
  return text.length > longest ? `${plain}…` : plain;
}

/** Rows as aligned columns: the first to the left, the others, which are numbers, to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const align = (cell: string, column: number): string =>
    column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]);
  return rows.map((row) => row.map(align).join('  ')).join('\n');
}
