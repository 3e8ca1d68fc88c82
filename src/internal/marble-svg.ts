import type { MarbleEntry } from '../contract/marble-entry.js';
import { formatValue } from './format-value.js';
import type { MarbleColumn } from './marble-columns.js';
import { placeColumns, type Place } from './marble-places.js';
import { marbleOf } from './marble-text.js';
import { element, textElement } from './xml.js';

/** What a picture shows. */
export interface MarblePicture<T> {
  readonly columns: readonly MarbleColumn<T>[];
  readonly letterOf: (value: T) => string;
  /** Stands above it; nothing does when it is empty. */
  readonly title: string;
  /** For those who cannot see it. */
  readonly description: string;
  /** Stand below it, a line each. */
  readonly notes: readonly string[];
}

/* In pixels. */
const RADIUS = 13;
const MARGIN = 24;
const LINE_HEIGHT = 18;
/** What a character takes, at most; there is nothing here that could measure it. */
const CHARACTER = 9;
/** Marbles of one frame touch each other, those of different frames do not. */
const SPACING = { beside: 2 * RADIUS, apart: 2 * RADIUS + 10, usual: 64, widest: 256 };

/** So much of a value is shown when one points at its marble, in characters. */
const MOST_SHOWN = 200;

/** Every rule is for a picture only: inside a page of HTML they hold for the whole page. */
const rule = (names: string, declarations: string): string =>
  `${names
    .split(' ')
    .map((name) => `.rx-marbles${name === '' ? '' : ` .${name}`}`)
    .join()}{${declarations}}`;

const STYLE = [
  rule('', 'font-family:system-ui,Helvetica,Arial,sans-serif;font-size:12px;fill:#222'),
  rule('paper', 'fill:#fff'),
  rule('line end', 'stroke:#222;stroke-width:2'),
  rule('broken', 'stroke-dasharray:2 5'),
  rule('axis', 'stroke:#767676'),
  rule('group', 'fill:#fff;stroke:#0b5fff'),
  rule('marble', 'fill:#d6e4ff;stroke:#0b5fff;stroke-width:2'),
  rule('error', 'stroke:#c62828;stroke-width:3'),
  rule('letter title', 'font-size:14px'),
  rule('title', 'font-weight:600'),
  '@media(prefers-color-scheme:dark){',
  rule('', 'fill:#e6e6e6'),
  rule('paper', 'fill:#16181d'),
  rule('line end', 'stroke:#e6e6e6'),
  rule('axis', 'stroke:#9aa0a6'),
  rule('group', 'fill:#16181d;stroke:#7aa7ff'),
  rule('marble', 'fill:#23406f;stroke:#7aa7ff'),
  rule('error', 'stroke:#ff7b72'),
  '}',
].join('');

/** Draws a marble diagram as a self-contained SVG, which follows the dark or light scheme of whoever looks at it. */
export function marbleSvg<T>({ columns, letterOf, title, description, notes }: MarblePicture<T>): string {
  const places = placeColumns(columns, SPACING);
  const line = MARGIN + RADIUS + (title === '' ? 0 : LINE_HEIGHT);
  const axis = line + RADIUS + 12;
  const foot = axis + LINE_HEIGHT;
  const last = places.at(-1);
  const over = last !== undefined && last.column.entries.at(-1)!.kind !== 'N';
  // What may go on has an arrow.
  const end = MARGIN + (last === undefined ? SPACING.usual : last.x + last.width + (over ? 0 : SPACING.apart));
  const longest = Math.max(title.length, ...notes.map((note) => note.length)) * CHARACTER;
  const width = Math.max(end, MARGIN + longest) + MARGIN * 2;
  const height = foot + LINE_HEIGHT * notes.length + MARGIN / 2;
  const inner = [
    textElement('title', {}, title === '' ? 'Marble diagram' : title),
    textElement('desc', {}, description),
    textElement('style', {}, STYLE),
    element('rect', { class: 'paper', width, height, rx: 6 }),
    title === '' ? '' : textElement('text', { class: 'title', x: MARGIN, y: MARGIN }, title),
    ...drawLine(places, line, end, over),
    ...drawAxis(places, axis, end),
    ...places.map(({ column, x }) => drawColumn(column, MARGIN + x, line, letterOf)),
    ...notes.map((note, n) => textElement('text', { x: MARGIN, y: foot + LINE_HEIGHT * (n + 1) }, note)),
  ];
  const size = { width, height, viewBox: `0 0 ${width} ${height}` };
  return element('svg', { xmlns: 'http://www.w3.org/2000/svg', class: 'rx-marbles', role: 'img', ...size }, ...inner);
}

function drawLine<T>(places: readonly Place<T>[], y: number, end: number, over: boolean): string[] {
  const parts = places.map(({ x, broken }, n) => {
    const from = n === 0 ? 0 : places[n - 1].x;
    return element('path', { class: broken ? 'line broken' : 'line', d: `M${MARGIN + from} ${y}H${MARGIN + x}` });
  });
  const rest = element('path', { class: 'line', d: `M${MARGIN + (places.at(-1)?.x ?? 0)} ${y}H${end}` });
  const arrow = over ? [] : [element('path', { d: `M${end} ${y - 5}l10 5l-10 5z` })];
  return [...parts, rest, ...arrow];
}

/** The times of what is above them, in milliseconds; none where it would run into the one before. */
function drawAxis<T>(places: readonly Place<T>[], y: number, end: number): string[] {
  const ticks = places.map(({ x }) => `M${MARGIN + x} ${y - 3}v6`).join('');
  const labels: string[] = [];
  let taken = -Infinity;
  for (const { x, column } of places) {
    const label = String(round(column.entries[0].time));
    const half = (label.length * CHARACTER) / 2;
    if (x - half < taken) continue;
    labels.push(textElement('text', { x: MARGIN + x, y: y + LINE_HEIGHT, 'text-anchor': 'middle' }, label));
    taken = x + half;
  }
  return [
    element('path', { class: 'axis', d: `M${MARGIN} ${y}H${end}${ticks}` }),
    ...labels,
    textElement('text', { x: end + 8, y: y + 4 }, 'ms'),
  ];
}

function drawColumn<T>({ entries }: MarbleColumn<T>, x: number, y: number, letterOf: (value: T) => string): string {
  const marbles = entries.map((entry, n) => drawMarble(entry, x + n * SPACING.beside, y, marbleOf(entry, letterOf)));
  if (entries.length === 1) return marbles[0];
  const reach = RADIUS + 4;
  const width = (entries.length - 1) * SPACING.beside + 2 * reach;
  const box = { x: x - reach, y: y - reach, width, height: 2 * reach, rx: reach };
  return element('g', {}, element('rect', { class: 'group', ...box }), ...marbles);
}

function drawMarble<T>(entry: MarbleEntry<T>, x: number, y: number, letter: string): string {
  const at = `at ${round(entry.time)} ms`;
  if (entry.kind === 'C') {
    const bar = element('path', { class: 'end', d: `M${x} ${y - RADIUS}v${2 * RADIUS}` });
    return element('g', {}, textElement('title', {}, `completed ${at}`), bar);
  }
  if (entry.kind === 'E') {
    const d = `M${x - 8} ${y - 8}l16 16m0 -16l-16 16`;
    const hint = textElement('title', {}, `failed ${at}: ${shown(entry.error)}`);
    return element('g', {}, hint, element('path', { class: 'error', d }));
  }
  return element(
    'g',
    {},
    textElement('title', {}, `${letter} ${at}: ${shown(entry.value)}`),
    element('circle', { class: 'marble', cx: x, cy: y, r: RADIUS - 1 }),
    textElement('text', { class: 'letter', x, y: y + 5, 'text-anchor': 'middle' }, letter),
  );
}

function shown(value: unknown): string {
  const text = formatValue(value);
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}

function round(time: number): number {
  return Number(time.toFixed(3));
}
