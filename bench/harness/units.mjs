// How a cost (nanoseconds or bytes per operation, lower is better) is shown.

export const millionsPerSecond = (thing) => ({ label: `M ${thing}/s`, from: (cost) => 1_000 / cost });

export const nanosecondsPer = (thing) => ({ label: `ns/${thing}`, from: (cost) => cost });

export const microsecondsPer = (thing) => ({ label: `µs/${thing}`, from: (cost) => cost / 1_000 });

export const bytesPer = (thing) => ({ label: `B/${thing}`, from: (cost) => cost });

export const kilobytes = { label: 'kB', from: (cost) => cost / 1_000 };

/** Three significant digits, never an exponent. */
export function figure(value) {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits });
}

/** A size in a title: `100`, `10 k`, `1 M`. */
export function size(count) {
  if (count >= 1e6) return `${count / 1e6} M`;
  if (count >= 1e4) return `${count / 1e3} k`;
  return count.toLocaleString('en');
}
