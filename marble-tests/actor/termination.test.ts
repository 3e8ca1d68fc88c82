import { finalize, firstValueFrom, map, NEVER, Observable, of, take, throwError, toArray } from 'rxjs';
import { Actor, actor, ActorSystem, type Termination } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { deadLetters, named, recorded } from '../fates.js';
import { marbles } from '../marbles.js';
import { unhandledErrors } from '../unhandled-errors.js';

const closed = { kind: 'closed' };
const killed = (reason?: unknown) => ({ kind: 'killed', reason });

class Echo extends Actor<string, string> {
  protected override receive(message: string) {
    return of(message);
  }
}

describe('start', () => {
  it(
    'E1.1 processes what was sent before it',
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('  -ab-------c-');
      const start = hot('  ----x-x-----');
      const expected = '   ----(ab)--c-';
      const echo = new Echo({ system });
      inbox.subscribe((m) => echo.send(m));
      start.subscribe(() => echo.start());
      expectObservable(echo).toBe(expected);
    }),
  );

  it(
    'E1.2 does nothing for an actor that was closed before: it has ended at once, what waited is dead',
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('  -ab-----c');
      const close = hot('  ---x-----');
      const expected = '   ---|     ';
      const letters = '    ---(ab)-c';
      const dead = deadLetters(system);
      const echo = new Echo({ system });
      inbox.subscribe((m) => echo.send(m));
      close.subscribe(() => {
        echo.close();
        echo.start();
      });
      expectObservable(echo).toBe(expected);
      expectObservable(dead).toBe(letters, named('a: a closed', 'b: b closed', 'c: c closed'));
    }),
  );

  it('E1 makes `created` into `running`, close() that into `closing`, and the end that into `closed`', () => {
    const seen: string[] = [];
    marbles(({ hot, cold, system }) => {
      const worker = new (class extends Actor<string, string> {
        protected override receive() {
          seen.push(this.status);
          return cold('--|');
        }
      })({ system });
      hot('s-a-c-----').subscribe((m) => {
        seen.push(worker.status);
        if (m === 's') worker.start();
        else if (m === 'a') worker.send(m);
        else worker.close();
        seen.push(worker.status);
      });
      worker.subscribe({ complete: () => seen.push(worker.status) });
    })();
    expect(seen).toEqual(['created', 'running', 'running', 'running', 'running', 'running', 'closing', 'closed']);
  });
});

describe('close', () => {
  it(
    'E2.1 E2.2 lets everything sent before it be processed, and makes a dead letter of everything after',
    marbles(({ hot, cold, system, expectObservable }) => {
      const inbox = hot('  -a-bc-d-');
      const close = hot('  ----x---');
      const expected = '   ---a--b--c|';
      const letters = '    ------d-';
      const dead = deadLetters(system);
      const worker = system.actor((m: string) => cold('--m|', { m }));
      inbox.subscribe((m) => worker.send(m));
      close.subscribe(() => worker.close());
      expectObservable(worker).toBe(expected);
      expectObservable(worker.terminated).toBe('----------(t|)', { t: closed });
      expectObservable(dead).toBe(letters, named('d: d closed'));
    }),
  );

  it(
    'E2.3 twice is once, also from the behavior itself and after the end',
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('  -a-b-');
      const expected = '   -(a|)';
      const letters = '    ---b-';
      const dead = deadLetters(system);
      const worker = system.actor((m: string, { self }) => {
        self.close();
        self.close();
        return of(m);
      });
      inbox.subscribe((m) => {
        worker.send(m);
        if (m === 'b') worker.close();
      });
      expectObservable(worker).toBe(expected);
      expectObservable(dead).toBe(letters, named('b: b closed'));
    }),
  );

  it(
    'E2 ends an idle actor',
    marbles(({ hot, system, expectObservable }) => {
      const worker = system.actor(() => undefined);
      hot('                      ---x').subscribe(() => worker.close());
      expectObservable(worker).toBe('---|');
    }),
  );

  it(
    'E2.2 makes a dead letter of what the last message sends to its own actor',
    marbles(({ hot, system, expectObservable }) => {
      const dead = deadLetters(system);
      const worker = system.actor((_: string, { self }) => {
        self.close();
        self.send('b');
      });
      hot('                      -a').subscribe((m) => worker.send(m));
      expectObservable(dead).toBe('-b', named('b: b closed'));
    }),
  );

  it(
    'E2.1 drains a backlog of 10,000',
    marbles(({ cold, system, expectObservable }) => {
      let processed = 0;
      const worker = system.actor((n: number) => {
        processed++;
        return n === 0 ? cold('-|') : undefined;
      });
      for (let n = 0; n < 10_000; n++) worker.send(n);
      worker.close();
      expectObservable(worker.terminated.pipe(map(() => processed))).toBe('-(x|)', { x: 10_000 });
    }),
  );
});

describe('kill', () => {
  it(
    'E3.1 E3.2 unsubscribes the running work and makes dead letters of that message and of those that wait',
    marbles(({ hot, system, cold, expectObservable, expectSubscriptions }) => {
      const inbox = hot('  -ab---');
      const kill = hot('   ----x-');
      const work = cold('   --x--x--');
      const workSubs = '   -^--!  ';
      const expected = '   ---x|  ';
      const letters = '    ----(ab)';
      const dead = deadLetters(system);
      const worker = system.actor(() => work);
      inbox.subscribe((m) => worker.send(m));
      kill.subscribe(() => worker.kill('enough'));
      expectObservable(worker).toBe(expected);
      expectObservable(worker.terminated).toBe('----(t|)', { t: killed('enough') });
      expectObservable(dead).toBe(letters, named('a: a killed', 'b: b killed'));
      expectSubscriptions(work.subscriptions).toBe(workSubs);
    }),
  );

  it(
    'E3.1 aborts the signal of the context with its reason, and runs the teardown, before the end is told',
    marbles(({ hot, system, probe, expectMessages }) => {
      const log = probe<string>();
      const worker = system.actor((_: string, { signal }) => {
        signal.addEventListener('abort', () => log.send('s'));
        return NEVER.pipe(finalize(() => log.send('t')));
      });
      worker.subscribe({ complete: () => log.send('c') });
      worker.terminated.subscribe(() => log.send('e'));
      hot('                -a-x').subscribe((m) => {
        if (m === 'a') worker.send(m);
        else worker.kill();
      });
      expectMessages(log).toBe('---(stce)');
    }),
  );

  it(
    'E3.1 gives whoever asks for the signal only later an aborted one',
    marbles(({ hot, system, expectObservable }) => {
      const worker = system.actor((_: string, context) => {
        context.self.kill('enough');
        seen.next([context.signal.aborted, context.signal.reason]);
      });
      const seen = new (class {
        readonly values: unknown[] = [];
        next(value: unknown) {
          this.values.push(value);
        }
      })();
      hot('-a').subscribe((m) => worker.send(m));
      expectObservable(worker.terminated.pipe(map(() => seen.values))).toBe('-(x|)', { x: [[true, 'enough']] });
    }),
  );

  it.each([
    ['returns nothing', () => undefined],
    ['returns an Observable, which is not subscribed', () => fail],
    ['returns an array', () => [1]],
    ['throws', () => fail()],
  ])('E3.4 may come from the behavior itself, which then %s: the message is dead once', (kind, then) => {
    marbles(({ hot, system, expectObservable }) => {
      const errors = unhandledErrors();
      const dead = deadLetters(system);
      const worker = system.actor((_: string, { self }): any => {
        self.kill();
        const result: unknown = then();
        return result === fail ? new Observable(fail) : result;
      });
      hot('                        -(ab)').subscribe((m) => worker.send(m));
      expectObservable(worker).toBe('-|');
      expectObservable(worker.terminated).toBe('-(t|)', { t: killed() });
      expectObservable(dead).toBe('  -(ab)', named('a: a killed', 'b: b killed'));
      // What it throws after its own kill decides nothing any more, yet it is not swallowed.
      expectObservable(errors).toBe(kind === 'throws' ? '-e' : '-', { e: new Error('must not happen') });
    })();
  });

  it(
    'E3.3 E3.4 from the behavior itself interrupts its message, also one that was asked',
    marbles(({ hot, system, expectObservable }) => {
      const dead = deadLetters(system);
      const worker = system.actor((_: string, { self }) => self.kill(), { name: 'w' });
      const error = expect.objectContaining({ name: 'ActorClosedError', actor: 'w' });
      expectObservable(worker.ask('a'), '-^').toBe('-#', undefined, error);
      expectObservable(dead).toBe('-a', named('a: a killed'));
      expectObservable(hot('-')).toBe('-');
    }),
  );

  it(
    'E3.4 may come from the work, from an observer, from a teardown, from a supervision, from the feeds',
    marbles(({ hot, cold, system, expectObservable }) => {
      const dead = deadLetters(system);
      const kinds = ['work', 'observer', 'teardown', 'supervision', 'failures', 'letters'] as const;
      for (const kind of kinds) {
        const kill = (where: string) => where === kind && worker.kill(where);
        const worker: Actor<string, string> = system.actor(
          (m: string) =>
            new Observable<string>((subscriber) => {
              const inner = cold('-x').subscribe(() => {
                kill('work');
                if (kind === 'observer') subscriber.next(m);
                else if (kind === 'teardown') subscriber.complete();
                else subscriber.error(m);
              });
              return () => {
                kill('teardown');
                inner.unsubscribe();
              };
            }),
          {
            supervision: () => {
              kill('supervision');
              return { type: 'resume' };
            },
          },
        );
        system.failures.subscribe(({ message }) => message === `${kind} 1` && kill('failures'));
        system.deadLetters.subscribe(({ message }) => message === `${kind} 1` && kill('letters'));
        worker.subscribe(() => kill('observer'));
        hot('-a').subscribe(() => {
          worker.send(`${kind} 1`);
          worker.send(`${kind} 2`);
        });
        expectObservable(worker.terminated).toBe('--(t|)', { t: killed(kind) });
      }
      const fates = recorded(dead.pipe(map((letter) => letter.split(' '))));
      const reasons: Record<string, string> = {};
      fates.subscribe(([kind, n, reason]) => (reasons[`${kind} ${n}`] = `${reasons[`${kind} ${n}`] ?? ''}${reason}`));
      expectObservable(hot('---x').pipe(map(() => reasons))).toBe('---x', {
        x: {
          ...Object.fromEntries(kinds.map((kind) => [`${kind} 2`, 'killed'])),
          'work 1': 'killed',
          'observer 1': 'killed',
          'teardown 1': 'killed',
          'supervision 1': 'failed',
          'failures 1': 'failed',
          'letters 1': 'failed',
        },
      });
    }),
  );

  it(
    'E3.3 is no failure: observers complete, and only the first reason counts',
    marbles(({ hot, system, expectObservable }) => {
      const errors = unhandledErrors();
      const worker = system.actor(() => NEVER);
      hot('                      -ak').subscribe((m) => {
        if (m === 'a') worker.send(m);
        else {
          worker.kill(new Error('first'));
          worker.kill(new Error('second'));
          worker.close();
        }
      });
      expectObservable(worker).toBe('--|');
      expectObservable(worker.terminated).toBe('--(t|)', { t: killed(new Error('first')) });
      expectObservable(errors).toBe('-');
    }),
  );

  it(
    'E3 ends an actor that is closing, is not started, or has a backlog of 10,000',
    marbles(({ hot, system, expectObservable }) => {
      let dead = 0;
      system.deadLetters.subscribe(() => dead++);
      const closing = system.actor(() => NEVER);
      const unstarted = new Actor<string>({ system });
      const busy = system.actor(() => NEVER);
      hot('-a-k').subscribe((m) => {
        if (m === 'k') {
          for (const each of [closing, unstarted, busy]) each.kill();
          return;
        }
        closing.send(m);
        closing.close();
        unstarted.send(m);
        for (let n = 0; n < 10_000; n++) busy.send(m);
      });
      for (const each of [closing, unstarted, busy]) expectObservable(each).toBe('---|');
      expectObservable(hot('----x').pipe(map(() => dead))).toBe('----x', { x: 10_002 });
    }),
  );

  it(
    'E3 comes by the signal of the options, also one that is aborted already',
    marbles(({ hot, system, expectObservable }) => {
      const controller = new AbortController();
      const worker = system.actor(() => NEVER, { signal: controller.signal });
      hot('                                 --x').subscribe(() => controller.abort('enough'));
      expectObservable(worker.terminated).toBe('--(t|)', { t: killed('enough') });
      const late = system.actor(() => NEVER, { signal: AbortSignal.abort('before') });
      expectObservable(late.terminated).toBe('(t|)', { t: killed('before') });
      expectObservable(of(late.status, late.trySend('a'))).toBe('(sf|)', { s: 'closed', f: false });
    }),
  );

  it('E9 leaves no listener on the signal of an actor that has ended', () => {
    const listeners = new Set<unknown>();
    const { signal } = new AbortController();
    signal.addEventListener = (_: string, listener: unknown) => void listeners.add(listener);
    signal.removeEventListener = (_: string, listener: unknown) => void listeners.delete(listener);
    const system = new ActorSystem();
    const actors = Array.from({ length: 3 }, () => new Actor({ system, signal }));
    expect(listeners.size).toBe(3);
    for (const each of actors) each.close();
    expect(listeners.size).toBe(0);
  });
});

describe('the end', () => {
  it(
    'E4.2 E4.3 shows on terminated before and after it, once, and to everyone',
    marbles(({ hot, system, expectObservable }) => {
      const cases: [Actor<string, unknown>, Termination][] = [
        [system.actor(() => undefined), { kind: 'closed' }],
        [system.actor(() => undefined), { kind: 'killed', reason: 'enough' }],
        [system.actor(() => throwError(() => 'broken')), { kind: 'failed', error: 'broken' }],
      ];
      for (const [worker, termination] of cases) {
        hot('--x').subscribe(() => {
          if (termination.kind === 'closed') worker.close();
          else if (termination.kind === 'killed') worker.kill(termination.reason);
          else worker.send('a');
        });
        expectObservable(worker.terminated, '^    ').toBe('--(t|)', { t: termination });
        expectObservable(worker.terminated, '-^   ').toBe('--(t|)', { t: termination });
        expectObservable(worker.terminated, '-----^').toBe('-----(t|)', { t: termination });
        expectObservable(worker.terminated, '^!').toBe('-');
      }
    }),
  );

  it.each(['close', 'kill', 'fail'] as const)('E4.3 E3.3 settles join() before and after the end: %s', async (how) => {
    const system = new ActorSystem();
    const worker = system.actor((_: string) => throwError(() => 'broken'));
    const early = worker.join();
    if (how === 'fail') worker.send('a');
    else worker[how]();
    const late = early.catch(() => undefined).then(() => worker.join());
    const settled = await Promise.allSettled([early, worker.join(), late]);
    const expected =
      how === 'fail' ? { status: 'rejected', reason: 'broken' } : { status: 'fulfilled', value: undefined };
    expect(settled).toEqual([expected, expected, expected]);
  });

  it('E4.1 settles join() after the last teardown has run', async () => {
    const log: string[] = [];
    const system = new ActorSystem();
    const worker = system.actor(() => NEVER.pipe(finalize(() => log.push('teardown'))));
    worker.send('a');
    await Promise.resolve();
    const joined = worker.join().then(() => log.push('joined'));
    worker.kill();
    await joined;
    expect(log).toEqual(['teardown', 'joined']);
  });

  it('E4.4 gives a million joins one Promise', () => {
    const worker = new ActorSystem().actor(() => undefined);
    const joins = new Set<Promise<void>>();
    for (let n = 0; n < 1_000_000; n++) joins.add(worker.join());
    expect(joins.size).toBe(1);
  });

  it('E4 comes at the end of an `await using` block, with what was sent before processed', async () => {
    const outputs: string[] = [];
    const system = new ActorSystem();
    {
      await using worker = system.actor((m: string) => of(m));
      worker.subscribe((m) => outputs.push(m));
      worker.send('a');
      worker.send('b');
    }
    expect(outputs).toEqual(['a', 'b']);
    expect(system.actors).toEqual([]);
  });

  it('E4 rejects an `await using` block with the failure that ended the actor', async () => {
    const block = async () => {
      await using worker = new ActorSystem().actor(() => throwError(() => new Error('broken')));
      worker.send('a');
    };
    await expect(block()).rejects.toThrow('broken');
  });

  it(
    'E4 goes on telling the others when one who waits for it throws',
    marbles(({ hot, system, expectObservable }) => {
      const errors = unhandledErrors();
      const worker = system.actor(() => undefined);
      worker.terminated.subscribe(() => {
        throw 'e';
      });
      hot('                                  -x').subscribe(() => worker.close());
      expectObservable(worker.terminated).toBe('-(t|)', { t: closed });
      expectObservable(errors).toBe('        -e');
    }),
  );

  it(
    'E9.1 takes the actor out of its system, which lists those that live in it',
    marbles(({ hot, system, expectObservable }) => {
      const [first, second, third] = ['1', '2', '3'].map((name) => system.actor(() => undefined, { name }));
      const names = hot('-a-b-c-d').pipe(map(() => system.actors.map(({ name }) => name).join()));
      hot('               --x-y-z-').subscribe((m) => ({ x: second, y: first, z: third })[m]!.kill());
      expectObservable(names).toBe('-a-b-c-d', { a: '3,2,1', b: '3,1', c: '3', d: '' });
    }),
  );

  it('E9.1 E9.3 closes the actors of a system with it, and that never rejects', async () => {
    const errors = unhandledErrors();
    const system = new ActorSystem();
    const outputs: string[] = [];
    const echo = new Echo({ system }).start();
    const broken = system.actor(() => throwError(() => 'broken'));
    const generator = system.generatorActor(function* () {
      try {
        yield;
      } finally {
        throw 'finally';
      }
    });
    const unstarted = new Echo({ system });
    echo.subscribe((m) => outputs.push(m));
    echo.send('a');
    broken.send('a');
    await expect(system.close()).resolves.toBeUndefined();
    expect(outputs).toEqual(['a']);
    expect([echo, broken, generator, unstarted].map(({ status }) => status)).toEqual(Array(4).fill('closed'));
    expect(() => actor(() => undefined, { system })).toThrow(
      'System "system" is closed; nothing new can be made in it.',
    );
    const heard = await firstValueFrom(errors.pipe(take(2), toArray()));
    expect(heard.sort()).toEqual(['broken', 'finally']);
  });
});

function fail(): never {
  throw new Error('must not happen');
}
