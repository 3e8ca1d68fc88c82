import {
  concat,
  EMPTY,
  filter,
  finalize,
  firstValueFrom,
  map,
  NEVER,
  Observable,
  observable,
  of,
  range,
  Subscriber,
  take,
  throwError,
  type InteropObservable,
  type ObservableInput,
} from 'rxjs';
import { actor, Actor, ActorSystem, defaultSystem, resume } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { deadLetters, named } from '../fates.js';
import { marbles } from '../marbles.js';
import { retained } from '../retained.js';
import { unhandledErrors } from '../unhandled-errors.js';

const turns = async (count = 20) => {
  for (let n = 0; n < count; n++) await Promise.resolve();
};

/** Work that nothing outside can stop: it outputs what comes, once that has come. */
const unstoppable: Record<string, (what: Promise<string>) => ObservableInput<string>> = {
  'a Promise': (what) => what,
  'an async generator': async function* (what) {
    yield await what;
  },
};

describe('the order of messages', () => {
  it(
    'O1.1 O1.2 processes the messages of each sender in the order sent',
    marbles(({ hot, cold, system, expectObservable }) => {
      const one = hot('   -a--b------');
      const other = hot(' --1--2-----');
      const expected = '  --a-1-b-2--';
      const worker = system.actor((m: string) => cold('-x|', { x: m }));
      one.subscribe((m) => worker.send(m));
      other.subscribe((m) => worker.send(m));
      expectObservable(worker).toBe(expected);
    }),
  );

  it(
    'O2.1 starts a message only after the previous one completed',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const inbox = hot('  -ab------|');
      const work = cold('   --x|     ');
      const subs = ['      -^--!', '      ----^--!'];
      const expected = '   ---x--x--|';
      const worker = system.actor(() => work);
      inbox.subscribe(worker);
      expectObservable(worker).toBe(expected);
      expectSubscriptions(work.subscriptions).toBe(subs);
    }),
  );

  it(
    'O2.2 waits for ever for work that never completes',
    marbles(
      ({ hot, cold, system, expectObservable, expectSubscriptions }) => {
        const inbox = hot('  -ab---');
        const work = cold('   --x--');
        const subs = '       -^----';
        const expected = '   ---x--';
        const worker = system.actor(() => work);
        inbox.subscribe(worker);
        expectObservable(worker).toBe(expected);
        expectSubscriptions(work.subscriptions).toBe(subs);
      },
      { mayRemain: 'anything' },
    ),
  );

  it(
    'O2 subscribes to nothing while nothing is sent',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const inbox = hot('  ------');
      const work = cold('  --x|');
      const expected = '   ------';
      const worker = system.actor(() => work);
      inbox.subscribe(worker);
      expectObservable(worker).toBe(expected);
      expectSubscriptions(work.subscriptions).toBe([]);
    }),
  );

  it(
    'O2.1 goes on after work without values',
    marbles(({ hot, cold, system, expectObservable }) => {
      const inbox = hot('  -abc-----|');
      const expected = '   -----c---|';
      const work: Record<string, Observable<string>> = { a: EMPTY, b: cold('--|'), c: cold('-c|') };
      const worker = system.actor((m: string) => work[m]);
      inbox.subscribe(worker);
      //                   a: at 1, b: 2 to 4, c: 4 to 6
      expectObservable(worker).toBe(expected);
    }),
  );

  it.each(Object.entries(unstoppable))(
    'O2.3 does not wait for %s that was killed, and tells it to stop',
    async (_, work) => {
      const signals: AbortSignal[] = [];
      const worker = new ActorSystem().actor((_: string, { signal }) => {
        signals.push(signal);
        return work(new Promise(() => {}));
      });
      worker.send('a');
      await turns();
      worker.kill('enough');
      await worker.join();
      expect(signals.map(({ aborted, reason }) => [aborted, reason])).toEqual([[true, 'enough']]);
    },
  );

  it.each(Object.entries(unstoppable))(
    'O2.3 O2.4 starts the next message beside %s that was cancelled, which is told to stop and not heard any more',
    async (_, work) => {
      let goOn = (_: string): void => undefined;
      const signals: AbortSignal[] = [];
      const outputs: string[] = [];
      const worker = new ActorSystem().actor((m: string, { signal }) => {
        signals.push(signal);
        return m === 'slow' ? work(new Promise((resolve) => (goOn = resolve))) : [m];
      });
      worker.subscribe((output) => outputs.push(output));
      const slow = worker.ask('slow').subscribe();
      worker.send('next');
      await turns();
      expect([outputs, signals.length]).toEqual([[], 1]);
      slow.unsubscribe();
      await turns();
      expect([outputs, signals.map(({ aborted }) => aborted)]).toEqual([['next'], [true, false]]);
      goOn('late');
      await turns();
      worker.send('last');
      await worker[Symbol.asyncDispose]();
      expect(outputs).toEqual(['next', 'last']);
    },
  );

  it(
    'O3.1 never runs the behavior on the stack of the sender',
    marbles(({ system, probe, expectMessages, hot }) => {
      const log = probe<string>();
      const worker = system.actor((m: string) => log.send(m));
      hot('               -a').subscribe((m) => {
        worker.send(m);
        log.send('x');
      });
      expectMessages(log).toBe('-(xa)');
    }),
  );

  const boom = (): never => {
    throw new Error('boom');
  };
  /** Not wrapped by RxJS, as a function would be: what it throws reaches whoever tells it. */
  const thrower = () =>
    new (class extends Subscriber<unknown> {
      override next(): never {
        return boom();
      }
    })();

  it.each<[string, (system: ActorSystem) => Actor<string, unknown>]>([
    ['whose behavior throws', (system) => system.actor<string>(boom)],
    ['whose `compare` throws', (system) => system.actor<string>(() => undefined, { mailbox: { compare: boom } })],
    [
      'that has ended, while who hears of dead letters throws',
      (system) => {
        const ended = system.actor<string>(boom);
        ended.kill();
        system.deadLetters.subscribe(thrower());
        return ended;
      },
    ],
    [
      'whose mailbox is full, while who hears of dead letters throws',
      (system) => {
        system.deadLetters.subscribe(thrower());
        return system.actor<string>(() => undefined, { mailbox: { capacity: 1 } });
      },
    ],
    [
      'whose every step is told to somebody who throws',
      (system) => {
        system.events.subscribe(thrower());
        const watched = system.actor<string>(boom);
        watched.pending$.subscribe(thrower());
        return watched;
      },
    ],
  ])('O3.2 throws nothing at whoever sends to an actor %s', (_, make) => {
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('    -(ab)');
      const thrown = '      ------';
      const reported = unhandledErrors();
      const worker = make(system);
      const caught = sent.pipe(
        filter((m) => {
          try {
            worker.send(m);
            return false;
          } catch {
            return true;
          }
        }),
      );
      expectObservable(caught).toBe(thrown);
      // Something has thrown: it is told where nobody sends.
      expectObservable(reported.pipe(take(1), map(String)), '--^').toBe('--(e|)', { e: 'Error: boom' });
    })();
  });

  it(
    'O3.3 lets an actor send to itself without limit of depth',
    marbles(({ system, expectObservable, hot }) => {
      const counter = system.actor((n: number, { self }) => {
        if (n < 100_000) self.send(n + 1);
        else self.close();
      });
      hot('                           -a', { a: 0 }).subscribe((n) => counter.send(n));
      expectObservable(counter).toBe('-|');
    }),
  );

  it(
    'O3.4 processes what a behavior sends to itself behind what waits',
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('  -(ab)----');
      const expected = '   -(abAB)--';
      const worker = system.actor((m: string, { self }) => {
        if (m < 'a') return of(m);
        self.send(m.toUpperCase());
        return of(m);
      });
      inbox.subscribe((m) => worker.send(m));
      expectObservable(worker).toBe(expected);
    }),
  );

  it.each(['nothing', 'an array', 'an Observable', 'an iterable'] as const)(
    'O4.1 drains a backlog of 10,000 behind an asynchronous message, with behaviors that return %s',
    (kind) => {
      let sum = 0;
      let inOrder = true;
      let last = -1;
      marbles(({ cold, system, expectObservable }) => {
        const note = (n: number) => {
          inOrder &&= n === last + 1;
          last = n;
          sum += n;
        };
        const worker = system.actor((n: number) => {
          note(n);
          if (n === 0) return cold('---x|', { x: 0 });
          if (kind === 'an array') return [n];
          if (kind === 'an Observable') return of(n);
          if (kind === 'an iterable') return new Set([n]);
          return undefined;
        });
        for (let n = 0; n < 10_000; n++) worker.send(n);
        worker.close();
        expectObservable(worker.terminated).toBe('----(t|)', { t: { kind: 'closed' } });
      })();
      expect({ inOrder, last, sum }).toEqual({ inOrder: true, last: 9999, sum: (9999 * 10_000) / 2 });
    },
  );
});

describe('what a behavior returns', () => {
  it(
    'I1.1 may be nothing, an Observable, an array or an iterable',
    marbles(({ hot, cold, system, expectObservable }) => {
      const inbox = hot('  -a--b--c----d---');
      const expected = '   -----b-(cd)-(de)';
      const worker = system.actor((m: string) => {
        if (m === 'b') return cold('-b|');
        if (m === 'c') return ['c', 'd'];
        if (m === 'd') return new Set(['d', 'e']);
        return undefined;
      });
      inbox.subscribe((m) => worker.send(m));
      expectObservable(worker).toBe(expected);
    }),
  );

  it(
    'I1.1 may be what else RxJS takes for an Observable: with a method `Symbol.observable`, or with a length',
    marbles(({ hot, cold, system, expectObservable }) => {
      const inbox = hot('  -a--b--');
      const expected = '   --x-(yz)';
      const interop = { [observable]: () => cold('-x|') } as unknown as InteropObservable<string>;
      const worker = system.actor((m: string) => (m === 'a' ? interop : { length: 2, 0: 'y', 1: 'z' }));
      inbox.subscribe((m) => worker.send(m));
      expectObservable(worker).toBe(expected);
    }),
  );

  it('I1.1 I1.3 may be a Promise, an async iterable or a ReadableStream; undefined from an async behavior is no output', async () => {
    const system = new ActorSystem();
    const worker = system.actor((m: string) => {
      if (m === 'promise') return Promise.resolve(m);
      if (m === 'nothing') return Promise.resolve(undefined as unknown as string);
      if (m === 'stream') {
        return new ReadableStream<string>({
          start(controller) {
            controller.enqueue(m);
            controller.close();
          },
        });
      }
      return (async function* () {
        yield m;
        yield `${m} 2`;
      })();
    });
    const outputs: string[] = [];
    worker.subscribe((output) => outputs.push(output!));
    for (const m of ['promise', 'nothing', 'stream', 'generator']) worker.send(m);
    await worker[Symbol.asyncDispose]();
    expect(outputs).toEqual(['promise', 'stream', 'generator', 'generator 2']);
  });

  it(
    'I1 passes on the undefined that an Observable emits',
    marbles(({ hot, system, expectObservable }) => {
      const worker = system.actor(() => of(undefined));
      hot('                    -a').subscribe((m) => worker.send(m));
      expectObservable(worker).toBe('-u', { u: undefined });
    }),
  );

  it.each([
    ['a string', 'text', "`'text'` (string)"],
    ['null', null, '`null`'],
    ['a number', 3, '`3` (number)'],
    ['an object', {}, 'an object'],
    ['a function', () => 1, 'a function'],
    ['true', true, '`true` (boolean)'],
    ['a symbol', Symbol('s'), '`Symbol(s)`'],
  ])('I1.2 fails the message with a TypeError when it is %s', (_, returned, described) => {
    const errors: unknown[] = [];
    marbles(({ hot, system, expectObservable }) => {
      const letters = deadLetters(system);
      system.failures.subscribe(({ error }) => errors.push(error));
      const worker = system.actor(() => returned as never);
      hot('                               -a').subscribe((m) => worker.send(m));
      worker.subscribe({ error: () => undefined });
      expectObservable(letters).toBe('    -x', named('x: a failed'));
    })();
    expect(errors).toEqual([expect.any(TypeError)]);
    expect(String(errors[0])).toMatch(/Expected a behavior to return an ObservableInput .* or nothing, got /);
    expect(String(errors[0])).toContain(described);
  });

  it.each([
    [
      'a thenable whose then() throws',
      (error: Error) => ({
        then() {
          throw error;
        },
      }),
    ],
    [
      'an object whose then cannot be read',
      (error: Error) => ({
        get then() {
          throw error;
        },
      }),
    ],
    [
      'an iterable whose iterator throws',
      (error: Error) => ({
        [Symbol.iterator]() {
          throw error;
        },
      }),
    ],
    [
      'an array whose iterator throws',
      (error: Error) =>
        Object.assign([1], {
          [Symbol.iterator]() {
            throw error;
          },
        }),
    ],
    [
      'an Observable whose subscribe throws',
      (error: Error) =>
        new (class extends Observable<never> {
          override subscribe(): never {
            throw error;
          }
        })(),
    ],
    [
      'an Observable whose constructor function throws',
      (error: Error) =>
        new Observable(() => {
          throw error;
        }),
    ],
  ])('E8 fails the message and goes on when it is %s', (_, make) => {
    const error = new Error('broken');
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('   -ab--');
      const letters = '     -x---';
      const expected = '    --b--';
      const reported = deadLetters(system);
      const worker = system.actor((m: string) => (m === 'a' ? (make(error) as never) : of(m)), {
        supervision: resume(),
      });
      inbox.subscribe((m) => worker.send(m));
      expectObservable(worker).toBe(expected);
      expectObservable(reported).toBe(letters, named('x: a failed'));
    })();
  });

  it(
    'takes only the first end of a source that ends twice or goes on after its end',
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('   -ab--');
      const expected = '    -xx--';
      const worker = system.actor(
        () =>
          new Observable<string>((subscriber) => {
            subscriber.next('x');
            subscriber.complete();
            // eslint-disable-next-line rxjs-x/no-redundant-notify -- that is what is tested
            subscriber.next('y');

            subscriber.complete();
            // eslint-disable-next-line rxjs-x/no-redundant-notify -- that is what is tested
            subscriber.error('z');
          }),
      );
      inbox.subscribe((m) => worker.send(m));
      expectObservable(worker).toBe(expected);
    }),
  );
});

describe('sending', () => {
  it(
    'counts what waits, not what is being processed',
    marbles(({ hot, cold, system, expectObservable }) => {
      const inbox = hot('  -a-b-c---------');
      const looks = hot('  x-x-x-x-x-x---x');
      const expected = '   0-0-1-2-1-1---0';
      const worker = system.actor(() => cold('------|'));
      inbox.subscribe((m) => worker.send(m));
      //                   a from 1 to 7, b from 7 to 13, c from 13
      expectObservable(looks.pipe(map(() => String(worker.pending)))).toBe(expected);
    }),
  );

  it(
    'is done by a source that has the actor as its observer, and whose completion closes it',
    marbles(({ hot, system, expectObservable }) => {
      const source = hot(' -a-b-|');
      const expected = '   -a-b-|';
      const worker = system.actor((m: string) => of(m));
      source.subscribe(worker);
      expectObservable(worker).toBe(expected);
    }),
  );

  it(
    'M3.4 handles the error of an upstream as a failing message, behind what was sent before',
    marbles(({ hot, cold, system, expectObservable }) => {
      const source = hot(' -ab#   ', undefined, 'late');
      const expected = '   --a-b# ';
      const worker = system.actor((m: string) => cold('-m|', { m }));
      source.subscribe(worker);
      expectObservable(worker).toBe(expected, undefined, 'late');
    }),
  );

  it(
    'I2.1 consumes a source until the actor ends',
    marbles(({ hot, system, expectObservable, expectSubscriptions }) => {
      const source = hot(' -a-b-c-d-');
      const subs = '       ^----!   ';
      const expected = '   -a-b-|   ';
      const worker = system.actor((m: string, { self }) => {
        if (m === 'c') self.kill();
        return of(m);
      });
      worker.consume(source);
      expectObservable(worker).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it.each([
    ['a close, once it has drained', '^-----!', '-----a|'],
    ['a kill', '^--!', '---|'],
    ['a failure', '^----!', '-----#'],
  ])('I2.1 unsubscribes what it consumes at its end: %s', (how, subs, expected) => {
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const source = hot('-a-');
      const end = hot('   ---x');
      const worker = system.actor((m: string) => (how === 'a failure' ? cold('----#') : cold('----m|', { m })));
      worker.consume(source);
      end.subscribe(() => {
        if (how === 'a kill') worker.kill();
        else if (how !== 'a failure') worker.close();
      });
      expectObservable(worker).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
    })();
  });

  it(
    'I2 goes on after a consumed source has completed, and can be told to consume no more',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const first = cold('  -a|         ');
      const second = hot('  ---b-c-d-   ');
      const firstSubs = '   ^-!         ';
      const secondSubs = '  ^-----!     ';
      const expected = '    -a-b-c----  ';
      const worker = system.actor((m: string) => of(m));
      worker.consume(first);
      const subscription = worker.consume(second);
      cold('                ------x     ').subscribe(() => subscription.unsubscribe());
      expectObservable(worker).toBe(expected);
      expectSubscriptions(first.subscriptions).toBe(firstSubs);
      expectSubscriptions(second.subscriptions).toBe(secondSubs);
    }),
  );

  it(
    'I2 handles the error of a consumed source as a failing message',
    marbles(({ cold, system, expectObservable }) => {
      const source = cold('-a-#', undefined, 'broken');
      const expected = '   -a-#';
      const worker = system.actor((m: string) => of(m));
      worker.consume(source);
      expectObservable(worker).toBe(expected, undefined, 'broken');
    }),
  );

  it('E9 I2 keeps nothing of a consumed source that has ended', () => {
    const left = retained(() => {
      const worker = new ActorSystem().actor((_: string) => undefined);
      for (let n = 0; n < 20_000; n++) worker.consume(EMPTY);
      return worker;
    });
    expect(left).toBeLessThan(500_000);
  });

  it(
    'I2 does not subscribe to what an ended actor is to consume',
    marbles(({ cold, system, expectSubscriptions }) => {
      const source = cold('-a-');
      const worker = system.actor(() => undefined);
      worker.kill();
      worker.consume(source);
      expectSubscriptions(source.subscriptions).toBe([]);
    }),
  );

  it(
    'I2.2 lets a source that has the actor as its observer run on, into dead letters',
    marbles(({ hot, system, expectObservable, expectSubscriptions }) => {
      const source = hot(' -a-b-');
      const subs = '       ^----';
      const letters = '    ---x-';
      const reported = deadLetters(system);
      const worker = system.actor((_: string, { self }) => self.close());
      source.subscribe(worker);
      expectObservable(reported).toBe(letters, named('x: b closed'));
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it('I2 refuses to consume what RxJS cannot subscribe to', () => {
    const worker = new ActorSystem().actor(() => undefined);
    expect(() => worker.consume(3 as never)).toThrow(TypeError);
    expect(() => worker.consume(null as never)).toThrow(TypeError);
  });

  it(
    'E8 makes a dead letter of what is sent to an ended actor, by whichever way',
    marbles(({ hot, system, expectObservable }) => {
      const letters = deadLetters(system);
      const worker = system.actor(() => undefined);
      worker.kill();
      hot('                           -a').subscribe(() => {
        worker.send('a');
        worker.next('b');
        worker.trySend('c');
        worker.ask('d').subscribe({ error: () => undefined });
        worker.offer('e').subscribe({ error: () => undefined });
      });
      // What was only offered has not been sent.
      expectObservable(letters).toBe('-(abcd)', named('a: a closed', 'b: b closed', 'c: c closed', 'd: d closed'));
    }),
  );
});

describe('the observers of an actor', () => {
  it(
    'all get the outputs from when they subscribed until they unsubscribed',
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('  -a-b-c-d-|');
      const early = '      ^---!     ';
      const late = '       ----^-----';
      const worker = system.actor((m: string) => of(m));
      inbox.subscribe(worker);
      expectObservable(worker).toBe('       -a-b-c-d-|');
      expectObservable(worker, early).toBe('-a-b------');
      expectObservable(worker, late).toBe(' -----c-d-|');
    }),
  );

  it(
    'get only its completion after it was closed or killed',
    marbles(({ system, expectObservable }) => {
      const worker = system.actor((m: string) => of(m));
      worker.kill();
      expectObservable(worker, '  ---^').toBe('---|');
    }),
  );

  it(
    'get only its error after it failed',
    marbles(({ hot, system, expectObservable }) => {
      const worker = system.actor(() => throwError(() => 'broken'));
      hot('                       -a').subscribe((m) => worker.send(m));
      expectObservable(worker).toBe(' -#', undefined, 'broken');
      expectObservable(worker, '  ---^').toBe('---#', undefined, 'broken');
    }),
  );

  it(
    'F5 harm neither the actor nor one another when they throw',
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('  -a-b-|');
      const expected = '   -a-b-|';
      const errors = '     -a-b-c';
      const reported = unhandledErrors();
      const worker = system.actor((m: string) => of(m));
      worker.subscribe({
        next: (m) => {
          throw m;
        },
        complete: () => {
          throw 'c';
        },
      });
      inbox.subscribe(worker);
      expectObservable(worker).toBe(expected);
      expectObservable(reported).toBe(errors);
    }),
  );

  it(
    'may send, close and kill while they are given an output',
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('  -a---c---d');
      const expected = '   -(ab)(c|) ';
      const letters = '    ---------x';
      const reported = deadLetters(system);
      const worker = system.actor((m: string) => of(m));
      worker.subscribe((m) => {
        if (m === 'a') worker.send('b');
        if (m === 'c') worker.close();
      });
      inbox.subscribe((m) => worker.send(m));
      expectObservable(worker).toBe(expected);
      expectObservable(reported).toBe(letters, named('x: d closed'));
    }),
  );
});

describe('bad input', () => {
  const system = new ActorSystem();

  it.each([[3], ['text'], [null], [undefined], [{}], [Promise.resolve()]])('refuses the behavior %s', (behavior) => {
    expect(() => actor(behavior as never)).toThrow(TypeError);
    expect(() => actor(behavior as never)).toThrow(/^Expected `behavior` to be a function, got /);
    expect(() => system.actor(behavior as never)).toThrow(TypeError);
    expect(system.actors).toEqual([]);
  });

  it('says what came instead of a behavior', () => {
    expect(() => actor(3 as never)).toThrow('Expected `behavior` to be a function, got `3` (number).');
    expect(() => actor(null as never)).toThrow('got `null`.');
    expect(() => actor(new Date() as never)).toThrow('got an instance of `Date`.');
    expect(() => actor('x'.repeat(100) as never)).toThrow(`got \`'${'x'.repeat(60)}…'\` (string).`);
  });

  it.each([
    ['options', 3, 'an object'],
    ['options', null, 'an object'],
    ['name', { name: 3 }, 'a string'],
    ['name', { name: null }, 'a string'],
    ['mailbox', { mailbox: 3 }, 'an object'],
    ['mailbox', { mailbox: null }, 'an object'],
    ['supervision', { supervision: 'stop' }, 'stop(), resume(), restart() or a function'],
    ['supervision', { supervision: {} }, 'stop(), resume(), restart() or a function'],
    ['supervision', { supervision: { type: 'escalate' } }, 'stop(), resume(), restart() or a function'],
    ['supervision', { supervision: null }, 'stop(), resume(), restart() or a function'],
    ['signal', { signal: {} }, 'an AbortSignal'],
    ['signal', { signal: new AbortController() }, 'an AbortSignal'],
    ['signal', { signal: null }, 'an AbortSignal'],
    ['system', { system: {} }, 'an ActorSystem'],
    ['system', { system: null }, 'an ActorSystem'],
  ])('refuses a wrong option: %s in %o', (option, options, wanted) => {
    const before = defaultSystem.actors.length;
    expect(() => actor(() => undefined, options as never)).toThrow(TypeError);
    expect(() => new Actor(options as never)).toThrow(`Expected \`${option}\` to be ${wanted}, got `);
    expect(defaultSystem.actors).toHaveLength(before);
  });

  it('gives an actor without a name one of its own', () => {
    const names = [1, 2, 3].map(() => new Actor({ system }).name);
    expect(new Set(names).size).toBe(3);
    expect(new Actor({ system, name: 'mine' }).name).toBe('mine');
  });

  it.each(['recv', 'mailbox', 'run'] as const)('refuses %s to an actor without a run() of its own', async (member) => {
    class Plain extends Actor<string> {
      async use() {
        if (member === 'recv') await this.recv();
        else if (member === 'mailbox') await firstValueFrom(this.mailbox);
        else await super.run();
      }
    }
    await expect(new Plain({ system }).use()).rejects.toThrow(TypeError);
  });
});

describe('faults', () => {
  it.each([
    ['at once', (error: unknown) => throwError(() => error), '-x'],
    [
      'after a value',
      (error: unknown) =>
        concat(
          of('v'),
          throwError(() => error),
        ),
      '-x',
    ],
  ])('F1 fails with what the work throws, as it is: %s', (_, work, letters) => {
    for (const error of [new Error('e'), undefined, null, 'text', 0]) {
      marbles(({ hot, system, expectObservable }) => {
        const reported = deadLetters(system);
        const worker = system.actor((_: string) => work(error));
        hot('                        -a').subscribe((m) => worker.send(m));
        expectObservable(worker.terminated).toBe('-(t|)', { t: { kind: 'failed', error } });
        expectObservable(reported).toBe(letters, named('x: a failed'));
      })();
    }
  });

  it(
    'reports what a teardown throws, and goes on',
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('   -ab---|');
      const expected = '    -ab---|';
      const errors = '      -ef----';
      const reported = unhandledErrors().pipe(map((error) => (error as { errors?: unknown[] }).errors?.[0] ?? error));
      const worker = system.actor(
        (m: string) =>
          new Observable<string>((subscriber) => {
            subscriber.next(m);
            subscriber.complete();
            return () => {
              throw m === 'a' ? 'e' : 'f';
            };
          }),
      );
      inbox.subscribe(worker);
      expectObservable(worker).toBe(expected);
      expectObservable(reported).toBe(errors);
    }),
  );

  it(
    'reports what the teardown of killed work throws, and ends all the same',
    marbles(({ hot, cold, system, expectObservable }) => {
      const inbox = hot('   -a----');
      const kill = cold('   ---x  ');
      const letters = '     ---x--';
      const errors = '      ---e--';
      const reported = unhandledErrors().pipe(map((error) => (error as { errors?: unknown[] }).errors?.[0] ?? error));
      const dead = deadLetters(system);
      const worker = system.actor(
        () =>
          new Observable<string>(() => () => {
            throw 'e';
          }),
      );
      inbox.subscribe((m) => worker.send(m));
      kill.subscribe(() => worker.kill());
      expectObservable(worker).toBe('---|');
      expectObservable(dead).toBe(letters, named('x: a killed'));
      expectObservable(reported).toBe(errors);
    }),
  );

  it(
    'E8 makes dead letters of what a teardown or a finalizer sends to its dying actor',
    marbles(({ hot, cold, system, expectObservable }) => {
      const kill = cold('  ---x    ');
      const letters = '    ---(yxz)';
      const reported = deadLetters(system);
      const worker: Actor<string> = system.actor(() => NEVER.pipe(finalize(() => worker.send('y'))));
      hot('                -a      ').subscribe((m) => worker.send(m));
      worker.subscribe({ complete: () => worker.send('z') });
      kill.subscribe(() => worker.kill());
      expectObservable(reported).toBe(letters, named('x: a killed', 'y: y closed', 'z: z closed'));
    }),
  );

  it(
    'E8 processes what the teardown of a message sends to its own actor',
    marbles(({ hot, system, cold, expectObservable }) => {
      const expected = '   --a-b---';
      const worker: Actor<string, string> = system.actor((m: string) =>
        cold('-m|', { m }).pipe(finalize(() => m === 'a' && worker.send('b'))),
      );
      hot('                -a').subscribe((m) => worker.send(m));
      expectObservable(worker).toBe(expected);
    }),
  );

  it(
    'stops a synchronous source that never ends when it is killed from its own output',
    marbles(({ hot, system, expectObservable }) => {
      const worker = system.actor(() => range(0, Infinity));
      worker.subscribe((n) => {
        if (n === 1000) worker.kill();
      });
      hot('                           -a').subscribe((m) => worker.send(m));
      expectObservable(
        worker.pipe(
          filter((n) => n > 998),
          map(String),
        ),
      ).toBe('-(xy|)', { x: '999', y: '1000' });
    }),
  );

  it(
    'leaves the other actors of the system alone when one fails',
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('  -a-b');
      const expected = '   -a-b';
      const broken = system.actor(() => {
        throw new Error('broken');
      });
      const fine = system.actor((m: string) => of(m));
      broken.subscribe({ error: () => undefined });
      inbox.subscribe((m) => {
        broken.send(m);
        fine.send(m);
      });
      expectObservable(fine).toBe(expected);
    }),
  );

  it(
    'survives observers of the feeds that throw',
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('  -ab-');
      const expected = '   --b-';
      const errors = '     -(fd)';
      const reported = unhandledErrors();
      system.deadLetters.subscribe(() => {
        throw 'd';
      });
      system.failures.subscribe(() => {
        throw 'f';
      });
      const worker = system.actor(
        (m: string) => {
          if (m === 'a') throw new Error('a');
          return of(m);
        },
        { supervision: resume() },
      );
      inbox.subscribe((m) => worker.send(m));
      expectObservable(worker).toBe(expected);
      expectObservable(reported).toBe(errors);
    }),
  );
});
