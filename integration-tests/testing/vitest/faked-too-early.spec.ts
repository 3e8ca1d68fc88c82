import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('rx-actors/testing that is loaded while timers are fake', () => {
  it('says so instead of waiting for ever', async () => {
    const { asyncMarbles, settled } = await import('rx-actors/testing');
    const complaint = 'Expected timers to be real when rx-actors/testing is loaded';
    await expect(settled()).rejects.toThrow(complaint);
    await expect(asyncMarbles(() => undefined)()).rejects.toThrow(complaint);
  });

  it('has virtual time all the same', async () => {
    const { marbles } = await import('rx-actors/testing');
    marbles(({ hot, expectObservable }) => {
      expectObservable(hot('-a|')).toBe('-a|');
    })();
  });
});
