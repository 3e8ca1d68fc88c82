import type { MarbleEntry } from '../contract/marble-entry.js';

/** What came in one frame. */
export interface MarbleColumn<T> {
  /** The frame, counted from the beginning. */
  readonly frame: number;
  /** In the order in which it came; never empty. */
  readonly entries: readonly MarbleEntry<T>[];
}

/** Puts notifications into frames of so many milliseconds, each into the nearest one. */
export function marbleColumns<T>(entries: readonly MarbleEntry<T>[], frame: number): MarbleColumn<T>[] {
  const columns: { frame: number; entries: MarbleEntry<T>[] }[] = [];
  for (const entry of entries) {
    const at = Math.round(entry.time / frame);
    const last = columns.at(-1);
    if (last?.frame === at) last.entries.push(entry);
    else columns.push({ frame: at, entries: [entry] });
  }
  return columns;
}
