import { describe, expect, it } from 'vitest';
import { runProgram } from './child.js';

describe('a Node process', () => {
  it('E7 exits when all its actors are idle', async () => {
    expect(await runProgram('idle.mjs')).toBe('8');
  });

  it('E9.2 holds nothing of actors that have ended, and their system and exchanges list none', async () => {
    const result: unknown = JSON.parse(await runProgram('collected.mjs', '--expose-gc'));
    expect(result).toEqual({ made: 600, held: 0, listed: 0, attached: 0 });
  });

  it('A4 exits when thousands of asks have timed out or were cancelled behind one slow message', async () => {
    const result: unknown = JSON.parse(await runProgram('asks.mjs'));
    expect(result).toEqual({ timedOut: 5000, cancelled: 5000, pending: 0, timers: 0 });
  });
});
