import { describe, expect, it } from 'vitest';
import type { MarbleEntry } from '../../src/contract/marble-entry.js';
import { marbleColumns } from '../../src/internal/marble-columns.js';
import { placeColumns, type Place } from '../../src/internal/marble-places.js';

const spacing = { beside: 10, apart: 15, usual: 50, widest: 200 };

/** Where what came at these times is placed. */
function placed(...times: number[]): Place<string>[] {
  const entries = times.map((time): MarbleEntry<string> => ({ kind: 'N', value: 'x', time }));
  return placeColumns(marbleColumns(entries, 1), spacing);
}
const xs = (...times: number[]): number[] => placed(...times).map(({ x }) => x);

describe('placeColumns', () => {
  it('places nothing where nothing came', () => {
    expect(placed()).toEqual([]);
  });

  it('places what came at once a little after the beginning', () => {
    expect(xs(0)).toEqual([10]);
  });

  it('places gaps by their length, the median as wide as is usual', () => {
    expect(xs(0, 4, 8, 16, 18)).toEqual([10, 60, 110, 210, 235]);
    expect(xs(0, 400, 800, 1600, 1800)).toEqual([10, 60, 110, 210, 235]);
  });

  it('keeps marbles of different frames apart, however little is between them', () => {
    expect(xs(0, 1, 101, 201)).toEqual([10, 25, 75, 125]);
  });

  it('puts what came in one frame beside each other, and the next one behind them', () => {
    expect(placed(0, 0, 0, 1).map(({ x, width }) => ({ x, width }))).toEqual([
      { x: 10, width: 20 },
      { x: 60, width: 0 },
    ]);
    expect(xs(0, 0, 0, 0, 0, 1)).toEqual([10, 65]);
  });

  it('cuts a gap short that is too long to be drawn, and says so', () => {
    expect(placed(0, 10, 20, 500, 510, 550).map(({ x, broken }) => ({ x, broken }))).toEqual([
      { x: 10, broken: false },
      { x: 60, broken: false },
      { x: 110, broken: false },
      { x: 310, broken: true },
      { x: 360, broken: false },
      { x: 560, broken: false },
    ]);
  });
});
