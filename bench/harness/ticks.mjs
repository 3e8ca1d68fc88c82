// How the axes of a chart write their numbers.

const UNITS = {
  time: [
    [1e9, 's'],
    [1e6, 'ms'],
    [1e3, 'µs'],
    [1, 'ns'],
  ],
  bytes: [
    [1e6, 'MB'],
    [1e3, 'kB'],
    [1, 'B'],
  ],
  count: [
    [1e6, 'M'],
    [1e3, 'k'],
    [1, ''],
  ],
};

const inUnits = (units) => (value) => {
  const [size, unit] = units.find(([size]) => value >= size) ?? units.at(-1);
  return `${value / size} ${unit}`.trim();
};

/** Of nanoseconds. */
export const time = inUnits(UNITS.time);

export const bytes = inUnits(UNITS.bytes);

export const count = inUnits(UNITS.count);
