import { asapScheduler, asyncScheduler, Subscription, VirtualTimeScheduler, type SchedulerLike } from 'rxjs';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Dispatcher, type Runnable } from '../../src/internal/dispatcher.js';

/** A scheduler whose actions wait until they are run by hand, with a clock that is set by hand. */
class ByHand implements SchedulerLike {
  readonly actions: (() => void)[] = [];
  readonly delays: number[] = [];
  time = 0;
  now(): number {
    return this.time;
  }
  schedule(work: (this: any, state?: any) => void, delay = 0): Subscription {
    this.delays.push(delay);
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

function byHand() {
  const scheduler = new ByHand();
  const timers = new ByHand();
  return { scheduler, timers, dispatcher: new Dispatcher(scheduler, timers) };
}

/** One that has begun to watch the event loop, at 100. */
function watched() {
  const all = byHand();
  all.scheduler.time = 100;
  for (let n = 0; n < 33; n++) {
    all.dispatcher.ready(new Busy(() => all.dispatcher, 1));
    all.scheduler.runAll();
  }
  return all;
}

/** Has one that takes 1 ms for each of its 300 messages go on until the slice is used up. */
function useUpSlice({ scheduler, dispatcher }: Pick<ReturnType<typeof byHand>, 'scheduler' | 'dispatcher'>): Busy {
  const busy = new Busy(
    () => dispatcher,
    300,
    () => (scheduler.time += 1),
  );
  dispatcher.ready(busy);
  scheduler.runAll();
  return busy;
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

  it('O9.2 gives the event loop back once its slice of time is used up, and goes on afterwards', () => {
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

  it('O9.2 O9.3 counts the slice over bursts: a loop that comes back by itself waits for the timer too', () => {
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

  it('reuses its action of asapScheduler', async () => {
    const schedule = vi.spyOn(asapScheduler, 'schedule');
    onTestFinished(() => schedule.mockRestore());
    const dispatcher = new Dispatcher(asapScheduler, asyncScheduler);
    const all = [1, 2, 3].map((messages) => new Busy(() => dispatcher, messages));
    for (const each of all) {
      dispatcher.ready(each);
      await Promise.resolve();
    }
    expect([all.map(({ turns }) => turns), schedule.mock.calls.length]).toEqual([[[1], [2], [3]], 1]);
  });

  it('takes more messages between two looks at the clock as long as they take no time, and begins with fewer', () => {
    const { scheduler, dispatcher } = byHand();
    const busy = new Busy(() => dispatcher, 8 + 16 + 32 + 64 + 128 + 256 + 256 + 1);
    dispatcher.ready(busy);
    scheduler.runAll();
    expect(busy.turns).toEqual([8, 16, 32, 64, 128, 256, 256, 1]);
    const next = new Busy(() => dispatcher, 128 + 256);
    dispatcher.ready(next);
    scheduler.runAll();
    expect(next.turns).toEqual([128, 256]);
  });

  it('looks at the clock after each message once they take longer', () => {
    const { scheduler, dispatcher } = byHand();
    let cost = 1;
    const busy = new Busy(
      () => dispatcher,
      8 + 16 + 1 + 2,
      // All of a turn's time goes by with its first message.
      () => {
        scheduler.time += cost;
        cost = 0;
      },
    );
    const turn = busy.turn.bind(busy);
    const costs = [1, 2, 0, 0];
    busy.turn = (limit) => {
      cost = costs[busy.turns.length]!;
      return turn(limit);
    };
    dispatcher.ready(busy);
    scheduler.runAll();
    expect(busy.turns).toEqual([8, 16, 1, 2]);
  });

  it('shares what it takes between two looks at the clock out among those who are ready', () => {
    const { scheduler, dispatcher } = byHand();
    const limits: number[] = [];
    for (const messages of [3, 5, 1, 15, 1]) {
      const busy = new Busy(() => dispatcher, messages);
      dispatcher.ready({
        turn: (limit) => {
          limits.push(limit);
          return busy.turn(limit);
        },
      });
    }
    scheduler.runAll();
    expect(limits).toEqual([8, 5, 16, 15, 32]);
  });

  it('counts a turn that took nothing', () => {
    const { scheduler, dispatcher } = byHand();
    let turns = 0;
    const idle: Runnable = {
      turn: () => {
        scheduler.time += 10;
        if (++turns < 100) dispatcher.ready(idle);
        return 0;
      },
    };
    dispatcher.ready(idle);
    scheduler.runAll();
    expect(turns).toBe(8);
  });

  it('O9 waits for a timer when its slice of 10 ms is used up to the last, and something is left', () => {
    for (const { cost, waits } of [
      { cost: 9, waits: false },
      { cost: 10, waits: true },
    ]) {
      const { scheduler, timers, dispatcher } = byHand();
      const busy = new Busy(
        () => dispatcher,
        9,
        () => (scheduler.time = cost),
      );
      dispatcher.ready(busy);
      scheduler.runAll();
      expect([busy.messages, timers.actions.length]).toEqual(waits ? [1, 1] : [0, 0]);
      timers.runAll();
      expect([busy.messages, timers.actions.length]).toEqual([0, 0]);
    }
  });

  it('E7 waits for no timer when its slice is used up, but nothing is left', () => {
    const { scheduler, timers, dispatcher } = byHand();
    const add = () => {
      const busy = new Busy(
        () => dispatcher,
        8,
        () => (scheduler.time += 10),
      );
      dispatcher.ready(busy);
      return busy;
    };
    const all = [add()];
    scheduler.runAll();
    all.push(add());
    scheduler.runAll();
    expect([all.map(({ messages }) => messages), timers.actions.length]).toEqual([[0, 0], 0]);
  });

  it('O9 watches the event loop by one timer from the 33rd burst on, and again after it has turned', () => {
    const { scheduler, timers, dispatcher } = byHand();
    const counts = () => {
      const timersAfter: number[] = [];
      for (let n = 0; n < 40; n++) {
        dispatcher.ready(new Busy(() => dispatcher, 1));
        scheduler.runAll();
        timersAfter.push(timers.actions.length);
      }
      timers.runAll();
      return [timersAfter.lastIndexOf(0) + 1, Math.max(...timersAfter)];
    };
    expect(counts()).toEqual([32, 1]);
    expect(counts()).toEqual([32, 1]);
  });

  it('O9 counts the slice from the burst that began to watch, and lets the next burst after it wait', () => {
    const { scheduler, timers, dispatcher } = watched();
    const turnAt = (time: number) => {
      scheduler.time = time;
      const busy = new Busy(() => dispatcher, 1);
      dispatcher.ready(busy);
      scheduler.runAll();
      return busy;
    };
    expect(turnAt(109).messages).toBe(0);
    const late = turnAt(110);
    expect([late.messages, timers.actions.length]).toEqual([1, 2]);
    scheduler.time = 200;
    timers.runAll();
    expect([late.messages, timers.actions.length]).toEqual([0, 0]);
    // Its next slice begins with the timer.
    expect(turnAt(209).messages).toBe(0);
    expect([scheduler.actions.length, timers.actions.length]).toEqual([0, 0]);
  });

  it('O9 waits for a timer of its own when the slice is used up in a burst that is watched', () => {
    const { scheduler, timers, dispatcher } = watched();
    const busy = useUpSlice({ scheduler, dispatcher });
    expect([busy.messages > 0, timers.actions.length]).toEqual([true, 2]);
  });

  it('O9 waits until the event loop has turned; when a timer that shows it is under way, only for so long as it may take', () => {
    const delays = ({ scheduler, timers, dispatcher }: ReturnType<typeof byHand>): number[] => {
      const { length } = timers.delays;
      useUpSlice({ scheduler, dispatcher });
      return timers.delays.slice(length);
    };
    expect([delays(byHand()), delays(watched())]).toEqual([[1], [100]]);
  });

  it('O9 lets nobody go on by a timer that had been waited for in case another was lost, which was not', () => {
    const { scheduler, timers, dispatcher } = watched();
    const busy = useUpSlice({ scheduler, dispatcher });
    const [turned, lost] = timers.actions.splice(0);
    turned();
    const { messages } = busy;
    lost();
    expect([busy.messages, timers.runAll(), busy.messages < messages]).toEqual([messages, 1, true]);
  });

  it.each([
    { when: 'before anybody has waited for it', waits: 0 },
    { when: 'after one has waited for the one before', waits: 1 },
  ])('takes no turn when the timer comes while nobody waits for it, $when', ({ waits }) => {
    const { scheduler, timers, dispatcher } = watched();
    const burst = () => {
      dispatcher.ready(new Busy(() => dispatcher, 1));
      scheduler.runAll();
    };
    for (let n = 0; n < waits; n++) {
      scheduler.time += 10;
      burst();
      timers.runAll();
      for (let bursts = 0; bursts < 33; bursts++) burst();
    }
    const busy = new Busy(() => dispatcher, 1);
    dispatcher.ready(busy);
    expect(timers.runAll()).toBe(1);
    expect(busy.messages).toBe(1);
    scheduler.runAll();
    expect(busy.messages).toBe(0);
  });

  it('O9 waits for a timer of its own when the clock was set back: the one under way may be lost', () => {
    const { scheduler, timers, dispatcher } = watched();
    timers.actions.length = 0;
    scheduler.time = 99;
    const busy = new Busy(() => dispatcher, 1);
    dispatcher.ready(busy);
    scheduler.runAll();
    expect([busy.messages, timers.actions.length]).toEqual([1, 1]);
    timers.runAll();
    expect([busy.messages, timers.actions.length]).toEqual([0, 0]);
  });

  it.each([
    { to: 'on', near: 200, far: 201, later: 302 },
    { to: 'back', near: 0, far: -1, later: -102 },
  ])('takes a timer for lost when the clock has gone $to by more than 100 ms, and asks for another', (times) => {
    const { scheduler, timers, dispatcher } = watched();
    const all: Busy[] = [];
    const timersAt = (time: number) => {
      scheduler.time = time;
      const busy = new Busy(() => dispatcher, 1);
      all.push(busy);
      dispatcher.ready(busy);
      scheduler.runAll();
      return timers.actions.length;
    };
    timersAt(110);
    timers.actions.length = 0;
    expect(timersAt(times.near)).toBe(0);
    expect(timersAt(times.far)).toBe(1);
    // The 100 ms begin again.
    expect([timersAt(times.far), timersAt(times.later)]).toEqual([1, 2]);
    timers.runAll();
    expect(all.map(({ messages }) => messages)).toEqual([0, 0, 0, 0, 0]);
  });

  it('looks for no timer while a burst is on its way', () => {
    const { scheduler, timers, dispatcher } = byHand();
    dispatcher.ready(new Busy(() => dispatcher, 1));
    scheduler.time = 1_000;
    dispatcher.ready(new Busy(() => dispatcher, 1));
    expect([scheduler.actions.length, timers.actions.length]).toEqual([1, 0]);
  });
});

describe('Dispatcher.hold and release', () => {
  it('keep those who become ready waiting, and give them their turns at once', () => {
    const { scheduler, dispatcher } = byHand();
    const busy = new Busy(() => dispatcher, 1);
    const before = dispatcher.hold();
    dispatcher.ready(busy);
    expect([before, busy.messages, scheduler.actions.length]).toEqual([false, 1, 0]);
    dispatcher.release(before);
    expect([busy.messages, scheduler.actions.length]).toEqual([0, 0]);
  });

  it('leave it to the one around them', () => {
    const { scheduler, dispatcher } = byHand();
    const busy = new Busy(() => dispatcher, 1);
    const outer = dispatcher.hold();
    const inner = dispatcher.hold();
    dispatcher.ready(busy);
    dispatcher.release(inner);
    expect([inner, busy.messages]).toEqual([true, 1]);
    dispatcher.release(outer);
    expect([busy.messages, scheduler.actions.length]).toEqual([0, 0]);
  });

  it('leave it to a burst that is under way', () => {
    const { scheduler, dispatcher } = byHand();
    const busy = new Busy(() => dispatcher, 1);
    dispatcher.ready(busy);
    dispatcher.release(dispatcher.hold());
    expect([busy.messages, scheduler.actions.length]).toEqual([1, 1]);
  });

  it('E7 leave nothing behind when nobody became ready, however often', () => {
    const { scheduler, timers, dispatcher } = byHand();
    for (let n = 0; n < 100; n++) dispatcher.release(dispatcher.hold());
    expect(timers.actions).toHaveLength(0);
    dispatcher.ready(new Busy(() => dispatcher, 1));
    expect(scheduler.actions).toHaveLength(1);
  });
});
