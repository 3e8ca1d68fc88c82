import { delay, firstValueFrom, lastValueFrom, NEVER, of, timer } from 'rxjs';
import { Actor, AskTimeoutError, restart } from 'rx-actors';
import {
  asyncMarbles,
  LeftoversError,
  MarbleAssertionError,
  type AsyncMarbleHelpers,
  type AsyncMarblesOptions,
} from 'rx-actors/testing';
import { describe, expect, it } from 'vitest';
import { thrownBy } from './failing.js';

/** What an async marble test that has to fail fails with. */
async function failing(
  body: (helpers: AsyncMarbleHelpers) => void | Promise<void>,
  options: AsyncMarblesOptions = { patience: 20 },
): Promise<Error> {
  try {
    await asyncMarbles(body, options)();
  } catch (error) {
    return error as Error;
  }
  throw new Error('Expected it to fail.');
}

/** A Promise that settles after so many others. */
async function promises(count: number): Promise<void> {
  for (let n = 0; n < count; n++) await Promise.resolve();
}

const realTime = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('asyncMarbles', () => {
  it(
    'lets Promises settle within a frame, however many there are one after another',
    asyncMarbles(({ system, send, expectObservable }) => {
      const worker = system.actor(async (count: number) => {
        await promises(count);
        return count;
      });
      send(worker, '             a--b--|', { a: 1, b: 1000 });
      expectObservable(worker).toBe('a--b--|', { a: 1, b: 1000 });
    }),
  );

  it(
    'O2 T1 starts a message in the frame in which the Promise of the one before has settled',
    asyncMarbles(({ system, send, cold, expectObservable, expectSubscriptions }) => {
      const work = cold('        --x|         ');
      const workSubs = ['        -^--!        ', '----^--!'];
      const worker = system.actor(async (_: string) => {
        await promises(3);
        return lastValueFrom(work);
      });
      send(worker, '             -ab------|   ');
      expectObservable(worker).toBe('----x--x-|');
      expectSubscriptions(work.subscriptions).toBe(workSubs);
    }),
  );

  it(
    'E6 runs recv() loops',
    asyncMarbles(({ system, send, probe, expectMessages, expectTerminated }) => {
      const got = probe<string>();
      class Receiver extends Actor<string> {
        protected override async run(): Promise<void> {
          for (;;) got.send(await this.recv());
        }
      }
      const receiver = new Receiver({ system }).start();
      send(receiver, '              -a-(bc)--|');
      expectMessages(got).toBe('      -a-(bc)---');
      expectTerminated(receiver).toBe('---------c');
    }),
  );

  it(
    'T1 keeps timeouts, backoffs and timers of actors virtual',
    asyncMarbles(async ({ system, send, probe, expectObservable, expectMessages }) => {
      const slow = system.actor(() => NEVER);
      expectObservable(slow.ask('a', { timeout: 60_000 })).toBe('60s #', {}, new AskTimeoutError(slow.name, 60_000));
      const sent = probe<string>();
      const failing = system.actor(
        async (message: string, { timers }) => {
          sent.send(message);
          await promises(2);
          if (message === 'x') throw new Error('x');
          if (message === 'a') timers.start('later', 'c', 5_000);
        },
        { supervision: restart({ backoff: { min: 3_000, max: 30_000 } }) },
      );
      send(failing, '             xa');
      expectMessages(sent).toBe(' x 2999ms a 4999ms c');
      await firstValueFrom(slow.ask('b', { timeout: 1 })).catch(() => undefined);
    }),
  );

  it(
    'goes on while the body awaits, from where it is',
    asyncMarbles(async ({ system, send, scheduler, probe, expectMessages }) => {
      const sent = probe<string>();
      const echo = system.actor((message: string) => of(message).pipe(delay(3, scheduler)));
      send(sent, 'a');
      expect(await lastValueFrom(echo.ask('x'))).toBe('x');
      expect(scheduler.now()).toBe(3);
      send(sent, '-b');
      expectMessages(sent).toBe('a---b');
    }),
  );

  it(
    'reads the diagrams of RxJS’s run mode: spaces, progressions, groups, subscriptions',
    asyncMarbles(({ hot, cold, time, expectObservable, expectSubscriptions }) => {
      const source = hot('  -a 10ms b 1.5s (c|)');
      const subs = '        --^ 10ms !';
      expectObservable(source).toBe('-a 10ms b 1.5s (c|)');
      expectObservable(source, subs).toBe('-- 10ms b');
      expectSubscriptions(source.subscriptions).toBe(['^ 12ms 1.5s !', subs]);
      expectObservable(cold('- 1m #', {}, 'e')).toBe('- 1m #', {}, 'e');
      expect(time('- 2s |')).toBe(2_001);
    }),
  );

  it(
    'stops virtual time for as long as a held Promise takes in real time',
    asyncMarbles(({ system, send, hold, expectObservable }) => {
      const worker = system.actor(async (message: string) => {
        await hold(realTime(15));
        return message;
      });
      send(worker, '                 -a-b-|');
      expectObservable(worker).toBe('ca-b-|');
      expectObservable(worker.ask('c', { timeout: 1 })).toBe('(c|)');
    }),
  );

  it('does not know when one settles that is not held, and waits for it in the end', async () => {
    const done: string[] = [];
    await asyncMarbles(({ system, send }) => {
      const worker = system.actor(async (message: string) => {
        await realTime(5);
        done.push(message);
      });
      send(worker, '-a');
    })();
    expect(done).toEqual(['a']);
  });

  it('passes on what a held Promise rejects with', async () => {
    const error = await failing(({ hold }) => hold(Promise.reject(new Error('held'))));
    expect(error.message).toBe('held');
  });

  it('fails like marbles, when expectations are not met', async () => {
    const error = await failing(({ system, send, expectObservable }) => {
      const worker = system.actor(async (message: string) => Promise.resolve(message));
      send(worker, '-a');
      expectObservable(worker).toBe('--a');
    });
    expect(error).toBeInstanceOf(MarbleAssertionError);
    expect(error.message).toContain('Expected: "--a"\nReceived: "-a"');
    expect(error.stack).toContain('async-marbles.test.ts');
  });

  it('throws what the body throws, at once or later', async () => {
    const thrown = new Error('in the body');
    expect(
      await failing(() => {
        throw thrown;
      }),
    ).toBe(thrown);
    expect(
      await failing(async () => {
        await promises(3);
        throw thrown;
      }),
    ).toBe(thrown);
  });

  it('fails when an actor, the body or a held Promise is not done and nothing more happens', async () => {
    const leftovers = async (body: (helpers: AsyncMarbleHelpers) => void | Promise<void>) => {
      const error = await failing(body);
      if (!(error instanceof LeftoversError)) throw error;
      expect(error.stack).toContain('async-marbles.test.ts');
      return error.leftovers;
    };
    const stuck = ({ system }: AsyncMarbleHelpers): void => system.actor(() => NEVER, { name: 'stuck' }).send('a');
    expect(await leftovers(stuck)).toEqual(['actor "stuck" is at work: \'a\'']);
    expect(
      await leftovers(async (helpers) => {
        stuck(helpers);
        await new Promise(() => undefined);
      }),
    ).toEqual(['the body of the test has not come to its end', 'actor "stuck" is at work']);
    expect(await leftovers(({ hold }) => void hold(new Promise(() => undefined)))).toEqual([
      'a held Promise has not settled',
    ]);
  });

  it('closes what may remain, Promises in between, and fails when that does not end', async () => {
    const ended: string[] = [];
    class Loop extends Actor<string> {
      protected override async run(): Promise<void> {
        try {
          for (;;) await this.recv();
        } finally {
          await promises(5);
          ended.push('cleaned up');
        }
      }
    }
    await asyncMarbles(({ system }) => void new Loop({ system }).start())();
    expect(ended).toEqual(['cleaned up']);

    class Stubborn extends Actor<string> {
      protected override run(): Promise<void> {
        return new Promise(() => undefined);
      }
    }
    const error = await failing(({ system }) => void new Stubborn({ system, name: 'stubborn' }).start());
    expect(error.message).toContain('actor "stubborn" was closed and has not ended');
  });

  it('gives up a run without end', async () => {
    const error = await failing(({ scheduler }) => void timer(0, 1, scheduler).subscribe(), { maxActions: 100 });
    expect(error.message).toContain('got 100 scheduled actions, and more');
  });

  it.each([
    [{ patience: -1 }, '`patience` to be'],
    [{ mayRemain: 1 }, '`mayRemain` to be'],
  ])('refuses wrong options at once: %o', (options, message) => {
    expect(thrownBy(() => asyncMarbles(() => undefined, options as never)).message).toContain(`Expected ${message}`);
    expect(thrownBy(() => asyncMarbles(1 as never)).message).toContain('Expected `body` to be a function');
  });
});
