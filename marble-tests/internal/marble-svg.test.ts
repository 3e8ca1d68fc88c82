import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MarbleEntry } from '../../src/contract/marble-entry.js';
import { marbleColumns } from '../../src/internal/marble-columns.js';
import { MarbleLetters } from '../../src/internal/marble-letters.js';
import { marbleSvg } from '../../src/internal/marble-svg.js';

const next = <T>(time: number, value: T): MarbleEntry<T> => ({ kind: 'N', value, time });

/** The picture of what came. */
function picture(entries: readonly MarbleEntry<unknown>[], title = '', notes: readonly string[] = []): string {
  const letters = new MarbleLetters(entries.flatMap((entry) => (entry.kind === 'N' ? [entry.value] : [])));
  const columns = marbleColumns(entries, 1);
  const letterOf = (value: unknown): string => letters.of(value);
  return marbleSvg({ columns, letterOf, title, description: 'described', notes });
}

/** The same line by line, and without its style. */
function drawn(...what: Parameters<typeof picture>): string[] {
  return picture(...what)
    .replace(/<style>.*<\/style>/, '')
    .split(/(?<=>)(?=<(?!\/))/);
}

/** Whether every tag is closed by its like, and nothing stands bare that would have to be escaped. */
function isWellFormed(xml: string): boolean {
  const open: string[] = [];
  const rest = xml.replace(/<(\/?)([a-z]+)((?: [a-zA-Z-]+="[^"<&]*")*)(\/?)>/g, (_, end, name: string, __, empty) => {
    if (end !== '') return open.pop() === name ? '' : '<';
    if (empty === '') open.push(name);
    return '';
  });
  return open.length === 0 && !/[<>]|&(?!(?:amp|lt|gt|quot);)|[^\P{Cc}\t\n\r\u007f-\u009f]|\p{Cs}/u.test(rest);
}

describe('marbleSvg', () => {
  it('draws a line, circles with letters, a bar for completion, and the times', () => {
    expect(drawn([next(10, 'a'), next(20, 7), { kind: 'C', time: 20 }], 'Prices')).toEqual([
      '<svg xmlns="http://www.w3.org/2000/svg" class="rx-marbles" role="img" width="252" height="110" viewBox="0 0 252 110">',
      '<title>Prices</title>',
      '<desc>described</desc>',
      '<rect class="paper" width="252" height="110" rx="6"/>',
      '<text class="title" x="24" y="24">Prices</text>',
      '<path class="line" d="M24 55H114"/>',
      '<path class="line" d="M114 55H178"/>',
      '<path class="line" d="M178 55H204"/>',
      '<path class="axis" d="M24 80H204M114 77v6M178 77v6"/>',
      '<text x="114" y="98" text-anchor="middle">10</text>',
      '<text x="178" y="98" text-anchor="middle">20</text>',
      '<text x="212" y="84">ms</text>',
      '<g>',
      "<title>a at 10 ms: 'a'</title>",
      '<circle class="marble" cx="114" cy="55" r="12"/>',
      '<text class="letter" x="114" y="60" text-anchor="middle">a</text></g>',
      '<g>',
      '<rect class="group" x="161" y="38" width="60" height="34" rx="17"/>',
      '<g>',
      '<title>b at 20 ms: 7</title>',
      '<circle class="marble" cx="178" cy="55" r="12"/>',
      '<text class="letter" x="178" y="60" text-anchor="middle">b</text></g>',
      '<g>',
      '<title>completed at 20 ms</title>',
      '<path class="end" d="M204 42v26"/></g></g></svg>',
    ]);
  });

  it('draws an arrow behind the last of what may go on, and no title where there is none', () => {
    expect(drawn([next(10, 'a'), next(20, 7), next(20, 8)])).toEqual([
      '<svg xmlns="http://www.w3.org/2000/svg" class="rx-marbles" role="img" width="288" height="92" viewBox="0 0 288 92">',
      '<title>Marble diagram</title>',
      '<desc>described</desc>',
      '<rect class="paper" width="288" height="92" rx="6"/>',
      '<path class="line" d="M24 37H114"/>',
      '<path class="line" d="M114 37H178"/>',
      '<path class="line" d="M178 37H240"/>',
      '<path d="M240 32l10 5l-10 5z"/>',
      '<path class="axis" d="M24 62H240M114 59v6M178 59v6"/>',
      '<text x="114" y="80" text-anchor="middle">10</text>',
      '<text x="178" y="80" text-anchor="middle">20</text>',
      '<text x="248" y="66">ms</text>',
      '<g>',
      "<title>a at 10 ms: 'a'</title>",
      '<circle class="marble" cx="114" cy="37" r="12"/>',
      '<text class="letter" x="114" y="42" text-anchor="middle">a</text></g>',
      '<g>',
      '<rect class="group" x="161" y="20" width="60" height="34" rx="17"/>',
      '<g>',
      '<title>b at 20 ms: 7</title>',
      '<circle class="marble" cx="178" cy="37" r="12"/>',
      '<text class="letter" x="178" y="42" text-anchor="middle">b</text></g>',
      '<g>',
      '<title>c at 20 ms: 8</title>',
      '<circle class="marble" cx="204" cy="37" r="12"/>',
      '<text class="letter" x="204" y="42" text-anchor="middle">c</text></g></g></svg>',
    ]);
  });

  it('draws an empty line where nothing has come', () => {
    expect(drawn([]).filter((line) => line.startsWith('<path'))).toEqual([
      '<path class="line" d="M24 37H88"/>',
      '<path d="M88 32l10 5l-10 5z"/>',
      '<path class="axis" d="M24 62H88"/>',
    ]);
  });

  it('draws a cross for an error, and what it was', () => {
    const lines = drawn([{ kind: 'E', error: new Error('<broken>'), time: 3 }]);
    expect(lines).toContain('<title>failed at 3 ms: [Error: &lt;broken&gt;]</title>');
    expect(lines).toContain('<path class="error" d="M106 29l16 16m0 -16l-16 16"/></g></svg>');
  });

  it('draws an arrow while it may go on, and none after the end', () => {
    const arrow = /^<path d="M\d+ \d+l10 5l-10 5z"\/>$/;
    expect(drawn([]).filter((line) => arrow.test(line))).toHaveLength(1);
    expect(drawn([next(1, 'a')]).filter((line) => arrow.test(line))).toHaveLength(1);
    expect(drawn([{ kind: 'C', time: 1 }]).filter((line) => arrow.test(line))).toEqual([]);
    expect(drawn([{ kind: 'E', error: 'x', time: 1 }]).filter((line) => arrow.test(line))).toEqual([]);
  });

  it('draws a broken line for a gap that is too long', () => {
    const lines = drawn([next(10, 'a'), next(20, 'b'), next(900, 'c')]);
    expect(lines.filter((line) => line.includes('class="line'))).toEqual([
      '<path class="line" d="M24 37H114"/>',
      '<path class="line" d="M114 37H178"/>',
      '<path class="line broken" d="M178 37H434"/>',
      '<path class="line" d="M434 37H470"/>',
    ]);
  });

  it('leaves out a time that would run into the one before', () => {
    const times = [1_000_000, 1_000_001, 1_000_002, 1_000_003.0004];
    const lines = drawn(times.map((time) => next(time, 'a'))).filter((line) => line.startsWith('<text x='));
    expect(lines.map((line) => />(.*)</.exec(line)?.[1])).toEqual(['1000000', '1000001', '1000002', '1000003', 'ms']);
    const close = drawn([next(0, 'a'), next(50, 'a'), ...times.map((time) => next(time + 1e9, 'a'))]);
    const shown = close.filter((line) => line.startsWith('<text x=')).map((line) => />(.*)</.exec(line)?.[1]);
    expect(shown).toEqual(['0', '50', '1001000000', '1001000002', 'ms']);
  });

  it('shows times that touch each other', () => {
    // Four digits are as wide as marbles of different frames are apart.
    const lines = drawn([1000, 2000, 2001].map((time) => next(time, 'a')));
    expect(lines.filter((line) => line.includes('text-anchor') && !line.includes('letter'))).toEqual([
      '<text x="114" y="80" text-anchor="middle">1000</text>',
      '<text x="178" y="80" text-anchor="middle">2000</text>',
      '<text x="214" y="80" text-anchor="middle">2001</text>',
    ]);
  });

  it('has notes below, and room for them', () => {
    const note = 'A note that is longer than the picture is wide.';
    const lines = drawn([next(1, 'a')], '', [note, 'Another.']);
    const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(lines[0]) ?? [];
    expect(lines.slice(-2)).toEqual([
      `<text x="24" y="98">${note}</text>`,
      '<text x="24" y="116">Another.</text></svg>',
    ]);
    expect(Number(width)).toBeGreaterThan(note.length * 7 + 24);
    expect(Number(height)).toBeGreaterThan(116);
  });

  it('shows the beginning of a value that is long', () => {
    const lines = drawn([next(0, 'x'.repeat(5000))]);
    expect(lines).toContain(`<title>a at 0 ms: '${'x'.repeat(199)}…</title>`);
    const whole = 'x'.repeat(198);
    expect(drawn([next(0, whole)])).toContain(`<title>a at 0 ms: '${whole}'</title>`);
  });

  it('is well-formed and the same whenever it is drawn, whatever the values, the title and the notes are', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('</title>', '&', '"', ']]>', '\u0000', '\ud800'),
    );
    const values = fc.oneof(
      fc.anything(),
      texts,
      texts.map(Symbol),
      texts.map((text) => new Error(text)),
    );
    const entries = fc.array(
      fc.tuple(fc.nat({ max: 30 }), values, fc.constantFrom('N', 'N', 'N', 'E', 'C')).map(([gap, value, kind]) => ({
        gap,
        value,
        kind,
      })),
    );
    fc.assert(
      fc.property(entries, texts, fc.array(texts), (all, title, notes) => {
        let time = 0;
        const came = all.map(({ gap, value, kind }): MarbleEntry<unknown> => {
          time += gap;
          if (kind === 'N') return { kind: 'N', value, time };
          return kind === 'E' ? { kind: 'E', error: value, time } : { kind: 'C', time };
        });
        const svg = drawn(came, title, notes).join('');
        expect(svg).toSatisfy(isWellFormed);
        expect(drawn(came, title, notes).join('')).toBe(svg);
      }),
    );
  });

  it('checks well-formedness in earnest', () => {
    const wrong = ['<a>', '<a></b>', '<a x="<"/>', '<a>&</a>', '<a>></a>', '<a>\u0000</a>', '<a>\ud800</a>', '</a>'];
    expect(wrong.filter(isWellFormed)).toEqual([]);
    expect(isWellFormed('<a x="1"><b/>é&amp;</a>')).toBe(true);
  });
});

describe('the style of a picture', () => {
  type Rules = Readonly<Record<string, Readonly<Record<string, string>>>>;

  /** What is declared for each class; for the picture itself under an empty name. */
  const rulesIn = (css: string): Rules => {
    const rules: Record<string, Record<string, string>> = {};
    const rest = css.replace(/([^{}]+)\{([^{}]+)\}/g, (_, selectors: string, declarations: string) => {
      for (const selector of selectors.split(',')) {
        if (!/^\.rx-marbles( \.[a-z]+)?$/.test(selector)) throw new Error(`It holds for others, too: ${selector}`);
        const name = selector.slice('.rx-marbles .'.length);
        const pairs = declarations.split(';').map((pair) => pair.split(':') as [string, string]);
        rules[name] = { ...rules[name], ...Object.fromEntries(pairs) };
      }
      return '';
    });
    if (rest !== '') throw new Error(`There is more than rules: ${rest}`);
    return rules;
  };

  const style = /<style>(.*)<\/style>/.exec(picture([]))![1];
  const [light, dark, after] = style.split(/@media\(prefers-color-scheme:dark\)\{(.*)\}$/) as [string, string, string];
  const usual = rulesIn(light);
  const atNight = rulesIn(dark);

  const isColour = (value: string | undefined): value is string => value?.startsWith('#') ?? false;

  /** As WCAG has it: 1 for equal colours, 21 for black on white. */
  const contrast = (one: string | undefined, other: string | undefined): number => {
    const luminance = (colour: string | undefined): number => {
      if (!isColour(colour)) return NaN;
      const digits =
        colour.length === 4 ? Array.from(colour.slice(1), (digit) => digit + digit) : colour.match(/\w\w/g)!;
      const [red, green, blue] = digits.map((pair) => {
        const part = parseInt(pair, 16) / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      }) as [number, number, number];
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const [less, more] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
    return (more + 0.05) / (less + 0.05);
  };

  it('has a rule for each class, and no others; each of them holds inside of pictures only', () => {
    const classes = [
      ...picture([next(1, 'a'), next(2, 'b'), next(900, 'c'), { kind: 'C', time: 900 }], 'title').matchAll(
        /class="([a-z ]+)"/g,
      ),
      ...picture([{ kind: 'E', error: 'x', time: 1 }]).matchAll(/class="([a-z ]+)"/g),
    ].flatMap(([, names]) => names.split(' '));
    expect(new Set(Object.keys(usual))).toEqual(new Set(['', ...classes]));
    expect(after).toBe('');
  });

  it('has another colour at night wherever it has one, and nothing else', () => {
    const coloured = (rules: Rules) =>
      Object.entries(rules).flatMap(([name, rule]) =>
        Object.keys(rule)
          .filter((key) => isColour(rule[key]))
          .map((key) => `${name} ${key}`),
      );
    expect(coloured(atNight).sort()).toEqual(coloured(usual).sort());
    for (const [name, rule] of Object.entries(atNight)) {
      for (const [key, colour] of Object.entries(rule))
        expect([name, key, colour]).not.toEqual([name, key, usual[name][key]]);
    }
  });

  it.each([
    ['by day', usual],
    ['at night', atNight],
  ])('can be read %s', (_, rules) => {
    const paper = rules['paper']['fill'];
    expect(contrast(rules['']['fill'], paper)).toBeGreaterThan(7);
    expect(contrast(rules['']['fill'], rules['marble']['fill'])).toBeGreaterThan(7);
    expect(rules['group']['fill']).toBe(paper);
    for (const name of ['line', 'end', 'axis', 'group', 'marble', 'error']) {
      expect([name, contrast(rules[name]['stroke'], paper) > 3]).toEqual([name, true]);
    }
  });

  it('draws lines, letters and titles as thick and as large as there is room for', () => {
    const withoutColours = Object.entries(usual).map(([name, rule]) => [
      name,
      Object.fromEntries(Object.entries(rule).filter(([, value]) => !isColour(value))),
    ]);
    expect(Object.fromEntries(withoutColours)).toEqual({
      '': { 'font-family': 'system-ui,Helvetica,Arial,sans-serif', 'font-size': '12px' },
      paper: {},
      line: { 'stroke-width': '2' },
      end: { 'stroke-width': '2' },
      broken: { 'stroke-dasharray': '2 5' },
      axis: {},
      group: {},
      marble: { 'stroke-width': '2' },
      error: { 'stroke-width': '3' },
      letter: { 'font-size': '14px' },
      title: { 'font-size': '14px', 'font-weight': '600' },
    });
  });
});
