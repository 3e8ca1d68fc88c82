/* eslint-disable rxjs-x/no-redundant-notify -- notifications that come too late are what is tested */
import {
  config,
  EMPTY,
  finalize,
  NEVER,
  Observable,
  of,
  Subscriber,
  throwError,
  timer,
  VirtualTimeScheduler,
  type ObservableInput,
} from 'rxjs';
import { Actor, ActorSystem, restart, resume, stop, type DeadLetter, type Supervision } from 'rx-actors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unhandledErrors } from '../unhandled-errors.js';

// Whatever a behavior, an observer or a teardown does wrong: nothing comes out of the engine, nothing hangs, and every message
// has one fate. Each fault is met by one message between two good ones, under each supervision.

// RxJS reports from a timer, which may be later than the end of the test that was to blame.
const before = config.onUnhandledError;
beforeAll(() => {
  config.onUnhandledError = () => undefined;
});
afterAll(async () => {
  await new Promise((resolve) => setTimeout(resolve, 20));
  config.onUnhandledError = before;
});

type Fault = () => unknown;

const FAULTS: Readonly<Record<string, Fault>> = {
  'throws an Error': () => {
    throw new Error('fault');
  },
  'throws undefined': () => {
    throw undefined;
  },
  'throws null': () => {
    throw null;
  },
  'throws a string': () => {
    throw 'fault';
  },
  'fails at once': () => throwError(() => new Error('fault')),
  'fails later': () => timer(2).pipe(() => throwError(() => new Error('fault'))),
  'emits, then throws while it is subscribed': () =>
    new Observable((subscriber) => {
      subscriber.next('x');
      throw new Error('fault');
    }),
  'fails twice': () =>
    new Observable((subscriber) => {
      subscriber.error(new Error('fault'));
      subscriber.error(new Error('again'));
    }),
  'returns a string': () => 'letters',
  'returns a number': () => 42,
  'returns an object that is nothing of the kind': () => ({ subscribe: 'no function' }),
  'returns null': () => null,
  'returns a boolean': () => true,
  'returns an iterable whose iterator throws': () => ({
    [Symbol.iterator]: () => ({
      next: () => {
        throw new Error('fault');
      },
    }),
  }),
  'returns an iterable that can not be begun': () => ({
    [Symbol.iterator]: () => {
      throw new Error('fault');
    },
  }),
};

const SUPERVISIONS: Readonly<Record<string, Supervision>> = {
  stop: stop(),
  resume: resume(),
  restart: restart(),
  'restart after a wait': restart({ backoff: { min: 3, max: 10 } }),
  'a function that throws': () => {
    throw new Error('supervision');
  },
  'a function that returns nothing': (() => undefined) as unknown as () => ReturnType<typeof stop>,
};

function world() {
  const scheduler = new VirtualTimeScheduler();
  const system = new ActorSystem({ scheduler });
  const letters: string[] = [];
  system.deadLetters.subscribe(({ message, reason }: DeadLetter) => letters.push(`${String(message)} ${reason}`));
  return { scheduler, system, letters };
}

describe.each(Object.entries(SUPERVISIONS))('a behavior, under %s,', (name, supervision) => {
  it.each(Object.entries(FAULTS))('E8 F1 F2 that %s loses nothing and hangs nothing', (_, fault) => {
    unhandledErrors();
    const { scheduler, system, letters } = world();
    const processed: string[] = [];
    const answers: string[] = [];
    const worker = system.actor(
      (message: string): ObservableInput<unknown> | void => {
        if (message === 'bad') return fault() as ObservableInput<unknown>;
        processed.push(message);
      },
      { supervision },
    );
    worker.subscribe({ error: () => undefined });
    worker.send('before');
    worker.ask('bad').subscribe({ error: () => answers.push('failed'), complete: () => answers.push('done') });
    worker.send('after');
    scheduler.flush();
    const goesOn = supervision === SUPERVISIONS['resume'] || name.startsWith('restart');
    expect(processed).toEqual(goesOn ? ['before', 'after'] : ['before']);
    expect(letters).toEqual(goesOn ? ['bad failed'] : ['bad failed', 'after closed']);
    expect(answers).toEqual(['failed']);
    worker.kill();
    scheduler.flush();
    expect([worker.status, system.actors.length, scheduler.actions.length]).toEqual(['closed', 0, 0]);
  });
});

describe('work', () => {
  it('O2 that completes twice, or emits after its completion, is done with once', () => {
    const { scheduler, system, letters } = world();
    const outputs: unknown[] = [];
    const worker = system.actor(
      (message: string) =>
        new Observable<string>((subscriber) => {
          subscriber.next(message);
          subscriber.complete();
          subscriber.complete();
          subscriber.next('late');
        }),
    );
    worker.subscribe((output) => outputs.push(output));
    for (const message of ['a', 'b']) worker.send(message);
    worker.close();
    scheduler.flush();
    expect([outputs, letters, worker.status]).toEqual([['a', 'b'], [], 'closed']);
  });

  it('E3 that never completes is stopped by a kill, and what waits behind it is accounted for', () => {
    const { scheduler, system, letters } = world();
    let torn = 0;
    const worker = system.actor((_: string) => NEVER.pipe(finalize(() => torn++)));
    for (const message of ['a', 'b']) worker.send(message);
    scheduler.flush();
    worker.kill();
    expect([torn, letters, worker.status]).toEqual([1, ['a killed', 'b killed'], 'closed']);
  });

  it.each(['completion', 'a kill', 'a cancelled ask'])(
    'E8 whose teardown throws at %s is reported, and the actor goes on or ends as it was to',
    async (when) => {
      const errors: unknown[] = [];
      unhandledErrors().subscribe((error) => errors.push(error));
      const { scheduler, system, letters } = world();
      const teardown = (): never => {
        throw new Error('teardown');
      };
      const worker = system.actor((message: string) =>
        message === 'bad'
          ? new Observable<never>((subscriber) => {
              const subscription = timer(5, scheduler).subscribe(() => {
                subscriber.complete();
              });
              return () => {
                subscription.unsubscribe();
                teardown();
              };
            })
          : EMPTY,
      );
      const asked = worker.ask('bad').subscribe();
      worker.send('after');
      scheduler.maxFrames = 2;
      scheduler.flush();
      if (when === 'a kill') worker.kill();
      if (when === 'a cancelled ask') asked.unsubscribe();
      scheduler.maxFrames = Infinity;
      scheduler.flush();
      expect(letters).toEqual(when === 'a kill' ? ['bad killed', 'after killed'] : []);
      expect(worker.status).toBe(when === 'a kill' ? 'closed' : 'running');
      // RxJS reports from a timer.
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect(errors.length).toBeGreaterThan(0);
    },
  );

  it('E8 that is a Promise, rejected with nothing at all, fails its message once', async () => {
    unhandledErrors();
    const system = new ActorSystem();
    const letters: string[] = [];
    system.deadLetters.subscribe(({ message, reason }) => letters.push(`${String(message)} ${reason}`));
    const worker = system.actor(
      async (message: string) => {
        if (message === 'bad') throw undefined;
        return message;
      },
      { supervision: resume() },
    );
    for (const message of ['a', 'bad', 'b']) worker.send(message);
    worker.close();
    await worker.join();
    expect(letters).toEqual(['bad failed']);
  });

  it('E8 that is a thenable which settles twice, or throws from `then`, has one outcome', async () => {
    unhandledErrors();
    const system = new ActorSystem();
    const outputs: unknown[] = [];
    const letters: string[] = [];
    system.deadLetters.subscribe(({ message, reason }) => letters.push(`${String(message)} ${reason}`));
    const twice = {
      then: (resolve: (value: string) => void, reject: (error: unknown) => void) => {
        resolve('x');
        resolve('y');
        reject(new Error('z'));
      },
    };
    const throwing = {
      then: () => {
        throw new Error('then');
      },
    };
    const worker = system.actor((message: string) => (message === 'twice' ? twice : throwing) as never, {
      supervision: resume(),
    });
    worker.subscribe((output) => outputs.push(output));
    for (const message of ['twice', 'throwing', 'twice']) worker.send(message);
    worker.close();
    await worker.join();
    expect([outputs, letters]).toEqual([['x', 'x'], ['throwing failed']]);
  });
});

describe('those who look on', () => {
  it('F5 that throw are reported, and harm neither the actor nor each other', async () => {
    const errors: unknown[] = [];
    unhandledErrors().subscribe((error) => errors.push(error));
    const { scheduler, system, letters } = world();
    const seen: string[] = [];
    const worker = system.actor((message: string) => of(message));
    const throwing = (): never => {
      throw new Error('observer');
    };
    worker.subscribe({ next: throwing, complete: throwing });
    worker.subscribe(
      new (class extends Subscriber<string> {
        override next(): never {
          throw new Error('subscriber');
        }
      })(),
    );
    worker.subscribe((output) => seen.push(output));
    worker.ask('a').subscribe({ next: throwing, complete: throwing });
    worker.terminated.subscribe(throwing);
    worker.pending$.subscribe(throwing);
    worker.send('b');
    worker.close();
    scheduler.flush();
    expect([letters, worker.status]).toEqual([[], 'closed']);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(errors.length).toBeGreaterThan(4);
  });

  it('F5 that throw on hearing of a dead letter, a failure or an event do no harm either', () => {
    unhandledErrors();
    const { scheduler, system } = world();
    const throwing = (): never => {
      throw new Error('listener');
    };
    system.deadLetters.subscribe(throwing);
    system.failures.subscribe(throwing);
    system.events.subscribe(throwing);
    const processed: string[] = [];
    const worker = system.actor(
      (message: string) => {
        if (message === 'bad') throw new Error('bad');
        processed.push(message);
      },
      { supervision: resume() },
    );
    for (const message of ['a', 'bad', 'b']) worker.send(message);
    worker.close();
    worker.send('late');
    scheduler.flush();
    expect([processed, worker.status]).toEqual([['a', 'b'], 'closed']);
  });
});

describe('send', () => {
  it('E1 E8 from a constructor waits for the start', () => {
    const { scheduler, system } = world();
    const got: string[] = [];
    class Eager extends Actor<string> {
      constructor() {
        super({ system });
        this.send('early');
      }
      protected override receive(message: string): void {
        got.push(message);
      }
    }
    const eager = new Eager();
    scheduler.flush();
    expect([got, eager.pending]).toEqual([[], 1]);
    eager.start();
    scheduler.flush();
    expect(got).toEqual(['early']);
  });

  it('E8 from a finalizer, a teardown, a hook or a dead letter is taken or a dead letter', () => {
    const { scheduler, system, letters } = world();
    let sends = 0;
    const say = (where: string): void => {
      // Whoever answers each dead letter with a message would go on for ever.
      if (sends++ < 20) worker.send(where);
    };
    const worker: Actor<string> = system.actor(
      (message: string) =>
        message === 'work'
          ? NEVER.pipe(
              finalize(() => {
                say('finalizer');
              }),
            )
          : new Observable<never>(() => () => {
              say('teardown');
            }),
      {
        afterEnd: () => {
          say('afterEnd');
        },
      },
    );
    system.deadLetters.subscribe(({ message }) => {
      if (message === 'work') say('letter');
    });
    worker.send('work');
    scheduler.flush();
    worker.kill();
    scheduler.flush();
    expect(letters.map((letter) => letter.split(' ')[0]).sort()).toEqual(['afterEnd', 'finalizer', 'letter', 'work']);
    expect([worker.status, system.actors.length, scheduler.actions.length]).toEqual(['closed', 0, 0]);
  });
});

describe('a system', () => {
  const STATES: Readonly<Record<string, (system: ActorSystem) => unknown>> = {
    'is empty': () => undefined,
    'has an actor that was never started': (system) => {
      const actor = new Actor<string>({ system });
      actor.send('waits');
    },
    'has an idle actor': (system) => system.actor(() => undefined),
    'has messages that wait': (system) => {
      const actor = system.actor((_: string) => timer(3));
      for (const message of ['a', 'b']) actor.send(message);
    },
    'has work that never ends': (system) => {
      system.actor((_: string) => NEVER).send('a');
    },
    'has an actor that waits before a restart': (system) => {
      system
        .actor(
          (_: string) => {
            throw new Error('fault');
          },
          { supervision: restart({ backoff: { min: 50, max: 50 } }) },
        )
        .send('a');
    },
    'has an actor that fails while it closes': (system) => {
      const actor = system.generatorActor(function* (): Generator<undefined, void, string> {
        try {
          for (;;) yield;
        } finally {
          throw new Error('finally');
        }
      });
      actor.send('a');
    },
    'has an actor that makes another while it drains': (system) => {
      const actor = system.actor((_: string, { spawn }) => {
        spawn(() => undefined);
      });
      actor.send('a');
    },
    'has parents, children, timers, watches and exchanges': (system) => {
      const parent = system.actor((message: string, { spawn, timers, watch }) => {
        const child = spawn((_: string) => timer(1));
        child.send(message);
        watch(child, () => 'over');
        timers.start('t', 'tick', 100);
      });
      parent.send('a');
      system.exchange<string>('x').attach(parent);
    },
  };

  it.each(Object.keys(STATES))('E9 that %s closes in time, never rejects, and leaves nothing behind', async (state) => {
    unhandledErrors();
    const { scheduler, system } = world();
    STATES[state](system);
    scheduler.maxFrames = 1;
    scheduler.flush();
    const closed = system.close({ timeout: 20 });
    scheduler.maxFrames = Infinity;
    scheduler.flush();
    expect(['closed', 'killed']).toContain(await closed);
    scheduler.flush();
    expect([system.actors.length, system.exchanges.size, scheduler.actions.length]).toEqual([0, 0, 0]);
  });
});
