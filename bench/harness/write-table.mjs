import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { markdownTable } from './report.mjs';

const PAGE = fileURLToPath(new URL('../../docs/performance.md', import.meta.url));
const BETWEEN_MARKERS = /(?<=<!-- table -->\n)[^]*(?=<!-- \/table -->)/;

/** Replaces the table in docs/performance.md, formatted as the checks want it. */
export async function writeTable(run, rows) {
  const page = readFileSync(PAGE, 'utf8');
  if (!BETWEEN_MARKERS.test(page))
    throw new Error(`${PAGE} has no place for the table: <!-- table --> … <!-- /table -->`);
  const measured = Object.values(run).map((line) => `- ${line}`);
  const content = `\n${measured.join('\n')}\n\n${markdownTable(rows)}\n\n`;
  const { format, resolveConfig } = await import('prettier');
  const text = page.replace(BETWEEN_MARKERS, () => content);
  writeFileSync(PAGE, await format(text, { ...(await resolveConfig(PAGE)), parser: 'markdown' }));
}
