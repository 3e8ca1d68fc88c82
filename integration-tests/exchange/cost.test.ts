import { Exchange, type Recipient } from 'rx-actors';
import { describe, expect, it, vi } from 'vitest';

const MANY = 100_000;
const group = 'workers';

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
  it('O8.1 attaches and detaches 100,000 recipients', () => {
    const exchange = new Exchange<number>();
    const all = tasks(MANY);
    all.forEach((task) => exchange.attach(task));
    expect(exchange.subscriberCount).toBe(MANY);
    expect(order(all).every((task) => exchange.detach(task))).toBe(true);
    expect(exchange.subscriberCount).toBe(0);
  });

  it('O8.1 subscribes and unsubscribes 100,000 observers', () => {
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

  it('O8 attaches and detaches 100,000 members, and gives what is sent meanwhile to one each', () => {
    const exchange = new Exchange<number>({ maxSubscribers: Infinity });
    let got = 0;
    const members = Array.from({ length: MANY }, () => ({ send: () => got++ }));
    for (const member of members) exchange.attach(member, { group });
    expect(exchange.subscriberCount).toBe(MANY);
    order(members).forEach((member, index) => {
      if (index % 100 === 0) exchange.send(index);
      exchange.detach(member);
    });
    expect(got).toBe(MANY / 100);
    expect(exchange.subscriberCount).toBe(0);
  });
});

describe('O8 the end', () => {
  it('O8.2 completes with 100,000 observers, each told once', () => {
    const exchange = new Exchange<number>();
    let told = 0;
    for (let index = 0; index < MANY; index++) exchange.subscribe({ complete: () => told++ });
    exchange.complete();
    expect(told).toBe(MANY);
    expect(exchange.subscriberCount).toBe(0);
  });
});

// No clock decides here: what costs more the more there are would run into the time limit of a test, or search an array.
describe('O8 the cost of one does not grow with their number', () => {
  it('O8 detaches one by one what was attached by one subscribe(), and searches no array for it', () => {
    const exchange = new Exchange<number>();
    const all = tasks(10_000);
    exchange.subscribe(...all);
    const searches = [vi.spyOn(Array.prototype, 'indexOf'), vi.spyOn(Array.prototype, 'splice')];
    shuffled(all).forEach((task) => exchange.detach(task));
    const calls = searches.map((search) => search.mock.calls.length);
    searches.forEach((search) => {
      search.mockRestore();
    });
    expect(calls).toEqual([0, 0]);
    expect(exchange.subscriberCount).toBe(0);
  });

  it('O8.1 attaches and detaches one recipient 300,000 times beside 100,000 that stay', () => {
    const exchange = new Exchange<number>();
    tasks(MANY).forEach((task) => exchange.attach(task));
    const visitor = { send: () => undefined };
    for (let visit = 0; visit < 300_000; visit++) {
      exchange.attach(visitor);
      exchange.detach(visitor);
    }
    expect(exchange.subscriberCount).toBe(MANY);
  });

  it('O8 lets observers come and go during a chain of 300,000 sends', () => {
    const exchange = new Exchange<number>();
    let last = 0;
    exchange.subscribe((message) => {
      exchange.subscribe(() => undefined).unsubscribe();
      last = message;
      if (message < 300_000) exchange.send(message + 1);
    });
    exchange.send(1);
    expect(last).toBe(300_000);
    expect(exchange.subscriberCount).toBe(1);
  });

  it('O8 lets one come and go 100,000 times beside 10,000 that stay, and in a group of its own', () => {
    const exchange = new Exchange<number>({ maxSubscribers: Infinity });
    for (const member of Array.from({ length: 10_000 }, () => ({ send: () => undefined })))
      exchange.attach(member, { group });
    const visitor = { send: () => undefined };
    for (let visit = 0; visit < MANY; visit++) {
      exchange.attach(visitor, { group: visit % 2 === 0 ? group : 'alone' });
      exchange.detach(visitor);
    }
    expect(exchange.subscriberCount).toBe(10_000);
  });

  it('O8 finds the one that stays, however many have come and gone', () => {
    const exchange = new Exchange<number>();
    let got = 0;
    exchange.attach({ send: () => got++ }, { group });
    for (let visit = 0; visit < MANY; visit++) {
      exchange.attach({ send: () => undefined }, { group }).unsubscribe();
      exchange.send(visit);
    }
    expect(got).toBe(MANY);
  });
});
