const REASONS = ['closed', 'overflow', 'killed', 'failed', 'restarted', 'unrouted'];

/** What a sample shows, column by column. */
const columns = [
  ['elapsed', ({ elapsed }) => `${elapsed.toFixed(0)} s`],
  ['messages', ({ sent }) => sent],
  ['msg/s', ({ rate }) => Math.round(rate)],
  ['processed', ({ fates }) => fates.processed ?? 0],
  ['cancelled', ({ fates }) => fates.cancelled ?? 0],
  ...REASONS.map((reason) => [reason, ({ fates }) => fates[reason] ?? 0]),
  ['alive', ({ alive }) => alive],
  ['heap', ({ heap }) => `${heap.toFixed(2)} MB`],
  ['lag', ({ lag }) => `${lag.toFixed(0)} ms`],
];

const cell = (text) => (typeof text === 'number' ? text.toLocaleString('en') : text).padStart(11);

export const head = () => columns.map(([name]) => cell(name)).join(' ');

/** One line of the table; `lag` is the longest time for which the event loop did not turn, for information. */
export const row = (sample) => columns.map(([, show]) => cell(show(sample))).join(' ');
