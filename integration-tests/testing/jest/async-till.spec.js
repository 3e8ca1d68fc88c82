import { describe, expect, test } from '@jest/globals';
import { firstValueFrom } from 'rxjs';
import { asyncMarbles } from './marbles.js';

const PRICES = { a: 3, b: 4 };

/** A till whose price list is behind a Promise. */
const scan = async (article) => {
  const prices = await Promise.resolve(PRICES);
  return { price: prices[article], at: Date.now() };
};

describe('a till that awaits', () => {
  test(
    'answers in the frame in which it is asked',
    asyncMarbles(({ send, system, expectObservable }) => {
      const till = system.actor(scan);
      send(till, '                --a-b|');
      const at = expect.any(Number);
      expectObservable(till).toBe('--a-b|', { a: { price: 3, at }, b: { price: 4, at } });
    }),
  );

  test(
    'is asked by a body that awaits',
    asyncMarbles(async ({ system, probe, expectMessages }) => {
      const display = probe();
      const till = system.actor(scan);
      for (const article of ['a', 'b']) display.send((await firstValueFrom(till.ask(article))).price);
      expectMessages(display).toBe('(ab)', PRICES);
    }),
  );

  test(
    'keeps time from going on while it waits for something real',
    asyncMarbles(({ send, system, hold, expectObservable }) => {
      const real = (article) => new Promise((resolve) => setTimeout(resolve, 5, PRICES[article]));
      const till = system.actor((article) => hold(real(article)));
      send(till, '                -a-b|');
      expectObservable(till).toBe('-a-b|', PRICES);
    }),
  );
});
