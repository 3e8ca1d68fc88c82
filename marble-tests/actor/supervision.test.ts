import { map, mergeMap, of, throwError, timer, VirtualTimeScheduler } from 'rxjs';
import { Actor, actor, ActorSystem, ChildFailedError, restart, resume, stop, type Directive } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { deadLetters, failures, named, recorded } from '../fates.js';
import { marbles } from '../marbles.js';
import { unhandledErrors } from '../unhandled-errors.js';

/** Echoes its messages and fails with `x`. */
const fussy = (m: string) => {
  if (m === 'x') throw new Error('bad');
  return of(m);
};
const bad = new Error('bad');

describe('stop()', () => {
  it.each([
    ['by default', undefined],
    ['when told so', stop()],
  ])('F1.1 ends the actor with the error, %s; what waits is dead', (_, supervision) => {
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('  -(axbc)-d');
      const expected = '   -(a#)    ';
      const letters = '    -(xbc)--d';
      const dead = deadLetters(system);
      const failed = failures(system);
      const worker = system.actor(fussy, supervision && { supervision });
      inbox.subscribe((m) => worker.send(m));
      expectObservable(worker).toBe(expected, undefined, bad);
      expectObservable(worker.terminated).toBe('-(t|)', { t: { kind: 'failed', error: bad } });
      expectObservable(failed).toBe('          -f', { f: 'x stop' });
      expectObservable(dead).toBe(letters, named('x: x failed', 'b: b closed', 'c: c closed', 'd: d closed'));
    })();
  });

  it(
    'F1.2 reports an error that nobody hears',
    marbles(({ hot, system, expectObservable }) => {
      const errors = unhandledErrors();
      const worker = system.actor(fussy);
      // The feed tells what happened to messages; it is no one who waits for this actor.
      system.failures.subscribe();
      hot('                        -x').subscribe((m) => worker.send(m));
      expectObservable(errors).toBe('-e', { e: bad });
    }),
  );

  it.each(['observer', 'terminated', 'join', 'ask'] as const)(
    'F1.3 does not report an error that is heard: %s',
    (by) => {
      marbles(({ hot, system, expectObservable }) => {
        const errors = unhandledErrors();
        const worker = system.actor(fussy);
        if (by === 'observer') worker.subscribe({ error: () => undefined });
        if (by === 'terminated') worker.terminated.subscribe();
        if (by === 'join') worker.join().catch(() => undefined);
        if (by === 'ask') worker.ask('x').subscribe({ error: () => undefined });
        else hot('                     -x').subscribe((m) => worker.send(m));
        expectObservable(errors).toBe('-');
      })();
    },
  );

  it(
    'F1.2 reports it when the ask that fails is not the one that is heard',
    marbles(({ hot, system, expectObservable }) => {
      const errors = unhandledErrors();
      const worker = system.actor(fussy);
      hot('                        -x').subscribe((m) => {
        worker.send(m);
        worker.ask('a').subscribe({ error: () => undefined });
      });
      expectObservable(errors).toBe('-e', { e: bad });
    }),
  );

  it('F1.1 rejects join() with it', async () => {
    const worker = new ActorSystem().actor(fussy);
    const joined = worker.join();
    worker.send('x');
    await expect(joined).rejects.toThrow('bad');
  });
});

describe('resume()', () => {
  it(
    'F2.1 E8.3 loses the failing message alone, whichever way it fails; state and observers are kept',
    marbles(({ hot, cold, system, expectObservable }) => {
      const inbox = hot('  -a-x-y-b-');
      const expected = '   ia-----j-';
      const letters = '    ---x--y--';
      const dead = deadLetters(system);
      const failed = failures(system);
      const counter = system.statefulActor(
        (count: number, m: string) => {
          if (m === 'x') throw bad;
          return count + 1;
        },
        0,
        { supervision: resume() },
      );
      const later = system.actor(() => cold('-#'), { supervision: resume() });
      inbox.subscribe((m) => (m === 'y' ? later : counter).send(m));
      expectObservable(counter).toBe(expected, { i: 0, a: 1, j: 2 });
      expectObservable(dead).toBe(letters, named('x: x failed', 'y: y failed'));
      expectObservable(failed).toBe('---x--y--', { x: 'x resume', y: 'y resume' });
    }),
  );

  it(
    'F2 goes on after 10,000 failures',
    marbles(({ hot, system, expectObservable }) => {
      let failed = 0;
      system.failures.subscribe(() => failed++);
      const worker = system.actor(fussy, { supervision: resume() });
      hot('                         -a').subscribe((m) => {
        for (let n = 0; n < 10_000; n++) worker.send('x');
        worker.send(m);
      });
      expectObservable(worker.pipe(map((m) => [m, failed]))).toBe('-r', { r: ['a', 10_000] });
    }),
  );
});

describe('restart()', () => {
  it(
    'F2.2 F2.3 begins with the initial state, which observers get; the mailbox is kept',
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('   -a--b-----x');
      const expected = '    ij--k-----(ij)';
      const counter = system.statefulActor(
        (count: number, m: string) => {
          if (m === 'x') throw bad;
          return count + 1;
        },
        0,
        { supervision: restart() },
      );
      inbox.subscribe((m) => {
        counter.send(m);
        if (m === 'x') counter.send('c');
      });
      expectObservable(counter).toBe(expected, { i: 0, j: 1, k: 2 });
    }),
  );

  it(
    'F2 aborts the signal of the incarnation that failed and gives the next one another',
    marbles(({ hot, system, expectObservable }) => {
      const signals: AbortSignal[] = [];
      const worker = system.actor(
        (m: string, { signal }) => {
          signals.push(signal);
          return fussy(m);
        },
        { supervision: restart() },
      );
      hot('                       -a-x-b').subscribe((m) => worker.send(m));
      expectObservable(worker.pipe(map(() => signals.map(({ aborted }) => aborted)))).toBe('-a---b', {
        a: [false],
        b: [true, true, false],
      });
    }),
  );

  it(
    'F3.1 allows `limit` restarts within a sliding window; the next failure in it stops',
    marbles(({ hot, system, expectObservable }) => {
      // Within 10 ms: at 0 and 4, then at 10 and 14, when 0 and 4 have left the window, and 15 is one too many.
      const inbox = hot('  x---x-----x---xx');
      const expected = '   ---------------#';
      const worker = system.actor(fussy, { supervision: restart({ limit: 2, within: 10 }) });
      inbox.subscribe((m) => worker.send(m));
      expectObservable(worker).toBe(expected, undefined, bad);
    }),
  );

  it(
    'F3.1 allows none with a limit of 0, and counts the whole life without `within`',
    marbles(({ hot, system, expectObservable }) => {
      const none = system.actor(fussy, { supervision: restart({ limit: 0 }) });
      const two = system.actor(fussy, { supervision: restart({ limit: 2 }) });
      hot('-x 1s x 1s x 1s x').subscribe((m) => {
        none.send(m);
        two.send(m);
      });
      expectObservable(none).toBe('-#', undefined, bad);
      expectObservable(two).toBe(' -- 1s - 1s #', undefined, bad);
    }),
  );

  /** Fails 2 ms after each start without a message of its own to blame: by a child, or by a source that it consumes. */
  class Starting extends Actor<string, string> {
    starts = 0;
    by: 'child' | 'source' = 'child';

    protected override run() {
      this.starts++;
      const fault = timer(2).pipe(mergeMap(() => throwError(() => bad)));
      if (this.by === 'source') this.consume(fault);
      else actor(() => fault, { parent: this, name: 'child' }).send('work');
      return super.run();
    }

    protected override receive(message: string) {
      return [message];
    }
  }
  const errors = { child: new ChildFailedError('parent', 'child', { cause: bad }), source: bad };

  it.each(['child', 'source'] as const)(
    'F3.2 allows 10 in a row before the first message, also of failures that are not its own: of a %s',
    (by) => {
      marbles(({ hot, system, expectObservable }) => {
        // The message at 5 ends the first row: the second one begins with the start at 6.
        const sent = hot('  -----a');
        const end = hot('   39ms  k');
        const expected = '  -----a 22ms #';
        const starts = '    39ms  s';
        const parent = new Starting({ system, name: 'parent', supervision: restart() });
        parent.by = by;
        parent.start();
        sent.subscribe((m) => parent.send(m));
        end.subscribe(() => parent.kill());
        expectObservable(parent).toBe(expected, undefined, errors[by]);
        expectObservable(end.pipe(map(() => parent.starts))).toBe(starts, { s: 14 });
      })();
    },
  );

  it.each(['child', 'source'] as const)('F2 F6 goes on with resume() after such a failure: of a %s', (by) => {
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('  ---a');
      const end = hot('   -----k');
      const expected = '  ---a-|';
      const parent = new Starting({ system, name: 'parent', supervision: resume() });
      parent.by = by;
      parent.start();
      sent.subscribe((m) => parent.send(m));
      end.subscribe(() => parent.kill());
      expectObservable(parent).toBe(expected);
    })();
  });

  it(
    'F4.1 F4.3 waits min, then factor times as long, up to max; messages wait too',
    marbles(({ hot, system, expectObservable }) => {
      const failed = recorded(system.failures.pipe(map(() => 'x')));
      const worker = system.actor(fussy, { supervision: restart({ backoff: { min: 3_000, max: 30_000 } }) });
      hot('x').subscribe((m) => {
        for (let n = 0; n < 7; n++) worker.send(m);
        worker.send('a');
      });
      // 3, 6, 12, 24, 30, 30 seconds
      const expected = 'x 2999ms x 5999ms x 11999ms x 23999ms x 29999ms x 29999ms x';
      expectObservable(failed).toBe(expected);
      expectObservable(worker).toBe('135s a');
    }),
  );

  it(
    'F4.2 begins with min again after `max` without a failure',
    marbles(({ hot, system, expectObservable }) => {
      const worker = system.actor(fussy, { supervision: restart({ backoff: { min: 2, max: 6 } }) });
      // x at 0 waits until 2, x at 3 until 7, x at 13 is 6 after that: until 15.
      const inbox = hot('  xa-xb--------xc-');
      const expected = '   --a----b-------c';
      inbox.subscribe((m) => worker.send(m));
      expectObservable(worker).toBe(expected);
    }),
  );

  it('F4.1 lengthens the wait by jitter', () => {
    const scheduler = new VirtualTimeScheduler();
    const system = new ActorSystem({ scheduler, random: () => 0.5 });
    const worker = system.actor(fussy, { supervision: restart({ backoff: { min: 10, max: 20, jitter: 0.4 } }) });
    const frames: number[] = [];
    worker.subscribe(() => frames.push(scheduler.frame));
    for (const m of ['x', 'a', 'x', 'b']) worker.send(m);
    scheduler.flush();
    // 10 and a fifth, then 20 and a fifth
    expect(frames).toEqual([12, 36]);
  });

  it(
    'F4 lets an actor be closed and killed while it waits, and leaves no timer',
    marbles(({ hot, system, expectObservable }) => {
      const dead = deadLetters(system);
      const supervision = restart({ backoff: { min: 9, max: 9 } });
      const closing = system.actor(fussy, { supervision });
      const killing = system.actor(fussy, { supervision });
      hot('x-a---k').subscribe((m) => {
        if (m === 'k') {
          closing.close();
          killing.kill();
        } else {
          closing.send(m);
          killing.send(m);
        }
      });
      expectObservable(closing).toBe('---------(a|)');
      expectObservable(killing).toBe('------|');
      expectObservable(dead).toBe('   (xx)--a', named('x: x failed', 'a: a killed'));
    }),
  );

  it.each([
    ['options', 3, TypeError, 'an object, got `3` (number)'],
    ['options', null, TypeError, 'an object, got `null`'],
    ['limit', { limit: -1 }, RangeError, 'a whole number from 0 up, got `-1` (number)'],
    ['limit', { limit: 1.5 }, RangeError, 'a whole number from 0 up, got `1.5` (number)'],
    ['limit', { limit: '3' }, TypeError, "a whole number from 0 up, got `'3'` (string)"],
    ['within', { within: NaN }, RangeError, 'a finite number from 0 up, got `NaN` (number)'],
    ['backoff', { backoff: 3 }, TypeError, 'an object, got `3` (number)'],
    ['backoff.min', { backoff: {} }, TypeError, 'a finite number from 0 up, got `undefined`'],
    ['backoff.max', { backoff: { min: 3 } }, TypeError, 'a finite number from 3 up, got `undefined`'],
    ['backoff.max', { backoff: { min: 3, max: 2 } }, RangeError, 'a finite number from 3 up, got `2` (number)'],
    [
      'backoff.factor',
      { backoff: { min: 1, max: 2, factor: 0.5 } },
      RangeError,
      'a finite number from 1 up, got `0.5` (number)',
    ],
    [
      'backoff.jitter',
      { backoff: { min: 1, max: 2, jitter: -1 } },
      RangeError,
      'a finite number from 0 up, got `-1` (number)',
    ],
  ])('refuses a wrong option: %s in %o', (option, options, kind, wanted) => {
    expect(() => restart(options as never)).toThrow(kind);
    expect(() => restart(options as never)).toThrow(`Expected \`${option}\` to be ${wanted}.`);
  });
});

describe('a supervision that is a function', () => {
  it(
    'F3.1 counts only those restarts that have a limit',
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('  -xxyx-y');
      const expected = '   ------#';
      const worker = system.actor(
        (m: string) => {
          throw `bad ${m}`;
        },
        { supervision: (_, message) => restart(message === 'y' ? { limit: 1 } : {}) },
      );
      inbox.subscribe((m) => worker.send(m));
      expectObservable(worker).toBe(expected, undefined, 'bad y');
    }),
  );

  it(
    'F2 decides for each error and message',
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('  -ax-y-b-z');
      const expected = '   ij--i-j-#';
      const seen: unknown[] = [];
      const decide: Record<string, Directive> = { x: resume(), y: restart(), z: stop() };
      const counter = system.statefulActor(
        (count: number, m: string) => {
          if (m > 'w') throw `bad ${m}`;
          return count + 1;
        },
        0,
        {
          supervision: (error, message) => {
            seen.push([error, message]);
            return decide[String(message)];
          },
        },
      );
      inbox.subscribe((m) => counter.send(m));
      expectObservable(counter).toBe(expected, { i: 0, j: 1 }, 'bad z');
      expectObservable(hot('---------x').pipe(map(() => seen))).toBe('---------x', {
        x: [
          ['bad x', 'x'],
          ['bad y', 'y'],
          ['bad z', 'z'],
        ],
      });
    }),
  );

  it.each([
    ['throws', () => { throw 'decision'; }, 'decision'], // prettier-ignore
    [
      'returns nothing',
      () => undefined,
      new TypeError(
        'Expected `supervision` to be a function that returns stop(), resume() or restart(), got `undefined`.',
      ),
    ],
    [
      'returns something else',
      () => 'resume',
      new TypeError(
        "Expected `supervision` to be a function that returns stop(), resume() or restart(), got `'resume'` (string).",
      ),
    ],
  ])('F1 stops and is reported when it %s', (_, supervision, error) => {
    marbles(({ hot, system, expectObservable }) => {
      const errors = unhandledErrors();
      const worker = system.actor(fussy, { supervision: supervision as never });
      hot('                        -x').subscribe((m) => worker.send(m));
      expectObservable(worker).toBe('-#', undefined, bad);
      expectObservable(errors).toBe('-e', { e: error });
    })();
  });

  it(
    'F1 gets `undefined` for the message of an upstream that failed',
    marbles(({ hot, system, expectObservable }) => {
      const failed = failures(system);
      const worker = system.actor((m: string) => of(m), { supervision: resume() });
      hot('                      -a#').subscribe(worker);
      expectObservable(failed).toBe('--f', { f: 'undefined resume' });
      expectObservable(worker.ask('b'), '---^').toBe('---(b|)');
      expectObservable(worker).toBe('-a-b');
    }),
  );

  it('F1.1 keeps what was thrown as it is', async () => {
    for (const error of [undefined, null, 0, 'text', { plain: true }, new Error('e')]) {
      const worker = actor(() => throwError(() => error), { system: new ActorSystem() });
      worker.send('a');
      await expect(worker.join().catch((thrown: unknown) => [thrown])).resolves.toEqual([error]);
    }
  });
});
