import { concatMap, firstValueFrom, map, mergeMap, NEVER, Observable, of, switchMap, take, timer } from 'rxjs';
import { Actor, ActorExit, ActorSystem, isActorError, restart, resume, type ActorContext } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { deadLetters, failures, named } from '../fates.js';
import { marbles } from '../marbles.js';
import { unhandledErrors } from '../unhandled-errors.js';

const turns = async (count = 20) => {
  for (let n = 0; n < count; n++) await Promise.resolve();
};

/** An actor whose `run()` is given from outside. */
class Runner extends Actor<string, string> {
  body: (self: Runner) => any = () => undefined;
  static of(system: ActorSystem, body: (self: Runner) => any, options?: object): Runner {
    const runner = new Runner({ system, ...options });
    runner.body = body;
    return runner.start();
  }
  take(): Promise<string> {
    return this.recv();
  }
  get inbox(): Observable<string> {
    return this.mailbox;
  }
  drain(): Observable<string> {
    return super.run() as Observable<string>;
  }
  work: (message: string, context: ActorContext<string>) => any = (message) => of(message);
  protected override receive(message: string, context: ActorContext<string>) {
    return this.work(message, context);
  }
  protected override run() {
    return this.body(this);
  }
}

/** An actor whose `receive()` uses what is for a `run()` of its own. */
class Plain extends Actor<string> {
  use: (self: Plain) => any = () => undefined;
  take(): Promise<string> {
    return this.recv();
  }
  get inbox(): Observable<string> {
    return this.mailbox;
  }
  drain(): void {
    void this.run();
  }
  protected override receive() {
    return this.use(this);
  }
}

describe('a class with receive()', () => {
  it(
    'handles one message at a time, with its fields as its state',
    marbles(({ hot, cold, system, expectObservable }) => {
      class Counter extends Actor<string, string> {
        #count = 0;
        protected override receive(message: string) {
          this.#count++;
          return cold('--x|', { x: `${message}${this.#count}` });
        }
      }
      const counter = new Counter({ system }).start();
      hot('                     -ab-').subscribe((m) => counter.send(m));
      expectObservable(counter).toBe('---x--y', { x: 'a1', y: 'b2' });
    }),
  );

  it.each<[what: string, use: (self: Plain) => unknown]>([
    ['recv()', (self) => self.take()],
    ['mailbox', (self) => firstValueFrom(self.inbox)],
    [
      'super.run()',
      (self) => {
        self.drain();
      },
    ],
  ])('E6 refuses `%s`, which is for a run() of its own', async (what, use) => {
    const system = new ActorSystem();
    const errors: unknown[] = [];
    system.failures.subscribe(({ error }) => errors.push(error));
    const plain = new Plain({ system, name: 'plain', supervision: resume() });
    plain.use = use;
    plain.start().send('a');
    await turns();
    expect(errors).toEqual([
      new TypeError(`\`${what}\` is for a \`run()\` of the actor's own; "plain" handles its messages one at a time.`),
    ]);
  });

  it(
    'takes messages and does nothing without one',
    marbles(({ hot, system, expectObservable }) => {
      const sink = new Actor<string>({ system }).start();
      hot('                               -ab|').subscribe(sink);
      expectObservable(sink).toBe('       ---|');
      expectObservable(sink.ask('c'), '--^').toBe('--|');
    }),
  );
});

describe('a run() over recv()', () => {
  it('E6.1 E6.2 gets the messages in order, and ActorExit once closed and drained', async () => {
    const log: unknown[] = [];
    const runner = Runner.of(new ActorSystem(), async (self) => {
      try {
        for (;;) log.push(await self.take());
      } catch (error) {
        log.push(isActorError(error, 'actor-exit'), error instanceof ActorExit, self.status);
        await turns();
        log.push('cleaned up');
      }
    });
    for (const m of ['a', 'b', 'c']) runner.send(m);
    runner.close();
    await runner.join();
    expect(log).toEqual(['a', 'b', 'c', true, true, 'closing', 'cleaned up']);
  });

  it('E6.2 ends normally when run() lets ActorExit through', async () => {
    const log: string[] = [];
    const runner = Runner.of(new ActorSystem(), async (self) => {
      for (;;) log.push(await self.take());
    });
    runner.send('a');
    runner.close();
    await expect(runner.join()).resolves.toBeUndefined();
    expect(await firstValueFrom(runner.terminated)).toEqual({ kind: 'closed' });
    expect(log).toEqual(['a']);
  });

  it('E6.3 counts a message as processed at the next recv(), so that its ask completes then, without output', async () => {
    const log: string[] = [];
    const runner = Runner.of(new ActorSystem(), async (self) => {
      for (;;) {
        log.push(await self.take());
        await turns();
        log.push('done');
      }
    });
    runner.ask('a').subscribe({ next: () => log.push('output'), complete: () => log.push('answered') });
    runner.send('b');
    runner.close();
    await runner.join();
    expect(log).toEqual(['a', 'done', 'answered', 'b', 'done']);
  });

  it('E6.3 A1.3 answers every ask also when run() takes several messages at once', async () => {
    const answered: string[] = [];
    const runner = Runner.of(new ActorSystem(), async (self) => {
      for (;;) await Promise.all([self.take(), self.take()]);
    });
    for (const m of ['a', 'b', 'c', 'd']) runner.ask(m).subscribe({ complete: () => answered.push(m) });
    await turns();
    runner.close();
    await runner.join();
    expect(answered).toEqual(['a', 'b', 'c', 'd']);
  });

  it('E6.4 E6.6 ends the actor when run() ends early; the rest is closed', async () => {
    const system = new ActorSystem();
    const letters: string[] = [];
    system.deadLetters.subscribe(({ message, reason }) => letters.push(`${message} ${reason}`));
    const runner = Runner.of(system, async (self) => {
      await self.take();
      return 'no output';
    });
    const outputs: string[] = [];
    runner.subscribe((output) => outputs.push(output));
    for (const m of ['a', 'b', 'c']) runner.send(m);
    await runner.join();
    expect({ outputs, letters }).toEqual({ outputs: [], letters: ['b closed', 'c closed'] });
  });

  it('E8 gives the message that is being handled one fate when the actor is killed', async () => {
    const system = new ActorSystem();
    const letters: string[] = [];
    system.deadLetters.subscribe(({ message, reason }) => letters.push(`${message} ${reason}`));
    const runner = Runner.of(system, async (self) => {
      for (;;) {
        await self.take();
        await new Promise(() => {});
      }
    });
    const errors: string[] = [];
    runner.ask('a').subscribe({ error: (error: unknown) => errors.push((error as Error).name) });
    runner.send('b');
    await turns();
    runner.kill();
    await runner.join();
    expect({ letters, errors }).toEqual({ letters: ['a killed', 'b killed'], errors: ['ActorClosedError'] });
  });

  it('E6 rejects a recv() that waits when the actor is killed, and every one after the end', async () => {
    const errors: unknown[] = [];
    const runner = Runner.of(new ActorSystem(), (self) => self.take().catch((error: unknown) => errors.push(error)));
    await turns();
    runner.kill();
    await runner.take().catch((error: unknown) => errors.push(error));
    await turns();
    expect(errors).toEqual([expect.any(ActorExit), expect.any(ActorExit)]);
  });

  it('F1 fails with what run() throws, at once or later, with the message that it had', async () => {
    const system = new ActorSystem();
    const letters: string[] = [];
    system.deadLetters.subscribe(({ message, reason }) => letters.push(`${message} ${reason}`));
    const atOnce = Runner.of(system, () => {
      throw new Error('at once');
    });
    const later = Runner.of(system, async (self) => {
      throw new Error(`bad ${await self.take()}`);
    });
    const asked = firstValueFrom(later.ask('a'));
    later.send('b');
    await expect(atOnce.join()).rejects.toThrow('at once');
    await expect(asked).rejects.toThrow('bad a');
    await expect(later.join()).rejects.toThrow('bad a');
    expect(letters).toEqual(['a failed', 'b closed']);
  });

  it.each([
    ['resume()', resume()],
    ['restart()', restart()],
  ])('F2.2 runs run() again after a failure, the fields kept: %s', async (_, supervision) => {
    const log: string[] = [];
    let runs = 0;
    const runner = Runner.of(
      new ActorSystem(),
      async (self) => {
        runs++;
        for (;;) {
          const m = await self.take();
          if (m === 'x') throw new Error('broken');
          log.push(m);
        }
      },
      { supervision },
    );
    for (const m of ['a', 'x', 'b']) runner.send(m);
    runner.close();
    await runner.join();
    expect({ log, runs }).toEqual({ log: ['a', 'b'], runs: 2 });
  });

  it(
    'F1 E3 reports what a run() fails with when its teardown kills the actor',
    marbles(({ cold, system, expectObservable }) => {
      const errors = unhandledErrors();
      const fail = cold('   --#', undefined, 'broken');
      const expected = '    --|';
      const reported = '    --e';
      const runner = Runner.of(
        system,
        (self) =>
          new Observable((subscriber) => {
            fail.subscribe(subscriber);
            return () => self.kill();
          }),
      );
      expectObservable(runner).toBe(expected);
      expectObservable(errors).toBe(reported, { e: 'broken' });
    }),
  );

  it('F3.2 stops a run() that fails before any message after 10 restarts in a row', async () => {
    for (const body of [
      () => {
        throw new Error('broken');
      },
      () => Promise.reject(new Error('broken')),
    ]) {
      let runs = 0;
      const system = new ActorSystem();
      const runner = Runner.of(system, () => (runs++, body()), { supervision: restart() });
      await expect(runner.join()).rejects.toThrow('broken');
      expect(runs).toBe(11);
    }
  });

  it('O4.3 gets a backlog of 10,000 in order', async () => {
    let next = 0;
    const runner = Runner.of(new ActorSystem(), async (self) => {
      for (;;) if (Number(await self.take()) === next) next++;
    });
    for (let n = 0; n < 10_000; n++) runner.send(String(n));
    runner.close();
    await runner.join();
    expect(next).toBe(10_000);
  });
});

describe('a run() over mailbox', () => {
  it(
    'E6 is as good a pipeline as any: switchMap',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const inbox = hot('  -a-b------|');
      const work = cold('   ---x|    ');
      const subs = ['      -^-!      ', '   ---^---!'];
      const expected = '   ------x---|';
      const runner = Runner.of(system, (self) => self.inbox.pipe(switchMap(() => work)));
      inbox.subscribe(runner);
      expectObservable(runner).toBe(expected);
      expectSubscriptions(work.subscriptions).toBe(subs);
    }),
  );

  it(
    'E6 completes once closed and everything has been emitted; what is still going on is waited for',
    marbles(({ hot, cold, system, expectObservable }) => {
      const inbox = hot('  -ab-|   ');
      const expected = '   -----ab|';
      const runner = Runner.of(system, (self) => self.inbox.pipe(mergeMap((m) => cold('----m|', { m }))));
      inbox.subscribe(runner);
      expectObservable(runner).toBe(expected);
    }),
  );

  it(
    'O4.5 E6 keeps messages waiting while nobody is subscribed to it',
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('  -ab--c--|');
      const expected = '   ---------(abc|)';
      const runner = Runner.of(system, (self) => timer(9).pipe(switchMap(() => self.inbox)));
      inbox.subscribe(runner);
      expectObservable(hot('------x').pipe(map(() => runner.pending))).toBe('------x', { x: 3 });
      expectObservable(runner).toBe(expected);
    }),
  );

  it(
    'E6.3 counts a message as processed when its emission returns',
    marbles(({ system, cold, expectObservable }) => {
      const runner = Runner.of(system, (self) => self.inbox.pipe(mergeMap((m) => cold('---m|', { m }))));
      expectObservable(runner.ask('a'), '-^').toBe('-|');
      expectObservable(runner).toBe('           ----a');
    }),
  );

  it(
    'E6.4 ends the actor when its pipeline ends early; the rest is closed',
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('  -(abc)-d');
      const letters = '    -(bc)--d';
      const expected = '   -(a|)   ';
      const dead = deadLetters(system);
      const runner = Runner.of(system, (self) => self.inbox.pipe(take(1)));
      inbox.subscribe((m) => runner.send(m));
      expectObservable(runner).toBe(expected);
      expectObservable(dead).toBe(letters, named('b: b closed', 'c: c closed', 'd: d closed'));
    }),
  );

  it(
    'E6.5 ends an actor whose run() returns nothing and does not use it',
    marbles(({ system, expectObservable }) => {
      const runner = Runner.of(system, () => undefined);
      expectObservable(runner.terminated).toBe('(t|)', { t: { kind: 'closed' } });
    }),
  );

  it(
    'E6.5 keeps an actor whose run() returns nothing but subscribes to it',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const inbox = hot('  -a-b-|');
      const log = probe<string>();
      const runner = Runner.of(system, (self) => void self.inbox.subscribe((m) => log.send(m)));
      inbox.subscribe(runner);
      expectMessages(log).toBe('         -a-b');
      expectObservable(runner).toBe('    -----|');
    }),
  );

  it(
    'E3 is unsubscribed when the actor is killed',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const work = cold('   -----');
      const subs = '       -^--!';
      const runner = Runner.of(system, (self) => self.inbox.pipe(mergeMap(() => work)));
      hot('                -a--k').subscribe((m) => {
        if (m === 'k') runner.kill();
        else runner.send(m);
      });
      expectObservable(runner).toBe('----|');
      expectSubscriptions(work.subscriptions).toBe(subs);
    }),
  );

  it(
    'F2.3 loses what sat inside the pipeline on a restart; the mailbox is kept',
    marbles(
      ({ hot, cold, system, expectObservable }) => {
        const inbox = hot('  -ax-b--');
        const expected = '   -----b-';
        const failed = failures(system);
        const runner = Runner.of(
          system,
          (self) => self.inbox.pipe(mergeMap((m) => (m === 'x' ? cold('-#') : cold(m === 'a' ? '-----a' : '-b')))),
          { supervision: restart() },
        );
        inbox.subscribe((m) => runner.send(m));
        expectObservable(runner).toBe(expected);
        expectObservable(failed).toBe('---f', { f: 'undefined restart' });
      },
      { mayRemain: 'anything' },
    ),
  );
});

describe('a run() with super.run()', () => {
  it(
    'E6 drains through receive(), one message at a time, and may change the outputs',
    marbles(({ hot, cold, system, expectObservable }) => {
      const inbox = hot('  -ab-----|');
      const expected = '   ---A--B-|';
      const runner = Runner.of(system, (self) => self.drain().pipe(map((m) => m.toUpperCase())));
      runner.work = (m) => cold('--m|', { m });
      inbox.subscribe(runner);
      expectObservable(runner).toBe(expected);
    }),
  );

  it(
    'O4.3 drains a backlog of 10,000 behind an asynchronous message',
    marbles(({ cold, system, expectObservable }) => {
      let processed = 0;
      const runner = Runner.of(system, (self) => self.drain());
      runner.work = (m) => {
        processed++;
        return m === '0' ? cold('--|') : of(m);
      };
      for (let n = 0; n < 10_000; n++) runner.send(String(n));
      runner.close();
      expectObservable(runner.terminated.pipe(map(() => processed))).toBe('--(n|)', { n: 10_000 });
    }),
  );

  it(
    'E6 ends the actor when it ends early, and unsubscribes work that would never end',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const work = cold('   --x--x--');
      const subs = '       -^-!';
      const runner = Runner.of(system, (self) => self.drain().pipe(take(1)));
      runner.work = () => work;
      hot('                -a').subscribe((m) => runner.send(m));
      expectObservable(runner).toBe('---(x|)');
      expectSubscriptions(work.subscriptions).toBe(subs);
    }),
  );

  it(
    'F1 fails with what receive() throws',
    marbles(({ hot, system, expectObservable }) => {
      const runner = Runner.of(system, (self) => self.drain());
      runner.work = () => {
        throw 'broken';
      };
      hot('                         -a').subscribe((m) => runner.send(m));
      expectObservable(runner).toBe('-#', undefined, 'broken');
    }),
  );

  it(
    'A1.3 completes its asks without output',
    marbles(({ cold, system, expectObservable }) => {
      const runner = Runner.of(system, (self) => self.drain());
      runner.work = () => cold('-x|');
      expectObservable(runner).toBe('           --x');
      expectObservable(runner.ask('a'), '-^').toBe('---|');
    }),
  );
});

describe('what a pipeline of one’s own cannot do', () => {
  it(
    'E8 loses nothing when an observer of the mailbox throws',
    marbles(
      ({ hot, system, expectObservable }) => {
        const errors = unhandledErrors();
        const runner = Runner.of(system, (self) => {
          self.inbox.subscribe((m) => {
            throw m;
          });
          return NEVER;
        });
        hot('                       -a-b').subscribe((m) => runner.send(m));
        expectObservable(errors).toBe('-a-b');
      },
      { mayRemain: 'anything' },
    ),
  );

  it(
    'O4.4 has the limits of its operators: concatMap takes what waits into a buffer of its own',
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot('   -(abc)');
      const looks = hot('  --x---x');
      const outputs = '    --a-b-c|';
      const work = (m: string) => cold('-m|', { m });
      const piped = Runner.of(system, (self) => self.inbox.pipe(concatMap(work)));
      const drained = Runner.of(system, (self) => self.drain());
      drained.work = work;
      sent.subscribe((m) => {
        piped.send(m);
        drained.send(m);
      });
      hot('                ------x').subscribe(() => {
        piped.close();
        drained.close();
      });
      expectObservable(piped).toBe(outputs);
      expectObservable(drained).toBe(outputs);
      expectObservable(looks.pipe(map(() => [piped.pending, drained.pending].join()))).toBe('--x---y', {
        x: '0,2',
        y: '0,0',
      });
    }),
  );
});
