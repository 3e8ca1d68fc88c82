import { ActorSystem } from 'rx-actors';
import { LeftoversError, settled } from 'rx-actors/testing';
import { delay, firstValueFrom, of, timer } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { asyncMarbles, marbles } from './marbles.js';

/** What Promises hide from a marble test: RxJS's timer within a function that awaits. */
const late = async (title: string): Promise<string> => {
  await firstValueFrom(timer(100));
  return title;
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('with fake timers', () => {
  it('a real system waits for them, whatever its behaviors return', async () => {
    const system = new ActorSystem();
    const desk = system.actor(late);
    const issued: string[] = [];
    desk.subscribe((title) => issued.push(title));
    desk.send('a');
    desk.send('b');

    await vi.advanceTimersByTimeAsync(99);
    expect(issued).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(issued).toEqual(['a']);
    await vi.advanceTimersByTimeAsync(100);
    expect(issued).toEqual(['a', 'b']);
    await system.close();
  });

  it('time that does not wait for Promises passes by what awaits', async () => {
    const system = new ActorSystem();
    const desk = system.actor(late);
    const issued: string[] = [];
    desk.subscribe((title) => issued.push(title));
    desk.send('a');
    vi.advanceTimersByTime(1_000);
    expect(issued).toEqual([]);
    await vi.advanceTimersByTimeAsync(100);
    expect(issued).toEqual(['a']);
    await system.close();
  });

  it('asks time out, and timers of actors fire', async () => {
    const system = new ActorSystem();
    const slow = system.actor(late, { name: 'slow' });
    const answer = firstValueFrom(slow.ask('a', { timeout: 50 }));
    const clock = system.actor((message: string, { timers }) => {
      if (message === 'start') timers.start('tick', 'tick', 30);
      return of(message);
    });
    const heard: string[] = [];
    clock.subscribe((message) => heard.push(message));
    clock.send('start');

    const timedOut = expect(answer).rejects.toThrow('Actor "slow" did not answer within 50 ms.');
    await vi.advanceTimersByTimeAsync(50);
    await timedOut;
    expect(heard).toEqual(['start', 'tick']);
    await system.close();
  });

  it('a system that has known them goes on when timers are real again', async () => {
    const system = new ActorSystem();
    const echo = system.actor((n: number) => of(n));
    // Enough bursts for the system to set a timer of its own, which is lost with the fake ones.
    for (let n = 0; n < 40; n++) await firstValueFrom(echo.ask(n));
    expect(vi.getTimerCount()).toBeGreaterThan(0);
    vi.useRealTimers();
    await expect(firstValueFrom(echo.ask(40))).resolves.toBe(40);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await expect(firstValueFrom(echo.ask(41))).resolves.toBe(41);
    await system.close();
  });

  it('settled() waits for Promises, in real time', async () => {
    const system = new ActorSystem();
    const saved: string[] = [];
    const archive = system.actor(async (line: string) => {
      await Promise.resolve();
      saved.push(line);
    });
    archive.send('a');
    archive.send('b');
    await settled(system);
    expect(saved).toEqual(['a', 'b']);
  });

  it('settled() does not move fake time: it says who waits for it', async () => {
    const system = new ActorSystem();
    const desk = system.actor(late, { name: 'desk' });
    desk.send('a');
    await expect(settled(system, { timeout: 20 })).rejects.toThrow('actor "desk" is at work');
    await vi.advanceTimersByTimeAsync(100);
    await settled(system);
  });

  it(
    'marbles() has virtual time as ever',
    marbles(({ send, system, expectObservable }) => {
      const desk = system.actor((title: string) => of(title).pipe(delay(2)));
      send(desk, '                -a---b|');
      expectObservable(desk).toBe('---a---(b|)');
    }),
  );

  it(
    'asyncMarbles() has virtual time as ever',
    asyncMarbles(({ send, system, expectObservable }) => {
      const desk = system.actor((title: string) => Promise.resolve(title));
      send(desk, '                -a---b|');
      expectObservable(desk).toBe('-a---b|');
    }),
  );

  it('asyncMarbles() does not move fake time: it says who waits for it', async () => {
    const test = asyncMarbles(
      ({ send, system }) => {
        send(system.actor(late, { name: 'desk' }), 'a');
      },
      { patience: 20 },
    );
    const error: unknown = await test().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(LeftoversError);
    expect((error as LeftoversError).leftovers).toEqual(['actor "desk" is at work: \'a\'']);
  });
});
