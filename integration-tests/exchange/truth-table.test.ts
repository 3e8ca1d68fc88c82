import * as library from 'rx-actors';
import { beforeAll, describe, expect, it } from 'vitest';

/** What is used of scripts/emitters.mjs, which plays the same cases with the peers of bench. */
interface Script {
  readonly cases: Readonly<Record<string, unknown>>;
  outcomesOf(name: string, library: unknown): Promise<string[]>;
  shown(): { readonly text: string; readonly from: number; readonly to: number };
}

const name = 'rx-actors Exchange';

const expected: [law: string, played: string, outcome: string][] = [
  ['O7', 'one detaches itself', 'the others get it'],
  ['O7', 'one detaches a later one', 'not called any more'],
  ['O7', 'one attaches another', 'gets the next one'],
  ['X3', 'attached twice', 'one copy'],
  ['O6', 'one throws', 'the others get it, the error is reported'],
  ['O5', 'one answers by sending', 'one order for all'],
  ['O5', 'a chain of 10,000 answers', 'is sent'],
];

describe('the truth table of emitters', () => {
  let script: Script;
  let outcomes: string[];
  let rows: string[][];
  beforeAll(async () => {
    const path = '../../scripts/emitters.mjs';
    script = (await import(/* @vite-ignore */ path)) as Script;
    outcomes = await script.outcomesOf(name, library);
    const { text, from, to } = script.shown();
    const lines = text.slice(from, to).trim().split('\n');
    rows = lines.map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  });

  it.each(expected)('%s an exchange, when %s: %s', (_, played, outcome) => {
    expect(outcomes[Object.keys(script.cases).indexOf(played)]).toBe(outcome);
  });

  it('plays every case', () => {
    expect(Object.keys(script.cases)).toEqual(expected.map(([, played]) => played));
  });

  it('is what docs/guide/emitters.md says of an exchange, beside nine others', () => {
    const [head, , ours, ...others] = rows;
    expect(head.slice(1)).toEqual(expected.map(([, played]) => played));
    expect(ours).toEqual([`**${name}**`, ...outcomes]);
    expect(others).toHaveLength(9);
    // None of them keeps one order, which is what exchanges are for.
    const order = head.indexOf('one answers by sending');
    expect(new Set(others.map((row) => row[order]))).toEqual(new Set(['the last one sees the answer first']));
  });
});
