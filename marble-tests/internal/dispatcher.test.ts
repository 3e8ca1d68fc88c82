import { asyncScheduler, Subscription, VirtualTimeScheduler, type SchedulerLike } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { Dispatcher, type Runnable } from '../../src/internal/dispatcher.js';

/** A scheduler whose actions wait until they are run by hand, with a clock that is set by hand. */
class ByHand implements SchedulerLike {
  readonly actions: (() => void)[] = [];
  time = 0;
  now(): number {
    return this.time;
  }
  schedule(work: (this: any, state?: any) => void): Subscription {
    this.actions.push(() => work.call(undefined));
    return new Subscription();
  }
  runAll(): number {
    const actions = this.actions.splice(0);
    for (const each of actions) each();
    return actions.length;
  }
}

/** One that has a number of messages and takes `cost` of time for each. */
class Busy implements Runnable {
  readonly turns: number[] = [];
  constructor(
    readonly dispatcher: () => Dispatcher,
    public messages: number,
    readonly work: () => void = () => undefined,
  ) {}
  turn(limit: number): number {
    const taken = Math.min(limit, this.messages);
    this.messages -= taken;
    for (let n = 0; n < taken; n++) this.work();
    this.turns.push(taken);
    if (this.messages > 0) this.dispatcher().ready(this);
    return taken;
  }
}

describe('Dispatcher', () => {
  it('schedules one action for all that become ready in a burst', () => {
    const scheduler = new ByHand();
    const dispatcher = new Dispatcher(scheduler, scheduler);
    const all = Array.from({ length: 100 }, () => new Busy(() => dispatcher, 1));
    for (const each of all) dispatcher.ready(each);
    expect(scheduler.actions).toHaveLength(1);
    scheduler.runAll();
    expect(all.every(({ messages }) => messages === 0)).toBe(true);
    expect(scheduler.actions).toHaveLength(0);
  });

  it('never runs anything on the stack of whoever becomes ready', () => {
    const scheduler = new ByHand();
    const dispatcher = new Dispatcher(scheduler, scheduler);
    const busy = new Busy(() => dispatcher, 1);
    dispatcher.ready(busy);
    expect(busy.turns).toEqual([]);
  });

  it('takes turns: a busy one lets the others in after a bounded number of messages', () => {
    const scheduler = new ByHand();
    const dispatcher = new Dispatcher(scheduler, scheduler);
    const order: string[] = [];
    const busy = new Busy(
      () => dispatcher,
      1_000_000,
      () => order.length < 5 && order.push('busy'),
    );
    const other = new Busy(
      () => dispatcher,
      1,
      () => order.push('other'),
    );
    dispatcher.ready(busy);
    dispatcher.ready(other);
    scheduler.runAll();
    expect(Math.max(...busy.turns)).toBeLessThanOrEqual(256);
    expect(busy.turns.reduce((sum, n) => sum + n, 0)).toBe(1_000_000);
    expect(order).toContain('other');
  });

  it('O9 gives the event loop back once its slice of time is used up, and goes on afterwards', () => {
    const scheduler = new ByHand();
    const timers = new ByHand();
    const dispatcher = new Dispatcher(scheduler, timers);
    const busy = new Busy(
      () => dispatcher,
      1000,
      () => (scheduler.time += 1),
    );
    dispatcher.ready(busy);
    let loops = 0;
    for (scheduler.runAll(); busy.messages > 0 && loops < 1000; loops++) {
      const before = busy.messages;
      // Nothing comes before the timer.
      expect(scheduler.actions).toHaveLength(0);
      expect(timers.actions).toHaveLength(1);
      timers.runAll();
      expect(before - busy.messages).toBeLessThanOrEqual(20);
    }
    expect([busy.messages, loops > 10]).toEqual([0, true]);
  });

  it('O9 counts the slice over bursts: a loop that comes back by itself waits for the timer too', () => {
    const scheduler = new ByHand();
    const timers = new ByHand();
    const dispatcher = new Dispatcher(scheduler, timers);
    let bursts = 0;
    for (; timers.actions.length === 0 || scheduler.actions.length > 0; bursts++) {
      if (bursts > 1000) break;
      dispatcher.ready(
        new Busy(
          () => dispatcher,
          1,
          () => (scheduler.time += 1),
        ),
      );
      scheduler.runAll();
    }
    // One message per burst, one millisecond each: the event loop gets its turn all the same.
    expect(bursts).toBeLessThan(100);
    expect(timers.actions).toHaveLength(1);
  });

  it('E7 leaves nothing scheduled when there is nothing to do', () => {
    const scheduler = new VirtualTimeScheduler();
    const dispatcher = new Dispatcher(scheduler, scheduler);
    for (let n = 0; n < 100; n++) {
      dispatcher.ready(new Busy(() => dispatcher, 3));
      scheduler.flush();
    }
    expect(scheduler.actions).toEqual([]);
  });

  it('takes whoever becomes ready during a flush into that flush', () => {
    const scheduler = new ByHand();
    const dispatcher = new Dispatcher(scheduler, asyncScheduler);
    const late = new Busy(() => dispatcher, 1);
    dispatcher.ready(
      new Busy(
        () => dispatcher,
        1,
        () => dispatcher.ready(late),
      ),
    );
    expect(scheduler.runAll()).toBe(1);
    expect([late.turns, scheduler.actions.length]).toEqual([[1], 0]);
  });
});
