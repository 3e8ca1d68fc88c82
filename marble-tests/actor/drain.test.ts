import {
  concat,
  concatWith,
  map,
  merge,
  NEVER,
  Observable,
  of,
  Subject,
  take,
  takeUntil,
  throwError,
  timer,
  VirtualTimeScheduler,
  type ObservableInput,
} from 'rxjs';
import {
  Actor,
  actor,
  ActorClosedError,
  ActorExit,
  ActorSystem,
  generatorActor,
  restart,
  resume,
  type ActorContext,
} from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { LOAD } from '../../src/internal/loaded.js';
import { deadLetters, named } from '../fates.js';
import { marbles } from '../marbles.js';
import { unhandledErrors } from '../unhandled-errors.js';

/** Lets everything happen that waits for nothing but Promises. */
async function settle(): Promise<void> {
  for (let n = 0; n < 50; n++) await Promise.resolve();
}

describe('what is on the stack when its actor ends, or its asker leaves', () => {
  it.each<[who: string, cancels: boolean, reported: number]>([
    ['its asker has cancelled it, who wants to know nothing more', true, 0],
    ['its actor was killed, which is no reason to swallow it', false, 1],
  ])('A3 F1 a Promise that it returns and that is rejected: %s', async (_, cancels, reported) => {
    const errors: unknown[] = [];
    unhandledErrors().subscribe((error) => errors.push(error));
    const cancel = new Subject<void>();
    const worker = new ActorSystem().actor(async (m: string, { self }) => {
      if (m === 'b') return;
      if (cancels) cancel.next();
      else self.kill();
      throw new Error('too late');
    });
    const asked = worker.ask('a').subscribe({ error: () => undefined });
    cancel.subscribe(() => asked.unsubscribe());
    await settle();
    await new Promise((resolve) => setTimeout(resolve));
    await new Promise((resolve) => setTimeout(resolve));
    expect({ errors: errors.length, status: worker.status }).toEqual({
      errors: reported,
      status: cancels ? 'running' : 'closed',
    });
  });

  it(
    'E6 an ActorExit that it throws, having killed its actor, is nothing that anybody has to hear',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('     -a');
      const letters = '      -k';
      const outputs = '      -|';
      const unhandled = '    --';
      const worker = system.actor((_: string, { self }) => {
        self.kill();
        throw new ActorExit(self.name);
      });
      expectObservable(deadLetters(system)).toBe(letters, named('k: a killed'));
      expectObservable(unhandledErrors()).toBe(unhandled);
      sent.subscribe(worker);
      expectObservable(worker).toBe(outputs);
    }),
  );
});

describe('an actor without any options', () => {
  it(
    'F1 is ended by a failure',
    marbles(({ hot, expectObservable }) => {
      const sent = hot('  -a-b');
      const outputs = '   ---#';
      const bad = new Error('bad');
      const worker = actor((m: string) => {
        if (m === 'b') throw bad;
      });
      sent.subscribe(worker);
      expectObservable(worker).toBe(outputs, undefined, bad);
    }),
  );
});

describe('the children of an actor without any options', () => {
  it(
    'F2 F6 restart each for itself',
    marbles(({ hot, cold, probe, expectMessages }) => {
      const sent = hot('  -a-x-b');
      const work = cold('  -------|');
      const restarted = ' ---r--';
      const log = probe<string>();
      const parent = actor((_: string) => undefined);
      const fussy = (m: string) => {
        if (m === 'x') throw new Error('bad');
        return undefined;
      };
      const child = actor(fussy, { parent, supervision: restart(), beforeRestart: () => log.send('r') });
      const sibling = actor((_: string) => work, { parent, beforeRestart: () => log.send('s') });
      sibling.send('a');
      sent.subscribe((m) => child.send(m));
      expectMessages(log).toBe(restarted);
      cold('              ----------x').subscribe(() => parent.close());
    }),
  );
});

describe('a restart', () => {
  it(
    'E3 F2 goes no further when the teardown of a timer kills the actor',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const sent = hot('   -s-x-a');
      const handled = '    -s-x--';
      const letters = '    ---f-c';
      const ended = '      ---(t|)';
      const log = probe<string>();
      const behavior = (m: string, { timers, self }: ActorContext<string>) => {
        log.send(m);
        if (m === 'x') throw new Error('bad');
        timers.start('never', 'tick', new Observable(() => () => self.kill('by a teardown')));
      };
      const worker = system.actor(behavior, { supervision: restart() });
      expectObservable(deadLetters(system)).toBe(letters, named('f: x failed', 'c: a closed'));
      sent.subscribe((m) => worker.send(m));
      expectMessages(log).toBe(handled);
      expectObservable(worker.terminated).toBe(ended, { t: { kind: 'killed', reason: 'by a teardown' } });
    }),
  );
});

describe('a restart that waits', () => {
  it('E7 waits for nothing when the teardown of a timer kills the actor', () => {
    const scheduler = new VirtualTimeScheduler();
    const system = new ActorSystem({ scheduler });
    const worker = system.actor(
      (m: string, { timers, self }) => {
        timers.start('never', 'tick', new Observable(() => () => self.kill()));
        return timer(5, scheduler).pipe(concatWith(throwError(() => new Error(m))));
      },
      { supervision: restart({ backoff: { min: 1_000, max: 1_000 } }) },
    );
    worker.send('bad');
    scheduler.flush();
    expect({ status: worker.status, time: scheduler.frame }).toEqual({ status: 'closed', time: 5 });
  });
});

describe('a message that a loop holds', () => {
  /** Takes one message after the other, and is at work with each until it is told to go on. */
  class Loop extends Actor<string> {
    readonly goOn = new Subject<void>();

    protected override async run(): Promise<void> {
      for (;;) {
        await this.recv();
        await new Promise<void>((resolve) => this.goOn.subscribe(() => resolve()));
      }
    }
  }

  it('E3 E6 E8 is a dead letter when its actor is killed', async () => {
    const system = new ActorSystem();
    const letters: string[] = [];
    system.deadLetters.subscribe(({ message, reason }) => letters.push(`${message} ${reason}`));
    const loop = new Loop({ system }).start();
    loop.send('a');
    loop.send('b');
    await settle();
    loop.kill();
    await loop.join();
    expect(letters).toEqual(['a killed', 'b killed']);
  });

  it('F6 keeps the failure of a child waiting until the loop is done with it', async () => {
    const system = new ActorSystem();
    const letters: string[] = [];
    system.deadLetters.subscribe(({ message, reason }) => letters.push(`${message} ${reason}`));
    const loop = new Loop({ system }).start();
    loop.subscribe({ error: () => undefined });
    const child = actor(
      (_: string) => {
        throw new Error('bad');
      },
      { parent: loop },
    );
    loop.send('a');
    await settle();
    child.send('x');
    await settle();
    const before = loop.status;
    loop.goOn.next();
    await settle();
    expect([before, loop.status, letters]).toEqual(['running', 'closed', ['x failed']]);
  });

  it('counts among what the loop has to do', async () => {
    const system = new ActorSystem();
    const loop = new Loop({ system }).start();
    const loads = [loop[LOAD]];
    loop.send('a');
    await settle();
    loads.push(loop[LOAD]);
    loop.goOn.next();
    await settle();
    loads.push(loop[LOAD]);
    loop.kill();
    expect(loads).toEqual([0, 1, 0]);
  });
});

describe('a turn', () => {
  it('O3 ends in time for the others, though its actor sends itself one message after the other', () => {
    const scheduler = new VirtualTimeScheduler();
    const system = new ActorSystem({ scheduler });
    let rounds = 0;
    let stopped = false;
    const busy = system.actor((m: string, { self }) => {
      if (!stopped && ++rounds < 10_000) self.send(m);
    });
    const other = system.actor((_: string) => {
      stopped = true;
    });
    busy.send('again');
    other.send('stop');
    scheduler.flush();
    expect(rounds).toBeLessThan(1_000);
  });

  it('waits with the failure of a child for the work of a message before it', () => {
    const scheduler = new VirtualTimeScheduler();
    const system = new ActorSystem({ scheduler });
    const log: string[] = [];
    const done = new Subject<never>();
    const idle = (_: string): undefined => undefined;
    const parent = system.actor(
      (m: string, { spawn, watch, unwatch }) => {
        log.push(m);
        if (m === 'begin') {
          const first = spawn(idle);
          child = spawn((_: string) => {
            throw new Error('bad');
          });
          watch(first, () => 'first ended');
          watch(child, () => 'child ended');
          first.kill();
          child.send('x');
          return timer(1, scheduler).pipe(takeUntil(timer(1, scheduler)));
        }
        // Its failure is one of the parent from here on.
        unwatch(child);
        return done;
      },
      { supervision: resume() },
    );
    let child!: Actor<string>;
    system.failures.subscribe(({ error }) => log.push((error as Error).name));
    parent.send('begin');
    scheduler.flush();
    log.push('done');
    done.complete();
    scheduler.flush();
    expect(log).toEqual(['begin', 'Error', 'first ended', 'done', 'ChildFailedError']);
  });

  it.each([['started'], ['processed']] as const)('goes on when nobody listens any more from `%s` on', (last) => {
    const scheduler = new VirtualTimeScheduler();
    const system = new ActorSystem({ scheduler });
    const log: string[] = [];
    const worker = system.actor((m: string) => {
      if (last === 'processed') listening.unsubscribe();
      log.push(m);
    });
    const listening = system.events.subscribe(({ type }) => {
      if (type === 'processed' && last === 'started') listening.unsubscribe();
    });
    worker.send('a');
    worker.send('b');
    scheduler.flush();
    worker.send('c');
    scheduler.flush();
    expect(log).toEqual(['a', 'b', 'c']);
  });

  it('E6 makes no dead letter of nothing when its actor is killed while it begins', () => {
    const scheduler = new VirtualTimeScheduler();
    const system = new ActorSystem({ scheduler });
    const letters: unknown[] = [];
    system.deadLetters.subscribe(({ message }) => letters.push(message));
    class Hasty extends Actor<string> {
      protected override run(): undefined {
        this.kill();
      }
    }
    const hasty = new Hasty({ system }).start();
    scheduler.flush();
    expect([hasty.status, letters]).toEqual(['closed', []]);
  });
});

describe('an actor that has resumed', () => {
  it('is not said to have been restarted', () => {
    const scheduler = new VirtualTimeScheduler();
    const system = new ActorSystem({ scheduler });
    const events: string[] = [];
    system.events.subscribe(({ type }) => events.push(type));
    const echo = generatorActor(
      function* (): Generator<string, void, string> {
        let next = yield undefined as unknown as string;
        for (;;) {
          if (next === 'x') throw new Error('bad');
          next = yield next;
        }
      },
      { system, supervision: resume() },
    );
    echo.send('a');
    echo.send('x');
    echo.send('b');
    echo.send('x');
    echo.send('c');
    scheduler.flush();
    expect(events.filter((type) => type === 'restarted' || type === 'failed')).toEqual(['failed', 'failed']);
  });
});

describe('a failure of which somebody hears who kills the actor', () => {
  it('E3 leads to nothing more: the kill has decided', () => {
    const scheduler = new VirtualTimeScheduler();
    const system = new ActorSystem({ scheduler });
    const worker = system.actor((m: string) => {
      throw new Error(m);
    });
    const ends: unknown[] = [];
    worker.terminated.subscribe((termination) => ends.push(termination));
    system.failures.subscribe(() => worker.kill('enough'));
    worker.send('bad');
    scheduler.flush();
    expect(ends).toEqual([{ kind: 'killed', reason: 'enough' }]);
  });
});

describe('what a sibling interrupts that restarts', () => {
  it('E6 is one dead letter, whatever happens later', () => {
    const scheduler = new VirtualTimeScheduler();
    const system = new ActorSystem({ scheduler });
    const letters: string[] = [];
    system.deadLetters.subscribe(({ message, reason }) => letters.push(`${message} ${reason}`));
    const parent = system.actor((_: string) => undefined, { siblings: 'one-for-all' });
    const worker = actor((_: string) => NEVER, { parent });
    const fussy = actor(
      (_: string) => {
        throw new Error('bad');
      },
      { parent, supervision: restart() },
    );
    worker.send('a');
    scheduler.flush();
    fussy.send('x');
    scheduler.flush();
    parent.kill();
    scheduler.flush();
    expect(letters).toEqual(['x failed', 'a restarted']);
  });
});

describe('a message of a run() with the default one in it', () => {
  /** Handles messages by `receive` until it is told to stop, or to fail; then takes one more. */
  class Mixed extends Actor<string, string> {
    readonly stop = new Subject<void>();
    readonly fails = new Subject<never>();
    readonly signals: AbortSignal[] = [];

    protected override receive(_: string, { signal }: ActorContext<string>): Observable<string> {
      this.signals.push(signal);
      return NEVER;
    }

    protected override run(): Observable<string> {
      return merge(super.run() as Observable<string>, this.fails).pipe(takeUntil(this.stop));
    }
  }

  const mixed = (options = {}) => {
    const scheduler = new VirtualTimeScheduler();
    const system = new ActorSystem({ scheduler });
    const log: string[] = [];
    system.deadLetters.subscribe(({ message, reason }) => log.push(`${message} ${reason}`));
    const worker = new Mixed({ system, ...options }).start();
    worker.subscribe({ error: () => undefined });
    return { scheduler, log, worker };
  };

  it('E6 is closed when that comes to its end', () => {
    const { scheduler, log, worker } = mixed();
    worker.send('a');
    scheduler.flush();
    worker.stop.next();
    expect([worker.status, log]).toEqual(['closed', ['a closed']]);
  });

  it('A3 is not what has failed when something else in it fails', () => {
    const { scheduler, log, worker } = mixed();
    const errors: unknown[] = [];
    const bad = new Error('bad');
    worker.ask('a').subscribe({ error: (error: unknown) => errors.push(error) });
    scheduler.flush();
    worker.fails.error(bad);
    expect(errors).toEqual([expect.any(ActorClosedError)]);
    expect([(errors[0] as Error).cause, log]).toEqual([bad, ['a closed']]);
  });

  it('A3 is still told to stop when its actor is killed, after something else in it has failed', () => {
    const { scheduler, log, worker } = mixed({ supervision: resume() });
    worker.ask('a').subscribe({ error: () => undefined });
    scheduler.flush();
    worker.fails.error(new Error('bad'));
    const before = worker.signals[0].aborted;
    worker.kill();
    expect([before, worker.signals[0].aborted, log]).toEqual([false, true, ['a killed']]);
  });

  it.each<[returned: string, receive: (m: string) => ObservableInput<string>]>([
    ['an array', (m) => [m, `${m} again`]],
    ['an Observable', (m) => of(m, `${m} again`)],
  ])('A1 is answered though its output is the last thing that the run() wants: %s', (_, receive) => {
    const scheduler = new VirtualTimeScheduler();
    const system = new ActorSystem({ scheduler });
    class Once extends Actor<string, string> {
      protected override receive(m: string): ObservableInput<string> {
        return receive(m);
      }

      protected override run(): Observable<string> {
        return (super.run() as Observable<string>).pipe(take(1));
      }
    }
    const once = new Once({ system }).start();
    const log: string[] = [];
    once.subscribe({ next: (m) => log.push(m), complete: () => log.push('end') });
    once.ask('a').subscribe({ complete: () => log.push('answered'), error: () => log.push('error') });
    scheduler.flush();
    expect(log.sort()).toEqual(['a', 'answered', 'end']);
  });

  it('E6 gives no output once it is a dead letter, though a child has yet to end', async () => {
    const system = new ActorSystem();
    const log: string[] = [];
    system.deadLetters.subscribe(({ message, reason }) => log.push(`${message} ${reason}`));
    const stop = new Subject<void>();
    const childDone = new Subject<never>();
    let resolve!: (value: string) => void;
    class Late extends Actor<string, string> {
      protected override receive(): Promise<string> {
        return new Promise((done) => (resolve = done));
      }

      protected override run(): Observable<string> {
        return (super.run() as Observable<string>).pipe(takeUntil(stop));
      }
    }
    const late = new Late({ system }).start();
    const child = actor((_: string) => childDone, { parent: late });
    late.subscribe({ next: (m) => log.push(m), complete: () => log.push('end') });
    child.send('c');
    late.send('a');
    await settle();
    stop.next();
    resolve('late');
    await settle();
    const before = late.status;
    childDone.complete();
    await settle();
    expect([before, log]).toEqual(['closing', ['a closed', 'end']]);
  });

  it('E6 is not said to be processed when it is a dead letter', () => {
    const scheduler = new VirtualTimeScheduler();
    const system = new ActorSystem({ scheduler });
    const events: string[] = [];
    system.events.subscribe(({ type }) => events.push(type));
    class Bad extends Actor<string, string> {
      protected override receive(m: string): Observable<string> {
        return of(m);
      }

      protected override run(): Observable<string> {
        return (super.run() as Observable<string>).pipe(
          map(() => {
            throw new Error('bad');
          }),
        );
      }
    }
    const worker = new Bad({ system }).start();
    worker.subscribe({ error: () => undefined });
    worker.send('a');
    scheduler.flush();
    expect(events).toEqual(['spawned', 'sent', 'started', 'failed', 'dead-letter', 'closed']);
  });
});

describe('a message of which nobody waits for the answer', () => {
  it.each([
    ['was cancelled', true],
    ['has failed', false],
  ])('E6 fails for itself when the ask before it %s', async (_, cancelled) => {
    const system = new ActorSystem();
    const letters: string[] = [];
    system.deadLetters.subscribe(({ message, reason }) => letters.push(`${message} ${reason}`));
    const stop = new Subject<void>();
    class Mixed extends Actor<string> {
      protected override receive(): Observable<never> {
        return NEVER;
      }

      protected override run(): Observable<never> {
        const failing = this.mailbox.pipe(
          map((m): never => {
            throw new Error(m);
          }),
        );
        if (!cancelled) return failing;
        return concat((super.run() as Observable<never>).pipe(takeUntil(stop)), failing);
      }
    }
    const worker = new Mixed({ system, supervision: resume() }).start();
    const asked = worker.ask('a').subscribe({ error: () => undefined });
    await settle();
    asked.unsubscribe();
    stop.next();
    worker.send('b');
    await settle();
    worker.kill();
    expect(letters).toEqual(cancelled ? ['b failed'] : ['a failed', 'b failed']);
  });
});
