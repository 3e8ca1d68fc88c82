import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { outputOf } from '../run-node.js';

/** Runs a program of ./programs, and gives back what it has written. */
const run = (name: string, ...options: string[]): Promise<string> =>
  outputOf([...options, fileURLToPath(new URL(`programs/${name}`, import.meta.url))]);

describe('a Node process', () => {
  it('E7 exits when all its actors are idle', async () => {
    expect(await run('idle.mjs')).toBe('8');
  });

  it('E9.2 holds nothing of actors that have ended, and their system and exchanges list none', async () => {
    const { held, ...others } = JSON.parse(await run('collected.mjs', '--expose-gc')) as Record<string, number>;
    expect(others).toEqual({ made: 600, listed: 0, attached: 0 });
    // The last one of each kind may still be seen by the stack.
    expect(held).toBeLessThanOrEqual(6);
  });

  it('A4 exits when thousands of asks have timed out or were cancelled behind one slow message', async () => {
    const result: unknown = JSON.parse(await run('asks.mjs'));
    expect(result).toEqual({ timedOut: 5000, cancelled: 5000, pending: 0, timers: 0 });
  });
});
