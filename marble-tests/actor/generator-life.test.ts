import { ActorSystem, generatorActor, restart, type Actor, type ActorOptions } from 'rx-actors';
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
    function family(body: (generation: number) => Steps): { child: Actor<string, string>; sibling: Actor<string> } {
      const system = new ActorSystem();
      const parent = system.actor((_: string) => undefined, { siblings: 'one-for-all' });
      let generation = 0;
      const child = generatorActor<string, string>(() => body(++generation), { parent });
      const sibling = generatorActor<string>(
        function* () {
          yield;
          throw new Error('broken');
        },
        { parent, supervision: restart() },
      );
      return { child, sibling };
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
});
