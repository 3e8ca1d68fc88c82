import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { ActorSystem } from 'rx-actors';
import { LeftoversError, settled } from 'rx-actors/testing';
import { delay, firstValueFrom, of, timer } from 'rxjs';
import { asyncMarbles, marbles } from './marbles.js';

/** What Promises hide from a marble test: RxJS's timer within a function that awaits. */
const late = async (article) => {
  await firstValueFrom(timer(100));
  return article;
};

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

describe('with fake timers', () => {
  test('a real system waits for them, whatever its behaviors return', async () => {
    const system = new ActorSystem();
    const till = system.actor(late);
    const scanned = [];
    till.subscribe((article) => scanned.push(article));
    till.send('a');
    till.send('b');

    await jest.advanceTimersByTimeAsync(99);
    expect(scanned).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    expect(scanned).toEqual(['a']);
    await jest.advanceTimersByTimeAsync(100);
    expect(scanned).toEqual(['a', 'b']);
    await system.close();
  });

  test('time that does not wait for Promises passes by what awaits', async () => {
    const system = new ActorSystem();
    const till = system.actor(late);
    const scanned = [];
    till.subscribe((article) => scanned.push(article));
    till.send('a');
    jest.advanceTimersByTime(1_000);
    expect(scanned).toEqual([]);
    await jest.advanceTimersByTimeAsync(100);
    expect(scanned).toEqual(['a']);
    await system.close();
  });

  test('asks time out, and timers of actors fire', async () => {
    const system = new ActorSystem();
    const slow = system.actor(late, { name: 'slow' });
    const answer = firstValueFrom(slow.ask('a', { timeout: 50 }));
    const clock = system.actor((message, { timers }) => {
      if (message === 'start') timers.start('tick', 'tick', 30);
      return of(message);
    });
    const heard = [];
    clock.subscribe((message) => heard.push(message));
    clock.send('start');

    const timedOut = expect(answer).rejects.toThrow('Actor "slow" did not answer within 50 ms.');
    await jest.advanceTimersByTimeAsync(50);
    await timedOut;
    expect(heard).toEqual(['start', 'tick']);
    await system.close();
  });

  test('a system that has known them goes on when timers are real again', async () => {
    const system = new ActorSystem();
    const echo = system.actor((n) => of(n));
    // Enough bursts for the system to set a timer of its own, which is lost with the fake ones.
    for (let n = 0; n < 40; n++) await firstValueFrom(echo.ask(n));
    expect(jest.getTimerCount()).toBeGreaterThan(0);
    jest.useRealTimers();
    await expect(firstValueFrom(echo.ask(40))).resolves.toBe(40);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await expect(firstValueFrom(echo.ask(41))).resolves.toBe(41);
    await system.close();
  });

  test('settled() waits for Promises, in real time', async () => {
    const system = new ActorSystem();
    const printed = [];
    const printer = system.actor(async (line) => {
      await Promise.resolve();
      printed.push(line);
    });
    printer.send('a');
    printer.send('b');
    await settled(system);
    expect(printed).toEqual(['a', 'b']);
  });

  test('settled() does not move fake time: it says who waits for it', async () => {
    const system = new ActorSystem();
    const till = system.actor(late, { name: 'till' });
    till.send('a');
    await expect(settled(system, { timeout: 20 })).rejects.toThrow('actor "till" is at work');
    await jest.advanceTimersByTimeAsync(100);
    await settled(system);
  });

  test(
    'marbles() has virtual time as ever',
    marbles(({ send, system, expectObservable }) => {
      const till = system.actor((article) => of(article).pipe(delay(2)));
      send(till, '                -a---b|');
      expectObservable(till).toBe('---a---(b|)');
    }),
  );

  test(
    'asyncMarbles() has virtual time as ever',
    asyncMarbles(({ send, system, expectObservable }) => {
      const till = system.actor(async (article) => article);
      send(till, '                -a---b|');
      expectObservable(till).toBe('-a---b|');
    }),
  );

  test('asyncMarbles() does not move fake time: it says who waits for it', async () => {
    const run = asyncMarbles(
      ({ send, system }) => {
        send(system.actor(late, { name: 'till' }), 'a');
      },
      { patience: 20 },
    );
    const error = await run().catch((reason) => reason);
    expect(error).toBeInstanceOf(LeftoversError);
    expect(error.leftovers).toEqual(['actor "till" is at work: \'a\'']);
  });
});
