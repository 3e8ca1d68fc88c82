import { asapScheduler, asyncScheduler, queueScheduler } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { SystemCore } from '../../src/internal/system-core.js';

describe('SystemCore.timers', () => {
  it('T1 is asyncScheduler where the scheduler is none for delays, otherwise that scheduler', () => {
    const timers = (scheduler?: typeof asyncScheduler) => new SystemCore('system', scheduler).timers;
    expect(timers()).toBe(asyncScheduler);
    expect(timers(asapScheduler)).toBe(asyncScheduler);
    expect(timers(queueScheduler)).toBe(queueScheduler);
  });
});
