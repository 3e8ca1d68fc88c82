/** With fewer samples, or in fewer seconds, the heap is still warming up: nothing is said of its growth. */
const FEWEST_SAMPLES = 12;
const SHORTEST = 180;
/** How much the heap may grow over the second half of a run: what V8 itself keeps for hot code comes to less. */
const ALLOWED_PART = 0.04;
const ALLOWED_MEGABYTES = 1;

/**
 * Judges what a soak has measured and found.
 *
 * @param result - `samples`, each with what was counted up to then, and what the ledger has found wrong.
 * @returns What is wrong, in words; nothing when all is well.
 */
export function judge({ samples, faults, details }) {
  return [...faultsOf(faults), ...details, ...imbalances(samples), ...strays(samples), ...growthOf(samples)];
}

function faultsOf(faults) {
  return Object.entries(faults)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} × ${kind}`);
}

/** At every sample all is at rest: each message that was sent has met one fate. */
function imbalances(samples) {
  if (samples.length === 0) return ['no sample was taken'];
  return samples.flatMap(({ elapsed, sent, fates }) => {
    const met = Object.values(fates).reduce((sum, count) => sum + count, 0);
    return met === sent ? [] : [`after ${elapsed.toFixed(1)} s ${sent} were sent, and ${met} have met a fate`];
  });
}

/** At every sample only those are there that are meant to stay. */
function strays(samples) {
  return samples
    .filter(({ alive, standing }) => alive !== standing)
    .map(({ elapsed, alive, standing }) => `after ${elapsed.toFixed(1)} s ${alive} actors are alive, not ${standing}`);
}

function growthOf(samples) {
  const growth = heapGrowth(samples);
  if (growth === undefined || growth.megabytes <= growth.allowed) return [];
  return [
    `the heap grew by ${growth.megabytes.toFixed(2)} MB in the second half, ${growth.allowed.toFixed(2)} MB are allowed`,
  ];
}

/**
 * By how much the heap has grown over the second half of a run, in megabytes: the slope of Theil and Sen, the median of the
 * slopes between any two samples, so that a few samples that stick out do not count.
 *
 * @returns `undefined` for a run that is too short to tell.
 */
export function heapGrowth(samples) {
  const end = samples.at(-1)?.elapsed ?? 0;
  if (samples.length < FEWEST_SAMPLES || end < SHORTEST) return undefined;
  const half = samples.filter(({ elapsed }) => elapsed >= end / 2);
  const slopes = half.flatMap((one, index) =>
    half.slice(index + 1).map((other) => (other.heap - one.heap) / (other.elapsed - one.elapsed)),
  );
  const allowed = Math.max(ALLOWED_MEGABYTES, ALLOWED_PART * median(half.map(({ heap }) => heap)));
  return { megabytes: median(slopes) * (end - half[0].elapsed), allowed };
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
