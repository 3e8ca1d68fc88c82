/**
 * One row of the table. A workload is a file that exports `rows(scale)`; scale is 1, or less for a quick look.
 *
 * @typedef {object} Row
 * @property {string} id - the row of docs/performance.md
 * @property {string} title - what is done
 * @property {{ label: string, from: (cost: number) => number }} unit - how a cost is shown, see harness/units.mjs
 * @property {object} bar - what is to be reached, see harness/bars.mjs
 * @property {Record<string, () => Promise<Function>>} contestants - `ours` and its peers; what they give, see `measure`
 * @property {Function} [measure] - `time` unless said otherwise, see harness/measures.mjs
 * @property {number} [patience] - seconds after which a slow contestant is not run again
 */

/** The order of the table. P8 (programs), P12 (bytes) and P13 (topics) join here, each a file of its own. */
export const workloads = ['tell', 'backlog', 'ping-pong', 'ask', 'fan-out', 'churn', 'memory'];
