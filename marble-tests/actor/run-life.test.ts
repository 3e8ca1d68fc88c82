import {
  concat,
  firstValueFrom,
  lastValueFrom,
  map,
  Observable,
  of,
  Subject,
  take,
  takeUntil,
  type Subscriber,
} from 'rxjs';
import {
  Actor,
  actor,
  ActorExit,
  ActorSystem,
  ChildFailedError,
  isActorError,
  restart,
  resume,
  type ActorContext,
  type AnyActor,
} from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { marbles } from '../marbles.js';
import { unhandledErrors } from '../unhandled-errors.js';

/** Lets everything happen that waits for nothing but Promises. */
async function settle(): Promise<void> {
  for (let n = 0; n < 50; n++) await Promise.resolve();
}

describe('the life of an actor with a run() of its own', () => {
  it(
    'E6 has the default run() end at once that comes after everything has been received',
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot('  -a-b-|      ');
      const rest = cold('      --|    ');
      const outputs = '   -A-B---(e|) ';
      class First extends Actor<string, string> {
        protected override receive(m: string): Observable<string> {
          return of(`received ${m}`);
        }

        protected override run(): Observable<string> {
          return concat(
            this.mailbox.pipe(map((m) => m.toUpperCase())),
            rest,
            super.run() as Observable<string>,
            of('end'),
          );
        }
      }
      const worker = new First({ system }).start();
      sent.subscribe(worker);
      expectObservable(worker).toBe(outputs, { A: 'A', B: 'B', e: 'end' });
    }),
  );

  it('E6 F6 is told only once that everything has been received, though a child fails while it cleans up', async () => {
    const log: string[] = [];
    let cleanUp!: () => void;
    const cleanedUp = new Promise<void>((resolve) => (cleanUp = resolve));
    class Loop extends Actor<string> {
      protected override async run(): Promise<void> {
        try {
          for (;;) log.push(await this.recv());
        } catch (error) {
          log.push(isActorError(error, 'actor-exit') ? 'exit' : 'error');
          await cleanedUp;
          log.push('clean');
        }
      }
    }
    const system = new ActorSystem();
    const loop = new Loop({ system, supervision: resume() }).start();
    const child = actor(
      (_: string) => {
        throw new Error('bad');
      },
      { parent: loop },
    );
    system.failures.subscribe(({ error }) => log.push(error instanceof ChildFailedError ? 'child failed' : 'failed'));
    loop.terminated.subscribe(({ kind }) => log.push(kind));
    loop.send('a');
    loop.close();
    await settle();
    child.send('x');
    await settle();
    expect(log).toEqual(['a', 'exit', 'failed', 'child failed']);
    cleanUp();
    await loop.join();
    expect(log.slice(4)).toEqual(['clean', 'closed']);
  });

  it('A1 answers the ask that recv() took when its run() goes on with the default run()', async () => {
    const log: string[] = [];
    class Configured extends Actor<string> {
      protected override receive(m: string): void {
        log.push(`received ${m}`);
      }

      protected override async run(): Promise<void> {
        log.push(await this.recv());
        await lastValueFrom(super.run() as Observable<never>, { defaultValue: undefined });
      }
    }
    const worker = new Configured({ system: new ActorSystem() }).start();
    worker.ask('first').subscribe({ complete: () => log.push('first answered') });
    await settle();
    worker.ask('second').subscribe({ complete: () => log.push('second answered') });
    await settle();
    worker.close();
    await worker.join();
    expect(log).toEqual(['first', 'first answered', 'received second', 'second answered']);
  });

  it.each<[when: string, before: boolean]>([
    ['later', false],
    ['before', true],
  ])('A1 answers the ask that recv() took when the mailbox is subscribed %s', async (_, before) => {
    const log: string[] = [];
    class Configured extends Actor<string> {
      protected override async run(): Promise<void> {
        const listen = (): unknown => this.mailbox.subscribe((m) => log.push(m));
        if (before) {
          const first = this.recv();
          listen();
          log.push(await first);
        } else {
          log.push(await this.recv());
          listen();
        }
        await new Promise(() => undefined);
      }
    }
    const worker = new Configured({ system: new ActorSystem() }).start();
    worker.ask('first').subscribe({ complete: () => log.push('first answered') });
    await settle();
    worker.ask('second').subscribe({ complete: () => log.push('second answered') });
    await settle();
    worker.kill();
    expect(log.sort()).toEqual(['first', 'first answered', 'second', 'second answered']);
  });

  it('E6 blames the message that the mailbox emits, though the mailbox is subscribed once more meanwhile', async () => {
    const system = new ActorSystem();
    const letters: string[] = [];
    system.deadLetters.subscribe(({ message, reason }) => letters.push(`${message} ${reason}`));
    class Curious extends Actor<string> {
      protected override run(): Observable<never> {
        return this.mailbox.pipe(
          map(() => {
            this.mailbox.subscribe().unsubscribe();
            throw new Error('bad');
          }),
        );
      }
    }
    const curious = new Curious({ system }).start();
    curious.subscribe({ error: () => undefined });
    curious.send('a');
    await settle();
    expect(letters).toEqual(['a failed']);
  });

  it('A1 answers the ask that recv() took, after others that the mailbox has emitted', async () => {
    const log: string[] = [];
    class Alternating extends Actor<string> {
      protected override async run(): Promise<void> {
        log.push(await firstValueFrom(this.mailbox));
        log.push(await this.recv());
        log.push(await firstValueFrom(this.mailbox));
        await new Promise(() => undefined);
      }
    }
    const worker = new Alternating({ system: new ActorSystem() }).start();
    for (const m of ['a', 'b', 'c']) {
      worker.ask(m).subscribe({ complete: () => log.push(`${m} answered`) });
      await settle();
    }
    worker.kill();
    expect(log.sort()).toEqual(['a', 'a answered', 'b', 'b answered', 'c', 'c answered']);
  });

  it(
    'E6 keeps what comes while nobody has subscribed to the mailbox',
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot('  -(abc)--|   ');
      const pause = cold(' ---|       ');
      const outputs = '   -a--(bc)|   ';
      class Pausing extends Actor<string, string> {
        protected override run(): Observable<string> {
          return concat(this.mailbox.pipe(take(1)), pause, this.mailbox);
        }
      }
      const worker = new Pausing({ system }).start();
      sent.subscribe(worker);
      expectObservable(worker).toBe(outputs);
    }),
  );

  it(
    'E6 has the mailbox get the messages again once it has left the default run()',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('  -a-b-c-|');
      const outputs = '   -A-b-c-|';
      class Leaving extends Actor<string, string> {
        protected override receive(m: string): Observable<string> {
          return of(m.toUpperCase());
        }

        protected override run(): Observable<string> {
          return concat((super.run() as Observable<string>).pipe(take(1)), this.mailbox);
        }
      }
      const worker = new Leaving({ system }).start();
      sent.subscribe(worker);
      expectObservable(worker).toBe(outputs);
    }),
  );

  it(
    'A1 does not answer an ask before its work is done because receive() calls recv()',
    marbles(({ cold, system, expectObservable }) => {
      const work = cold('  --w|');
      const answers = '    ---|';
      class Receiving extends Actor<string, string> {
        protected override receive(): Observable<string> {
          this.recv().catch(() => undefined);
          return work;
        }

        protected override run(): Observable<string> {
          return super.run() as Observable<string>;
        }
      }
      expectObservable(new Receiving({ system }).start().ask('a')).toBe(answers);
    }),
  );

  it('E6 rejects recv() before it has been started', async () => {
    class Early extends Actor<string> {
      early(): Promise<string> {
        return this.recv();
      }

      protected override async run(): Promise<void> {
        await this.recv();
      }
    }
    await expect(new Early({ system: new ActorSystem() }).early()).rejects.toThrow(ActorExit);
  });

  it('E6 ends, closed, only when a loop that it has started asks for the next message', async () => {
    const log: string[] = [];
    let open!: () => void;
    const opened = new Promise<void>((resolve) => (open = resolve));
    class Loop extends Actor<string> {
      protected override run(): void {
        void this.loop();
      }

      private async loop(): Promise<void> {
        try {
          for (;;) {
            log.push(await this.recv());
            await opened;
            log.push('done');
          }
        } catch {
          log.push('exit');
        }
      }
    }
    const loop = new Loop({ system: new ActorSystem() }).start();
    loop.terminated.subscribe(({ kind }) => log.push(kind));
    loop.send('a');
    loop.close();
    await settle();
    expect(log).toEqual(['a']);
    open();
    await loop.join();
    await settle();
    expect(log.slice(0, 2)).toEqual(['a', 'done']);
    expect(log.slice(2).sort()).toEqual(['closed', 'exit']);
  });

  it.each<[what: string, run: () => unknown, got: string]>([
    ['null', () => null, '`null`'],
    ['a number', () => 3, '`3` (number)'],
  ])('E6 fails when run() returns %s', async (_, run, got) => {
    class Wrong extends Actor<string> {
      protected override run(): never {
        return run() as never;
      }
    }
    await expect(new Wrong({ system: new ActorSystem() }).start().join()).rejects.toThrow(`or nothing, got ${got}.`);
  });

  it('E6 what a promise of run() resolves to is no output, also when that is a function', async () => {
    const outputs: string[] = [];
    class Callable extends Actor<string, string> {
      protected override run(): never {
        const promise = Promise.resolve('value');
        return Object.assign(() => undefined, { then: promise.then.bind(promise) }) as never;
      }
    }
    const worker = new Callable({ system: new ActorSystem() });
    worker.subscribe((output) => outputs.push(output));
    worker.start();
    await worker.join();
    expect(outputs).toEqual([]);
  });

  it('F3.3 stops at once when it would resume from a run() that throws', async () => {
    let runs = 0;
    class Broken extends Actor<string> {
      protected override run(): void {
        runs++;
        throw new Error('broken');
      }
    }
    const worker = new Broken({ system: new ActorSystem(), supervision: resume() }).start();
    await expect(worker.join()).rejects.toThrow('broken');
    expect(runs).toBe(1);
  });

  describe('F1 when its teardown kills it', () => {
    /** What is reported, and taken for a failure, of a run() that comes to such an end. */
    async function ending(end: (subscriber: Subscriber<string>) => void, kill: (worker: AnyActor) => void) {
      const errors: unknown[] = [];
      const failures: unknown[] = [];
      unhandledErrors().subscribe((error) => errors.push(error));
      let subscriber!: Subscriber<string>;
      class Loop extends Actor<string, string> {
        protected override run(): Observable<string> {
          return new Observable((own) => {
            subscriber = own;
            return () => {
              kill(this);
            };
          });
        }
      }
      const system = new ActorSystem();
      system.failures.subscribe(({ error }) => failures.push(error));
      const worker = new Loop({ system }).start();
      await settle();
      end(subscriber);
      await worker.join();
      // RxJS reports in a task of its own.
      await new Promise((resolve) => setTimeout(resolve));
      return { errors, failures };
    }

    it('what it has failed with is reported', async () => {
      const broken = new Error('broken');
      const { errors, failures } = await ending(
        (subscriber) => subscriber.error(broken),
        (worker) => worker.kill(),
      );
      expect({ errors, failures }).toEqual({ errors: [broken], failures: [] });
    });

    it('nothing is reported of one that has completed', async () => {
      const { errors, failures } = await ending(
        (subscriber) => subscriber.complete(),
        (worker) => worker.kill(),
      );
      expect({ errors, failures }).toEqual({ errors: [], failures: [] });
    });
  });

  it('F1 F2 what it fails with is reported when its teardown has a sibling take it along in a restart', async () => {
    const log: string[] = [];
    const errors: unknown[] = [];
    unhandledErrors().subscribe((error) => errors.push(error));
    const system = new ActorSystem();
    system.failures.subscribe(({ error }) => log.push((error as Error).message));
    const parent = system.actor((_: string) => undefined, { siblings: 'one-for-all' });
    const inner = new Subject<string>();
    let subscriber!: Subscriber<string>;
    let runs = 0;
    class Loop extends Actor<string, string> {
      protected override run(): Observable<string> {
        return new Observable((own) => {
          subscriber = own;
          if (++runs > 1) return undefined;
          return () => {
            inner.error(new Error('sibling'));
          };
        });
      }
    }
    const loop = new Loop({ parent }).start();
    const sibling = actor((_: string) => inner, { parent, supervision: restart() });
    sibling.send('x');
    await settle();
    const broken = new Error('broken');
    subscriber.error(broken);
    await settle();
    // RxJS reports in a task of its own.
    await new Promise((resolve) => setTimeout(resolve));
    expect({ log, errors, runs, status: loop.status }).toEqual({
      log: ['sibling'],
      errors: [broken],
      runs: 2,
      status: 'running',
    });
    parent.kill();
  });

  it.each(
    [
      { does: 'is put aside, and run() ends', steps: ['stash', 'end'], thrown: 0, letter: 'a closed' },
      { does: 'is put aside when run() has ended', steps: ['end', 'stash'], thrown: 1, letter: 'a closed' },
      {
        does: 'is put aside, and fails when run() has ended',
        steps: ['stash', 'end', 'fail'],
        thrown: 1,
        letter: 'a closed',
      },
      { does: 'fails when run() has ended', steps: ['end', 'fail'], thrown: 1, letter: 'a closed' },
      { does: 'is put aside, and kills its actor', steps: ['stash', 'kill'], thrown: 0, letter: 'a killed' },
      { does: 'fails when it has killed its actor', steps: ['kill', 'fail'], thrown: 1, letter: 'a killed' },
      { does: 'is done with when run() has ended', steps: ['end'], thrown: 0, letter: undefined },
    ].flatMap((each) => (['send', 'ask'] as const).map((by) => ({ ...each, by }))),
  )('E8 gives one fate to a message that $does; by $by', async ({ steps, thrown, letter, by }) => {
    const errors: unknown[] = [];
    unhandledErrors().subscribe((error) => errors.push(error));
    const log: string[] = [];
    const system = new ActorSystem();
    system.deadLetters.subscribe(({ message, reason }) => log.push(`${message} ${reason}`));
    class Draining extends Actor<string, string> {
      readonly #end = new Subject<void>();

      protected override run(): Observable<string> {
        return (super.run() as Observable<string>).pipe(takeUntil(this.#end));
      }

      protected override receive(_: string, { stash }: ActorContext<string>): void {
        for (const step of steps) {
          if (step === 'stash') stash();
          else if (step === 'end') this.#end.next();
          else if (step === 'kill') this.kill();
          else throw new Error('broken');
        }
      }
    }
    const draining = new Draining({ system }).start();
    if (by === 'send') draining.send('a');
    else draining.ask('a').subscribe({ error: () => log.push('refused'), complete: () => log.push('answered') });
    await settle();
    await new Promise((resolve) => setTimeout(resolve));
    const answer = letter === undefined ? 'answered' : 'refused';
    expect({ log, status: draining.status, thrown: errors.length }).toEqual({
      log: [...(letter === undefined ? [] : [letter]), ...(by === 'ask' ? [answer] : [])],
      status: 'closed',
      thrown,
    });
  });
});
