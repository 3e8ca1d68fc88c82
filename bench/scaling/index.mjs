/**
 * One picture: how a cost grows. A file beside this one exports `chart`, and `rows(scale)`, which are measured as those of the
 * table are; a row is one value of the horizontal axis, a contestant one line.
 *
 * @typedef {object} Chart
 * @property {string} title - what is done
 * @property {{ label: string, values: number[] }} x - one value a row
 * @property {{ label: string, ticks: (value: number) => string }} y - the cost, as `rows` measure it
 * @property {Record<string, string>} [absent] - why a line is not there
 */

export const charts = ['backlog', 'recipients', 'actors'];
