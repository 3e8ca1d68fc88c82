/* eslint-disable rxjs-x/no-subject-unsubscribe -- an exchange can be ended so, and one test does */
import fc from 'fast-check';
import { map, NEVER, timer } from 'rxjs';
import { ActorSystem, Exchange } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { deadLetters, failures, named, recorded } from '../fates.js';
import { marbles } from '../marbles.js';
import { listener, recipient } from '../recorder.js';

/** Lets every Promise that is settled be heard. */
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
};

/** A recipient whose `send` returns a Promise, settled by hand in the order of the messages. */
class Slow<T> {
  readonly got: T[] = [];
  readonly #waiting: { resolve: () => void; reject: (error: unknown) => void }[] = [];

  send(message: T): Promise<void> {
    this.got.push(message);
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  async settle(count = 1): Promise<void> {
    for (let turn = 0; turn < count; turn++) {
      this.#waiting.shift()!.resolve();
      await settled();
    }
  }

  async fail(error: unknown): Promise<void> {
    this.#waiting.shift()!.reject(error);
    await settled();
  }
}

/** What a system tells, as `message reason` and `message error`. */
const told = (system: ActorSystem): { readonly letters: string[]; readonly failed: string[] } => {
  const [letters, failed]: string[][] = [[], []];
  system.deadLetters.subscribe(({ message, reason }) => letters.push(`${message} ${reason}`));
  system.failures.subscribe(({ message, error }) => failed.push(`${message} ${error}`));
  return { letters, failed };
};

const send = <T>(exchange: Exchange<T>, ...messages: T[]): void => {
  for (const message of messages) exchange.send(message);
};

describe('an actor with a buffer', () => {
  it(
    'is offered one message after the other, in order, as it has room',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const sent = hot('    -(abcd)------------');
      const work = cold('    --x|              ');
      const workSubs = ['   -^--!              ', '   ----^--!', '   -------^--!', '   ----------^--!'];
      const looks = hot('   --x--x--x--x--x----');
      const pending = '     --1--1--1--0--0----';
      const exchange = new Exchange<string>({ system });
      const slow = system.actor(() => work, { mailbox: { capacity: 1 } });
      exchange.attach(slow, { buffer: 10 });
      sent.subscribe((message) => exchange.send(message));
      expectObservable(looks.pipe(map(() => String(slow.pending)))).toBe(pending);
      expectObservable(deadLetters(system)).toBe('-');
      expectSubscriptions(work.subscriptions).toBe(workSubs);
    }),
  );

  it.each([
    ['drop-newest', '----a--b--c--d', named('x: e overflow', 'y: f overflow')],
    ['drop-oldest', '----a--b--c--f', named('x: d overflow', 'y: e overflow')],
  ] as const)('drops what there is no room for, and counts it: %s', (overflow, outputs, letters) =>
    marbles(({ hot, cold, system, expectObservable }) => {
      // At 3 one is worked on, one is in the mailbox, one is being offered, and one waits here.
      const sent = hot('   -ab(cdef)');
      const dropped = '    ---(xy)--';
      const looks = hot('  --x-x----');
      const counts = '     --0-2----';
      const exchange = new Exchange<string>({ system });
      const slow = system.actor((m: string) => cold('---(m|)', { m }), { mailbox: { capacity: 1 } });
      expectObservable(deadLetters(system)).toBe(dropped, letters);
      expectObservable(slow).toBe(outputs);
      exchange.attach(slow, { buffer: 1, overflow });
      sent.subscribe((message) => exchange.send(message));
      expectObservable(looks.pipe(map(() => String(exchange.dropped)))).toBe(counts);
    })(),
  );

  it(
    'E8 makes dead letters of what it will not take any more when it closes',
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot('   -(abcde)---f-');
      const close = hot('  --------x----');
      const outputs = '    ----a--b--c--(d|)';
      const letters = '    --------e--f-';
      const counts = '     1------------0';
      const exchange = new Exchange<string>({ system });
      const slow = system.actor((m: string) => cold('---(m|)', { m }), { mailbox: { capacity: 1 } });
      exchange.attach(slow, { buffer: 10 });
      sent.subscribe((message) => exchange.send(message));
      close.subscribe(() => slow.close());
      expectObservable(slow).toBe(outputs);
      expectObservable(deadLetters(system)).toBe(letters, named('e: e closed', 'f: f closed'));
      expectObservable(exchange.subscriberCount$.pipe(map(String))).toBe(counts);
    }),
  );

  it(
    'E8 makes dead letters of all that waits when it is killed',
    marbles(({ hot, cold, system, expectObservable }) => {
      // At 8 one is worked on, one is in the mailbox, one is being offered, and one waits here.
      const sent = hot('   -(abcdef)');
      const kill = hot('   --------x');
      const outputs = '    ----a--b|';
      const letters = '    --------(cefd)';
      const counts = '     1-------0';
      const exchange = new Exchange<string>({ system });
      const slow = system.actor((m: string) => cold('---(m|)', { m }), { mailbox: { capacity: 1 } });
      exchange.attach(slow, { buffer: 10 });
      sent.subscribe((message) => exchange.send(message));
      kill.subscribe(() => slow.kill());
      expectObservable(slow).toBe(outputs);
      expectObservable(deadLetters(system)).toBe(
        letters,
        named('c: c killed', 'd: d killed', 'e: e closed', 'f: f closed'),
      );
      expectObservable(exchange.subscriberCount$.pipe(map(String))).toBe(counts);
    }),
  );

  it(
    'E8 does what it has taken when it is detached; what is being offered and what waits are dead letters',
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot('    -(abcde)------');
      const detach = hot('  ------x-------');
      const outputs = '     ----a--b--c---';
      const letters = '     ------(de)----';
      const exchange = new Exchange<string>({ system });
      const slow = system.actor((m: string) => cold('---(m|)', { m }), { mailbox: { capacity: 1 } });
      exchange.attach(slow, { buffer: 10 });
      expectObservable(slow).toBe(outputs);
      expectObservable(deadLetters(system)).toBe(letters, named('d: d closed', 'e: e closed'));
      sent.subscribe((message) => exchange.send(message));
      detach.subscribe(() => exchange.detach(slow));
    }),
  );

  it.each(['-(abcd|)', '-(abcd#)'])('gets what was sent before the end of the exchange, behind it: %s', (messages) =>
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot(messages);
      const outputs = '     ----a--b--c--d';
      const counts = '      2(0|)';
      const exchange = new Exchange<string>({ system });
      const slow = system.actor((m: string) => cold('---(m|)', { m }), { mailbox: { capacity: 1 } });
      exchange.attach(slow, { buffer: 10 });
      expectObservable(exchange).toBe(messages);
      expectObservable(slow).toBe(outputs);
      expectObservable(deadLetters(system)).toBe('-');
      expectObservable(exchange.subscriberCount$.pipe(map(String))).toBe(counts);
      sent.subscribe(exchange);
    })(),
  );

  it(
    'E8 makes dead letters of what waits when the exchange ends without a word',
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot(' -(abcd)-');
      const stop = hot(' ---x----');
      const outputs = '  ----a--b';
      const letters = '  ---(cd)-';
      const exchange = new Exchange<string>({ system });
      const slow = system.actor((m: string) => cold('---(m|)', { m }), { mailbox: { capacity: 1 } });
      exchange.attach(slow, { buffer: 10 });
      expectObservable(slow).toBe(outputs);
      expectObservable(deadLetters(system)).toBe(letters, named('c: c closed', 'd: d closed'));
      sent.subscribe((message) => exchange.send(message));
      stop.subscribe(() => exchange.unsubscribe());
    }),
  );

  it(
    'keeps nobody else waiting',
    marbles(
      ({ hot, system, probe, expectMessages, expectObservable }) => {
        const sent = hot('    -a-b-c-|');
        const received = '    -a-b-c--';
        const observed = '    -a-b-c-|';
        const exchange = new Exchange<string>({ system });
        const [before, after] = [probe<string>(), probe<string>()];
        exchange.attach(before);
        exchange.attach(
          system.actor(() => NEVER, { mailbox: { capacity: 1 } }),
          { buffer: 1 },
        );
        exchange.attach(after);
        sent.subscribe(exchange);
        expectMessages(before).toBe(received);
        expectMessages(after).toBe(received);
        expectObservable(exchange).toBe(observed);
      },
      { mayRemain: 'anything' },
    ),
  );

  it(
    'takes one message with `once`, also when it has to wait for room',
    marbles(({ hot, cold, system, expectObservable }) => {
      const direct = hot('  xy--------');
      const sent = hot('    --ab---c--');
      const outputs = '     ---x--y--a';
      const letters = '     ---b---c--';
      const exchange = new Exchange<string>({ system });
      const slow = system.actor((m: string) => cold('---(m|)', { m }), { mailbox: { capacity: 1 } });
      direct.subscribe((message) => slow.send(message));
      exchange.attach(slow, { buffer: 1, once: true });
      sent.subscribe((message) => exchange.send(message));
      expectObservable(slow).toBe(outputs);
      expectObservable(deadLetters(system)).toBe(letters, named('b: b unrouted', 'c: c unrouted'));
    }),
  );

  it('drains 10,000 messages through room for one, and loses none', () => {
    marbles(({ system, expectObservable }) => {
      const exchange = new Exchange<number>({ system });
      const all = Array.from({ length: 10_000 }, (_, index) => index);
      const got: number[] = [];
      const slow = system.actor(
        (n: number) => {
          got.push(n);
          return n % 1_000 === 0 ? timer(1) : undefined;
        },
        { mailbox: { capacity: 1 } },
      );
      exchange.attach(slow, { buffer: 10_000 });
      for (const n of all) exchange.send(n);
      expectObservable(timer(100).pipe(map(() => [got, exchange.dropped]))).toBe('100ms (x|)', { x: [all, 0] });
    })();
  });

  it(
    'may be a pool: it is offered what its members have room for',
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot('    -abcdef------');
      const outputs = '     ----ab-cd-ef';
      const exchange = new Exchange<string>({ system });
      const pool = system.actorPool((m: string) => cold('---(m|)', { m }), { size: 2, mailbox: { capacity: 1 } });
      exchange.attach(pool, { buffer: 10 });
      sent.subscribe((message) => exchange.send(message));
      expectObservable(pool).toBe(outputs);
      expectObservable(deadLetters(system)).toBe('-');
    }),
  );

  it(
    'may be anything that has an offer()',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('    -abc----');
      const looks = hot('   --x-y-z-');
      const detach = hot('  -------x');
      const taken = '       --x-y-z-';
      const failed = '      -----c--';
      const exchange = new Exchange<string>({ system });
      let got = '';
      const ready = {
        send: () => undefined,
        offer: (m: string) => {
          if (m === 'c') throw new Error('on purpose');
          return timer(2).pipe(map(() => (got += m)));
        },
      };
      exchange.attach(ready, { buffer: 10 });
      sent.subscribe((message) => exchange.send(message));
      detach.subscribe(() => exchange.detach(ready));
      expectObservable(failures(system)).toBe(failed, named('c: c delivery'));
      expectObservable(deadLetters(system)).toBe('-');
      expectObservable(looks.pipe(map(() => got))).toBe(taken, { x: '', y: 'a', z: 'ab' });
    }),
  );
});

describe('a recipient whose send() returns a Promise, with a buffer', () => {
  it('is handed one message after the other, in order', async () => {
    const exchange = new Exchange<number>();
    const slow = new Slow<number>();
    exchange.attach(slow, { buffer: 10 });
    send(exchange, 1, 2, 3);
    expect(slow.got).toEqual([1]);
    await slow.settle();
    expect(slow.got).toEqual([1, 2]);
    send(exchange, 4);
    await slow.settle(2);
    expect(slow.got).toEqual([1, 2, 3, 4]);
    await slow.settle();
    send(exchange, 5);
    expect(slow.got).toEqual([1, 2, 3, 4, 5]);
  });

  it('without a buffer is sent everything at once', () => {
    const exchange = new Exchange<number>();
    const slow = new Slow<number>();
    exchange.attach(slow);
    send(exchange, 1, 2, 3);
    expect(slow.got).toEqual([1, 2, 3]);
  });

  it.each([
    ['drop-newest', [1, 2, 3], ['4 overflow', '5 overflow']],
    ['drop-oldest', [1, 4, 5], ['2 overflow', '3 overflow']],
    [undefined, [1, 2, 3], ['4 overflow', '5 overflow']],
  ] as const)('drops what there is no room for, and counts it: %s', async (overflow, got, dropped) => {
    const system = new ActorSystem();
    const { letters } = told(system);
    const exchange = new Exchange<number>({ system });
    const slow = new Slow<number>();
    exchange.attach(slow, { buffer: 2, ...(overflow && { overflow }) });
    send(exchange, 1, 2, 3, 4, 5);
    await slow.settle(3);
    expect(slow.got).toEqual(got);
    expect(letters).toEqual(dropped);
    expect(exchange.dropped).toBe(2);
  });

  it('names the recipient in its dead letters', () => {
    const system = new ActorSystem();
    const recipients: unknown[] = [];
    system.deadLetters.subscribe((letter) => recipients.push(letter.recipient));
    const exchange = new Exchange<number>({ system });
    const slow = new Slow<number>();
    exchange.attach(slow, { buffer: 1 });
    send(exchange, 1, 2, 3);
    exchange.detach(slow);
    expect(recipients).toEqual([slow, slow]);
  });

  it('counts what is dropped for all recipients together', () => {
    const exchange = new Exchange<number>();
    for (const buffer of [1, 2]) exchange.attach(new Slow<number>(), { buffer });
    send(exchange, 1, 2, 3, 4);
    expect(exchange.dropped).toBe(3);
  });

  it('O6 reports a Promise that rejects, and goes on', async () => {
    const system = new ActorSystem();
    const { letters, failed } = told(system);
    const exchange = new Exchange<number>({ system });
    const slow = new Slow<number>();
    exchange.attach(slow, { buffer: 10 });
    send(exchange, 1, 2, 3);
    await slow.fail('rejected');
    await slow.settle();
    await slow.fail('again');
    expect(slow.got).toEqual([1, 2, 3]);
    expect(failed).toEqual(['1 rejected', '3 again']);
    expect(letters).toEqual([]);
    expect(exchange.subscriberCount).toBe(1);
  });

  it('O6 reports a send() that throws, and goes on', async () => {
    const system = new ActorSystem();
    const { failed } = told(system);
    const exchange = new Exchange<number>({ system });
    const slow = new Slow<number>();
    const sometimes = {
      send: (n: number) => {
        if (n % 2 === 0) throw new Error('thrown');
        return slow.send(n);
      },
    };
    exchange.attach(sometimes, { buffer: 10 });
    send(exchange, 1, 2, 3, 4);
    await slow.settle(2);
    expect(slow.got).toEqual([1, 3]);
    expect(failed).toEqual(['2 Error: thrown', '4 Error: thrown']);
  });

  it('E8 makes dead letters of what waits when it is detached; the one that it has is its own affair', async () => {
    const system = new ActorSystem();
    const { letters, failed } = told(system);
    const exchange = new Exchange<number>({ system });
    const slow = new Slow<number>();
    exchange.attach(slow, { buffer: 10 });
    send(exchange, 1, 2, 3);
    exchange.detach(slow);
    expect(letters).toEqual(['2 closed', '3 closed']);
    await slow.fail('late');
    expect(slow.got).toEqual([1]);
    expect(failed).toEqual(['1 late']);
    exchange.attach(slow, { buffer: 10 });
    send(exchange, 4);
    expect(slow.got).toEqual([1, 4]);
  });

  it('E8 loses nothing when one who hears of a dropped message detaches it', () => {
    for (const overflow of ['drop-newest', 'drop-oldest'] as const) {
      const system = new ActorSystem();
      const { letters } = told(system);
      const exchange = new Exchange<number>({ system });
      const slow = new Slow<number>();
      exchange.attach(slow, { buffer: 1, overflow });
      system.deadLetters.subscribe(({ reason }) => reason === 'overflow' && exchange.detach(slow));
      send(exchange, 1, 2, 3);
      expect([...letters].sort()).toEqual(
        overflow === 'drop-newest' ? ['2 closed', '3 overflow'] : ['2 overflow', '3 closed'],
      );
    }
  });

  it('X2 takes what is replayed through its buffer', async () => {
    const system = new ActorSystem();
    const { letters } = told(system);
    const exchange = new Exchange<number>({ system, replay: 4 });
    send(exchange, 1, 2, 3, 4);
    const slow = new Slow<number>();
    exchange.attach(slow, { buffer: 2 });
    await slow.settle(3);
    expect(slow.got).toEqual([1, 2, 3]);
    expect(letters).toEqual(['4 overflow']);
  });

  it('takes what filter and map leave', async () => {
    const exchange = new Exchange<number>();
    const slow = new Slow<string>();
    exchange.attach(slow, { buffer: 10, filter: (n) => n % 2 === 1, map: (n) => `#${n}` });
    send(exchange, 1, 2, 3);
    await slow.settle(2);
    expect(slow.got).toEqual(['#1', '#3']);
  });

  it('keeps the order when it sends to the exchange, at once or later', async () => {
    const exchange = new Exchange<number>();
    const log: string[] = [];
    exchange.subscribe(listener(log, 'all'));
    const asking = {
      send: async (n: number) => {
        log.push(`slow:${n}`);
        if (n < 10) exchange.send(n * 10);
        await Promise.resolve();
        if (n < 10) exchange.send(n * 100);
      },
    };
    exchange.attach(asking, { buffer: 10 });
    send(exchange, 1, 2);
    for (let turn = 0; turn < 10; turn++) await settled();
    const numbers = (name: string) => log.filter((entry) => entry.startsWith(name)).map((entry) => entry.split(':')[1]);
    expect(numbers('slow')).toEqual(numbers('all'));
    expect(numbers('all')).toEqual(['1', '10', '2', '100', '20', '200']);
  });

  it('gets the next one after a thenable that answers twice, once', async () => {
    const exchange = new Exchange<number>();
    const got: number[] = [];
    const hasty = {
      send: (n: number): PromiseLike<void> => {
        got.push(n);
        return {
          then: (resolve: any, reject: any): any => {
            resolve();
            reject('late');
            resolve();
          },
        };
      },
    };
    const slow = new Slow<number>();
    exchange.attach(hasty, { buffer: 10 });
    exchange.attach(slow, { buffer: 10 });
    send(exchange, 1, 2, 3);
    await settled();
    await settled();
    expect(got).toEqual([1, 2, 3]);
    expect(slow.got).toEqual([1]);
  });

  it('drains 10,000 without recursion: at once, by Promises, and by both', async () => {
    const ways: ((n: number) => unknown)[] = [
      () => undefined,
      () => Promise.resolve(),
      (n) => (n % 3 === 0 ? Promise.resolve() : undefined),
    ];
    for (const way of ways) {
      const exchange = new Exchange<number>();
      const got: number[] = [];
      let open!: () => void;
      const gate = new Promise<void>((resolve) => (open = resolve));
      const task = {
        send: (n: number) => {
          got.push(n);
          return n === 0 ? gate : way(n);
        },
      };
      exchange.attach(task, { buffer: 10_000 });
      const all = Array.from({ length: 10_000 }, (_, index) => index);
      send(exchange, ...all);
      expect(got).toEqual([0]);
      open();
      for (let turn = 0; turn < 10_000 && got.length < all.length; turn++) await settled();
      expect(got).toEqual(all);
    }
  });

  it('is sent to on the sender’s stack while it is not behind', () => {
    const exchange = new Exchange<number>();
    const log: string[] = [];
    exchange.attach(recipient(log, 'a'), { buffer: 1 });
    exchange.attach(recipient(log, 'b'));
    send(exchange, 1, 2);
    expect(log).toEqual(['a:1', 'b:1', 'a:2', 'b:2']);
  });
});

describe('E8 the account of a slow recipient', () => {
  it('E8 each message is handed over, or is one dead letter, in any program', async () => {
    const step = fc.constantFrom<('send' | 'settle' | 'fail' | 'detach' | 'attach' | 'complete')[]>(
      'send',
      'send',
      'send',
      'settle',
      'settle',
      'fail',
      'detach',
      'attach',
      'complete',
    );
    const overflows = fc.constantFrom('drop-newest' as const, 'drop-oldest' as const);
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 40 }),
        fc.integer({ min: 1, max: 4 }),
        overflows,
        async (...given) => {
          const [program, buffer, overflow] = given;
          const system = new ActorSystem();
          const { letters } = told(system);
          const exchange = new Exchange<number>({ system });
          const open: ((failed: boolean) => void)[] = [];
          const got: number[] = [];
          let most = 0;
          const slow = {
            send: (n: number) => {
              got.push(n);
              return new Promise<void>((resolve, reject) => {
                most = Math.max(
                  most,
                  open.push((failed) => (failed ? reject(new Error('failed')) : resolve())),
                );
              });
            },
          };
          system.failures.subscribe();
          let sent = 0;
          let ended = false;
          const attach = (): void => {
            if (!ended) exchange.attach(slow, { buffer, overflow });
          };
          attach();
          for (const what of program) {
            if (what === 'send') exchange.send(sent++);
            else if (what === 'attach') attach();
            else if (what === 'detach') exchange.detach(slow);
            else if (what === 'complete') {
              exchange.complete();
              ended = true;
            } else open.shift()?.(what === 'fail');
            await settled();
          }
          for (let turn = 0; turn < 50; turn++) {
            open.shift()?.(false);
            await settled();
          }
          const numbers = letters.map((letter) => Number(letter.split(' ')[0]));
          expect([...got, ...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: sent }, (_, n) => n));
          // It is attached again while it may still have one from before.
          const detachments = program.filter((what) => what === 'detach').length;
          expect(most).toBeLessThanOrEqual(1 + detachments);
          expect(exchange.dropped).toBe(letters.filter((letter) => letter.endsWith('overflow')).length);
        },
      ),
      { numRuns: 500 },
    );
  });

  it(
    'E8 ends with an actor that fails, however much is waiting',
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot('    -(abcde)-');
      const letters = '     ---(vwxyz)';
      const exchange = new Exchange<string>({ system });
      const failing = system.actor(() => cold('--#'), { mailbox: { capacity: 1 } });
      recorded(failing.terminated);
      exchange.attach(failing, { buffer: 10 });
      sent.subscribe((message) => exchange.send(message));
      expectObservable(deadLetters(system).pipe(map((letter) => letter.split(' ')[0]))).toBe(letters, {
        v: 'a',
        w: 'c',
        x: 'd',
        y: 'e',
        z: 'b',
      });
    }),
  );
});
