import fc from 'fast-check';
import { map, ReplaySubject, timer } from 'rxjs';
import { ActorSystem, Exchange } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { deadLetters, named } from '../fates.js';
import { marbles } from '../marbles.js';
import { lettersOf, listener, recipient, sendAll, thrownBy } from '../recorder.js';

const odd = (n: number): boolean => n % 2 === 1;

/** What one who comes now is replayed. */
const replayed = <T>(exchange: Exchange<T>): T[] => {
  const got: T[] = [];
  exchange.subscribe((message) => got.push(message)).unsubscribe();
  return got;
};

describe('replayWindow', () => {
  it.each([
    ['   -^----------', ' -a--b---c---'],
    ['   --^---------', ' --a-b---c---'],
    ['   ---^--------', ' ---ab---c---'],
    ['   -----^------', ' -----b--c---'],
    ['   -------^----', ' --------c---'],
    ['   --------^---', ' --------c---'],
    ['   ----------^-', ' ----------c-'],
    ['   -----------^', ' ------------'],
  ])('X2 replays what is younger than it, here 3: late at %s', (late, expected) =>
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('-a--b---c---');
      const exchange = new Exchange<string>({ system, replay: 5, replayWindow: 3 });
      sent.subscribe((message) => exchange.send(message));
      expectObservable(exchange, late.trim()).toBe(expected.trim());
    })(),
  );

  it(
    'X2 replays to recipients as to observers',
    marbles(({ hot, system, probe, expectMessages }) => {
      const sent = hot('    -a-b-----');
      const attach = hot('  -----x---');
      const received = '    -----b---';
      const exchange = new Exchange<string>({ system, replay: 5, replayWindow: 3 });
      const late = probe<string>();
      sent.subscribe((message) => exchange.send(message));
      attach.subscribe(() => exchange.attach(late));
      expectMessages(late).toBe(received);
    }),
  );

  it('X2 replays what is sent in the same moment, however short it is', () => {
    for (const replayWindow of [0, 0.5, 1]) {
      marbles(({ hot, system, expectObservable }) => {
        const sent = hot('-a---');
        const exchange = new Exchange<string>({ system, replay: 1, replayWindow });
        sent.subscribe((message) => exchange.send(message));
        expectObservable(exchange, '-^').toBe('-a');
        expectObservable(exchange, '--^').toBe('---');
      })();
    }
  });

  it('X2 gives what a ReplaySubject gives, whenever one comes', () => {
    const moment = fc.nat({ max: 20 });
    fc.assert(
      fc.property(
        fc.array(moment, { maxLength: 12 }),
        fc.array(moment, { maxLength: 6 }),
        fc.integer({ min: 1, max: 4 }),
        fc.nat({ max: 8 }),
        (sends, lates, replay, replayWindow) => {
          const [ours, theirs]: string[][] = [[], []];
          marbles(({ system }) => {
            const exchange = new Exchange<number>({ system, replay, replayWindow });
            const subject = new ReplaySubject<number>(replay, replayWindow);
            sends.forEach((at, message) =>
              timer(at).subscribe(() => {
                exchange.send(message);
                subject.next(message);
              }),
            );
            lates.forEach((at, late) =>
              timer(at).subscribe(() => {
                exchange.subscribe((message) => ours.push(`${late}:${message}`));
                subject.subscribe((message) => theirs.push(`${late}:${message}`));
              }),
            );
          })();
          expect(ours).toEqual(theirs);
        },
      ),
      { numRuns: 300 },
    );
  });

  it(
    'X7 makes a dead letter of what was too old for everybody, once it is pushed out',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('    -a-----b---c---');
      const late = '        -----------^---';
      const expected = '    -----------c---';
      const letters = '     -------a---b---';
      const exchange = new Exchange<string>({ system, replay: 1, replayWindow: 3 });
      sent.subscribe((message) => exchange.send(message));
      expectObservable(deadLetters(system)).toBe(letters, named('a: a unrouted', 'b: b unrouted'));
      expectObservable(exchange, late).toBe(expected);
    }),
  );
});

describe('current', () => {
  it(
    'is the newest message that one who comes late would get',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('    -a-b-----------');
      const looks = hot('   x-x-x-x-x------');
      const values = '      0-a-b-0-0------';
      const exchange = new Exchange<string>({ system, replay: 2, replayWindow: 3 });
      sent.subscribe((message) => exchange.send(message));
      expectObservable(looks.pipe(map(() => exchange.current ?? '0'))).toBe(values);
    }),
  );

  it('is undefined without replay, before the first message, and when that has been cleared', () => {
    const [none, one] = [new Exchange<number>(), new Exchange<number>({ replay: 1 })];
    expect(one.current).toBeUndefined();
    for (const exchange of [none, one]) sendAll(exchange, 1, 2);
    expect([none.current, one.current]).toEqual([undefined, 2]);
    one.clearReplay();
    expect(one.current).toBeUndefined();
    sendAll(one, 3);
    expect(one.current).toBe(3);
  });

  it('stays after the end, and can be read in the midst of a send', () => {
    const exchange = new Exchange<number>({ replay: 2 });
    const seen: (number | undefined)[] = [];
    exchange.subscribe((message) => {
      if (message === 1) sendAll(exchange, 2);
      seen.push(exchange.current);
    });
    sendAll(exchange, 1);
    exchange.complete();
    expect([...seen, exchange.current]).toEqual([1, 2, 2]);
  });
});

describe('clearReplay', () => {
  it(
    'forgets what was sent before, for those who come later',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('    -a-b---c---');
      const clear = hot('   -----x-----');
      const early = '       ^----------';
      const late = '        ---------^-';
      const exchange = new Exchange<string>({ system, replay: 5 });
      sent.subscribe((message) => exchange.send(message));
      clear.subscribe(() => exchange.clearReplay());
      expectObservable(exchange, early).toBe('-a-b---c---');
      expectObservable(exchange, late).toBe(' ---------c-');
    }),
  );

  it('X7 makes dead letters of what nobody has had', () => {
    const system = new ActorSystem();
    const letters = lettersOf(system);
    const exchange = new Exchange<number>({ system, replay: 3 });
    sendAll(exchange, 1, 2);
    replayed(exchange);
    sendAll(exchange, 3, 4);
    expect(letters).toEqual([]);
    exchange.clearReplay();
    expect(letters).toEqual(['3 unrouted', '4 unrouted']);
    exchange.clearReplay();
    sendAll(exchange, 5);
    exchange.clearReplay();
    expect(letters).toEqual(['3 unrouted', '4 unrouted', '5 unrouted']);
  });

  it('does nothing without replay, and after the end forgets likewise', () => {
    const system = new ActorSystem();
    const letters = lettersOf(system);
    const [none, ended] = [new Exchange<number>({ system }), new Exchange<number>({ system, replay: 2 })];
    none.clearReplay();
    expect(letters).toEqual([]);
    sendAll(ended, 1);
    ended.complete();
    ended.clearReplay();
    expect(replayed(ended)).toEqual([]);
  });

  it('during a send neither loses nor doubles the message that is on its way', () => {
    for (const taken of [true, false]) {
      const system = new ActorSystem();
      const letters = lettersOf(system);
      const log: string[] = [];
      const exchange = new Exchange<number>({ system, replay: 2 });
      const clear = (): boolean => {
        exchange.clearReplay();
        return false;
      };
      exchange.attach(recipient(log, 'clearing'), { filter: clear });
      exchange.attach(recipient(log, 'last'), { filter: () => taken });
      sendAll(exchange, 1);
      expect([log, letters]).toEqual(taken ? [['last:1'], []] : [[], ['1 unrouted']]);
      expect(replayed(exchange)).toEqual([]);
    }
  });

  it('during a replay ends it, and neither loses nor doubles the message that is on its way', () => {
    for (const taken of [true, false]) {
      const system = new ActorSystem();
      const letters = lettersOf(system);
      const exchange = new Exchange<number>({ system, replay: 3 });
      sendAll(exchange, 1, 2, 3);
      const log: string[] = [];
      const clear = (): boolean => {
        exchange.clearReplay();
        return taken;
      };
      exchange.attach(recipient(log, 'late'), { filter: clear });
      expect(log).toEqual(taken ? ['late:1'] : []);
      expect([...letters].sort()).toEqual([...(taken ? [] : ['1 unrouted']), '2 unrouted', '3 unrouted']);
    }
  });
});

describe('X7 what nobody has had', () => {
  it('X7 is a dead letter when it is pushed out, also behind messages that somebody has had', () => {
    const system = new ActorSystem();
    const letters = lettersOf(system);
    const exchange = new Exchange<number>({ system, replay: 2 });
    exchange.attach(recipient([], 'odd'), { filter: odd });
    sendAll(exchange, 2, 1, 4);
    expect(letters).toEqual(['2 unrouted']);
    sendAll(exchange, 3, 5);
    expect(letters).toEqual(['2 unrouted', '4 unrouted']);
  });

  it('X7 stays so when one who comes late does not let it through, and when one leaves before it', () => {
    const system = new ActorSystem();
    const letters = lettersOf(system);
    const exchange = new Exchange<number>({ system, replay: 4 });
    sendAll(exchange, 1, 2, 3, 4);
    exchange.attach(recipient([], 'odd'), { filter: odd }).unsubscribe();
    const leaving = recipient<number>([], 'leaving', () => exchange.detach(leaving));
    exchange.attach(leaving, { filter: (n) => n > 1 });
    exchange.clearReplay();
    expect(letters).toEqual(['4 unrouted']);
  });

  it('X7 is none when one who comes during the send gets it', () => {
    const system = new ActorSystem();
    const letters = lettersOf(system);
    const log: string[] = [];
    const exchange = new Exchange<number>({ system, replay: 2, unrouted: recipient(log, 'unrouted') });
    const open = (): boolean => {
      exchange.subscribe(listener(log, 'late'));
      return false;
    };
    exchange.attach(recipient(log, 'opening'), { filter: open });
    sendAll(exchange, 1);
    exchange.clearReplay();
    expect(log).toEqual(['late:1']);
    expect(letters).toEqual([]);
  });
});

describe('bad options', () => {
  it.each<[any, string]>([
    [
      { replayWindow: 3 },
      'TypeError: Expected `replay` to be a whole number from 1 up beside `replayWindow`, got none.',
    ],
    [
      { replay: 0, replayWindow: 3 },
      'TypeError: Expected `replay` to be a whole number from 1 up beside `replayWindow`, got none.',
    ],
    [
      { replay: 1, replayWindow: -1 },
      'RangeError: Expected `replayWindow` to be a finite number from 0 up, got `-1` (number).',
    ],
    [
      { replay: 1, replayWindow: Infinity },
      'RangeError: Expected `replayWindow` to be a finite number from 0 up, got `Infinity` (number).',
    ],
    [
      { replay: 1, replayWindow: NaN },
      'RangeError: Expected `replayWindow` to be a finite number from 0 up, got `NaN` (number).',
    ],
    [
      { replay: 1, replayWindow: '3' },
      "TypeError: Expected `replayWindow` to be a finite number from 0 up, got `'3'` (string).",
    ],
  ])('are refused: %o', (options, message) => {
    const system = new ActorSystem();
    expect(String(thrownBy(() => new Exchange(options)))).toBe(message);
    expect(String(thrownBy(() => system.exchange('news', options)))).toBe(message);
    expect(system.exchanges.size).toBe(0);
  });

  it('X1 is another window, for an exchange that there is', () => {
    const system = new ActorSystem();
    const exchange = system.exchange('news', { replay: 1, replayWindow: 3 });
    expect(system.exchange('news', { replay: 1, replayWindow: 3 })).toBe(exchange);
    expect(() => system.exchange('news', { replay: 1, replayWindow: 4 })).toThrow(TypeError);
  });
});

/**
 * What others promise of replays, as steps: `emit 1` sends, `cache 1 2` is what one who comes now would get, `reset`
 * clears, `subscribe a` and `cancel a` are what they say, and `a 1 2` is what `a` has got since it was last looked at.
 *
 * Left out is what an exchange has no counterpart of: senders that are suspended, and what a slow subscriber has not
 * collected yet. Where Effect takes a `replay` that is negative or a fraction, an exchange throws a RangeError.
 *
 * Sources: `SharedFlowScenarioTest.kt` and `SharedFlowTest.kt` of
 * https://github.com/Kotlin/kotlinx.coroutines/tree/master/kotlinx-coroutines-core/common/test/flow/sharing, and
 * `PubSub.test.ts` of https://github.com/Effect-TS/effect/tree/main/packages/effect/test.
 */
const promises: [source: string, replay: number, steps: string][] = [
  [
    'SharedFlow: testRendezvousSharedFlowBasic',
    0,
    'cache; emit 1; cache; subscribe a; emit 4; a 4; cache; emit 6; a 6',
  ],
  [
    'SharedFlow: testRendezvousSharedFlowBasic, two and then one',
    0,
    'subscribe a; subscribe b; emit 10; a 10; b 10; emit 13; cancel a; emit 17; a 13; b 13 17; cancel b; emit 24; b; cache',
  ],
  [
    'SharedFlow: testReplay1SharedFlowBasic',
    1,
    'cache; emit 1; cache 1; emit 2; cache 2; subscribe a; a 2; emit 6; a 6; cache 6; subscribe b; b 6; emit 7; a 7; b 7; cancel b; emit 17; cache 17; a 17; b; cancel a; cache 17',
  ],
  [
    'SharedFlow: testReplay1',
    1,
    'emit 0; cache 0; emit 1; cache 1; emit 2; cache 2; reset; cache; reset; cache; emit 3; cache 3; emit 4; cache 4; subscribe a; a 4; emit 5; cache 5; a 5; emit 6; a 6; reset; cache; subscribe b; b; emit 13; cache 13; a 13; b 13',
  ],
  [
    'SharedFlow: testReplay1Extra2',
    1,
    'cache; emit 1; cache 1; emit 2; cache 2; emit 3; emit 4; cache 4; subscribe a; a 4; emit 5; emit 6; emit 7; cache 7; a 5 6 7; subscribe c; c 7; cancel a; cancel c; cache 7',
  ],
  [
    'SharedFlow: testReplay2Extra2DropOldest',
    2,
    'emit 0; cache 0; emit 1; cache 0 1; emit 2; cache 1 2; emit 3; emit 4; cache 3 4; subscribe a; a 3 4; emit 5; cache 4 5; emit 6; a 5 6; subscribe b; b 5 6; emit 10; cache 6 10; reset; cache; reset; cache; a 10; b 10; emit 15; cache 15; a 15; b 15',
  ],
  [
    'SharedFlow: testReplay2Extra1, the same value again',
    2,
    'emit 0; subscribe a; a 0; emit 5; emit 0; cache 5 0; a 5 0',
  ],
  [
    'SharedFlow: testSuspendedConcurrentEmitAndCancelSubscriberReplay1',
    1,
    'subscribe a; emit 0; a 0; cancel a; emit 2; emit 3; cache 3; subscribe b; b 3; emit 4; b 4',
  ],
  [
    'SharedFlow: resetReplayCache(), its documentation',
    3,
    'subscribe old; emit 1; emit 2; reset; subscribe new; new; old 1 2; emit 3; old 3; new 3',
  ],
  ['PubSub: replay, unbounded', 3, 'emit 1; emit 2; emit 3; emit 4; emit 5; subscribe a; a 3 4 5'],
  [
    'PubSub: replay, unbounded takeUpTo',
    3,
    'emit 1; emit 2; emit 3; emit 4; emit 5; subscribe a; emit 6; subscribe b; a 3 4 5 6; b 4 5 6',
  ],
  [
    'PubSub: replay, sliding and dropping, while there is room',
    3,
    'emit 1; emit 2; emit 3; emit 4; emit 5; subscribe a; a 3 4 5; emit 6; emit 7; a 6 7; subscribe b; b 5 6 7; emit 8; emit 9; a 8 9; b 8 9; subscribe c; c 7 8 9',
  ],
  [
    'PubSub: infinite capacity behaves as unbounded',
    2,
    'subscribe a; emit 1; emit 2; emit 3; a 1 2 3; subscribe b; b 2 3',
  ],
];

describe('X2 replays as others do', () => {
  it.each(promises)('X2 %s', (_, replay, steps) => {
    const exchange = new Exchange<string>({ replay });
    const got = new Map<string, string[]>();
    const subscriptions = new Map<string, { unsubscribe(): void }>();
    for (const step of steps.split('; ')) {
      const [what, ...values] = step.split(' ');
      if (what === 'emit') exchange.send(values[0]);
      else if (what === 'reset') exchange.clearReplay();
      else if (what === 'cache') expect(replayed(exchange), step).toEqual(values);
      else if (what === 'cancel') subscriptions.get(values[0])!.unsubscribe();
      else if (what === 'subscribe') {
        const messages: string[] = [];
        got.set(values[0], messages);
        subscriptions.set(
          values[0],
          exchange.subscribe((message) => messages.push(message)),
        );
      } else expect(got.get(what)!.splice(0), step).toEqual(values);
    }
  });
});
