/** The middle value, or the mean of the two middle ones. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Half the width of the middle half of the values: how steady they are. */
export function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const outside = Math.floor(sorted.length / 4);
  return (sorted.at(-1 - outside) - sorted[outside]) / 2;
}
