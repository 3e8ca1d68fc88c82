import { catchError, finalize, map, NEVER, of, take, throwError, VirtualTimeScheduler, type Observable } from 'rxjs';
import { ActorClosedError, ActorSystem, AskTimeoutError, MailboxFullError, resume } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { deadLetters, named } from '../fates.js';
import { marbles } from '../marbles.js';
import { unhandledErrors } from '../unhandled-errors.js';

describe('ask', () => {
  it(
    'A1.1 sends when it is subscribed, once for each subscription',
    marbles(({ cold, system, expectObservable }) => {
      const first = '    --^-----';
      const second = '   ----^---';
      const expected1 = '---x|   ';
      const expected2 = '-----x| ';
      const outputs = '  ---x-x--';
      const worker = system.actor(() => cold('-x|'));
      const ask = worker.ask('a');
      expectObservable(worker).toBe(outputs);
      expectObservable(ask, first).toBe(expected1);
      expectObservable(ask, second).toBe(expected2);
    }),
  );

  it(
    'A1.2 emits the outputs of its own message and completes when that has been processed',
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot(' -a--------b-');
      const asked = '    --^         ';
      const expected = ' -----c-d|   ';
      const outputs = '  --a--c-d---b';
      const work: Record<string, Observable<string>> = {
        a: cold('         -a-|'),
        c: cold('            -c-d|'),
        b: cold('                     -b|'),
      };
      const worker = system.actor((m: string) => work[m]);
      sent.subscribe((m) => worker.send(m));
      expectObservable(worker).toBe(outputs);
      expectObservable(worker.ask('c'), asked).toBe(expected);
    }),
  );

  it(
    'A1.2 completes without a value when the behavior returns nothing',
    marbles(({ system, expectObservable }) => {
      const worker = system.actor(() => undefined);
      expectObservable(worker.ask('a'), '--^').toBe('--|');
    }),
  );

  it(
    'A1 never completes when the work never does',
    marbles(({ cold, system, expectObservable, expectSubscriptions }) => {
      const work = cold('  -x--- ');
      const workSubs = '   --^---';
      const expected = '   ---x--';
      const worker = system.actor(() => work);
      expectObservable(worker.ask('a'), '--^').toBe(expected);
      expectSubscriptions(work.subscriptions).toBe(workSubs);
    }),
  );

  it(
    'A2.1 errors with what the behavior throws, at once or later, as it is',
    marbles(({ cold, system, expectObservable }) => {
      const worker = system.actor(
        (m: string) => {
          if (m === 'now') throw 'thrown';
          if (m === 'later') return cold('-x#', undefined, 'failed');
          throw undefined;
        },
        { supervision: resume() },
      );
      expectObservable(worker.ask('now'), '      -^      ').toBe('-#  ', undefined, 'thrown');
      expectObservable(worker.ask('later'), '    --^     ').toBe('---x#', undefined, 'failed');
      const caught = worker.ask('undefined').pipe(catchError((error: unknown) => of(error)));
      expectObservable(caught, '              ------^ ').toBe('------(u|)', { u: undefined });
    }),
  );

  it(
    'A2.2 errors with ActorClosedError at once when the actor has ended',
    marbles(({ system, expectObservable }) => {
      const closed = system.actor(() => undefined, { name: 'closed' });
      const killed = system.actor(() => undefined, { name: 'killed' });
      killed.kill('enough');
      closed.close();
      expectObservable(closed.ask('a'), '--^').toBe('--#', undefined, new ActorClosedError('closed'));
      expectObservable(killed.ask('a'), '--^').toBe(
        '--#',
        undefined,
        new ActorClosedError('killed', { cause: 'enough' }),
      );
    }),
  );

  it(
    'A2.2 errors with ActorClosedError when the actor is killed or fails first',
    marbles(({ cold, system, expectObservable }) => {
      const killed = system.actor(() => NEVER, { name: 'killed' });
      const failed = system.actor(() => cold('--#'), { name: 'failed' });
      expectObservable(killed.ask('a'), '-^').toBe('-----#', undefined, new ActorClosedError('killed'));
      expectObservable(killed.ask('b'), '-^').toBe('-----#', undefined, new ActorClosedError('killed'));
      cold('-----x').subscribe(() => killed.kill());
      expectObservable(failed.ask('a'), '-^').toBe('---#');
      expectObservable(failed.ask('b'), '-^').toBe(
        '---#',
        undefined,
        new ActorClosedError('failed', { cause: 'error' }),
      );
      expectObservable(failed).toBe('---#');
    }),
  );

  it('A2 keeps what ended the actor as the cause of the ActorClosedError', () => {
    const errors: unknown[] = [];
    marbles(({ system }) => {
      const worker = system.actor(() => throwError(() => 'broken'));
      worker.subscribe({ error: () => undefined });
      for (const m of ['a', 'b']) worker.ask(m).subscribe({ error: (error: unknown) => errors.push(error) });
    })();
    expect(errors).toEqual(['broken', expect.objectContaining({ name: 'ActorClosedError', cause: 'broken' })]);
  });

  it(
    'A2 answers what was asked before a close',
    marbles(({ cold, system, expectObservable }) => {
      const worker = system.actor((m: string) => cold('--m|', { m }));
      expectObservable(worker.ask('a'), '-^').toBe('---a|');
      expectObservable(worker.ask('b'), '-^').toBe('------b|');
      cold('                              --x').subscribe(() => worker.close());
      expectObservable(worker.terminated).toBe('  -------(t|)', { t: { kind: 'closed' } });
    }),
  );

  it(
    'A2.3 errors with AskTimeoutError at its timeout, while it waits and during its turn',
    marbles(({ cold, system, expectObservable, expectSubscriptions }) => {
      const worker = system.actor((m: string) => (m === 'c' ? of('c') : work), { name: 'slow' });
      const work = cold('               --x-----');
      const workSubs = '                -^----!  ';
      const error = new AskTimeoutError('slow', 5);
      expectObservable(worker.ask('a', { timeout: 5 }), '-^').toBe('---x--#', undefined, error);
      expectObservable(worker.ask('b', { timeout: 3 }), '-^').toBe('----#', undefined, new AskTimeoutError('slow', 3));
      expectObservable(worker.ask('c', { timeout: 9 }), '-^').toBe('------(c|)');
      expectSubscriptions(work.subscriptions).toBe(workSubs);
    }),
  );

  it(
    'A2.3 does not time out once it has completed',
    marbles(({ cold, system, expectObservable }) => {
      const worker = system.actor(() => cold('-x|'));
      expectObservable(worker.ask('a', { timeout: 3 }), '-^').toBe('--x|');
      expectObservable(worker.ask('a', { timeout: 0 }), '-----^').toBe(
        '-----#',
        undefined,
        expect.any(AskTimeoutError),
      );
    }),
  );

  it.each(['drop-newest', 'drop-oldest'] as const)(
    'A2.4 errors with MailboxFullError when the mailbox drops it: %s',
    (overflow) => {
      marbles(({ system, expectObservable }) => {
        const worker = system.actor(() => NEVER, { name: 'full', mailbox: { capacity: 1, overflow } });
        const error = new MailboxFullError('full', 1);
        const dropped = '----#';
        const kept = '   -----';
        const letters = deadLetters(system);
        expectObservable(worker.ask('a'), '-^   ').toBe('-----');
        expectObservable(worker.ask('b'), '--^  ').toBe(overflow === 'drop-oldest' ? dropped : kept, undefined, error);
        expectObservable(worker.ask('c'), '----^').toBe(overflow === 'drop-oldest' ? kept : dropped, undefined, error);
        expectObservable(letters).toBe('----x', { x: overflow === 'drop-oldest' ? 'b overflow' : 'c overflow' });
      })();
    },
  );

  it(
    'A3.1 takes the message out of the mailbox and out of pending when it is unsubscribed before its turn',
    marbles(({ cold, hot, system, expectObservable, expectSubscriptions }) => {
      const work = cold('   ------|       ');
      const workSubs = ['   -^-----!      ', '-------^-----!'];
      const looks = hot('   --x--x--x     ');
      const pending = '     --2--1--0     ';
      const worker = system.actor(() => work);
      hot('                 -a            ').subscribe((m) => worker.send(m));
      expectObservable(worker.ask('b'), '--^-!').toBe('-----');
      expectObservable(worker.ask('c'), '--^').toBe('-------------|');
      expectObservable(looks.pipe(map(() => String(worker.pending)))).toBe(pending);
      expectSubscriptions(work.subscriptions).toBe(workSubs);
    }),
  );

  it(
    'A3.2 unsubscribes its work during its turn, and the actor goes on to the next message',
    marbles(
      ({ cold, hot, system, expectObservable, expectSubscriptions }) => {
        const work = cold('   --x-x-x      ');
        const workSubs = ['   -^---!       ', '-----^-------'];
        const asked = '       -^---!       ';
        const expected = '    ---x-        ';
        const outputs = '     ---x---x-x-x-';
        const letters = deadLetters(system);
        const worker = system.actor(() => work);
        expectObservable(worker).toBe(outputs);
        expectObservable(worker.ask('a'), asked).toBe(expected);
        hot('                 --b          ').subscribe((m) => worker.send(m));
        expectObservable(letters).toBe('-');
        expectSubscriptions(work.subscriptions).toBe(workSubs);
      },
      { mayRemain: 'anything' },
    ),
  );

  it(
    'A3.3 cancels what would have come after the first output when only that is taken',
    marbles(({ cold, system, expectObservable, expectSubscriptions }) => {
      const work = cold('   --x-x|');
      const workSubs = '    -^-!  ';
      const expected = '    ---(x|)';
      const worker = system.actor(() => work);
      expectObservable(worker.ask('a').pipe(take(1)), '-^').toBe(expected);
      expectSubscriptions(work.subscriptions).toBe(workSubs);
    }),
  );

  it.each([
    ['an array', () => [1, 2, 3]],
    ['an Observable', () => of(1, 2, 3)],
    ['an iterable', () => new Set([1, 2, 3])],
  ])('A3.3 stops synchronous work after the output that was enough: %s', (_, behavior) => {
    marbles(({ hot, system, expectObservable }) => {
      const worker = system.actor(behavior);
      hot('                -a').subscribe(() => worker.ask('a').pipe(take(2)).subscribe());
      expectObservable(worker.pipe(map(String))).toBe('-(12)');
    })();
  });

  it(
    'A3.2 aborts the signal of its own message alone',
    marbles(
      ({ hot, system, expectObservable }) => {
        const seen: AbortSignal[] = [];
        const looks = hot('  ------x--');
        const expected = '   ------x--';
        const worker = system.actor((_: string, { signal }) => {
          seen.push(signal);
          return NEVER;
        });
        expectObservable(worker.ask('a'), '-^--!').toBe('-----');
        hot('--b').subscribe((m) => worker.send(m));
        expectObservable(looks.pipe(map(() => seen.map(({ aborted }) => aborted)))).toBe(expected, {
          x: [true, false],
        });
      },
      { mayRemain: 'anything' },
    ),
  );

  it(
    'A3.1 A3.2 errors with the reason of its signal and takes the message back: before, while it waits and during its turn',
    marbles(({ cold, hot, system, expectObservable, expectSubscriptions }) => {
      const controller = new AbortController();
      const { signal } = controller;
      const work = cold('        --------');
      const workSubs = '         -^--!   ';
      const worker = system.actor(() => work);
      cold('                     ----x   ').subscribe(() => controller.abort('enough'));
      expectObservable(worker.ask('a', { signal }), '-^').toBe('----#', undefined, 'enough');
      expectObservable(worker.ask('b', { signal }), '-^').toBe('----#', undefined, 'enough');
      expectObservable(worker.ask('c', { signal }), '------^').toBe('------#', undefined, 'enough');
      expectObservable(hot('---x-y').pipe(map(() => String(worker.pending)))).toBe('---1-0');
      expectSubscriptions(work.subscriptions).toBe(workSubs);
    }),
  );

  it('A3 starts the next message at once when the Promise of a cancelled one is still pending', async () => {
    const system = new ActorSystem();
    const worker = system.actor((m: string, { signal }) =>
      m === 'slow' ? new Promise<string>(() => {}) : Promise.resolve(`${m} ${signal.aborted}`),
    );
    const outputs: string[] = [];
    worker.subscribe((output) => outputs.push(output));
    const slow = worker.ask('slow').subscribe();
    worker.send('next');
    await Promise.resolve();
    slow.unsubscribe();
    worker.close();
    await worker.join();
    expect(outputs).toEqual(['next false']);
  });

  it('A4 leaves nothing behind when thousands time out, are cancelled or aborted behind one slow message', () => {
    const scheduler = new VirtualTimeScheduler();
    const system = new ActorSystem({ scheduler });
    const worker = system.actor(() => NEVER);
    const listeners = new Set<unknown>();
    const { signal } = countingController(listeners);
    const counts = { timedOut: 0, cancelled: 0 };
    worker.send('slow');
    scheduler.flush();
    for (let n = 0; n < 5000; n++) {
      worker.ask('a', { timeout: 10 + (n % 7), signal }).subscribe({
        error: (error: unknown) => {
          if (error instanceof AskTimeoutError) counts.timedOut++;
        },
      });
      const cancelled = worker.ask('b', { timeout: 1e9, signal }).subscribe({ error: () => undefined });
      cancelled.add(() => counts.cancelled++);
      if (n % 2 === 0) cancelled.unsubscribe();
      else scheduler.schedule(() => cancelled.unsubscribe(), n % 20);
    }
    expect(worker.pending).toBe(7500);
    scheduler.flush();
    expect({
      ...counts,
      pending: worker.pending,
      actions: scheduler.actions.length,
      listeners: listeners.size,
    }).toEqual({
      timedOut: 5000,
      cancelled: 5000,
      pending: 0,
      actions: 0,
      listeners: 0,
    });
    expect(scheduler.frame).toBeLessThan(1000);
  });

  it('A4 leaves neither timer nor listener behind when it completes, fails, or is dropped', () => {
    const scheduler = new VirtualTimeScheduler();
    const system = new ActorSystem({ scheduler });
    const worker = system.actor((m: string) => (m === 'fail' ? throwError(() => m) : of(m)), {
      supervision: resume(),
      mailbox: { capacity: 3 },
    });
    const listeners = new Set<unknown>();
    const { signal } = countingController(listeners);
    const ends: string[] = [];
    for (const m of ['ok', 'fail', 'ok', 'dropped']) {
      worker.ask(m, { timeout: 1e9, signal }).subscribe({
        error: (error: unknown) => ends.push(error instanceof Error ? error.name : String(error)),
        complete: () => ends.push(m),
      });
    }
    scheduler.flush();
    expect(ends).toEqual(['MailboxFullError', 'ok', 'fail', 'ok']);
    expect({ actions: scheduler.actions.length, listeners: listeners.size }).toEqual({ actions: 0, listeners: 0 });
    expect(scheduler.frame).toBeLessThan(1000);
  });

  it(
    'waits for room when it is told so, and can be cancelled or time out there',
    marbles(({ cold, system, expectObservable, hot }) => {
      const worker = system.actor((m: string) => cold('----m|', { m }), { name: 'full', mailbox: { capacity: 1 } });
      const whenFull = 'wait';
      //                                                              a: 1 to 6, b: 6 to 11, e: 11 to 16
      hot('                                               -ab').subscribe((m) => worker.send(m));
      expectObservable(worker.ask('c', { whenFull }), '             ---^-!').toBe('-----');
      expectObservable(worker.ask('d', { whenFull, timeout: 1 }), ' ----^').toBe(
        '-----#',
        undefined,
        new AskTimeoutError('full', 1),
      );
      expectObservable(worker.ask('e', { whenFull }), '             ----^').toBe('---------------e|');
      expectObservable(worker).toBe('-----a----b----e');
    }),
  );

  it(
    'may ask again from each of its own callbacks',
    marbles(({ hot, system, expectObservable }) => {
      const outputs = '   -(abc)';
      const worker = system.actor((m: string) => of(m));
      const ask = (m: string) => worker.ask(m).subscribe();
      expectObservable(worker).toBe(outputs);
      hot('               -x').subscribe(() => {
        worker.ask('a').subscribe({ next: () => ask('b'), complete: () => ask('c') });
      });
    }),
  );

  it(
    'may kill the actor from each of its own callbacks',
    marbles(({ hot, system, expectObservable }) => {
      const letters = deadLetters(system);
      for (const from of ['next', 'complete', 'error', 'finalize'] as const) {
        const worker = system.actor((m: string) => (from === 'error' ? throwError(() => m) : of(m)), {
          supervision: resume(),
        });
        const kill = () => worker.kill();
        hot('                           -x').subscribe(() => {
          const ask = worker.ask(from).pipe(finalize(() => from === 'finalize' && kill()));
          if (from === 'finalize') ask.subscribe();
          else ask.subscribe({ error: () => undefined, [from]: kill });
        });
        expectObservable(worker).toBe(from === 'next' ? '-(n|)' : from === 'error' ? '-|' : '-(m|)', {
          n: from,
          m: from,
        });
      }
      // The one killed from its output was interrupted, the one that failed has failed; the others had been processed.
      expectObservable(letters).toBe('-(ne)', named('n: next killed', 'e: error failed'));
    }),
  );

  it(
    'F5 harms the actor as little as any observer when its callbacks throw',
    marbles(({ hot, system, expectObservable }) => {
      const errors = '     -(nc)';
      const outputs = '    -(ab)';
      const reported = unhandledErrors();
      const worker = system.actor((m: string) => of(m));
      hot('                -x').subscribe(() => {
        worker.ask('a').subscribe({
          next: () => {
            throw 'n';
          },
          complete: () => {
            throw 'c';
          },
        });
        worker.send('b');
      });
      expectObservable(worker).toBe(outputs);
      expectObservable(reported).toBe(errors);
    }),
  );

  it(
    'E8 counts a message once that its asker cancels while the behavior is on the stack',
    marbles(({ hot, system, expectObservable }) => {
      const letters = deadLetters(system);
      for (const after of ['throws', 'returns', 'kills']) {
        const worker = system.actor(
          (_: string, { self }) => {
            asked.unsubscribe();
            if (after === 'throws') throw new Error('late');
            if (after === 'kills') self.kill();
          },
          { supervision: resume() },
        );
        const asked = worker.ask(after).subscribe();
      }
      hot('-a').subscribe();
      // All three are cancelled by their askers, which is their fate.
      expectObservable(letters).toBe('-');
    }),
  );

  it.each([
    ['options', 3, TypeError, 'an object, got `3` (number)'],
    ['options', null, TypeError, 'an object, got `null`'],
    ['timeout', { timeout: '3' }, TypeError, "a finite number from 0 up, got `'3'` (string)"],
    ['timeout', { timeout: -1 }, RangeError, 'a finite number from 0 up, got `-1` (number)'],
    ['timeout', { timeout: NaN }, RangeError, 'a finite number from 0 up, got `NaN` (number)'],
    ['timeout', { timeout: Infinity }, RangeError, 'a finite number from 0 up, got `Infinity` (number)'],
    ['signal', { signal: {} }, TypeError, 'an AbortSignal, got an object'],
    ['signal', { signal: new AbortController() }, TypeError, 'an AbortSignal, got an instance of `AbortController`'],
    ['whenFull', { whenFull: 'block' }, TypeError, "'drop' or 'wait', got `'block'` (string)"],
  ])('refuses a wrong option at once: %s in %o', (option, options, kind, wanted) => {
    const worker = new ActorSystem().actor(() => undefined);
    expect(() => worker.ask('a', options as never)).toThrow(kind);
    expect(() => worker.ask('a', options as never)).toThrow(`Expected \`${option}\` to be ${wanted}.`);
    expect(worker.pending).toBe(0);
  });
});

/** A controller that notes who listens to its signal. */
function countingController(listeners: Set<unknown>): AbortController {
  const controller = new AbortController();
  const { signal } = controller;
  signal.addEventListener = (_: string, listener: unknown) => void listeners.add(listener);
  signal.removeEventListener = (_: string, listener: unknown) => void listeners.delete(listener);
  return controller;
}
