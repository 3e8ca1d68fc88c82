import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lab, runWith } from './lab.js';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const section = /^## Compatibility\n([^]*?)(?=^## |^\[CHANGELOG\])/m.exec(readme)?.[1] ?? '';

/** The versions that a row of the table says things were run with. */
function versions(row: string): string[] {
  const line = section.split('\n').find((each) => each.startsWith(`| ${row} `)) ?? '';
  return [...line.matchAll(/\d+\.\d+\.\d+/g)].map(([version]) => version);
}

describe("the README's table", () => {
  it.each([
    ['Node', lab.nodes],
    ['RxJS', runWith],
    ['TypeScript', lab.typescripts],
  ])('names the versions of %s that are tested here', (row, tested) => {
    expect(versions(row)).toEqual(tested.map(({ version }) => version));
  });

  it('names the bundlers that are tested here', () => {
    expect(versions('Bundlers')).toEqual(Object.values(lab.bundlers));
  });
});
