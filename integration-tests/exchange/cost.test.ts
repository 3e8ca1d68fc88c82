import { Exchange, type Recipient } from 'rx-actors';
import { describe, expect, it } from 'vitest';

const MANY = 100_000;

const tasks = (count: number): Recipient<number>[] => Array.from({ length: count }, () => ({ send: () => undefined }));
const shuffled = <T>(values: readonly T[]): T[] => {
  const all = [...values];
  for (let index = all.length - 1, seed = 1; index > 0; index--) {
    seed = (seed * 48_271) % 2_147_483_647;
    const other = seed % (index + 1);
    [all[index], all[other]] = [all[other], all[index]];
  }
  return all;
};
const orders = {
  'first in, first out': <T>(values: readonly T[]) => [...values],
  'last in, first out': <T>(values: readonly T[]) => [...values].reverse(),
  'any order': shuffled,
};

describe.each(Object.entries(orders))('O8 %s', (_, order) => {
  it('O8 attaches and detaches 100,000 recipients', () => {
    const exchange = new Exchange<number>();
    const all = tasks(MANY);
    all.forEach((task) => exchange.attach(task));
    expect(exchange.subscriberCount).toBe(MANY);
    expect(order(all).every((task) => exchange.detach(task))).toBe(true);
    expect(exchange.subscriberCount).toBe(0);
  });

  it('O8 subscribes and unsubscribes 100,000 observers', () => {
    const exchange = new Exchange<number>();
    const subscriptions = Array.from({ length: MANY }, () => exchange.subscribe(() => undefined));
    expect(exchange.subscriberCount).toBe(MANY);
    order(subscriptions).forEach((subscription) => subscription.unsubscribe());
    expect(exchange.subscriberCount).toBe(0);
  });

  it('O8 still serves the rest in order when nine in ten are gone', () => {
    const exchange = new Exchange<number>();
    const got: number[] = [];
    const all = Array.from({ length: MANY }, (_, index) => ({ index, send: () => got.push(index) }));
    all.forEach((task) => exchange.attach(task));
    order(all.filter(({ index }) => index % 10 !== 0)).forEach((task) => exchange.detach(task));
    exchange.send(1);
    expect(got).toEqual(all.filter(({ index }) => index % 10 === 0).map(({ index }) => index));
  });
});

describe('O8 the end', () => {
  it('O8 completes with 100,000 observers, each told once', () => {
    const exchange = new Exchange<number>();
    let told = 0;
    for (let index = 0; index < MANY; index++) exchange.subscribe({ complete: () => told++ });
    exchange.complete();
    expect(told).toBe(MANY);
    expect(exchange.subscriberCount).toBe(0);
  });
});

/** The shortest of several runs, so that what the machine does beside counts little. */
const shortest = (work: () => void): number =>
  Math.min(
    ...Array.from({ length: 5 }, () => {
      const start = performance.now();
      work();
      return performance.now() - start;
    }),
  );

/** How many times longer eight times the work takes: 8 when the cost of one does not grow, 64 when it is quadratic. */
const growth = (count: number, work: (count: number) => void): number => {
  shortest(() => work(count));
  const small = shortest(() => work(count));
  return shortest(() => work(8 * count)) / small;
};

describe('O8 the cost of one does not grow with their number', () => {
  it('O8 detaching, in any order', () => {
    expect(
      growth(20_000, (count) => {
        const exchange = new Exchange<number>();
        const all = tasks(count);
        all.forEach((task) => exchange.attach(task));
        shuffled(all).forEach((task) => exchange.detach(task));
      }),
    ).toBeLessThan(24);
  });

  it('O8 detaching, one by one, what was attached by one subscribe()', () => {
    expect(
      growth(5_000, (count) => {
        const exchange = new Exchange<number>();
        const all = tasks(count);
        exchange.subscribe(...all);
        shuffled(all).forEach((task) => exchange.detach(task));
      }),
    ).toBeLessThan(24);
  });

  it('O8 coming and going during a long chain of sends', () => {
    expect(
      growth(2_000, (count) => {
        const exchange = new Exchange<number>();
        exchange.subscribe((message) => {
          exchange.subscribe(() => undefined).unsubscribe();
          if (message < count) exchange.send(message + 1);
        });
        exchange.send(1);
      }),
    ).toBeLessThan(24);
  });

  it('O8 completing, with observers', () => {
    expect(
      growth(20_000, (count) => {
        const exchange = new Exchange<number>();
        for (let index = 0; index < count; index++) exchange.subscribe(() => undefined);
        exchange.complete();
      }),
    ).toBeLessThan(24);
  });
});
