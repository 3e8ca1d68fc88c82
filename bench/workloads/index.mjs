/**
 * One row of the table. A workload is a file that exports `rows(scale)`; scale is 1, or less for a quick look.
 *
 * @typedef {object} Row
 * @property {string} id - the row of docs/performance.md
 * @property {string} title - what is done
 * @property {{ label: string, from: (cost: number) => number }} unit - how a cost is shown, see harness/units.mjs
 * @property {object} bar - what is to be reached, see harness/bars.mjs
 * @property {Record<string, () => Promise<Function>>} contestants - `ours` and its peers; what they give, see `measure`; one
 *   that has nothing to measure throws a Skip with the reason
 * @property {Function} [measure] - `time` unless said otherwise, see harness/measures.mjs
 * @property {number} [patience] - seconds after which a slow contestant is not run again
 */

/** The order of the table. */
export const workloads = [
  'tell',
  'inspection',
  'backlog',
  'ping-pong',
  'ask',
  'fan-out',
  'churn',
  'memory',
  'savina',
  'bytes',
  'topics',
];
