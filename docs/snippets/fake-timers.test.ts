import { ActorSystem } from 'rx-actors';
import { firstValueFrom, timer } from 'rxjs';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('saves one line after another, in 100 ms each', async () => {
  const system = new ActorSystem();
  const saver = system.actor(async (line: string) => {
    await firstValueFrom(timer(100));
    return `saved ${line}`;
  });
  const saved: string[] = [];
  saver.subscribe((line) => saved.push(line));
  saver.send('a');
  saver.send('b');

  await vi.advanceTimersByTimeAsync(100);
  expect(saved).toEqual(['saved a']);
  await vi.advanceTimersByTimeAsync(100);
  expect(saved).toEqual(['saved a', 'saved b']);
  await system.close();
});
