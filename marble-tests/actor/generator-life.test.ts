import { take } from 'rxjs';
import {
  actor,
  ActorSystem,
  generatorActor,
  restart,
  resume,
  type Actor,
  type ActorOptions,
  type Supervision,
} from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { unhandledErrors } from '../unhandled-errors.js';

/** Lets everything happen that waits for nothing but Promises. */
async function settle(): Promise<void> {
  for (let n = 0; n < 50; n++) await Promise.resolve();
}

/** A Promise that the test fulfils or rejects when it comes to that. */
function gate(): { opened: Promise<void>; open: () => void; fail: (error: Error) => void } {
  let open!: () => void;
  let fail!: (error: Error) => void;
  const opened = new Promise<void>((resolve, reject) => {
    open = resolve;
    fail = reject;
  });
  return { opened, open, fail };
}

/** What is reported because nobody has heard it. */
function reported(): unknown[] {
  const errors: unknown[] = [];
  unhandledErrors().subscribe((error) => errors.push(error));
  return errors;
}

type Steps = AsyncGenerator<string | undefined, void, string>;

describe('the life of an actor out of an async generator', () => {
  it('E5.1 E5.4 a kill while it is primed has it come to its finally blocks, but take no message', async () => {
    const errors = reported();
    const log: string[] = [];
    const priming = gate();
    const worker = new ActorSystem().generatorActor(async function* (): Steps {
      try {
        await priming.opened;
        log.push('primed');
        for (;;) log.push(yield);
      } finally {
        log.push('finally');
      }
    });
    worker.send('a');
    await settle();
    worker.kill();
    await worker.join();
    log.push('joined');
    priming.open();
    await settle();
    expect({ log, errors }).toEqual({ log: ['joined', 'primed', 'finally'], errors: [] });
  });

  it('F1 what it fails with while it is primed is nothing to an actor that was killed meanwhile', async () => {
    const errors = reported();
    const system = new ActorSystem();
    const failures: unknown[] = [];
    system.failures.subscribe((failure) => failures.push(failure));
    const priming = gate();
    const worker = system.generatorActor(async function* (): Steps {
      await priming.opened;
      yield;
    });
    await settle();
    worker.kill();
    priming.fail(new Error('too late'));
    await worker.join();
    await settle();
    expect({ failures, errors }).toEqual({ failures: [], errors: [] });
  });

  it('E5.3 F1 a finally block that rejects on close fails the actor', async () => {
    const worker = new ActorSystem().generatorActor(async function* (): Steps {
      try {
        for (;;) yield;
      } finally {
        await settle();
        throw new Error('broken');
      }
    });
    worker.send('a');
    worker.close();
    await expect(worker.join()).rejects.toThrow('broken');
  });

  it('E5.3 E5.4 a kill while its finally blocks are waited for ends the actor at once, and it may go on', async () => {
    const errors = reported();
    const log: string[] = [];
    const finishing = gate();
    const worker = new ActorSystem().generatorActor(async function* (): Steps {
      try {
        for (;;) log.push(yield);
      } finally {
        await finishing.opened;
        log.push('finally');
      }
    });
    worker.terminated.subscribe(({ kind }) => log.push(kind));
    worker.send('a');
    worker.close();
    await settle();
    expect(worker.status).toBe('closing');
    worker.kill();
    await settle();
    finishing.open();
    await settle();
    expect({ log, errors }).toEqual({ log: ['a', 'killed', 'finally'], errors: [] });
  });

  it('E5.4 F1 a finally block that rejects after a kill is reported', async () => {
    const errors = reported();
    const broken = new Error('broken');
    const worker = new ActorSystem().generatorActor(async function* (): Steps {
      try {
        for (;;) yield;
      } finally {
        await Promise.resolve();
        throw broken;
      }
    });
    worker.send('a');
    await settle();
    worker.kill();
    await worker.join();
    // RxJS reports in a task of its own.
    while (errors.length === 0) await new Promise((resolve) => setTimeout(resolve));
    expect(errors).toEqual([broken]);
  });

  it('E5.4 F1 a finally block that rejects when a kill has come while it was waited for is reported', async () => {
    const errors = reported();
    const broken = new Error('broken');
    const finishing = gate();
    const worker = new ActorSystem().generatorActor(async function* (): Steps {
      try {
        for (;;) yield;
      } finally {
        await finishing.opened;
        throw broken;
      }
    });
    worker.close();
    await settle();
    worker.kill();
    await worker.join();
    finishing.open();
    while (errors.length === 0) await new Promise((resolve) => setTimeout(resolve));
    expect(errors).toEqual([broken]);
  });

  it('E5.3 what is yielded while it is being closed is an output, but fails the actor', async () => {
    const outputs: unknown[] = [];
    const worker = new ActorSystem().generatorActor(async function* (): Steps {
      try {
        for (;;) yield;
      } finally {
        yield 'one more';
      }
    });
    worker.subscribe({
      next: (value) => outputs.push(value),
      error: (error: unknown) => outputs.push((error as Error).name),
    });
    worker.close();
    await settle();
    expect(outputs).toEqual(['one more', 'ActorFailedError']);
  });

  it('E5.3 closing twice returns it once', async () => {
    const finishing = gate();
    let finished = 0;
    const worker = new ActorSystem().generatorActor(async function* (): Steps {
      try {
        for (;;) yield;
      } finally {
        finished++;
        await finishing.opened;
      }
    });
    worker.send('a');
    worker.close();
    await settle();
    worker.close();
    await settle();
    finishing.open();
    await worker.join();
    expect(finished).toBe(1);
  });

  describe('A3.3 when the ask of its message is cancelled in its turn', () => {
    /** One that is in the turn of `a`, whose asker has given up; `b` and `c` wait. */
    async function forsaken(end: (message: string) => unknown, options: ActorOptions<string> = {}) {
      const going = gate();
      const log: string[] = [];
      const system = new ActorSystem();
      system.deadLetters.subscribe(({ message, reason }) => log.push(`${String(message)} ${reason}`));
      system.failures.subscribe(({ error }) => log.push((error as Error).message));
      const worker = system.generatorActor(async function* (): Steps {
        for (;;) {
          const message = yield;
          log.push(message);
          if (message !== 'a') continue;
          await going.opened;
          if (end(message) !== undefined) return;
        }
      }, options);
      const asked = worker.ask('a').subscribe();
      await settle();
      for (const message of ['b', 'c']) worker.send(message);
      asked.unsubscribe();
      await settle();
      expect([log, worker.pending]).toEqual([['a'], 2]);
      return { worker, log, going };
    }

    it('gives it the next one when it has come to its yield', async () => {
      const { worker, log, going } = await forsaken(() => undefined);
      going.open();
      await worker[Symbol.asyncDispose]();
      expect(log).toEqual(['a', 'b', 'c']);
    });

    it('E8 takes what it throws for a failure, and begins anew with what waits', async () => {
      const boom = (): never => {
        throw new Error('boom');
      };
      const { worker, log, going } = await forsaken(boom, { supervision: restart() });
      going.open();
      await worker[Symbol.asyncDispose]();
      expect(log).toEqual(['a', 'boom', 'b', 'c']);
    });

    it('E8 ends when it does, and what waits is a dead letter', async () => {
      const { worker, log, going } = await forsaken((message) => message);
      going.open();
      await worker.join();
      expect(log).toEqual(['a', 'b closed', 'c closed']);
    });

    it('E3 is killed as ever', async () => {
      const { worker, log, going } = await forsaken(() => undefined);
      worker.kill();
      await worker.join();
      going.open();
      await settle();
      expect(log).toEqual(['a', 'b killed', 'c killed']);
    });
  });

  describe('when a sibling restarts', () => {
    /** A parent with two children, of which the second takes its sibling along when it restarts. */
    function family(
      body: (generation: number) => Steps,
      supervision?: Supervision,
    ): { system: ActorSystem; child: Actor<string, string>; sibling: Actor<string> } {
      const system = new ActorSystem();
      const parent = system.actor((_: string) => undefined, { siblings: 'one-for-all' });
      let generation = 0;
      const child = generatorActor<string, string>(() => body(++generation), {
        parent,
        ...(supervision && { supervision }),
      });
      const sibling = generatorActor<string>(
        function* () {
          yield;
          throw new Error('broken');
        },
        { parent, supervision: restart() },
      );
      return { system, child, sibling };
    }

    it.each<[how: string, end: (message: string) => void]>([
      ['returns', () => undefined],
      [
        'fails',
        () => {
          throw new Error('too late');
        },
      ],
    ])('F2 E8 the one that was let go may do what it likes: it %s, and the next one is there', async (_, end) => {
      const errors = reported();
      const log: string[] = [];
      const work = gate();
      const { child, sibling } = family(async function* (generation): Steps {
        try {
          for (let message = yield; ; message = yield `${message} by ${generation}`) {
            if (message !== 'a') continue;
            await work.opened;
            end(message);
            return;
          }
        } finally {
          log.push(`finally ${generation}`);
        }
      });
      child.subscribe((output) => log.push(output));
      child.send('a');
      await settle();
      sibling.send('x');
      child.send('b');
      await settle();
      work.open();
      await settle();
      expect({ log, errors, status: child.status }).toEqual({
        log: ['b by 2', 'finally 1'],
        errors: [],
        status: 'running',
      });
      child.kill();
      await settle();
      expect(log.at(-1)).toBe('finally 2');
    });

    it('A3.3 F1 what the one that was let go fails with is nothing to the next one, its asker having given up', async () => {
      const failed: unknown[] = [];
      const work = gate();
      const { system, child, sibling } = family(async function* (): Steps {
        for (;;) if ((yield) === 'a') await work.opened;
      });
      system.failures.subscribe(({ error }) => failed.push((error as Error).message));
      const asked = child.ask('a').subscribe();
      await settle();
      asked.unsubscribe();
      sibling.send('x');
      await settle();
      work.fail(new Error('too late'));
      await settle();
      expect({ failed, status: child.status }).toEqual({ failed: ['broken'], status: 'running' });
      child.kill();
    });

    it.each<[how: string, end: 'open' | 'fail']>([
      ['end', 'open'],
      ['fail', 'fail'],
    ])(
      'E5.3 F2 the finally blocks of the one that was let go %s, and those of the next one are waited for',
      async (_, end) => {
        const errors = reported();
        const log: string[] = [];
        const gates = [gate(), gate()];
        const { child, sibling } = family(async function* (generation): Steps {
          try {
            for (;;) yield;
          } finally {
            await gates[generation - 1].opened;
            log.push(`finally ${generation}`);
          }
        });
        child.terminated.subscribe(({ kind }) => log.push(kind));
        await settle();
        child.close();
        await settle();
        sibling.send('x');
        await settle();
        gates[0][end](new Error('too late'));
        await settle();
        expect(log).toEqual(end === 'open' ? ['finally 1'] : []);
        gates[1].open();
        await child.join();
        expect(log.slice(-2)).toEqual(['finally 2', 'closed']);
        // RxJS reports in a task of its own.
        await new Promise((resolve) => setTimeout(resolve));
        expect(errors).toEqual(end === 'open' ? [] : [new Error('too late')]);
      },
    );

    it('F3.3 one that cannot be begun again is stopped, though it would resume', async () => {
      const errors = reported();
      const { child, sibling } = family((generation) => {
        if (generation === 2) throw new Error('no more');
        return (async function* (): Steps {
          for (;;) yield;
        })();
      }, resume());
      await settle();
      sibling.send('x');
      await expect(child.join()).rejects.toThrow('no more');
      // The failure of its parent, too.
      await new Promise((resolve) => setTimeout(resolve));
      expect(errors).toHaveLength(1);
    });

    it('E5.1 F2 what the one that was let go yields first, when it comes to that, is no output', async () => {
      const log: string[] = [];
      const priming = gate();
      const { child, sibling } = family(async function* (generation): Steps {
        if (generation === 1) await priming.opened;
        yield `hello by ${generation}`;
      });
      child.subscribe((output) => log.push(output));
      await settle();
      sibling.send('x');
      await settle();
      priming.open();
      await settle();
      expect(log).toEqual(['hello by 2']);
    });
  });

  it('A3.3 F1 what it fails with is a failure, at whichever moment its asker gives up', async () => {
    for (let ticks = 0; ticks < 12; ticks++) {
      const log: string[] = [];
      const work = gate();
      const system = new ActorSystem();
      system.failures.subscribe(({ error }) => log.push((error as Error).message));
      const worker = system.generatorActor(
        async function* (): Steps {
          for (;;) {
            const message = yield;
            log.push(message);
            if (message === 'a') await work.opened;
          }
        },
        { supervision: restart() },
      );
      const asked = worker.ask('a').subscribe({ error: () => undefined });
      worker.send('b');
      await settle();
      work.fail(new Error('broken'));
      for (let n = 0; n < ticks; n++) await Promise.resolve();
      asked.unsubscribe();
      worker.close();
      await worker.join();
      expect([ticks, ...log]).toEqual([ticks, 'a', 'broken', 'b']);
    }
  });

  it('A3.3 goes on when its asker wants only the output that ends the turn', async () => {
    const answers: string[] = [];
    const worker = new ActorSystem().generatorActor(async function* (): Steps {
      for (let message = yield; ; message = yield message);
    });
    for (const message of ['a', 'b'])
      worker
        .ask(message)
        .pipe(take(1))
        .subscribe((answer) => answers.push(answer));
    await settle();
    expect(answers).toEqual(['a', 'b']);
    worker.kill();
  });

  it('F2.2 begins a new one after a rejection that it resumes from', async () => {
    const outputs: string[] = [];
    const worker = new ActorSystem().generatorActor(
      async function* (): Steps {
        for (let m = yield; ; m = yield m) if (m === 'x') throw new Error('broken');
      },
      { supervision: resume() },
    );
    worker.subscribe((m) => outputs.push(m));
    for (const m of ['a', 'x', 'b']) worker.send(m);
    await worker[Symbol.asyncDispose]();
    expect(outputs).toEqual(['a', 'b']);
  });

  it('F3.3 stops at once when it would resume from a failure while it is primed', async () => {
    let generators = 0;
    const worker = new ActorSystem().generatorActor(
      async function* (): Steps {
        generators++;
        throw new Error('broken');
      },
      { supervision: resume() },
    );
    await expect(worker.join()).rejects.toThrow('broken');
    expect(generators).toBe(1);
  });

  it('F3.3 stops at once when it would resume from a body that makes no generator', async () => {
    const worker = new ActorSystem().generatorActor<string>(
      () => {
        throw new Error('broken');
      },
      { supervision: resume() },
    );
    await expect(worker.join()).rejects.toThrow('broken');
  });

  it('E5.3 F1 reports the failure of a child that comes while its finally blocks are waited for', async () => {
    const log: string[] = [];
    const errors = reported();
    const finishing = gate();
    const system = new ActorSystem();
    const worker: Actor<string, string> = system.generatorActor(async function* (): Steps {
      try {
        for (;;) yield;
      } finally {
        await finishing.opened;
        log.push('finally');
      }
    });
    const child = actor(
      (_: string) => {
        throw new Error('bad');
      },
      { parent: worker },
    );
    worker.terminated.subscribe(({ kind }) => log.push(kind));
    await settle();
    worker.close();
    await settle();
    child.send('x');
    await settle();
    finishing.open();
    await settle();
    await new Promise((resolve) => setTimeout(resolve));
    expect(log).toEqual(['finally', 'closed']);
    expect(errors).toEqual([expect.objectContaining({ name: 'ChildFailedError' })]);
  });

  describe.each([
    ['sync', <T>(step: T) => step],
    ['async', async <T>(step: T) => step],
  ])('%s, made by hand', (_, wrap) => {
    /** Counts how often it is returned; ends, or fails, with its first message. */
    function handMade(end: () => unknown) {
      let begun = false;
      const calls: string[] = [];
      const body = () => ({
        next: () => {
          if (begun) return end();
          begun = true;
          return wrap({ done: false, value: undefined });
        },
        return: () => {
          calls.push('return');
          return wrap({ done: true, value: undefined });
        },
      });
      return { calls, worker: new ActorSystem().generatorActor<string, string>(body as never) };
    }

    it('is not returned after it has ended, and what it returns is no output', async () => {
      const outputs: string[] = [];
      const { calls, worker } = handMade(() => wrap({ done: true, value: 'returned' }));
      worker.subscribe((output) => outputs.push(output));
      worker.send('a');
      await worker.join();
      expect({ calls, outputs }).toEqual({ calls: [], outputs: [] });
    });

    it('is not returned after it has failed', async () => {
      const { calls, worker } = handMade(async () => {
        throw new Error('broken');
      });
      worker.send('a');
      await expect(worker.join()).rejects.toThrow('broken');
      expect(calls).toEqual([]);
    });
  });
});
