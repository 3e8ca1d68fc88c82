import fc from 'fast-check';
import { distinctUntilChanged, filter, map, timer, VirtualTimeScheduler, type Subscription } from 'rxjs';
import { ActorSystem, restart, resume, StatefulActor, statefulActor, type ActorContext } from 'rx-actors';
import { describe, expect, it, vi } from 'vitest';
import type { StateSnapshot } from '../../src/actor/state-snapshot.js';
import { deadLetters, named } from '../fates.js';
import { marbles } from '../marbles.js';

type Snapshot = StateSnapshot<string, string>;

const append = (state: string, m: string) => state + m;
const fussy = (state: string, m: string) => {
  if (m === 'x') throw new Error('bad');
  return state + m;
};
const json = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const saved = (state: string, ...messages: string[]): Snapshot => ({ version: 1, state, messages });

describe('snapshot()', () => {
  it(
    'gives the version and the state, and of what waits nothing unless it is asked for',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot(' -a--b---');
      const taken = hot('x-x--x--');
      const expected = ' i-a--b--';
      const states = system.statefulActor(append, '');
      sent.subscribe((m) => states.send(m));
      expectObservable(taken.pipe(map(() => states.snapshot()))).toBe(expected, {
        i: { version: 1, state: '' },
        a: { version: 1, state: 'a' },
        b: { version: 1, state: 'ab' },
      });
    }),
  );

  it(
    'gives what waits in its order and leaves it where it is, however often it is asked',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot(' -(abc)--');
      const expected = ' i(abc)--';
      const states = system.statefulActor(append, '');
      sent.subscribe((m) => states.send(m));
      expectObservable(states.pipe(map(() => states.snapshot({ messages: true })))).toBe(expected, {
        i: saved(''),
        a: saved('a', 'b', 'c'),
        b: saved('ab', 'c'),
        c: saved('abc'),
      });
      expectObservable(states).toBe(expected, { i: '', a: 'a', b: 'ab', c: 'abc' });
    }),
  );

  it(
    'E8 has the message that is being reduced among those that wait: it is not in the state yet',
    marbles(({ hot, system, probe, expectMessages }) => {
      const sent = hot(' -(abc)--');
      const expected = ' -(abc)--';
      const taken = probe<Snapshot>();
      const states: StatefulActor<string, string> = system.statefulActor((state: string, m: string) => {
        taken.send(states.snapshot({ messages: true }));
        return state + m;
      }, '');
      sent.subscribe((m) => states.send(m));
      expectMessages(taken).toBe(expected, {
        a: saved('', 'a', 'b', 'c'),
        b: saved('a', 'b', 'c'),
        c: saved('ab', 'c'),
      });
    }),
  );

  it(
    'E8 has among those that wait the message of which it is just told that it is handled',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('   -(ab)-------');
      const expected = '   -(stcd)-----';
      const states = system.statefulActor(append, '');
      sent.subscribe((m) => states.send(m));
      const taken = system.events.pipe(
        filter(({ type }) => type === 'started' || type === 'processed'),
        map(({ type }) => ({ type, snapshot: states.snapshot({ messages: true }) })),
      );
      expectObservable(taken).toBe(expected, {
        s: { type: 'started', snapshot: saved('', 'a', 'b') },
        t: { type: 'processed', snapshot: saved('a', 'b') },
        c: { type: 'started', snapshot: saved('a', 'b') },
        d: { type: 'processed', snapshot: saved('ab') },
      });
    }),
  );

  it('E8 has every message in the state or among those that wait, whoever looks and whenever', () => {
    const all = 'abcdefgh';
    const seen = new Set<string>();
    let arrived = '';
    marbles(({ hot, system }) => {
      const states = system.statefulActor(append, '', { mailbox: { capacity: 2 } });
      const look = (who: string): void => {
        const { state, messages = [] } = states.snapshot({ messages: true });
        const has = state + messages.join('');
        seen.add(all.startsWith(has) && has.length >= arrived.length ? who : `${who} sees ${has}, not ${arrived}`);
      };
      system.events.subscribe((event) => {
        if (event.type === 'sent') arrived += String(event.message);
        if (event.type !== 'closed') look(event.type);
      });
      states.subscribe(() => look('output'));
      states.pending$.subscribe(() => look('pending'));
      hot('-(abcdef)-g-h').subscribe((m) => {
        if ('cdh'.includes(m)) states.ask(m, { whenFull: 'wait' }).subscribe(() => look('answer'));
        else states.offer(m).subscribe(() => look('offer'));
      });
    })();
    expect(arrived).toBe(all);
    expect([...seen].sort()).toEqual(['answer', 'offer', 'output', 'pending', 'processed', 'sent', 'started']);
  });

  it(
    'E8 has a message that failed neither in the state nor among those that wait',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot(' -(axb)--');
      const expected = ' -f------';
      const states = system.statefulActor(fussy, '', { supervision: resume() });
      sent.subscribe((m) => states.send(m));
      const taken = system.failures.pipe(map(() => states.snapshot({ messages: true })));
      expectObservable(taken).toBe(expected, { f: saved('a', 'b') });
    }),
  );

  it(
    'gives first what is put aside, then what was put back, then the rest',
    marbles(
      ({ hot, system, expectObservable }) => {
        const sent = hot(' -(abcude)-');
        const expected = ' i(ubcde)--';
        let early = true;
        const reduce = (state: string, m: string, context: ActorContext<string>) => {
          if (m === 'u') {
            early = false;
            context.unstashAll();
          } else if (early || m === 'a') {
            context.stash();
            return state;
          }
          return state + m;
        };
        const states = system.statefulActor(reduce, '');
        sent.subscribe((m) => states.send(m));
        const taken = states.pipe(
          distinctUntilChanged(),
          map(() => states.snapshot({ messages: true })),
        );
        expectObservable(taken).toBe(expected, {
          i: saved(''),
          u: saved('u', 'a', 'b', 'c', 'd', 'e'),
          b: saved('ub', 'a', 'c', 'd', 'e'),
          c: saved('ubc', 'a', 'd', 'e'),
          d: saved('ubcd', 'a', 'e'),
          e: saved('ubcde', 'a'),
        });
      },
      { mayRemain: 'anything' },
    ),
  );

  it(
    'gives the message of a timer that waits',
    marbles(({ hot, system, probe, expectMessages }) => {
      const sent = hot(' -s-------');
      const expected = ' ----t----';
      const taken = probe<Snapshot>();
      const states: StatefulActor<string, string> = system.statefulActor(
        (state: string, m: string, { timers }: ActorContext<string>) => {
          if (m === 's') {
            timers.start('key', 't', 3);
            // Behind the actor's own at the same instant, and before the turn which that one leads to.
            timer(3).subscribe(() => taken.send(states.snapshot({ messages: true })));
          }
          return state + m;
        },
        '',
      );
      sent.subscribe((m) => states.send(m));
      expectMessages(taken).toBe(expected, { t: saved('s', 't') });
    }),
  );

  it('gives the messages of asks, but neither cancelled ones, nor errors of upstreams, nor what is in line for room', () => {
    const states = new StatefulActor(append, '', { system: new ActorSystem(), mailbox: { capacity: 5 } });
    const ask = (m: string) => states.ask(m, { whenFull: 'wait' }).subscribe({ error: () => undefined });
    const cancelled = ask('cancelled');
    states.error(new Error('of an upstream'));
    ask('a');
    states.send('b');
    states.offer('c').subscribe();
    cancelled.unsubscribe();
    ask('d');
    states.send('e');
    states.offer('in line').subscribe();
    ask('in line');
    expect(states.snapshot({ messages: true })).toEqual(saved('', 'a', 'b', 'c', 'd', 'e'));
    expect(states.pending).toBe(5);
  });

  it.each([
    ['closed', 'ab'],
    ['killed', 'a'],
    ['failed', 'a'],
  ] as const)('gives the last state after the end, where nothing waits: %s', (kind, last) =>
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot(' -a-------');
      const end = hot('  ---x-----');
      const expected = ' ---(e|)  ';
      const states = system.statefulActor(fussy, '');
      sent.subscribe((m) => states.send(m));
      end.subscribe((x) => {
        if (kind === 'failed') states.send(x);
        states.send('b');
        if (kind === 'closed') states.close();
        if (kind === 'killed') states.kill();
      });
      const taken = states.terminated.pipe(map((how) => [how.kind, states.snapshot({ messages: true })]));
      expectObservable(taken).toBe(expected, { e: [kind, saved(last)] });
    })(),
  );

  it('is as plain as its state and its messages: it survives structuredClone and JSON', () => {
    const states = new StatefulActor((state: string[], m: { text: string }) => [...state, m.text], ['i'], {
      system: new ActorSystem(),
      version: 3,
    });
    states.send({ text: 'a' });
    const taken = states.snapshot({ messages: true });
    expect(taken).toStrictEqual({ version: 3, state: ['i'], messages: [{ text: 'a' }] });
    expect(structuredClone(taken)).toStrictEqual(taken);
    expect(json(taken)).toStrictEqual(taken);
    expect(json(states.snapshot())).toStrictEqual({ version: 3, state: ['i'] });
  });

  it.each([
    [null, 'Expected `options` to be an object, got `null`.'],
    [true, 'Expected `options` to be an object, got `true` (boolean).'],
    [{ messages: 'yes' }, "Expected `messages` to be a boolean, got `'yes'` (string)."],
  ])('refuses the options %o', (options, message) => {
    const states = new StatefulActor(append, '', { system: new ActorSystem() });
    expect(() => states.snapshot(options as never)).toThrow(new TypeError(message));
  });
});

describe('migrate', () => {
  interface Cart {
    readonly items: readonly string[];
    readonly coupon: string | null;
  }
  const add = (cart: Cart, item: string): Cart => ({ ...cart, items: [...cart.items, item] });
  const empty: Cart = { items: [], coupon: null };
  const migrate = vi.fn((state: unknown, version: number): Cart => {
    let cart: any = state;
    if (version < 2) cart = { items: cart.split(',') };
    if (version < 3) cart = { ...cart, coupon: null };
    if (version > 3) throw new Error(`version ${version} is too new`);
    return cart;
  });
  const restored = (version: number, state: unknown) =>
    statefulActor(add, empty, { system: new ActorSystem(), version: 3, migrate, snapshot: { version, state } });

  it.each([
    [1, 'tea,milk', null],
    [2, { items: ['tea', 'milk'] }, null],
    [3, { items: ['tea', 'milk'], coupon: 'ten' }, 'ten'],
  ])('makes a state of version %i into one of today, and is left out when it is one', (version, state, coupon) => {
    migrate.mockClear();
    const cart = restored(version, state);
    expect(cart.snapshot()).toEqual({ version: 3, state: { items: ['tea', 'milk'], coupon } });
    expect(migrate.mock.calls).toEqual(version === 3 ? [] : [[state, version]]);
  });

  it('gives the state to begin anew with, too, and lets the messages through as they are', () => {
    const system = new ActorSystem();
    const old = { version: 0, state: 'i', messages: ['a'] };
    const options = { system, migrate: (state: unknown) => `${String(state)}!`, snapshot: old };
    const states = new StatefulActor(append, '', options);
    expect(states.snapshot({ messages: true })).toEqual(saved('i!', 'a'));
  });

  it('throws at the creation what it throws, also about a version that is newer', () => {
    expect(() => restored(4, {})).toThrow(new Error('version 4 is too new'));
  });

  it('is needed for a snapshot of any other version', () => {
    for (const [version, other] of [
      [2, 1],
      [1, 2],
      [undefined, 0],
    ] as const) {
      const options = { ...(version !== undefined && { version }), snapshot: { version: other, state: '' } };
      expect(() => statefulActor(append, '', options)).toThrow(
        new RangeError(
          `Expected \`snapshot\` to be of version ${version ?? 1}, got one of version ${other}. Give \`migrate\` to begin with states of other versions.`,
        ),
      );
    }
  });

  it.each([
    ['options', null, TypeError, 'to be an object, got `null`'],
    ['snapshot', { snapshot: null }, TypeError, 'to be an object, got `null`'],
    ['snapshot', { snapshot: '{}' }, TypeError, "to be an object, got `'{}'` (string)"],
    ['snapshot.version', { snapshot: {} }, TypeError, 'to be a whole number from 0 up, got `undefined`'],
    ['snapshot.version', { snapshot: [] }, TypeError, 'to be a whole number from 0 up, got `undefined`'],
    [
      'snapshot.version',
      { snapshot: { version: '1', state: '' } },
      TypeError,
      "to be a whole number from 0 up, got `'1'` (string)",
    ],
    [
      'snapshot.version',
      { snapshot: { version: -1, state: '' } },
      RangeError,
      'to be a whole number from 0 up, got `-1` (number)',
    ],
    ['snapshot', { snapshot: { version: 1 } }, TypeError, 'to have a `state`, got none'],
    ['snapshot.messages', { snapshot: { ...saved(''), messages: {} } }, TypeError, 'to be an array, got an object'],
    ['snapshot.messages', { snapshot: { ...saved(''), messages: null } }, TypeError, 'to be an array, got `null`'],
    ['version', { version: 1.5 }, RangeError, 'to be a whole number from 0 up, got `1.5` (number)'],
    ['version', { version: '2' }, TypeError, "to be a whole number from 0 up, got `'2'` (string)"],
    ['migrate', { migrate: 3 }, TypeError, 'to be a function, got `3` (number)'],
  ])('refuses a wrong option at once: %s in %o', (option, options, kind, wanted) => {
    const make = () => statefulActor(append, '', options as never);
    expect(make).toThrow(kind);
    expect(make).toThrow(`Expected \`${option}\` ${wanted}.`);
  });
});

describe('a stateful actor made from a snapshot', () => {
  it(
    'begins with its state, which observers get first, then with its messages, before anything else that is sent',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot(' -c-----d-');
      const start = hot('--x------');
      const expected = ' i-(abc)d-';
      const states = new StatefulActor(append, 'not this one', { system, snapshot: saved('i', 'a', 'b') });
      sent.subscribe((m) => states.send(m));
      start.subscribe(() => states.start());
      expectObservable(states).toBe(expected, { i: 'i', a: 'ia', b: 'iab', c: 'iabc', d: 'iabcd' });
    }),
  );

  it.each([
    ['as it is', (snapshot: Snapshot) => snapshot],
    ['by structuredClone', (snapshot: Snapshot) => structuredClone(snapshot)],
    ['as JSON', (snapshot: Snapshot) => json(snapshot)],
  ])('goes on where the other one was, mid-flight; the snapshot comes %s', (_, travel) =>
    marbles(({ hot, system, probe, expectObservable, expectMessages }) => {
      const sent = hot('  -a-(bcd)-');
      const move = hot('  ---x-----');
      const first = '     ia-|     ';
      const second = '    ---(abcd)';
      const letters = '   ---(bcd) ';
      const values = { i: 'i', a: 'ia', b: 'iab', c: 'iabc', d: 'iabcd' };
      const dead = deadLetters(system);
      const seen = probe<string>();
      const from = system.statefulActor(append, 'i');
      sent.subscribe((m) => from.send(m));
      move.subscribe(() => {
        const snapshot = travel(from.snapshot({ messages: true }));
        from.kill();
        statefulActor(append, 'i', { system, snapshot }).subscribe((state) => seen.send(state));
      });
      expectObservable(from).toBe(first, values);
      expectMessages(seen).toBe(second, values);
      expectObservable(dead).toBe(letters, named('b: b killed', 'c: c killed', 'd: d killed'));
    })(),
  );

  it(
    'M3 takes the messages of a priority mailbox in the same order as the other one would have',
    marbles(({ hot, system, expectObservable }) => {
      const start = hot('--x-----');
      const expected = ' i-(abcd)';
      const values = { i: '', a: 'a1', b: 'a1a2', c: 'a1a2b1', d: 'a1a2b1b2' };
      const mailbox = { compare: (a: string, b: string) => a.charCodeAt(0) - b.charCodeAt(0) };
      const first = new StatefulActor(append, '', { system, mailbox });
      for (const m of ['b1', 'a1', 'b2', 'a2']) first.send(m);
      const second = new StatefulActor(append, '', { system, mailbox, snapshot: first.snapshot({ messages: true }) });
      start.subscribe(() => {
        first.start();
        second.start();
      });
      expectObservable(first).toBe(expected, values);
      expectObservable(second).toBe(expected, values);
    }),
  );

  it('M3 gives those that wait in the order in which they were sent, also when many asks were taken back', () => {
    const compare = (a: string, b: string): number => a.localeCompare(b);
    const states = new StatefulActor(append, '', { system: new ActorSystem(), mailbox: { compare } });
    for (const m of 'cab') states.send(m);
    const asks = Array.from({ length: 300 }, () => states.ask('z').subscribe());
    for (const ask of asks) ask.unsubscribe();
    expect(states.snapshot({ messages: true }).messages).toEqual(['c', 'a', 'b']);
    states.kill();
  });

  it('M3 keeps a message that could not be compared as it was sent', () => {
    const compare = (a: string, b: string): number => {
      if (a === 'x' || b === 'x') throw new Error('bad');
      return a < b ? -1 : 1;
    };
    const states = new StatefulActor(append, '', { system: new ActorSystem(), mailbox: { compare } });
    for (const m of ['b', 'x', 'a']) states.send(m);
    expect(states.snapshot({ messages: true }).messages).toEqual(['b', 'x', 'a']);
  });

  it.each([
    ['drop-newest', 'ab', 'c'],
    ['drop-oldest', 'bc', 'a'],
  ] as const)('M1 drops messages that its mailbox has no room for, as with send: %s', (overflow, kept, dropped) =>
    marbles(({ system, expectObservable }) => {
      const letters = deadLetters(system);
      const mailbox = { capacity: 2, overflow };
      const states = statefulActor(append, '', { system, mailbox, snapshot: saved('', 'a', 'b', 'c') });
      expectObservable(letters).toBe('l', { l: `${dropped} overflow` });
      expectObservable(states, '-^').toBe('-k', { k: kept });
    })(),
  );

  it(
    'E8 makes dead letters of its messages when its signal is aborted already',
    marbles(({ system, expectObservable }) => {
      const letters = deadLetters(system);
      const signal = AbortSignal.abort('enough');
      const states = statefulActor(append, '', { system, signal, snapshot: saved('i', 'a', 'b') });
      expectObservable(letters).toBe('(ab)', named('a: a closed', 'b: b closed'));
      expectObservable(states.terminated.pipe(map(() => states.state))).toBe('(i|)');
    }),
  );

  it(
    'F2 begins anew with the state of the snapshot after a restart, and sends its messages once only',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot(' -x--b--x-');
      const expected = ' ji--b--i-';
      const states = statefulActor(fussy, 'not this one', {
        system,
        supervision: restart(),
        snapshot: saved('i', 'a'),
      });
      sent.subscribe((m) => states.send(m));
      expectObservable(states).toBe(expected, { j: 'ia', i: 'i', b: 'ib' });
    }),
  );

  it('leaves no actor behind when it is refused', () => {
    const system = new ActorSystem();
    for (const options of [{ snapshot: null }, { snapshot: saved(''), version: 2 }, { version: -1 }]) {
      expect(() => statefulActor(append, '', { system, ...(options as object) })).toThrow();
    }
    expect(system.actors).toEqual([]);
  });

  it('O4 goes on with a backlog of 10,000, whose snapshot leaves it as it is', async () => {
    const system = new ActorSystem();
    const add = (sum: number, n: number) => sum + n;
    const first = new StatefulActor(add, 0, { system });
    for (let n = 0; n < 10_000; n++) first.send(n);
    const second = statefulActor(add, 0, { system, snapshot: json(first.snapshot({ messages: true })) });
    first.start();
    await system.close();
    expect([first.state, second.state]).toEqual([49_995_000, 49_995_000]);
  });

  it('E8 comes to the same end from any snapshot, whatever was sent, asked, cancelled and put aside before', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.constantFrom(undefined, byLetter), (steps, compare) => {
        const { snapshots, end } = run(steps, compare);
        for (const snapshot of snapshots) expect(endOf(json(snapshot), compare)).toEqual(end);
      }),
    );
  });
});

const step = fc.oneof(
  fc.record({ type: fc.constantFrom('send', 'ask'), m: fc.constantFrom('a', 'b', 'c', 'o', 'x', 'y') }),
  fc.record({ type: fc.constant('cancel'), index: fc.nat(9) }),
  fc.record({ type: fc.constant('drain') }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
type Compare = ((a: string, b: string) => number) | undefined;

const byLetter = (a: string, b: string) => a.charCodeAt(0) - b.charCodeAt(0);

/** Puts `x` and `y` aside until `o` has come. */
function gated(state: string, m: string, context: ActorContext<string>): string {
  if (m > 'o' && !state.includes('o')) {
    context.stash();
    return state;
  }
  if (m === 'o') context.unstashAll();
  return state + m;
}

function make(compare: Compare, snapshot?: Snapshot) {
  const scheduler = new VirtualTimeScheduler();
  const system = new ActorSystem({ scheduler });
  // What was put back comes before all priorities, and has its own again when it is sent again: not both.
  const states = compare
    ? statefulActor(append, '', { system, snapshot, mailbox: { compare } })
    : statefulActor(gated, '', { system, snapshot });
  return { states, drain: () => scheduler.flush(), taken: () => states.snapshot({ messages: true }) };
}

/** Takes snapshots once all steps are done: before what waits is processed, after each new state, and at the end. */
function run(steps: readonly Step[], compare: Compare): { snapshots: readonly Snapshot[]; end: Snapshot } {
  const { states, drain, taken } = make(compare);
  const asks: Subscription[] = [];
  for (const each of steps) {
    if (each.type === 'drain') drain();
    else if ('index' in each) asks[each.index]?.unsubscribe();
    else if (each.type === 'ask') asks.push(states.ask(each.m).subscribe());
    else states.send(each.m);
  }
  const snapshots: Snapshot[] = [];
  states.pipe(distinctUntilChanged()).subscribe(() => snapshots.push(taken()));
  drain();
  return { snapshots, end: taken() };
}

function endOf(snapshot: Snapshot, compare: Compare): Snapshot {
  const { drain, taken } = make(compare, snapshot);
  drain();
  return taken();
}
