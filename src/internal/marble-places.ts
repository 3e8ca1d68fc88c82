import type { MarbleColumn } from './marble-columns.js';

/** Where a column stands in a picture. */
export interface Place<T> {
  readonly column: MarbleColumn<T>;
  /** The middle of its first marble, from the beginning of the line. */
  readonly x: number;
  /** From there to the middle of its last marble. */
  readonly width: number;
  /** The gap before it is too long to be drawn. */
  readonly broken: boolean;
}

/** Distances in a picture. */
export interface Spacing {
  /** Between marbles of one frame. */
  readonly beside: number;
  /** Between marbles of different frames, at least. */
  readonly apart: number;
  /** Of a gap like most others. */
  readonly usual: number;
  /** Of any gap, at most. */
  readonly widest: number;
}

/**
 * Places columns at distances like those of their times, as far as they can be: no scale shows both a burst and the pause
 * before it, so that the one is stretched to what its marbles need and the other cut short.
 */
export function placeColumns<T>(columns: readonly MarbleColumn<T>[], spacing: Spacing): Place<T>[] {
  const gaps = columns.map(({ frame }, n) => frame - (n === 0 ? 0 : columns[n - 1].frame));
  const scale = spacing.usual / median(gaps.filter((gap) => gap > 0));
  // The line begins before the first marble, also when that came at once.
  let x = spacing.beside;
  let needed = 0;
  return columns.map((column, n) => {
    const wide = gaps[n] * scale;
    x += Math.max(Math.round(Math.min(wide, spacing.widest)), needed);
    const width = (column.entries.length - 1) * spacing.beside;
    needed = width + spacing.apart;
    return { column, x, width, broken: wide > spacing.widest };
  });
}

/** Of no numbers, 1: there is nothing to scale. */
function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 1;
}
