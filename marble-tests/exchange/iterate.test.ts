import { ActorSystem, Exchange, type DeadLetter, type IterateOptions } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { lettersOf, sendAll, thrownBy } from '../recorder.js';

const options = { buffer: 2 };

/** Takes so many messages. */
const take = async <T>(iterator: AsyncIterator<T, undefined>, count: number): Promise<(T | undefined)[]> => {
  const taken: (T | undefined)[] = [];
  for (let turn = 0; turn < count; turn++) taken.push((await iterator.next()).value);
  return taken;
};

/** What a loop over an exchange gets, until it has had `count` messages, or the exchange ends. */
const loop = async <T>(source: AsyncIterable<T>, count = Infinity): Promise<T[]> => {
  const got: T[] = [];
  for await (const message of source) {
    got.push(message);
    if (got.length >= count) break;
  }
  return got;
};

describe('for await', () => {
  it('gets the messages from now on, in order, until the end', async () => {
    const exchange = new Exchange<number>();
    sendAll(exchange, 0);
    const got = loop(exchange);
    sendAll(exchange, 1, 2);
    await Promise.resolve();
    sendAll(exchange, 3);
    exchange.complete();
    expect(await got).toEqual([1, 2, 3]);
    expect(exchange.subscriberCount).toBe(0);
  });

  it('gets none, one, and 1,024, which is what waits by default', async () => {
    for (const count of [0, 1, 1_024]) {
      const exchange = new Exchange<number>();
      const got = loop(exchange);
      const messages = Array.from({ length: count }, (_, index) => index);
      sendAll(exchange, ...messages);
      exchange.complete();
      expect(await got).toEqual(messages);
      expect(exchange.dropped).toBe(0);
    }
  });

  it('unsubscribes when it is left: by break, by return, and by a throw', async () => {
    const ways: ((exchange: Exchange<number>) => Promise<unknown>)[] = [
      (exchange) => loop(exchange, 1),
      async (exchange) => {
        for await (const message of exchange) return message;
        return undefined;
      },
      async (exchange) => {
        for await (const message of exchange) throw new Error(`${message}`);
      },
    ];
    for (const way of ways) {
      const exchange = new Exchange<number>();
      const left = way(exchange).catch((error: unknown) => error);
      expect(exchange.subscriberCount).toBe(1);
      sendAll(exchange, 1, 2);
      await left;
      expect(exchange.subscriberCount).toBe(0);
    }
  });

  it('throws what the exchange ends with, behind what waits, and once', async () => {
    const exchange = new Exchange<number>();
    const got: number[] = [];
    const iterator = exchange.iterate();
    const looped = (async () => {
      for await (const message of iterator) got.push(message);
    })();
    sendAll(exchange, 1, 2);
    exchange.error('down');
    await expect(looped).rejects.toBe('down');
    expect(got).toEqual([1, 2]);
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  it('ends when the exchange ends without a word', async () => {
    const exchange = new Exchange<number>();
    const [waiting, behind] = [loop(exchange), loop(exchange.iterate())];
    sendAll(exchange, 1);
    // eslint-disable-next-line rxjs-x/no-subject-unsubscribe -- what is tested
    exchange.unsubscribe();
    expect(await Promise.all([waiting, behind])).toEqual([[1], [1]]);
  });

  it('is over at once on an exchange that has ended, and throws what that ended with', async () => {
    const [completed, failed] = [new Exchange<number>(), new Exchange<number>()];
    completed.complete();
    failed.error('down');
    expect(await loop(completed)).toEqual([]);
    await expect(loop(failed)).rejects.toBe('down');
  });

  it('X2 begins with what is kept', async () => {
    const exchange = new Exchange<number>({ replay: 2 });
    sendAll(exchange, 1, 2, 3);
    const got = loop(exchange);
    sendAll(exchange, 4);
    exchange.complete();
    expect(await got).toEqual([2, 3, 4]);
    expect(await loop(exchange)).toEqual([3, 4]);
  });

  it('lets the loop send: what it sends it gets in its turn', async () => {
    const exchange = new Exchange<number>();
    const got: number[] = [];
    const looped = (async () => {
      for await (const message of exchange) {
        got.push(message);
        if (message < 10) exchange.send(message * 10);
        if (message === 20) exchange.complete();
      }
    })();
    sendAll(exchange, 1, 2);
    await looped;
    expect(got).toEqual([1, 2, 10, 20]);
  });

  it('O5 gives several loops, and everybody else, the same order', async () => {
    const exchange = new Exchange<number>();
    const seen: number[] = [];
    const loops = [loop(exchange), loop(exchange.iterate({ buffer: 5 }))];
    exchange.subscribe((message) => {
      seen.push(message);
      if (message < 3) exchange.send(message * 10);
    });
    sendAll(exchange, 1, 2);
    exchange.complete();
    expect(await Promise.all(loops)).toEqual([seen, seen]);
    expect(seen).toEqual([1, 10, 2, 20]);
  });
});

describe('iterate', () => {
  it('subscribes at once, and is its own iterable', async () => {
    const exchange = new Exchange<number>();
    const iterator = exchange.iterate();
    expect(exchange.subscriberCount).toBe(1);
    expect(iterator[Symbol.asyncIterator]()).toBe(iterator);
    sendAll(exchange, 1);
    expect(await iterator.next()).toEqual({ done: false, value: 1 });
  });

  it('answers those who ask before there is anything, in the order in which they asked', async () => {
    const exchange = new Exchange<number>();
    const iterator = exchange.iterate();
    const asked = [iterator.next(), iterator.next(), iterator.next(), iterator.next()];
    sendAll(exchange, 1, 2);
    exchange.complete();
    expect((await Promise.all(asked)).map(({ value }) => value)).toEqual([1, 2, undefined, undefined]);
  });

  it('tells the first of those who wait of an error, and the others that it is over', async () => {
    const exchange = new Exchange<number>();
    const iterator = exchange.iterate();
    const asked = [iterator.next(), iterator.next(), iterator.next()];
    exchange.error('down');
    const results = await Promise.allSettled([...asked, iterator.next()]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
  });

  it.each<[IterateOptions, number[], string[]]>([
    [{ buffer: 2 }, [4, 5], ['1 overflow', '2 overflow', '3 overflow']],
    [{ buffer: 2, overflow: 'drop-oldest' }, [4, 5], ['1 overflow', '2 overflow', '3 overflow']],
    [{ buffer: 2, overflow: 'drop-newest' }, [1, 2], ['3 overflow', '4 overflow', '5 overflow']],
    [{ buffer: 5 }, [1, 2, 3, 4, 5], []],
  ])('drops what there is no room for, as a dead letter that is counted: %o', async (given, got, dropped) => {
    const system = new ActorSystem();
    const letters = lettersOf(system);
    const exchange = new Exchange<number>({ system });
    const iterator = exchange.iterate(given);
    sendAll(exchange, 1, 2, 3, 4, 5);
    exchange.complete();
    expect(await loop(iterator)).toEqual(got);
    expect(letters).toEqual(dropped);
    expect(exchange.dropped).toBe(dropped.length);
  });

  it('drops nothing of what somebody waits for', async () => {
    const exchange = new Exchange<number>();
    const iterator = exchange.iterate({ buffer: 1 });
    const asked = [iterator.next(), iterator.next()];
    sendAll(exchange, 1, 2, 3);
    expect((await Promise.all(asked)).map(({ value }) => value)).toEqual([1, 2]);
    expect(await take(iterator, 1)).toEqual([3]);
    expect(exchange.dropped).toBe(0);
  });

  it('keeps each iterator to itself', async () => {
    const exchange = new Exchange<number>();
    const [slow, quick] = [exchange.iterate(options), exchange.iterate({ buffer: 10 })];
    sendAll(exchange, 1, 2, 3);
    expect(await take(quick, 3)).toEqual([1, 2, 3]);
    expect(await take(slow, 2)).toEqual([2, 3]);
    await quick.return!();
    sendAll(exchange, 4);
    expect(await take(slow, 1)).toEqual([4]);
    expect(exchange.subscriberCount).toBe(1);
  });

  it('is over after return(), for those who wait as well, whatever else was to come', async () => {
    for (const end of ['nothing', 'complete', 'error'] as const) {
      const exchange = new Exchange<number>();
      const iterator = exchange.iterate();
      const asked = [iterator.next(), iterator.next()];
      sendAll(exchange, 1);
      if (end === 'nothing') {
        expect(await iterator.return!()).toEqual({ done: true, value: undefined });
        expect(await Promise.all(asked)).toEqual([
          { done: false, value: 1 },
          { done: true, value: undefined },
        ]);
      } else {
        sendAll(exchange, 2, 3);
        if (end === 'error') exchange.error('down');
        else exchange.complete();
        await Promise.all(asked);
        await iterator.return!();
      }
      expect(await iterator.next()).toEqual({ done: true, value: undefined });
      expect(await iterator.return!()).toEqual({ done: true, value: undefined });
      expect(exchange.subscriberCount).toBe(0);
    }
  });

  it.each([
    ['that goes on', () => undefined],
    ['that has ended meanwhile', (exchange: Exchange<number>) => exchange.complete()],
  ])('E8 makes dead letters of what still waits when it is left, of an exchange %s', async (_, then) => {
    const system = new ActorSystem();
    const letters: DeadLetter[] = [];
    system.deadLetters.subscribe((letter) => letters.push(letter));
    const exchange = new Exchange<number>({ system });
    const iterator = exchange.iterate();
    sendAll(exchange, 1, 2, 3);
    await iterator.next();
    then(exchange);
    expect(letters).toEqual([]);
    await iterator.return!();
    await iterator.return!();
    expect(letters).toEqual([2, 3].map((message) => ({ message, recipient: exchange, reason: 'closed' })));
    expect(exchange.dropped).toBe(0);
  });

  it('takes 10,000 that wait, in order', async () => {
    const exchange = new Exchange<number>();
    const iterator = exchange.iterate({ buffer: 10_000 });
    const messages = Array.from({ length: 10_000 }, (_, index) => index);
    sendAll(exchange, ...messages);
    exchange.complete();
    expect(await loop(iterator)).toEqual(messages);
  });

  it('passes on what is undefined or null as messages', async () => {
    const exchange = new Exchange<null | undefined>();
    const got = loop(exchange);
    sendAll(exchange, undefined, null);
    exchange.complete();
    expect(await got).toEqual([undefined, null]);
  });

  it.each<[any, string]>([
    [null, 'TypeError: Expected `options` to be an object, got `null`.'],
    [3, 'TypeError: Expected `options` to be an object, got `3` (number).'],
    [{ buffer: 0 }, 'RangeError: Expected `buffer` to be a whole number from 1 up, got `0` (number).'],
    [{ buffer: 1.5 }, 'RangeError: Expected `buffer` to be a whole number from 1 up, got `1.5` (number).'],
    [{ buffer: '2' }, "TypeError: Expected `buffer` to be a whole number from 1 up, got `'2'` (string)."],
    [
      { overflow: 'block' },
      "TypeError: Expected `overflow` to be 'drop-newest' or 'drop-oldest', got `'block'` (string).",
    ],
  ])('refuses %o, and subscribes to nothing', (given, message) => {
    const exchange = new Exchange<number>();
    expect(String(thrownBy(() => exchange.iterate(given)))).toBe(message);
    expect(exchange.subscriberCount).toBe(0);
  });
});
