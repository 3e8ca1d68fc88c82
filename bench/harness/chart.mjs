// Draws lines over two logarithmic axes, as SVG.

import { count } from './ticks.mjs';

const WIDTH = 880;
const HEIGHT = 500;
const PLOT = { left: 90, top: 60, right: 640, bottom: 430 };

/** Ours in strong colours and thick, the peers thin; told apart without colour by their markers. */
const OURS = ['#0b5fff', '#00897b', '#7b1fa2'];
const PEERS = ['#c62828', '#ef6c00', '#6d4c41', '#546e7a'];

const MARKERS = [
  (x, y) => `<circle cx="${x}" cy="${y}" r="4.5"/>`,
  (x, y) => `<rect x="${x - 4}" y="${y - 4}" width="8" height="8"/>`,
  (x, y) => `<path d="M${x} ${y - 5.5}l5 9h-10z"/>`,
  (x, y) => `<path d="M${x} ${y + 5.5}l5 -9h-10z"/>`,
  (x, y) => `<path d="M${x} ${y - 6}l5 6l-5 6l-5 -6z"/>`,
];

/**
 * @param {object} chart - see scaling/index.mjs
 * @param {{ name: string, points: [number, number][], ends?: string }[]} lines - `ends` says why a line goes no further
 * @param {string} source - one line on where the figures come from
 */
export function drawChart({ title, x, y }, lines, source) {
  const horizontal = axis(x.values, PLOT.left, PLOT.right);
  const costs = lines.flatMap(({ points }) => points.map(([, cost]) => cost));
  const vertical = axis(costs, PLOT.bottom, PLOT.top);
  const styles = styled(lines);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, Helvetica, Arial, 'DejaVu Sans', sans-serif" font-size="13" fill="#222">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    text(PLOT.left, 34, title, 'font-size="18" font-weight="600"'),
    ...horizontal.minor.map((value) =>
      rule(horizontal.at(value), PLOT.top, horizontal.at(value), PLOT.bottom, '#f2f2f2'),
    ),
    ...vertical.minor.map((value) => rule(PLOT.left, vertical.at(value), PLOT.right, vertical.at(value), '#f2f2f2')),
    ...horizontal.major.flatMap((value) => [
      rule(horizontal.at(value), PLOT.top, horizontal.at(value), PLOT.bottom, '#d5d5d5'),
      text(horizontal.at(value), PLOT.bottom + 20, count(value), 'text-anchor="middle"'),
    ]),
    ...vertical.major.flatMap((value) => [
      rule(PLOT.left, vertical.at(value), PLOT.right, vertical.at(value), '#d5d5d5'),
      text(PLOT.left - 8, vertical.at(value) + 4, y.ticks(value), 'text-anchor="end"'),
    ]),
    rule(PLOT.left, PLOT.bottom, PLOT.right, PLOT.bottom, '#444'),
    rule(PLOT.left, PLOT.top, PLOT.left, PLOT.bottom, '#444'),
    text((PLOT.left + PLOT.right) / 2, PLOT.bottom + 42, `${x.label} (log)`, 'text-anchor="middle" font-weight="600"'),
    text(
      0,
      0,
      `${y.label} (log)`,
      `text-anchor="middle" font-weight="600" transform="translate(24 ${(PLOT.top + PLOT.bottom) / 2}) rotate(-90)"`,
    ),
    ...lines.map((line, index) => drawLine(line, styles[index], horizontal, vertical)),
    ...legend(lines, styles),
    text(PLOT.left, HEIGHT - 8, source, 'font-size="11" fill="#666"'),
    '</svg>\n',
  ].join('\n');
}

/** A logarithmic axis over whole decades: `at(value)` in pixels, its decades, and the steps between them. */
function axis(values, from, to) {
  const low = Math.floor(Math.log10(Math.min(...values)) + 1e-9);
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values)) - 1e-9));
  const decades = Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index));
  return {
    at: (value) => rounded(from + ((Math.log10(value) - low) / (high - low)) * (to - from)),
    major: decades,
    minor: decades.slice(0, -1).flatMap((decade) => [2, 3, 4, 5, 6, 7, 8, 9].map((step) => step * decade)),
  };
}

function styled(lines) {
  let [ours, peers] = [0, 0];
  return lines.map(({ name }, index) => ({
    ...(name.startsWith('ours')
      ? { colour: OURS[ours++ % OURS.length], width: 3 }
      : { colour: PEERS[peers++ % PEERS.length], width: 1.5 }),
    marker: MARKERS[index % MARKERS.length],
  }));
}

function drawLine({ points }, { colour, width, marker }, horizontal, vertical) {
  const placed = points.map(([value, cost]) => [horizontal.at(value), vertical.at(cost)]);
  return [
    `<g fill="${colour}" stroke="none">`,
    `<polyline points="${placed.map((point) => point.join(',')).join(' ')}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linejoin="round"/>`,
    ...placed.map((point) => marker(...point)),
    '</g>',
  ].join('\n');
}

function legend(lines, styles) {
  let top = PLOT.top + 10;
  return lines.flatMap(({ name, ends }, index) => {
    const { colour, width, marker } = styles[index];
    const left = PLOT.right + 22;
    const entry = [
      `<g fill="${colour}">${rule(left, top, left + 26, top, colour, width)}${marker(left + 13, top)}</g>`,
      text(left + 36, top + 4, name, name.startsWith('ours') ? 'font-weight="600"' : ''),
      ...(ends ? [text(left + 36, top + 20, ends, 'font-size="11" fill="#666"')] : []),
    ];
    top += ends ? 44 : 28;
    return entry;
  });
}

const rule = (x1, y1, x2, y2, colour, width = 1) =>
  `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${colour}" stroke-width="${width}"/>`;

const text = (x, y, content, attributes) => `<text x="${x}" y="${y}" ${attributes}>${escaped(content)}</text>`;

const escaped = (content) => content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const rounded = (pixels) => Math.round(pixels * 10) / 10;
