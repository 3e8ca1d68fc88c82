import { concat, map, NEVER, of, range, Subject, throwError, VirtualTimeScheduler, type Observable } from 'rxjs';
import { displayMarbles, Exchange, type DisplayMarblesOptions, type MarbleRecorder } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { marbles } from '../marbles.js';
import { unhandledErrors } from '../unhandled-errors.js';

/** Records a diagram while it is played in virtual time. */
function recording<T = string>(
  diagram: string,
  values?: Readonly<Record<string, T>>,
  options?: DisplayMarblesOptions,
): MarbleRecorder<T> {
  let recorder!: MarbleRecorder<T>;
  marbles(({ cold }) => {
    recorder = displayMarbles(cold(diagram, values && { ...values }), options);
  })();
  return recorder;
}

/** Records values that come at given times, by a clock that says so. */
function recordedAt(times: readonly number[], options?: DisplayMarblesOptions): MarbleRecorder<string> {
  let now = 0;
  const source = new Subject<string>();
  const recorder = displayMarbles(source, { scheduler: { now: () => now }, ...options });
  for (const [n, time] of times.entries()) {
    now = time;
    source.next('abcdefghijklmnopqrstuvwxyz'[n]);
  }
  return recorder;
}

describe('displayMarbles', () => {
  it.each([
    ['never', '-'],
    ['empty', '|'],
    ['an error at once', '#'],
    ['one', 'a'],
    ['one, then the end', '-a-|'],
    ['many, then an error', '-a-b--#'],
    ['one after another', 'abc|'],
    ['a group', '-a--(bc)-|'],
    ['a group with the end', '--(ab|)'],
    ['a group with an error', '(a#)'],
    ['groups as close as can be', '(ab)(cd)e(fg)|'],
    ['what comes right behind a group', '(ab)c|'],
    ['the longest gap of dashes', `a${'-'.repeat(20)}b`],
    ['a longer one', 'a 21ms b'],
    ['a long one at first', '250ms a'],
    ['long ones around a group', '21ms (ab) 1000ms c 60000ms |'],
    ['digits', '1-(23)-4|'],
    ['what would be read as a time, were there no dash', '1s- 30ms 22m- 30ms 3 21ms |'],
  ])('gives a diagram back: %s', (_, diagram) => {
    const { text, notes } = recording(diagram);
    expect(text).toBe(diagram);
    expect(notes).toEqual([]);
  });

  it(
    'shows nothing for what has not come yet',
    marbles(({ hot, probe, expectMessages }) => {
      const source = hot(' --a---b|  ');
      const looks = hot('  -x--x---x-');
      const texts = '      -1--2---3-';
      const read = probe<string>();
      const recorder = displayMarbles(source);
      looks.subscribe(() => read.send(recorder.text));
      expectMessages(read).toBe(texts, { 1: '-', 2: '--a', 3: '--a---b|' });
    }),
  );

  describe('letters', () => {
    it('are given in the order in which values come, the same to equal primitives and to the same object', () => {
      const price = { price: 1 };
      const values = { a: 7, b: 'seven', c: 7, d: price, e: { ...price }, f: price, g: NaN, h: NaN, i: undefined };
      const { text, values: shown } = recording<unknown>('abcdefghi|', values);
      expect(text).toBe('abacdceef|');
      expect(shown).toEqual({ a: 7, b: 'seven', c: price, d: price, e: NaN, f: undefined });
      expect(shown['c']).toBe(price);
      expect(shown['d']).toBe(values.e);
    });

    it('are the values that are one letter or digit, whatever came before', () => {
      const { text, values } = recording<unknown>('vwxyz', { v: 12, w: 'a', x: 'Z', y: '7', z: 13 });
      expect(text).toBe('baZ7c');
      expect(values).toEqual({ a: 'a', b: 12, c: 13, Z: 'Z', 7: '7' });
    });

    it.each(['-', '|', '#', '(', ')', '^', '!', ' ', "'", '`', '\\', '', 'é', '😀', 'ab', '\n', '\u0000'])(
      'stand for other strings: %j',
      (value) => {
        const { text, values } = recording('-x', { x: value });
        expect(text).toBe('-a');
        expect(values).toEqual({ a: value });
      },
    );

    it('tell 0 from -0', () => {
      const { text, values } = recording('xyx', { x: -0, y: 0 });
      expect(text).toBe('aba');
      expect(values).toStrictEqual({ a: -0, b: 0 });
    });

    it('go on after z with A, after Z with 0, and then with other letters', () => {
      const recorder = displayMarbles(range(1000, 64), { scheduler: { now: () => 0 } });
      expect(recorder.text).toBe('(abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ÀÁ|)');
    });

    it('are enough for a backlog of as many values as are recorded, each of them one character', () => {
      const source = concat(of('a', 'z', '0', '9'), range(0, 9996));
      const recorder = displayMarbles(source, { limit: 10_000, scheduler: { now: () => 0 } });
      const letters = Object.keys(recorder.values);
      expect(letters).toHaveLength(10_000);
      expect(letters.filter((letter) => letter.length !== 1 || !/^[\p{L}\d]$/u.test(letter))).toEqual([]);
      expect(recorder.notes).toEqual(['Stopped at its limit of 10000 notifications: more have come.']);
    });
  });

  describe('frames', () => {
    it.each([
      [1, [0, 3, 30], 'a--b 26ms c'],
      [10, [0, 3, 30], '(ab)c'],
      [10, [4, 5, 14, 15, 24.9], 'a(bc)(de)'],
      [10, [0, 1000], 'a 99ms b'],
      [0.5, [0, 2, 3.75], 'a---b---c'],
      [0.1, [0.3, 0.6, 0.7], '---a--bc'],
      [1000, [499, 500, 90_000], 'ab 88ms c'],
    ])('of %d ms hold what is nearest to them: %j', (frame, times, text) => {
      expect(recordedAt(times, { frame }).text).toBe(text);
    });

    it('begin when the recording does', () => {
      let now = 1_764_000_000_000;
      const source = new Subject<string>();
      const recorder = displayMarbles(source, { scheduler: { now: () => now } });
      now += 5;
      source.next('a');
      expect(recorder.text).toBe('-----a');
      expect(recorder.entries).toEqual([{ kind: 'N', value: 'a', time: 5 }]);
    });

    it('never go back, though the clock is', () => {
      const { text, entries } = recordedAt([5, 2, -40, 9]);
      expect(text).toBe('-----(abc)d');
      expect(entries.map(({ time }) => time)).toEqual([5, 5, 5, 9]);
    });

    it('are moved behind a group that takes up more than there are, until a gap makes up for it', () => {
      const { text, notes } = recordedAt([0, 0, 1, 2, 3, 12]);
      expect(text).toBe('(ab)cde-----f');
      expect(notes).toEqual([
        '3 of 6 notifications stand up to 3 frames late, behind the groups before them. A smaller `frame` makes room for them.',
      ]);
    });

    it('are not moved when they are small enough', () => {
      const { text, notes } = recordedAt([0, 0, 1, 2, 3, 12], { frame: 0.25 });
      expect(text).toBe('(ab)c---d---e 35ms f');
      expect(notes).toEqual([]);
    });

    it(
      'are those of the real time where no scheduler says otherwise, which is virtual in a run',
      marbles(({ hot, probe, expectMessages }) => {
        const source = hot(' -a-b-c-|  ');
        const begin = hot('  --x       ');
        const read = probe<string>();
        begin.subscribe(() => {
          const recorder = displayMarbles(source);
          recorder.add(() => read.send(recorder.text));
        });
        expectMessages(read).toBe('-------x', { x: '-b-c-|' });
      }),
    );

    it('are those of a scheduler of its own', () => {
      const scheduler = new VirtualTimeScheduler();
      const source = new Subject<string>();
      const recorder = displayMarbles(source, { scheduler });
      scheduler.schedule(() => source.next('a'), 3);
      scheduler.schedule(() => source.complete(), 5);
      scheduler.flush();
      expect(recorder.text).toBe('---a-|');
    });
  });

  describe('the subscription', () => {
    it(
      'lasts until it is stopped, unsubscribed or the source ends, and then is closed',
      marbles(({ cold, hot, probe, expectMessages, expectSubscriptions }) => {
        const source = cold('--a--b--|');
        const stopSubs = '   ^---!    ';
        const leaveSubs = '  ^---!    ';
        const endSubs = '    ^-------!';
        const stop = hot('   ----x    ');
        const closed = '     ----x---y';
        const read = probe<boolean[]>();
        const recorders = [displayMarbles(source), displayMarbles(source), displayMarbles(source)];
        const [stopped, left, ended] = recorders;
        for (const last of [left, ended]) last.add(() => read.send(recorders.map((recorder) => recorder.closed)));
        stop.subscribe(() => {
          stopped.stop();
          stopped.stop();
          left.unsubscribe();
        });
        expectMessages(read).toBe(closed, { x: [true, true, false], y: [true, true, true] });
        expectSubscriptions(source.subscriptions).toBe([stopSubs, leaveSubs, endSubs]);
      }),
    );

    it('ends with the block that uses it, and what was recorded stays', () => {
      const source = new Subject<string>();
      let kept;
      {
        using recorder = displayMarbles(source, { scheduler: { now: () => 0 } });
        source.next('a');
        kept = recorder;
      }
      source.next('b');
      expect(kept.text).toBe('a');
      expect(source.observed).toBe(false);
    });

    it(
      'ends when more has come than its limit, and says so',
      marbles(({ cold, hot, probe, expectMessages, expectSubscriptions }) => {
        const source = cold('-a-b-c-d-|');
        const subs = '       ^----!    ';
        const looks = hot('  ----x---x ');
        const expected = '   ----1---2 ';
        const read = probe();
        const recorder = displayMarbles(source, { limit: 2 });
        looks.subscribe(() => read.send([recorder.text, ...recorder.notes]));
        expectMessages(read).toBe(expected, {
          1: ['-a-b'],
          2: ['-a-b', 'Stopped at its limit of 2 notifications: more have come.'],
        });
        expectSubscriptions(source.subscriptions).toBe(subs);
      }),
    );

    it.each([
      ['a completion', of('a', 'b', 'c'), '(abc|)', 4],
      [
        'an error',
        concat(
          of('a', 'b', 'c'),
          throwError(() => 'broken'),
        ),
        '(abc#)',
        4,
      ],
    ])('keeps %s that is within its limit, and not the one that is beyond', (_, source, text, limit) => {
      const options = { scheduler: { now: () => 0 } };
      const within = displayMarbles(source, { ...options, limit });
      const beyond = displayMarbles(source, { ...options, limit: limit - 1 });
      expect([within.text, within.notes]).toEqual([text, []]);
      expect([beyond.text, beyond.notes]).toEqual([
        '(abc)',
        ['Stopped at its limit of 3 notifications: more have come.'],
      ]);
    });

    it('stops a source that emits at once and for ever', () => {
      const recorder = displayMarbles(range(0, Infinity).pipe(map(() => 'x')), { scheduler: { now: () => 0 } });
      expect(recorder.entries).toHaveLength(1000);
      expect(recorder.closed).toBe(true);
    });

    it('keeps what it was given, apart from what it gives', () => {
      const recorder = recording('a');
      const { entries } = recorder;
      (entries as unknown[]).length = 0;
      expect(recorder.entries).toEqual([{ kind: 'N', value: 'a', time: 0 }]);
    });
  });

  describe('an error', () => {
    it('is kept beside the diagram, and has been heard', () => {
      const unhandled: unknown[] = [];
      unhandledErrors().subscribe((error) => unhandled.push(error));
      const failure = new Error('broken');
      const recorder = displayMarbles(
        throwError(() => failure),
        { scheduler: { now: () => 0 } },
      );
      expect(recorder.text).toBe('#');
      expect(recorder.error).toBe(failure);
      expect(recorder.entries).toEqual([{ kind: 'E', error: failure, time: 0 }]);
      expect(unhandled).toEqual([]);
    });

    it('is undefined without one', () => {
      expect(recording('-a|').error).toBeUndefined();
      expect(recording('-').error).toBeUndefined();
    });

    it(
      'F1 of an actor is heard by it',
      marbles(({ system, hot, probe, expectObservable, expectMessages }) => {
        const errors = '     ---';
        const read = probe();
        const unhandled = unhandledErrors();
        const worker = system.actor((m: string) => throwError(() => `no ${m}`));
        const recorder = displayMarbles(worker);
        recorder.add(() => read.send([recorder.text, recorder.error]));
        hot('                -a-').subscribe(worker);
        expectMessages(read).toBe('-x', { x: ['-#', 'no a'] });
        expectObservable(unhandled).toBe(errors);
      }),
    );
  });

  describe('an exchange', () => {
    it(
      'O5 is recorded in the order that all see, also when a recipient sends while it handles a message',
      marbles(({ hot, system, probe, expectMessages }) => {
        const sent = hot('       -a---b-| ');
        const expected = '       -------x ';
        const read = probe<string>();
        const exchange = system.exchange<string>('talk');
        exchange.attach({ send: (m) => m === 'a' && exchange.send('r') });
        const recorder = displayMarbles(exchange);
        recorder.add(() => read.send(recorder.text));
        sent.subscribe(exchange);
        expectMessages(read).toBe(expected, { x: '-(ar)b-|' });
      }),
    );

    it(
      'O7 X2 is recorded from then on, with what it replays',
      marbles(({ hot, system, probe, expectMessages }) => {
        const sent = hot('  -a-b-c----');
        const begin = hot(' ----x-----');
        const stop = hot('  -------x--');
        const expected = '  -------x--';
        const read = probe<string>();
        const exchange = system.exchange<string>('talk', { replay: 1 });
        sent.subscribe((m) => exchange.send(m));
        begin.subscribe(() => {
          const recorder = displayMarbles(exchange);
          recorder.add(() => read.send(recorder.text));
          stop.subscribe(() => recorder.stop());
        });
        expectMessages(read).toBe(expected, { x: 'bc' });
      }),
    );

    it('counts it as a subscriber', () => {
      const exchange = new Exchange<string>();
      const recorder = displayMarbles(exchange);
      expect(exchange.subscriberCount).toBe(1);
      recorder.stop();
      expect(exchange.subscriberCount).toBe(0);
    });

    it('X1 that has ended already has completed', () => {
      const exchange = new Exchange<string>();
      exchange.complete();
      expect(displayMarbles(exchange, { scheduler: { now: () => 0 } }).text).toBe('|');
    });
  });

  describe('the picture', () => {
    const titleOf = ({ svg }: MarbleRecorder<unknown>): string | undefined => /<title>(.*?)<\/title>/.exec(svg)?.[1];

    it('has the title that it is given, or else the name of an exchange or actor', () => {
      const exchange = new Exchange<string>({ name: 'prices' });
      expect(titleOf(displayMarbles(exchange))).toBe('prices');
      expect(titleOf(displayMarbles(exchange, { title: 'Prices of today' }))).toBe('Prices of today');
      expect(titleOf(displayMarbles(exchange, { title: '' }))).toBe('Marble diagram');
      expect(titleOf(displayMarbles(NEVER))).toBe('Marble diagram');
    });

    it('has the letters and times of the diagram, which describes it, and its limit', () => {
      const { svg, text } = recording<unknown>('-x--(yz)|', { x: 'a', y: { price: 1 }, z: 12 }, { limit: 3 });
      expect(text).toBe('-a--(bc)');
      expect(svg).toContain('<desc>-a--(bc)</desc>');
      expect(svg.match(/<title>[a-c] at .*?<\/title>/g)).toEqual([
        "<title>a at 1 ms: 'a'</title>",
        '<title>b at 4 ms: { price: 1 }</title>',
        '<title>c at 4 ms: 12</title>',
      ]);
      expect(svg).toContain('>Stopped at its limit of 3 notifications: more have come.</text>');
    });

    it('has the end, and no line below when it has stopped at no limit', () => {
      const stopped = recording('-x|', { x: 'a' }, { limit: 1 });
      const ended = recording('-x|', { x: 'a' });
      expect(ended.svg).toContain('<title>completed at 2 ms</title>');
      const heightOf = ({ svg }: { readonly svg: string }) => Number(/ height="(\d+)"/.exec(svg)?.[1]);
      expect(heightOf(stopped) - heightOf(ended)).toBe(18);
      expect(stopped.svg).not.toContain('completed');
    });

    it('shows times as they were, though the diagram has them late', () => {
      const recorder = recordedAt([0, 0, 1]);
      expect(recorder.notes).toHaveLength(1);
      expect(recorder.svg).toContain("c at 1 ms: 'c'");
      expect(recorder.svg).not.toContain('late');
    });
  });

  it('is written as JSON with an error only where there was one, and with no other values', () => {
    expect(recording('-x|', { x: 1 }).toJSON()).toStrictEqual({ text: '-a|', values: { a: 1 } });
    expect(recording('-x', { x: undefined }).toJSON()).toStrictEqual({ text: '-a', values: { a: undefined } });
    expect(recording('-x#', { x: 1 }, {}).toJSON()).toStrictEqual({ text: '-a#', values: { a: 1 }, error: 'error' });
  });

  it.each([undefined, null, 3, 'abc', {}, [1, 2], Promise.resolve(1)])('refuses %o as a source', (source: any) => {
    expect(() => displayMarbles(source)).toThrow(TypeError);
    expect(() => displayMarbles(source)).toThrow(/^Expected `source` to be an Observable, got /);
  });

  it.each([
    ['options', 3, TypeError, 'an object, got `3` (number)'],
    ['options', null, TypeError, 'an object, got `null`'],
    ['frame', { frame: '1' }, TypeError, "a finite number from 0.001 up, got `'1'` (string)"],
    ['frame', { frame: 0 }, RangeError, 'a finite number from 0.001 up, got `0` (number)'],
    ['frame', { frame: NaN }, RangeError, 'a finite number from 0.001 up, got `NaN` (number)'],
    ['limit', { limit: 0 }, RangeError, 'a whole number from 1 up, got `0` (number)'],
    ['limit', { limit: 1.5 }, RangeError, 'a whole number from 1 up, got `1.5` (number)'],
    ['limit', { limit: null }, TypeError, 'a whole number from 1 up, got `null`'],
    [
      'limit',
      { limit: 10_001 },
      RangeError,
      'at most 10,000, so that there is a letter for every value, got `10001` (number)',
    ],
    ['title', { title: 3 }, TypeError, 'a string, got `3` (number)'],
    ['scheduler', { scheduler: null }, TypeError, 'an RxJS scheduler, got `null`'],
    ['scheduler', { scheduler: {} }, TypeError, 'an RxJS scheduler, got an object'],
  ])('refuses a wrong option at once, and subscribes to nothing: %s in %o', (option, options, kind, wanted) => {
    const source = new Subject<string>();
    const record = (): Observable<string> | MarbleRecorder<string> => displayMarbles(source, options as never);
    expect(record).toThrow(kind);
    expect(record).toThrow(`Expected \`${option}\` to be ${wanted}.`);
    expect(source.observed).toBe(false);
  });
});
