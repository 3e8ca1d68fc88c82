// The bars of docs/performance.md as values. A bar judges costs (lower is better): `judge(ours, peers)` gives
// `{ ratio, shown, met, aimed }`, or nothing where a figure that it needs is missing.

import { figure } from './units.mjs';

/** At least `limit` times as fast, or as small, as the best of the named peers. */
export function timesBetter(limit, { than, aim }) {
  return {
    text: `≥ ${limit} × ${than.length > 1 ? 'the best' : than[0]}${aimText(aim)}`,
    judge(ours, peers) {
      const best = cheapest(peers, than);
      if (!best) return undefined;
      const ratio = best.cost / ours;
      return { ratio, shown: `${figure(ratio)} × ${best.name}`, met: ratio >= limit, aimed: ratio >= aim };
    },
  };
}

/** At most `limit` times the cost of the named peer. */
export function timesTheCost(limit, { of, aim }) {
  return {
    text: `≤ ${limit} × cost of ${of}${aimText(aim)}`,
    judge(ours, peers) {
      const ratio = ours / peers[of];
      if (Number.isNaN(ratio)) return undefined;
      return { ratio, shown: `${figure(ratio)} × cost of ${of}`, met: ratio <= limit, aimed: ratio <= aim };
    },
  };
}

/** At most `limit` nanoseconds more than the named peer, which does the same without the measured step. */
export function nanosecondsBeyond(limit, { of }) {
  return {
    text: `≤ ${limit} ns beyond ${of}`,
    judge(ours, peers) {
      const extra = ours - peers[of];
      if (Number.isNaN(extra)) return undefined;
      return { ratio: extra, shown: `${figure(extra)} ns beyond`, met: extra <= limit };
    },
  };
}

/** At most `limit`, whatever the peers cost; the ratio shown is to the best of them. */
export function atMost(limit, text) {
  return {
    text,
    judge: (ours, peers) => ({ ...noBar.judge(ours, peers), met: ours <= limit }),
  };
}

/** Nothing to reach: the row informs. */
export const noBar = {
  text: '–',
  judge(ours, peers) {
    const best = cheapest(peers, Object.keys(peers));
    return best && { ratio: best.cost / ours, shown: `${figure(best.cost / ours)} × ${best.name}` };
  },
};

const aimText = (aim) => (aim === undefined ? '' : `, aim ${aim}`);

function cheapest(peers, names) {
  let best;
  for (const name of names) {
    const cost = peers[name];
    if (cost !== undefined && !(best?.cost <= cost)) best = { name, cost };
  }
  return best;
}
