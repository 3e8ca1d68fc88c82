import { count, interval, NEVER, take, timer } from 'rxjs';
import { Actor, Exchange, statefulActor } from 'rx-actors';
import { EndlessRunError, LeftoversError, marbles, type MarbleHelpers, type MarblesOptions } from 'rx-actors/testing';
import { describe, expect, it } from 'vitest';
import { failing, thrownBy } from './failing.js';

/** What is left over at the end of a run. */
function leftovers(body: (helpers: MarbleHelpers) => void, options?: MarblesOptions): readonly string[] {
  const error = failing(body, options);
  if (!(error instanceof LeftoversError)) throw error;
  return error.leftovers;
}

describe('the end of a run', () => {
  it('fails when work goes on or messages wait, and names them', () => {
    const left = leftovers(({ system, send }) => {
      send(
        system.actor(() => NEVER, { name: 'slow' }),
        '-a-b-c',
      );
    });
    expect(left).toEqual(["actor \"slow\" is at work, has 2 messages waiting: 'a', 'b', 'c'"]);
  });

  it('fails when an actor has not been started, has put messages aside, or is closed and does not end', () => {
    const left = leftovers(({ system }) => {
      new Actor<string>({ system, name: 'unborn' }).send('a');
      system.actor((_: string, { stash }) => stash(), { name: 'later' }).send('b');
      const closing = system.actor(() => NEVER, { name: 'closing' });
      closing.send('c');
      closing.close();
    });
    expect(left).toEqual([
      'actor "unborn" has 1 message waiting: \'a\'',
      'actor "later" has put 1 message aside: \'b\'',
      'actor "closing" is closed and has not ended, is at work: \'c\'',
    ]);
  });

  it('names children beside their parents', () => {
    const left = leftovers(({ system }) => {
      const parent = system.actor((m: string, { spawn }) => spawn(() => NEVER, { name: 'child' }).send(m), {
        name: 'parent',
      });
      parent.send('a');
    });
    expect(left).toEqual(['actor "child" is at work: \'a\'']);
  });

  it('fails when an actor does not end though it is closed', () => {
    const left = leftovers(({ system }) => {
      class Stubborn extends Actor<string> {
        protected override run() {
          return NEVER;
        }
      }
      new Stubborn({ system, name: 'stubborn' }).start();
    });
    expect(left).toEqual(['actor "stubborn" was closed and has not ended']);
  });

  it('says which test it was', () => {
    const error = failing(({ system }) => system.actor(() => NEVER).send('a'));
    expect(error.stack).toContain('leak-check.test.ts');
    expect(error.message).toBe('Left over at the end of the run:\n  actor "actor-1" is at work: \'a\'');
  });

  it('lets actors be that have nothing to do, ends them, and says nothing of probes', () => {
    const ended: string[] = [];
    marbles(({ system, send, probe }) => {
      const idle = system.actor(() => undefined, { afterEnd: ({ kind }) => void ended.push(kind) });
      system.exchange('x').attach(idle);
      send(idle, '-a');
      const ignoring = probe<string>();
      ignoring.ignore();
      send(ignoring, '-a');
    })();
    expect(ended).toEqual(['closed']);
  });

  it('leaves all that alone when anything may remain', () => {
    const ended: string[] = [];
    const options = { mayRemain: 'anything' } as const;
    marbles(({ system }) => {
      system.actor(() => NEVER, { afterEnd: ({ kind }) => void ended.push(kind) }).send('a');
    }, options)();
    expect(ended).toEqual([]);
  });

  it('keeps quiet about leaks when an expectation is not met: that comes first', () => {
    const error = failing(({ system, expectObservable }) => {
      const stuck = system.actor(() => NEVER);
      stuck.send('a');
      expectObservable(stuck).toBe('a');
    });
    expect(error.name).toBe('MarbleAssertionError');
  });
});

describe('with `mayRemain: nothing`', () => {
  const options = { mayRemain: 'nothing' } as const;

  it('fails when an actor has not ended or something is bound, and names them', () => {
    const left = leftovers(({ system }) => {
      const idle = system.actor(() => undefined, { name: 'idle' });
      statefulActor((state: number) => state, 0, { system, name: 'state' });
      system.exchange('prices').attach(idle);
      const unnamed = new Exchange({ system, name: 'loose' });
      unnamed.subscribe(() => undefined);
      unnamed.subscribe({ next: () => undefined });
    }, options);
    expect(left).toEqual([
      'actor "idle" has not ended',
      'actor "state" has not ended',
      'exchange "prices" is still bound to idle',
      'exchange "loose" is still bound to a function, an object',
    ]);
  });

  it('is content when the test ends what it begins; expectations are none of its', () => {
    marbles(({ system, send, expectObservable }) => {
      const worker = system.actor(() => undefined);
      const lines = system.exchange<string>('lines');
      const attached = lines.subscribe(worker, { send: () => undefined });
      expectObservable(lines).toBe('-a-|');
      send(lines, '-a-|');
      worker.terminated.subscribe(() => attached.unsubscribe());
      send(worker, '----|');
    }, options)();
  });
});

describe('a run without end', () => {
  it('is given up, and the timers of actors are named', () => {
    const error = failing(
      ({ system }) => {
        const clock = system.actor(
          (m: string, { timers, receiveTimeout }) => {
            if (m !== 'go') return;
            timers.start('ticking', 'tick', interval(10));
            receiveTimeout(1_000_000, 'idle');
          },
          { name: 'clock' },
        );
        clock.send('go');
      },
      { maxActions: 1_000 },
    );
    expect(error).toBeInstanceOf(EndlessRunError);
    expect(error.message).toMatch(
      /^Expected the run to come to its end, got 1,000 scheduled actions, and more, by frame \d+\.\nTimers under way:\n {2}actor "clock": 'ticking', its receive timeout\nStop what repeats itself in the test, or raise `maxActions`\.$/,
    );
    expect(error.stack).toContain('leak-check.test.ts');
  });

  it('is given up without naming an actor that has children and no timers', () => {
    const error = thrownBy(
      marbles(
        ({ system, scheduler }) => {
          const parent = system.actor((_: string, { spawn }) => void spawn(() => undefined), { name: 'parent' });
          parent.send('go');
          timer(0, 1, scheduler).subscribe();
        },
        { maxActions: 100 },
      ),
    );
    expect(error).toBeInstanceOf(EndlessRunError);
    expect(error.message).not.toContain('Timers under way');
  });

  it('is given up when nothing of ours repeats itself, by default after 100,000 actions', () => {
    const error = thrownBy(marbles(({ scheduler }) => void timer(0, 1, scheduler).subscribe()));
    expect(error.message).toBe(
      'Expected the run to come to its end, got 100,000 scheduled actions, and more, by frame 99999.\nStop what repeats itself in the test, or raise `maxActions`.',
    );
  });

  it('has no limit when there is to be none', () => {
    const counted: number[] = [];
    const body = ({ scheduler }: MarbleHelpers): void => {
      timer(0, 1, scheduler)
        .pipe(take(100_001), count())
        .subscribe((ticks) => counted.push(ticks));
    };
    expect(failing(body)).toBeInstanceOf(EndlessRunError);
    marbles(body, { maxActions: Infinity })();
    expect(counted).toEqual([100_001]);
  });
});

describe('options', () => {
  it.each([
    [{ assertDeepEqual: 1 }, 'assertDeepEqual'],
    [{ frames: 'yes' }, 'frames'],
    [{ mayRemain: 'everything' }, 'mayRemain'],
    [{ maxActions: 0 }, 'maxActions'],
    [{ maxActions: 1.5 }, 'maxActions'],
  ])('are refused at once: %o', (options, name) => {
    const error = thrownBy(() => marbles(() => undefined, options as never));
    expect(error.message).toContain(`Expected \`${name}\` to be`);
  });

  it('refuses a body that is no function, and an async one', () => {
    const async = (() => Promise.resolve()) as () => unknown;
    expect(thrownBy(() => marbles('body' as never)).message).toContain('Expected `body` to be a function');
    const error = thrownBy(marbles(async));
    expect(error.message).toContain('use asyncMarbles');
  });
});
