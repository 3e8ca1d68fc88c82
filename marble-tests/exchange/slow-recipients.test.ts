import fc from 'fast-check';
import { ActorSystem, Exchange } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { listener, promisesSettled, recipient, sendAll } from '../recorder.js';

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
      await promisesSettled();
    }
  }

  async fail(error: unknown): Promise<void> {
    this.#waiting.shift()!.reject(error);
    await promisesSettled();
  }
}

/** What a system tells, as `message reason` and `message error`. */
const told = (system: ActorSystem): { readonly letters: string[]; readonly failed: string[] } => {
  const [letters, failed]: string[][] = [[], []];
  system.deadLetters.subscribe(({ message, reason }) => letters.push(`${message} ${reason}`));
  system.failures.subscribe(({ message, error }) => failed.push(`${message} ${error}`));
  return { letters, failed };
};

describe('a recipient whose send() returns a Promise, with a buffer', () => {
  it('is handed one message after the other, in order', async () => {
    const exchange = new Exchange<number>();
    const slow = new Slow<number>();
    exchange.attach(slow, { buffer: 10 });
    sendAll(exchange, 1, 2, 3);
    expect(slow.got).toEqual([1]);
    await slow.settle();
    expect(slow.got).toEqual([1, 2]);
    sendAll(exchange, 4);
    await slow.settle(2);
    expect(slow.got).toEqual([1, 2, 3, 4]);
    await slow.settle();
    sendAll(exchange, 5);
    expect(slow.got).toEqual([1, 2, 3, 4, 5]);
  });

  it('without a buffer is sent everything at once', () => {
    const exchange = new Exchange<number>();
    const slow = new Slow<number>();
    exchange.attach(slow);
    sendAll(exchange, 1, 2, 3);
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
    sendAll(exchange, 1, 2, 3, 4, 5);
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
    sendAll(exchange, 1, 2, 3);
    exchange.detach(slow);
    expect(recipients).toEqual([slow, slow]);
  });

  it('counts what is dropped for all recipients together', () => {
    const exchange = new Exchange<number>();
    for (const buffer of [1, 2]) exchange.attach(new Slow<number>(), { buffer });
    sendAll(exchange, 1, 2, 3, 4);
    expect(exchange.dropped).toBe(3);
  });

  it('O6 reports a Promise that rejects, and goes on', async () => {
    const system = new ActorSystem();
    const { letters, failed } = told(system);
    const exchange = new Exchange<number>({ system });
    const slow = new Slow<number>();
    exchange.attach(slow, { buffer: 10 });
    sendAll(exchange, 1, 2, 3);
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
    sendAll(exchange, 1, 2, 3, 4);
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
    sendAll(exchange, 1, 2, 3);
    exchange.detach(slow);
    expect(letters).toEqual(['2 closed', '3 closed']);
    await slow.fail('late');
    expect(slow.got).toEqual([1]);
    expect(failed).toEqual(['1 late']);
    exchange.attach(slow, { buffer: 10 });
    sendAll(exchange, 4);
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
      sendAll(exchange, 1, 2, 3);
      expect([...letters].sort()).toEqual(
        overflow === 'drop-newest' ? ['2 closed', '3 overflow'] : ['2 overflow', '3 closed'],
      );
    }
  });

  it('X2 takes what is replayed through its buffer', async () => {
    const system = new ActorSystem();
    const { letters } = told(system);
    const exchange = new Exchange<number>({ system, replay: 4 });
    sendAll(exchange, 1, 2, 3, 4);
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
    sendAll(exchange, 1, 2, 3);
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
    sendAll(exchange, 1, 2);
    for (let turn = 0; turn < 10; turn++) await promisesSettled();
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
    sendAll(exchange, 1, 2, 3);
    await promisesSettled();
    await promisesSettled();
    expect(got).toEqual([1, 2, 3]);
    expect(slow.got).toEqual([1]);
  });

  it('drains 100,000 without recursion: at once, by Promises, and by both', async () => {
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
      exchange.attach(task, { buffer: 100_000 });
      const all = Array.from({ length: 100_000 }, (_, index) => index);
      sendAll(exchange, ...all);
      expect(got).toEqual([0]);
      open();
      for (let turn = 0; turn < 100_000 && got.length < all.length; turn++) await promisesSettled();
      expect(got).toEqual(all);
    }
  });

  it('is done at once with a message for which it returns something other than a Promise', () => {
    const exchange = new Exchange<number>();
    const got: number[] = [];
    exchange.attach({ send: (n: number) => ({ length: got.push(n) }) }, { buffer: 1 });
    sendAll(exchange, 1, 2, 3);
    expect(got).toEqual([1, 2, 3]);
  });

  it('is sent to on the sender’s stack while it is not behind', () => {
    const exchange = new Exchange<number>();
    const log: string[] = [];
    exchange.attach(recipient(log, 'a'), { buffer: 1 });
    exchange.attach(recipient(log, 'b'));
    sendAll(exchange, 1, 2);
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
            await promisesSettled();
          }
          for (let turn = 0; turn < 50; turn++) {
            open.shift()?.(false);
            await promisesSettled();
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
});
