import {
  concat,
  defer,
  EMPTY,
  interval,
  map,
  NEVER,
  Observable,
  of,
  range,
  throwError,
  VirtualTimeScheduler,
} from 'rxjs';
import {
  ActorClosedError,
  ActorSystem,
  restart,
  resume,
  type Actor,
  type ActorContext,
  type ActorOptions,
  type ActorTimers,
  type Behavior,
} from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { deadLetters, failures, named } from '../fates.js';
import { marbles } from '../marbles.js';
import { thrownBy } from '../recorder.js';
import { unhandledErrors } from '../unhandled-errors.js';

const bad = new Error('bad');

/** Echoes its messages and fails with `x`. */
const fussy = (m: string) => {
  if (m === 'x') throw bad;
  return of(m);
};

interface Opened {
  readonly actor: Actor<string, string>;
  readonly timers: ActorTimers<string>;
}

/** An actor, and its timers, to be used from outside once its first turn is over. */
function opened(
  system: ActorSystem,
  behavior: Behavior<string, string> = fussy,
  options: Omit<ActorOptions<string>, 'system'> = {},
): Opened {
  let context!: ActorContext<string>;
  const actor = system.actor((m: string, own: ActorContext<string>) => {
    context = own;
    return m === 'open' ? undefined : behavior(m, own);
  }, options);
  actor.send('open');
  return {
    actor,
    get timers() {
      return context.timers;
    },
  };
}

/** The same without marbles. */
function openedNow(
  options?: Omit<ActorOptions<string>, 'system'>,
): Opened & { readonly scheduler: VirtualTimeScheduler } {
  const scheduler = new VirtualTimeScheduler();
  const made = opened(new ActorSystem({ scheduler }), fussy, options);
  scheduler.flush();
  return {
    scheduler,
    actor: made.actor,
    get timers() {
      return made.timers;
    },
  };
}

describe('timers.start', () => {
  it(
    'T1 sends the actor a message after a time',
    marbles(({ hot, system, expectObservable }) => {
      const start = hot('  -a--b---');
      const expected = '   ---a--b-';
      const made = opened(system);
      start.subscribe((m) => made.timers.start(m, m, 2));
      expectObservable(made.actor).toBe(expected);
    }),
  );

  it(
    'cancels what was started under the same key, and nothing else',
    marbles(({ hot, system, expectObservable }) => {
      const start = hot('  a-b-----');
      const other = hot('  -c------');
      const expected = '   ----cb--';
      const made = opened(system);
      start.subscribe((m) => made.timers.start('k', m, 3));
      other.subscribe((m) => made.timers.start('other', m, 3));
      expectObservable(made.actor).toBe(expected);
    }),
  );

  it(
    'never lets the old message arrive, also when that waits behind slow work',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      // `a` is due at 2 and waits for the work; then `b` is started at 4.
      const sent = hot('   -s------');
      const start = hot('  a---b---');
      const work = cold('   -----|  ');
      const workSubs = '   -^----! ';
      const looks = hot('  ---l-l--');
      const pending = '    ---1-0--';
      const expected = '   ------b-';
      const dead = deadLetters(system);
      const made = opened(system, (m) => (m === 's' ? work : of(m)));
      sent.subscribe((m) => made.actor.send(m));
      start.subscribe((m) => made.timers.start('k', m, 2));
      expectSubscriptions(work.subscriptions).toBe(workSubs);
      expectObservable(made.actor).toBe(expected);
      expectObservable(looks.pipe(map(() => String(made.actor.pending)))).toBe(pending);
      expectObservable(dead).toBe('-');
    }),
  );

  it(
    'O1 lets its message wait behind what was sent before it is due',
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot('   -sb-d----- ');
      const start = hot('  -c-------- ');
      const work = cold('   -----|    ');
      const expected = '   ------(bcd)';
      const made = opened(system, (m) => (m === 's' ? work : of(m)));
      start.subscribe((m) => made.timers.start('k', m, 2));
      sent.subscribe((m) => made.actor.send(m));
      expectObservable(made.actor).toBe(expected);
    }),
  );

  it(
    'may be called by its own message, and takes 0 milliseconds, which is never at once',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('   -a------ ');
      const expected = '   -(ab)c--(d|)';
      const delays: Record<string, readonly [string, number]> = { a: ['b', 0], b: ['c', 4], c: ['d', 3] };
      const clock = system.actor((m: string, { timers, self }) => {
        if (m === 'd') self.close();
        else timers.start('k', ...delays[m]);
        return of(m);
      });
      sent.subscribe((m) => clock.send(m));
      expectObservable(clock).toBe(expected);
    }),
  );

  it(
    'sends the message whenever an Observable emits, whatever that is, until it completes',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const start = hot('  -s-------');
      const when = cold('   -a-b-(c|)');
      const subs = '       -^----!  ';
      const looks = hot('  --l----l-');
      const has = '        --t----f-';
      const expected = '   --m-m-m--';
      const made = opened(system);
      start.subscribe(() => made.timers.start('k', 'm', when));
      expectSubscriptions(when.subscriptions).toBe(subs);
      expectObservable(made.actor).toBe(expected);
      expectObservable(looks.pipe(map(() => made.timers.has('k')))).toBe(has, { t: true, f: false });
    }),
  );

  it(
    'sends nothing for an Observable that never emits, that is empty; and what one emits at once',
    marbles(({ hot, system, expectObservable }) => {
      const start = hot('  --e-n-o------');
      const looks = hot('  ---e-n-o-----');
      const has = '        ---f-t-f-----';
      const expected = '   ------(oo)---';
      const sources: Record<string, Observable<unknown>> = { e: EMPTY, n: NEVER, o: of(1, 2) };
      const made = opened(system);
      start.subscribe((m) => made.timers.start(m, m, sources[m]));
      expectObservable(looks.pipe(map((key) => made.timers.has(key)))).toBe(has, { t: true, f: false });
      expectObservable(made.actor).toBe(expected);
    }),
  );

  it(
    'unsubscribes from an Observable when its key is started again or cancelled',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const events = hot('  -s--s--c--');
      const when = cold('    --m--m----');
      const subs = ['       -^--!', '----^--!'];
      const has = '         -t--t--f--';
      const expected = '    ---m--m---';
      const made = opened(system);
      events.subscribe((event) => {
        if (event === 's') made.timers.start('k', 'm', when);
        else made.timers.cancel('k');
      });
      expectSubscriptions(when.subscriptions).toBe(subs);
      expectObservable(made.actor).toBe(expected);
      expectObservable(events.pipe(map(() => made.timers.has('k')))).toBe(has, { t: true, f: false });
    }),
  );

  it.each([
    [
      'later',
      (cold: (marbles: string, values: undefined, error: unknown) => Observable<string>) => cold('-m#', undefined, bad),
      '--m#',
    ],
    ['at once', () => throwError(() => bad), '-#'],
    ['in being subscribed', () => new Observable(() => { throw bad; }), '-#'], // prettier-ignore
  ])('F1 fails without a message to blame when an Observable fails %s', (_, source, expected) => {
    marbles(({ hot, cold, system, expectObservable }) => {
      const failed = failures(system);
      const dead = deadLetters(system);
      const made = opened(system);
      hot('-s').subscribe(() => made.timers.start('k', 'm', source(cold as never)));
      expectObservable(made.actor).toBe(expected, undefined, bad);
      expectObservable(failed).toBe(expected.replace('m', '-').replace('#', 'f'), { f: 'undefined stop' });
      expectObservable(dead).toBe('-');
    })();
  });

  it(
    'F2 goes on when supervision says so, after the messages that the Observable had led to',
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot('   -s-----   ');
      const then = hot('   --a----   ');
      const work = cold('   ----|    ');
      const expected = '   -----(ma) ';
      const failed = '     -----f    ';
      const looks = hot('  ---l--l   ');
      const has = '        ---t--f   ';
      const feed = failures(system);
      const made = opened(system, (m) => (m === 's' ? work : of(m)), { supervision: resume() });
      sent.subscribe((m) => {
        made.actor.send(m);
        made.timers.start(
          'k',
          'm',
          concat(
            of(1),
            throwError(() => bad),
          ),
        );
      });
      then.subscribe((m) => made.actor.send(m));
      expectObservable(made.actor).toBe(expected);
      expectObservable(feed).toBe(failed, { f: 'undefined resume' });
      expectObservable(looks.pipe(map(() => made.timers.has('k')))).toBe(has, { t: true, f: false });
    }),
  );

  it.each(['cancel', 'cancelAll', 'start', 'restart'] as const)(
    'T1 never lets the error of an Observable arrive that waits, nor the message before it: %s',
    (how) => {
      marbles(({ hot, cold, system, expectObservable }) => {
        // At work until 6; the Observable fails at 4. To restart, the actor fails at 6.
        const events = hot('  -sca------');
        const work = cold('    -----|   ');
        const failing = cold(' -m#      ', undefined, bad);
        const fails = cold('   -----#   ', undefined, bad);
        const end = hot('      -----e   ');
        const looks = hot('    -----l   ');
        const expected = '     ------a--';
        const has = '          -----h   ';
        const pending = '      -----p   ';
        const failed = '       ------f  ';
        const errors = unhandledErrors();
        const feed = failures(system);
        const restarts = how === 'restart';
        const made = opened(system, (m) => (m === 's' ? (restarts ? fails : work) : of(m)), { supervision: restart() });
        const ends: Record<string, () => void> = {
          cancel: () => made.timers.cancel('k'),
          cancelAll: () => made.timers.cancelAll(),
          start: () => made.timers.start('k', 'm', EMPTY),
          restart: () => undefined,
        };
        events.subscribe((event) => {
          if (event === 'c') made.timers.start('k', 'm', failing);
          else made.actor.send(event);
        });
        end.subscribe(() => ends[how]());
        expectObservable(made.actor).toBe(expected);
        expectObservable(looks.pipe(map(() => made.timers.has('k')))).toBe(has, { h: restarts });
        expectObservable(looks.pipe(map(() => made.actor.pending))).toBe(pending, { p: restarts ? 2 : 1 });
        expectObservable(feed).toBe(restarts ? failed : '-', { f: 's restart' });
        expectObservable(errors).toBe('-');
      })();
    },
  );

  it(
    'tells of the error of an Observable until its turn',
    marbles(({ hot, cold, system, expectObservable }) => {
      // At work until 5; the Observable fails at 3.
      const sent = hot('   -s------');
      const work = cold('   ----|   ');
      const source = cold(' --#     ', undefined, bad);
      const looks = hot('  l-l-l-l-');
      const has = '        f-t-t-f-';
      const cancelled = '  ------f-';
      const made = opened(system, () => work, { supervision: resume() });
      sent.subscribe((m) => {
        made.actor.send(m);
        made.timers.start('k', 'm', source);
      });
      expectObservable(looks.pipe(map(() => made.timers.has('k')))).toBe(has, { t: true, f: false });
      expectObservable(hot('------c').pipe(map(() => made.timers.cancel('k')))).toBe(cancelled, { f: false });
    }),
  );

  it(
    'F1 reports the error of an Observable that waits when the actor is killed',
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot('      -s---');
      const source = cold('    -m#  ', undefined, bad);
      const kill = hot('      ----x');
      const reported = '      ----e';
      const letters = '       ----s';
      const errors = unhandledErrors();
      const dead = deadLetters(system);
      const made = opened(system, () => NEVER);
      sent.subscribe((m) => {
        made.actor.send(m);
        made.timers.start('k', 'm', source);
      });
      kill.subscribe(() => made.actor.kill());
      expectObservable(made.actor).toBe('----|');
      expectObservable(errors).toBe(reported, { e: bad });
      expectObservable(dead).toBe(letters, named('s: s killed'));
    }),
  );

  it.each(['in order', 'by priority'])('M1 counts no error of an Observable, waiting or taken back: %s', (order) => {
    const { timers, scheduler, actor } = openedNow({
      mailbox: { capacity: 2, ...(order === 'by priority' && { compare: (one, two) => one.localeCompare(two) }) },
    });
    const outputs: string[] = [];
    actor.subscribe((m) => outputs.push(m));
    actor.send('b');
    timers.start(
      1,
      'm',
      throwError(() => bad),
    );
    timers.start(
      2,
      'm',
      throwError(() => bad),
    );
    expect(actor.pending).toBe(1);
    timers.cancel(1);
    expect(actor.pending).toBe(1);
    expect([actor.trySend('a'), actor.trySend('c'), actor.pending]).toEqual([true, false, 2]);
    timers.cancel(2);
    expect(actor.pending).toBe(2);
    scheduler.flush();
    expect([outputs, actor.pending]).toEqual([['b', 'a'], 0]);
    expect([actor.trySend('d'), actor.trySend('e'), actor.trySend('f'), actor.pending]).toEqual([true, true, false, 2]);
  });

  it(
    'reports the failure of an Observable of an actor that drains',
    marbles(({ hot, cold, system, expectObservable }) => {
      const events = hot('  -sc-----');
      const work = cold('    -----|  ');
      const when = cold('    ---#    ', undefined, bad);
      const errors = unhandledErrors();
      const made = opened(system, () => work);
      events.subscribe((event) => {
        if (event === 'c') made.actor.close();
        else {
          made.actor.send('work');
          made.timers.start('k', 'm', when);
        }
      });
      expectObservable(made.actor).toBe('------|');
      expectObservable(errors).toBe('     ----e', { e: bad });
    }),
  );

  it(
    'M1 makes a dead letter of its message when the mailbox is full, or of another one; the timer is over then',
    marbles(
      ({ hot, system, expectObservable }) => {
        const sent = hot('    -wa--');
        const start = hot('   -s---');
        const looks = hot('   ----?');
        const letters = '     ---(ma)';
        const has = '         ----r';
        const dead = deadLetters(system);
        const newest = opened(system, () => NEVER, { mailbox: { capacity: 1 } });
        const oldest = opened(system, () => NEVER, { mailbox: { capacity: 1, overflow: 'drop-oldest' } });
        for (const { actor } of [newest, oldest]) sent.subscribe((m) => actor.send(m));
        start.subscribe(() => {
          newest.timers.start('k', 'm', 2);
          oldest.timers.start('k', 'n', 2);
        });
        expectObservable(dead).toBe(letters, named('m: m overflow', 'a: a overflow'));
        expectObservable(looks.pipe(map(() => [newest.timers.has('k'), oldest.timers.has('k')]))).toBe(has, {
          r: [false, true],
        });
      },
      { mayRemain: 'anything' },
    ),
  );

  it(
    'fails with its message like with any other',
    marbles(({ hot, system, expectObservable }) => {
      const start = hot('  -x-');
      const letters = '    ---x';
      const dead = deadLetters(system);
      const made = opened(system, fussy, { supervision: resume() });
      start.subscribe((m) => made.timers.start('k', m, 2));
      expectObservable(dead).toBe(letters, { x: 'x failed' });
    }),
  );

  it(
    'takes any key, compared as by a Map',
    marbles(({ hot, system, expectObservable }) => {
      const start = hot('  -s     ');
      const expected = '   ---(bdefgh)';
      const made = opened(system);
      const object = {};
      start.subscribe(() => {
        const keys = [NaN, NaN, object, object, {}, undefined, null, ''];
        for (const [index, key] of keys.entries()) made.timers.start(key, 'abcdefgh'[index], 2);
      });
      expectObservable(made.actor).toBe(expected);
    }),
  );

  it.each([
    ['a text', '5', TypeError, "a finite number from 0 up, got `'5'` (string)"],
    ['nothing', undefined, TypeError, 'a finite number from 0 up, got `undefined`'],
    ['a negative time', -1, RangeError, 'a finite number from 0 up, got `-1` (number)'],
    ['no number', NaN, RangeError, 'a finite number from 0 up, got `NaN` (number)'],
    ['no end of time', Infinity, RangeError, 'a finite number from 0 up, got `Infinity` (number)'],
    ['more than a timer can wait', 2 ** 31, RangeError, 'at most 2147483647 milliseconds, got `2147483648` (number)'],
  ])('refuses %s, and lets the old timer go on', (_, when, kind, wanted) => {
    const { timers, scheduler, actor } = openedNow();
    const outputs: string[] = [];
    actor.subscribe((m) => outputs.push(m));
    timers.start('k', 'old', 3);
    const thrown = thrownBy(() => timers.start('k', 'new', when as never));
    expect(thrown).toBeInstanceOf(kind);
    expect((thrown as Error).message).toBe(`Expected \`when\` to be ${wanted}.`);
    scheduler.flush();
    expect(outputs).toEqual(['old']);
  });

  it('T1 has a key while the error of its Observable waits behind its last message', () => {
    const had: boolean[] = [];
    const scheduler = new VirtualTimeScheduler();
    const system = new ActorSystem({ scheduler });
    const actor = system.actor(
      (m: string, { timers }) => {
        if (m === 'go')
          timers.start(
            'k',
            'a',
            concat(
              of(1),
              throwError(() => bad),
            ),
          );
        had.push(timers.has('k'));
      },
      { supervision: resume() },
    );
    for (const m of ['go', 'b']) actor.send(m);
    scheduler.flush();
    actor.send('c');
    scheduler.flush();
    expect(had).toEqual([true, true, true, false]);
  });

  it('T1 is not undone by an Observable that starts its key again and then completes', () => {
    const { timers, scheduler, actor } = openedNow();
    const outputs: string[] = [];
    actor.subscribe((m) => outputs.push(m));
    const again = defer(() => {
      timers.start('k', 'b', 5);
      return EMPTY;
    });
    timers.start('k', 'a', again);
    expect(timers.has('k')).toBe(true);
    scheduler.flush();
    expect(outputs).toEqual(['b']);
  });

  it('has nothing more of a source that goes on when its timer is cancelled by whoever hears of its message', () => {
    const { timers, scheduler, actor } = openedNow();
    const outputs: string[] = [];
    actor.subscribe((m) => outputs.push(m));
    actor.pending$.subscribe((pending) => {
      if (pending === 2) timers.cancel('k');
    });
    timers.start(
      'k',
      'm',
      concat(
        of(1, 2, 3, 4),
        throwError(() => bad),
      ),
    );
    expect([actor.pending, timers.has('k')]).toEqual([0, false]);
    scheduler.flush();
    expect([outputs, actor.status]).toEqual([[], 'running']);
  });
});

describe('the end of timers', () => {
  const ends: Record<string, (actor: Actor<string, string>) => void> = {
    close: (actor) => actor.close(),
    kill: (actor) => actor.kill(),
    failure: (actor) => actor.send('x'),
    restart: (actor) => actor.send('x'),
  };

  it.each(Object.keys(ends))('T1 E7 comes with a %s of the actor: nothing arrives, nothing is left behind', (end) => {
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const start = hot('  -s------');
      const stop = hot('   ---x----');
      const when = cold('   -----m--');
      const whenSubs = '   -^-!    ';
      const letters = '    ---x    ';
      const dead = deadLetters(system);
      const made = opened(system, fussy, end === 'restart' ? { supervision: restart() } : {});
      start.subscribe(() => {
        made.timers.start('after', 'a', 5);
        made.timers.start('whenever', 'w', when);
      });
      stop.subscribe(() => ends[end](made.actor));
      expectSubscriptions(when.subscriptions).toBe(whenSubs);
      expectObservable(made.actor).toBe(end === 'restart' ? '-' : end === 'failure' ? '---#' : '---|', undefined, bad);
      expectObservable(dead).toBe(end === 'failure' || end === 'restart' ? letters : '-', { x: 'x failed' });
    })();
  });

  it.each(Object.keys(ends))('T1 E7 leaves no action to be done after a %s', (end) => {
    const { timers, scheduler, actor } = openedNow(end === 'restart' ? { supervision: restart() } : {});
    actor.subscribe({ error: () => undefined });
    for (let n = 0; n < 1000; n++) timers.start(n, 'm', n % 2 === 0 ? 1e6 + n : interval(1e6, scheduler));
    ends[end](actor);
    scheduler.flush();
    expect(scheduler.frame).toBeLessThan(1e6);
    expect(scheduler.actions).toEqual([]);
  });

  it(
    'F2 takes back at a restart what waits of them',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('   -xa-');
      const expected = '   --a-';
      const dead = deadLetters(system);
      const made = opened(
        system,
        (m, { timers }) => {
          if (m === 'x') timers.start('k', 'm', of(1, 2));
          return fussy(m);
        },
        { supervision: restart() },
      );
      sent.subscribe((m) => made.actor.send(m));
      expectObservable(made.actor).toBe(expected);
      expectObservable(dead).toBe('-x', { x: 'x failed' });
    }),
  );

  it(
    'F2 does not come with a resume',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('   -sx--');
      const expected = '   ----m';
      const made = opened(
        system,
        (m, { timers }) => {
          if (m === 's') timers.start('k', 'm', 3);
          return m === 's' ? undefined : fussy(m);
        },
        { supervision: resume() },
      );
      sent.subscribe((m) => made.actor.send(m));
      expectObservable(made.actor).toBe(expected);
    }),
  );

  it(
    'E2 is not the close of an actor that still drains; what they send then is a dead letter',
    marbles(({ hot, cold, system, expectObservable }) => {
      const events = hot('  -sc-----');
      const work = cold('    ------| ');
      const letters = '     ---m-m  ';
      const dead = deadLetters(system);
      const made = opened(system, () => work);
      events.subscribe((event) => {
        if (event === 'c') made.actor.close();
        else {
          made.actor.send('work');
          made.timers.start('k', 'm', cold('--m-m-'));
        }
      });
      expectObservable(made.actor).toBe('-------|');
      expectObservable(dead).toBe(letters, { m: 'm closed' });
    }),
  );

  it('E7 refuses to start any on an actor that has ended, also by what had been taken out of the context before', () => {
    const made = openedNow();
    const { timers, scheduler } = made;
    made.actor.kill();
    expect(thrownBy(() => made.timers)).toBeInstanceOf(ActorClosedError);
    expect(thrownBy(() => timers.start('k', 'm', 5))).toBeInstanceOf(ActorClosedError);
    expect([timers.cancel('k'), timers.has('k'), scheduler.actions]).toEqual([false, false, []]);
  });

  it('F2 comes at the next restart to what leftovers of an incarnation before have started', () => {
    const { timers, scheduler, actor } = openedNow({ supervision: restart() });
    const outputs: string[] = [];
    actor.subscribe((m) => outputs.push(m));
    actor.send('x');
    scheduler.flush();
    timers.start('a', 'a', 5);
    scheduler.flush();
    timers.start('b', 'b', 5);
    actor.send('x');
    scheduler.schedule(() => actor.send('c'), 9);
    scheduler.flush();
    expect(outputs).toEqual(['a', 'c']);
  });

  it('M2 gives nobody the room of what is taken back at the end: who waits for it is turned away', () => {
    const { timers, actor } = openedNow({ mailbox: { capacity: 1 } });
    const ends: string[] = [];
    timers.start('k', 'm', of(1));
    actor
      .offer('a')
      .subscribe({ next: () => ends.push('taken'), error: (error: unknown) => ends.push((error as Error).name) });
    actor.kill();
    expect(ends).toEqual(['ActorClosedError']);
  });

  it('M2 gives nobody room that a behavior makes after it has killed its actor', () => {
    const scheduler = new VirtualTimeScheduler();
    const ends: string[] = [];
    const { actor } = opened(
      new ActorSystem({ scheduler }),
      (_, { self, timers }) => {
        timers.start('k', 'm', of(1));
        actor
          .offer('a')
          .subscribe({ next: () => ends.push('taken'), error: (error: unknown) => ends.push((error as Error).name) });
        self.kill();
        return undefined;
      },
      { mailbox: { capacity: 1 } },
    );
    scheduler.flush();
    actor.send('go');
    scheduler.flush();
    expect(ends).toEqual(['ActorClosedError']);
  });
});

describe('timers.cancel, cancelAll and has', () => {
  it(
    'takes back a message that is still to come, and one that waits; says whether there was one',
    marbles(({ hot, cold, system, expectObservable }) => {
      // `a` is due at 2 and `b` at 5; the work goes on from 1 to 4.
      const start = hot('   s---------');
      const sent = hot('    -s--------');
      const work = cold('    ---|     ');
      const cancel = hot('  ---a--b-ac');
      const results = '     ---t--f-ft';
      const expected = '    -----b----';
      const made = opened(system, (m) => (m === 's' ? work : of(m)));
      sent.subscribe((m) => made.actor.send(m));
      start.subscribe(() => {
        made.timers.start('a', 'a', 2);
        made.timers.start('b', 'b', 5);
        made.timers.start('c', 'c', 10);
      });
      expectObservable(made.actor).toBe(expected);
      expectObservable(cancel.pipe(map((key) => made.timers.cancel(key)))).toBe(results, { t: true, f: false });
    }),
  );

  it(
    'tells of a message from its start until its turn',
    marbles(({ hot, cold, system, expectObservable }) => {
      // Due at 3, when the work goes on until 5. What the behavior sees at its turn comes as its output.
      const start = hot('   -s------');
      const sent = hot('    --w-----');
      const work = cold('     ---|  ');
      const looks = hot('   l-l-l-l-');
      const has = '         f-t-t-f-';
      const expected = '    -----m--';
      const made = opened(system, (m, { timers }) => (m === 'w' ? work : of(`${m} ${timers.has('k')}`)));
      start.subscribe(() => made.timers.start('k', 'm', 2));
      sent.subscribe((m) => made.actor.send(m));
      expectObservable(looks.pipe(map(() => made.timers.has('k')))).toBe(has, { t: true, f: false });
      expectObservable(made.actor).toBe(expected, { m: 'm false' });
    }),
  );

  it('cancels all, messages that wait among them', () => {
    const { timers, scheduler, actor } = openedNow();
    const outputs: string[] = [];
    actor.subscribe((m) => outputs.push(m));
    timers.start('a', 'a', 5);
    timers.start('b', 'b', of(1, 2));
    timers.start('c', 'c', interval(2, scheduler));
    expect([timers.has('a'), timers.has('b'), timers.has('c'), actor.pending]).toEqual([true, true, true, 2]);
    timers.cancelAll();
    expect([timers.has('a'), timers.has('b'), timers.has('c'), actor.pending]).toEqual([false, false, false, 0]);
    timers.cancelAll();
    scheduler.flush();
    expect(outputs).toEqual([]);
  });

  it('O4 serves 10,000 timers, in the order in which they are due', () => {
    const { timers, scheduler, actor } = openedNow();
    const outputs: number[] = [];
    actor.subscribe((m) => outputs.push(Number(m)));
    for (let n = 0; n < 10_000; n++) timers.start(n, String(n), 10_000 - n);
    for (let n = 0; n < 10_000; n += 2) timers.cancel(n);
    scheduler.flush();
    expect(outputs).toEqual(Array.from({ length: 5_000 }, (_, n) => 9_999 - 2 * n));
  });

  it('O4 starts one key again 10,000 times while its message waits, and takes back 10,000 that wait', () => {
    const scheduler = new VirtualTimeScheduler();
    const made = opened(new ActorSystem({ scheduler }), (m) => (m === 'slow' ? NEVER : of(m)));
    scheduler.flush();
    made.actor.send('slow');
    scheduler.flush();
    for (let n = 0; n < 10_000; n++) made.timers.start('one', `m${n}`, of(n));
    expect(made.actor.pending).toBe(1);
    made.timers.start('many', 'm', range(0, 10_000));
    expect(made.actor.pending).toBe(10_001);
    made.timers.cancel('many');
    expect(made.actor.pending).toBe(1);
  });
});
