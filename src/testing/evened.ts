const PER_UNIT = { ms: 1, s: 1_000, m: 60_000 };

/** A diagram of RxJS's run mode, written so that it means the same outside of a run: without spaces and progressions. */
export function evened(marbles: string): string {
  return marbles
    .replace(/(^| )(\d+(?:\.\d+)?)(ms|s|m)(?= )/g, (_, before: string, count: string, unit: keyof typeof PER_UNIT) => {
      return before + '-'.repeat(Number(count) * PER_UNIT[unit]);
    })
    .replaceAll(' ', '');
}
