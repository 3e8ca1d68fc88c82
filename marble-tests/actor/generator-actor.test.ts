import { map } from 'rxjs';
import { ActorFailedError, ActorSystem, generatorActor, restart, resume, type AnyActor } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { deadLetters, failures, named, recorded } from '../fates.js';
import { marbles } from '../marbles.js';
import { unhandledErrors } from '../unhandled-errors.js';

describe('generatorActor', () => {
  it('E5.2 outputs falsy values of an async generator, and takes undefined alone for none', async () => {
    const outputs: unknown[] = [];
    const values = [0, '', false, null, undefined, NaN];
    const worker = new ActorSystem().generatorActor(async function* (): AsyncGenerator<unknown, void, number> {
      let index = yield;
      for (;;) index = yield values[index];
    });
    worker.subscribe((value) => outputs.push(value));
    values.forEach((_, index) => worker.send(index));
    worker.close();
    await worker.join();
    expect(outputs).toEqual([0, '', false, null, NaN]);
  });

  it(
    'E5.1 is primed before its first message, and each message gives the value of the yield that it resumes',
    marbles(({ hot, system, probe, expectMessages }) => {
      const inbox = hot('  --a-b-');
      const expected = '   p-a-b-';
      const log = probe<string>();
      const worker = system.generatorActor(function* (): Generator<undefined, void, string> {
        log.send('p');
        for (;;) log.send(yield);
      });
      inbox.subscribe((m) => worker.send(m));
      expectMessages(log).toBe(expected);
    }),
  );

  it(
    'E5.2 outputs what the yield yields that ends the turn of a message; undefined is none',
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('  -a-b-c-');
      const expected = '   -a---c--d';
      const worker = system.generatorActor(function* (): Generator<string | undefined, void, string> {
        let m = yield;
        for (;;) m = yield m === 'b' ? undefined : m;
      });
      inbox.subscribe((m) => worker.send(m));
      expectObservable(worker).toBe(expected);
      expectObservable(worker.ask('d'), '--------^').toBe('--------(d|)');
    }),
  );

  it(
    'E5.3 runs its finally blocks on close, after the waiting messages',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const inbox = hot('  -(abx)');
      const expected = '   -(abf)';
      const log = probe<string>();
      const worker = system.generatorActor(function* (): Generator<undefined, void, string> {
        try {
          for (;;) log.send(yield);
        } finally {
          log.send('f');
        }
      });
      inbox.subscribe((m) => {
        if (m === 'x') worker.close();
        else worker.send(m);
      });
      expectMessages(log).toBe(expected);
      expectObservable(worker).toBe('-|');
    }),
  );

  it(
    'E5.4 runs its finally blocks on kill, from outside and from within',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const inbox = hot('  -a-k');
      const expected = '   ---f';
      for (const from of ['outside', 'within']) {
        const log = probe<string>();
        const worker = system.generatorActor(function* (): Generator<undefined, void, string> {
          try {
            for (;;) if ((yield) === 'k') worker.kill();
          } finally {
            log.send('f');
          }
        });
        inbox.subscribe((m) => {
          if (m === 'k' && from === 'outside') worker.kill();
          else worker.send(m);
        });
        expectMessages(log).toBe(expected);
        expectObservable(worker.terminated).toBe('---(t|)', { t: { kind: 'killed', reason: undefined } });
      }
    }),
  );

  it(
    'E5 ends when the generator returns; what waits then is dead',
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('  -(abc)-d');
      const letters = '    -(bc)--d';
      const dead = deadLetters(system);
      const worker = system.generatorActor(function* (): Generator<undefined, void, string> {
        yield;
      });
      inbox.subscribe((m) => worker.send(m));
      expectObservable(worker).toBe('-|');
      expectObservable(dead).toBe(letters, named('b: b closed', 'c: c closed', 'd: d closed'));
    }),
  );

  it(
    'E5 ends at once when the generator returns before its first yield',
    marbles(({ system, expectObservable }) => {
      const worker = system.generatorActor(function* () {});
      expectObservable(worker.terminated).toBe('(t|)', { t: { kind: 'closed' } });
    }),
  );

  it(
    'E5.4 F1 reports what a finally block throws that has killed its actor while that was being closed',
    marbles(({ hot, system, expectObservable }) => {
      const errors = unhandledErrors();
      const close = hot('   --x');
      const expected = '    --(t|)';
      const reported = '    --e';
      const worker: AnyActor = system.generatorActor(function* () {
        try {
          yield;
        } finally {
          worker.kill();
          throw 'broken';
        }
      });
      close.subscribe(() => worker.close());
      expectObservable(worker.terminated).toBe(expected, { t: { kind: 'killed', reason: undefined } });
      expectObservable(errors).toBe(reported, { e: 'broken' });
    }),
  );

  it(
    'E5 fails an actor whose generator yields, or throws, while it is being closed',
    marbles(({ hot, system, expectObservable }) => {
      const yields = system.generatorActor(
        function* () {
          try {
            yield;
          } finally {
            yield;
          }
        },
        { name: 'stubborn' },
      );
      const throws = system.generatorActor(function* () {
        try {
          yield;
        } finally {
          throw 'broken';
        }
      });
      hot('--x').subscribe(() => {
        yields.close();
        throws.close();
      });
      const error = new ActorFailedError('stubborn', 'would not end: its generator yielded while it was being closed');
      expectObservable(yields).toBe('--#', undefined, error);
      expectObservable(throws).toBe('--#', undefined, 'broken');
    }),
  );

  it(
    'F1 fails with what the generator throws, while it is primed or with a message',
    marbles(({ hot, system, expectObservable }) => {
      const dead = deadLetters(system);
      const primed = system.generatorActor(function* (): Generator<undefined, void, string> {
        throw 'primed';
      });
      const later = system.generatorActor(function* (): Generator<undefined, void, string> {
        throw `bad ${yield}`;
      });
      hot('-(ab)').subscribe((m) => later.send(m));
      expectObservable(recorded(primed.terminated)).toBe('(t|)', { t: { kind: 'failed', error: 'primed' } });
      expectObservable(later.terminated).toBe('-(t|)', { t: { kind: 'failed', error: 'bad a' } });
      expectObservable(dead).toBe('-(ab)', named('a: a failed', 'b: b closed'));
    }),
  );

  it.each([
    ['resume()', resume()],
    ['restart()', restart()],
  ])('F2.2 begins a new generator after a failure: %s', (_, supervision) => {
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('  -a-x-b');
      const expected = '   -a---b';
      const failed = failures(system);
      let generators = 0;
      const worker = system.generatorActor(
        function* (): Generator<string | undefined, void, string> {
          generators++;
          for (let m = yield; ; m = yield m) if (m === 'x') throw new Error('broken');
        },
        { supervision },
      );
      inbox.subscribe((m) => worker.send(m));
      expectObservable(worker).toBe(expected);
      expectObservable(failed).toBe('---f', { f: `x ${supervision.type}` });
      expectObservable(hot('------x').pipe(map(() => generators))).toBe('------x', { x: 2 });
    })();
  });

  it('F3.2 F3.3 restarts at most 10 times in a row while it is primed, then stops; resume() stops at once', () => {
    for (const [supervision, begun] of [
      [restart(), 11],
      [resume(), 1],
    ] as const) {
      let generators = 0;
      marbles(({ system, expectObservable }) => {
        const worker = system.generatorActor(
          function* () {
            generators++;
            throw 'broken';
          },
          { supervision },
        );
        expectObservable(recorded(worker.terminated)).toBe('(t|)', { t: { kind: 'failed', error: 'broken' } });
      })();
      expect(generators).toBe(begun);
    }
  });

  it(
    'E8 makes dead letters of what a finally block sends to its own actor',
    marbles(({ hot, system, expectObservable }) => {
      const dead = deadLetters(system);
      for (const how of ['close', 'kill'] as const) {
        const worker = system.generatorActor(function* (): Generator<undefined, void, string> {
          try {
            yield;
          } finally {
            worker.send(how);
            worker[how]();
          }
        });
        hot('                        -x').subscribe(() => worker[how]());
      }
      expectObservable(dead).toBe('-(kc)', named('c: close closed', 'k: kill closed'));
    }),
  );

  it(
    'reports what a finally block throws on kill, which is no failure',
    marbles(({ hot, system, expectObservable }) => {
      const errors = unhandledErrors();
      const worker = system.generatorActor(function* () {
        try {
          yield;
        } finally {
          throw 'e';
        }
      });
      hot('                      -x').subscribe(() => worker.kill());
      expectObservable(worker).toBe('-|');
      expectObservable(errors).toBe('-e');
    }),
  );

  it.each([
    ['nothing', undefined, '`undefined`'],
    ['a number', 3, '`3` (number)'],
    ['null', null, '`null`'],
    ['an array', [1], 'an array'],
    ['an iterator that cannot be returned', { next: () => 1 }, 'an object'],
    ['what can only be returned', { return: () => 1 }, 'an object'],
  ])('fails when its body returns %s', async (_, returned, got) => {
    const worker = generatorActor(() => returned as never, { system: new ActorSystem() });
    await expect(worker.join()).rejects.toThrow(
      `Expected \`body\` to be a generator function, got one that returned ${got}.`,
    );
  });

  it('refuses a body that is no function', () => {
    expect(() => generatorActor(3 as never)).toThrow('Expected `body` to be a function, got `3` (number).');
    expect(() => generatorActor((function* () {})() as never)).toThrow(TypeError);
  });
});

describe('generatorActor, async', () => {
  const turns = async (count = 20) => {
    for (let n = 0; n < count; n++) await Promise.resolve();
  };

  it('E5.1 E5.2 E5.3 is primed, resumed one message at a time, and its finally blocks are waited for on close', async () => {
    const log: string[] = [];
    const worker = new ActorSystem().generatorActor(async function* (): AsyncGenerator<
      string | undefined,
      void,
      string
    > {
      log.push('primed');
      await turns();
      try {
        let m = yield;
        for (;;) {
          log.push(`begin ${m}`);
          await turns();
          log.push(`end ${m}`);
          m = yield m.toUpperCase();
        }
      } finally {
        await turns();
        log.push('finally');
      }
    });
    worker.subscribe({ next: (m) => log.push(m), complete: () => log.push('complete') });
    worker.send('a');
    worker.send('b');
    worker.close();
    await worker.join();
    expect(log).toEqual(['primed', 'begin a', 'end a', 'A', 'begin b', 'end b', 'B', 'finally', 'complete']);
  });

  it('E5.4 runs its finally blocks on kill, without waiting for them', async () => {
    const log: string[] = [];
    const worker = new ActorSystem().generatorActor(async function* (): AsyncGenerator<undefined, void, string> {
      try {
        for (;;) log.push(yield);
      } finally {
        await turns();
        log.push('finally');
      }
    });
    worker.send('a');
    await turns();
    worker.kill();
    await worker.join();
    log.push('joined');
    await turns(40);
    expect(log).toEqual(['a', 'joined', 'finally']);
  });

  it('E8 gives a message that it was killed with one fate, and the asker an ActorClosedError', async () => {
    const system = new ActorSystem();
    const letters: string[] = [];
    system.deadLetters.subscribe(({ message, reason }) => letters.push(`${message} ${reason}`));
    const worker = system.generatorActor(async function* (): AsyncGenerator<string | undefined, void, string> {
      await (yield, new Promise(() => {}));
    });
    const errors: unknown[] = [];
    worker.ask('a').subscribe({ error: (error: unknown) => errors.push((error as Error).name) });
    worker.send('b');
    await turns();
    worker.kill();
    expect({ letters, errors }).toEqual({ letters: ['a killed', 'b killed'], errors: ['ActorClosedError'] });
  });

  it('F2 begins a new one after a rejection, and ends when it returns', async () => {
    const system = new ActorSystem();
    const letters: string[] = [];
    system.deadLetters.subscribe(({ message, reason }) => letters.push(`${message} ${reason}`));
    let generators = 0;
    const worker = system.generatorActor(
      async function* (): AsyncGenerator<string | undefined, void, string> {
        generators++;
        for (let m = yield; m !== 'end'; m = yield m) if (m === 'x') throw new Error('broken');
      },
      { supervision: restart() },
    );
    const outputs: string[] = [];
    worker.subscribe((m) => outputs.push(m));
    for (const m of ['a', 'x', 'b', 'end', 'c']) worker.send(m);
    await worker.join();
    expect({ outputs, letters, generators }).toEqual({
      outputs: ['a', 'b'],
      letters: ['x failed', 'c closed'],
      generators: 2,
    });
  });

  it('F3 restarts at most 10 times in a row while it is primed, then stops', async () => {
    let generators = 0;
    const worker = new ActorSystem().generatorActor(
      async function* () {
        generators++;
        throw new Error('broken');
      },
      { supervision: restart() },
    );
    await expect(worker.join()).rejects.toThrow('broken');
    expect(generators).toBe(11);
  });
});
