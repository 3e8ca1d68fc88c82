import { concat, EMPTY, EmptyError, NEVER, of, Subject, throwError, timer, VirtualTimeScheduler } from 'rxjs';
import { ActorClosedError, ActorSystem, AskTimeoutError, resume, statefulActor, type Askable } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { askFirst } from '../../src/operators/ask-first.js';
import { deadLetters } from '../fates.js';
import { marbles } from '../marbles.js';
import { countingController } from './counting-controller.js';

const mirror: Askable<string, string> = { ask: (m) => of(m) };

/** What the result fails with when nobody has answered. */
const nobody = (...errors: unknown[]) =>
  new AggregateError(errors, `No actor has answered, of ${errors.length} that were asked.`);

describe('askFirst', () => {
  it(
    'asks all at once and emits the answer that comes first; the other asks are taken back',
    marbles(({ cold, system, expectObservable, expectSubscriptions }) => {
      const asked = '   -^---------';
      const a = cold('   ----x|    ');
      const b = cold('   --y|      ');
      const c = cold('   -----z|   ');
      const subs = '    -^-!       ';
      const expected = '---(y|)    ';
      const actors = [a, b, c].map((work) => system.actor(() => work));
      expectObservable(askFirst(actors, 'm'), asked).toBe(expected);
      for (const work of [a, b, c]) expectSubscriptions(work.subscriptions).toBe(subs);
    }),
  );

  it(
    'A1 sends when it is subscribed, in the order of the actors, once to each for each subscription',
    marbles(({ cold, system, probe, expectObservable, expectMessages }) => {
      const first = '    --^---------';
      const second = '   -------^----';
      const work = cold('  -x|        ');
      const expected1 = '---(x|)     ';
      const expected2 = '--------(x|)';
      const received = ' --(ab)-(ab) ';
      const order = probe<string>();
      const actors = ['a', 'b'].map((name) =>
        system.actor((_: string) => {
          order.send(name);
          return work;
        }),
      );
      const answer = askFirst(actors, 'm');
      expectObservable(answer, first).toBe(expected1);
      expectObservable(answer, second).toBe(expected2);
      expectMessages(order).toBe(received);
    }),
  );

  it(
    'A3 takes back an ask that waits, and lets the others go on with what comes next',
    marbles(({ hot, cold, system, probe, expectObservable, expectMessages }) => {
      const busy = hot('  ab----------');
      const asked = '     --^---------';
      const quick = cold('  --q|      ');
      const expected = '  ----(q|)    ';
      const outputs = '   ---a---b----';
      const looked = hot('---l-m------');
      const pending = '   ---w-v------';
      const slow = system.actor((m: string) => cold('---m|', { m }));
      const counts = probe<number>();
      busy.subscribe((m) => slow.send(m));
      expectObservable(askFirst([slow, system.actor(() => quick)], 'm'), asked).toBe(expected);
      looked.subscribe(() => counts.send(slow.pending));
      expectObservable(slow).toBe(outputs);
      expectMessages(counts).toBe(pending, { w: 2, v: 0 });
    }),
  );

  it(
    'cancels what would have come after the first answer of the one that has answered',
    marbles(({ cold, system, expectObservable, expectSubscriptions }) => {
      const asked = '   -^-------';
      const work = cold('--x--y--|');
      const subs = '    -^-!     ';
      const expected = '---(x|)  ';
      expectObservable(askFirst([system.actor(() => work)], 'm'), asked).toBe(expected);
      expectSubscriptions(work.subscriptions).toBe(subs);
    }),
  );

  it(
    'A3 takes all asks back when it is unsubscribed',
    marbles(({ cold, system, expectObservable, expectSubscriptions }) => {
      const asked = '   -^--!----';
      const work = cold('------x|');
      const subs = '    -^--!    ';
      const expected = '---------';
      expectObservable(askFirst([system.actor(() => work)], 'm'), asked).toBe(expected);
      expectSubscriptions(work.subscriptions).toBe(subs);
    }),
  );

  it(
    'A2 lets pass who fails, has ended, is too late or has no answer, as long as another may answer',
    marbles(({ cold, system, expectObservable }) => {
      const asked = '    -^------------';
      const failing = cold('-#');
      const silent = cold(' --|');
      const slow = cold('  -----------z|');
      const last = cold('  ----x|');
      const expected = '  -----(x|)     ';
      const ended = system.actor(() => undefined);
      ended.kill();
      const actors = [failing, silent, slow, last].map((work) => system.actor(() => work, { supervision: resume() }));
      expectObservable(askFirst([ended, ...actors], 'm', { timeout: 5 }), asked).toBe(expected);
    }),
  );

  it(
    'A2 fails with all errors, in the order of the actors, once all have failed',
    marbles(({ cold, system, expectObservable }) => {
      const asked = '   -^--------';
      const late = cold(' ----#', undefined, 'late');
      const soon = cold(' -#', undefined, 'soon');
      const slow = cold(' --------x|');
      const expected = '------#   ';
      const [a, b] = [late, soon].map((work) => system.actor(() => work, { supervision: resume() }));
      const c = system.actor(() => slow, { name: 'slow' });
      const d = system.actor(() => undefined, { name: 'ended' });
      d.kill();
      const errors = nobody('late', 'soon', new AskTimeoutError('slow', 5), new ActorClosedError('ended'));
      expectObservable(askFirst([a, b, c, d], 'm', { timeout: 5 }), asked).toBe(expected, null, errors);
    }),
  );

  it('A2 counts an actor that completes without an answer as one that fails, with an EmptyError', () => {
    const failed: unknown[] = [];
    askFirst([{ ask: () => EMPTY }], 'm').subscribe({ error: (error: unknown) => failed.push(error) });
    expect(failed).toEqual([expect.objectContaining({ name: 'AggregateError', errors: [expect.any(EmptyError)] })]);
  });

  it(
    'fails at once when nobody is asked',
    marbles(({ expectObservable }) => {
      expectObservable(askFirst([], 'm')).toBe('#', null, nobody());
    }),
  );

  it(
    'A3 fails with the reason of its signal and takes all asks back; without sending any when that is aborted already',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const asked = '    -^-------';
      const abort = hot('---x-----');
      const late = '     -----^---';
      const work = cold('------y');
      const workSubs = ['-^-!     ', '-^-!     '];
      const expected1 = '---#     ';
      const expected2 = '-----#   ';
      const controller = new AbortController();
      const actors = [system.actor(() => work), system.actor(() => work)];
      const answer = askFirst(actors, 'm', { signal: controller.signal });
      abort.subscribe(() => controller.abort('enough'));
      expectObservable(answer, asked).toBe(expected1, null, 'enough');
      expectObservable(answer, late).toBe(expected2, null, 'enough');
      expectSubscriptions(work.subscriptions).toBe(workSubs);
    }),
  );

  it(
    'E8 makes no dead letters of the asks that it takes back',
    marbles(({ hot, system, expectObservable }) => {
      const ask = hot(' -x---------');
      const expected = '-----------';
      const dead = deadLetters(system);
      // The second round waits behind the first one with everybody.
      const actors = [1, 2, 3].map((n) => system.actor(() => timer(n)));
      ask.subscribe((m) => {
        askFirst(actors, m).subscribe();
        askFirst(actors, m).subscribe();
      });
      expectObservable(dead).toBe(expected);
    }),
  );

  it.each([
    ['completes', [1, 1e6]],
    ['fails', [-1, -1]],
    ['times out', [1e6, 1e6]],
    ['is aborted', [1e6, 1e6]],
    ['is unsubscribed', [1e6, 1e6]],
  ])('A4 leaves nothing behind when it %s: neither timer nor listener nor message', (how, times) => {
    const scheduler = new VirtualTimeScheduler();
    const system = new ActorSystem({ scheduler });
    const listeners = new Set<unknown>();
    const controller = countingController(listeners);
    const work = (time: number) => (time < 0 ? throwError(() => 'error') : timer(time, scheduler));
    const actors = times.map((time) => system.actor(() => work(time), { supervision: resume() }));
    const timeout = how === 'times out' ? 3 : 1e6;
    const answer = askFirst(actors, 'm', { timeout, signal: controller.signal });
    const asking = answer.subscribe({ error: () => undefined });
    const asked = listeners.size;
    if (how === 'is aborted') scheduler.schedule(() => controller.abort(), 3);
    if (how === 'is unsubscribed') scheduler.schedule(() => asking.unsubscribe(), 3);
    scheduler.flush();
    expect({ asked, listeners: listeners.size, pending: actors.map(({ pending }) => pending) }).toEqual({
      asked: 1,
      listeners: 0,
      pending: [0, 0],
    });
    expect(scheduler.frame).toBeLessThan(1000);
  });

  it('asks 10,000 actors and takes the asks of all but one back', () => {
    const scheduler = new VirtualTimeScheduler();
    const system = new ActorSystem({ scheduler });
    const actors = Array.from({ length: 10_000 }, (_, n) => system.actor((m: string) => (n === 9999 ? of(m) : NEVER)));
    const answers: string[] = [];
    askFirst(actors, 'm').subscribe((answer) => answers.push(answer));
    scheduler.flush();
    expect(answers).toEqual(['m']);
  });

  it(
    'may ask again from its own answer',
    marbles(({ hot, system, probe, expectMessages }) => {
      const ask = hot('  -x-----');
      const expected = ' -(rs)--';
      const actors = [1, 2].map((n) => statefulActor((sum: number, by: number) => sum + by, n, { system }));
      const answers = probe<number>();
      ask.subscribe(() => {
        askFirst(actors, 1).subscribe((first) => {
          answers.send(first);
          askFirst(actors, 10).subscribe((second) => answers.send(second));
        });
      });
      expectMessages(answers).toBe(expected, { r: 2, s: 12 });
    }),
  );

  it('takes whoever can be asked, does not ask those behind one that answers at once, and lets pass an ask() that throws', () => {
    const asked: string[] = [];
    const askable = (name: string): Askable<string, string> => ({
      ask: (m) => {
        asked.push(name);
        if (name === 'broken') throw new Error('broken');
        return of(name + m);
      },
    });
    const answers: string[] = [];
    askFirst(['broken', 'a', 'b'].map(askable), 'm').subscribe((answer) => answers.push(answer));
    expect({ asked, answers }).toEqual({ asked: ['broken', 'a'], answers: ['am'] });
  });

  it('emits one answer, also when the next one comes while that is being heard', () => {
    const [a, b] = [new Subject<string>(), new Subject<string>()];
    const answers: string[] = [];
    askFirst([{ ask: () => a }, { ask: () => concat(b, NEVER) }], 'm').subscribe((answer) => {
      answers.push(answer);
      b.next('b');
      a.next('c');
    });
    a.next('a');
    expect({ answers, observed: [a.observed, b.observed] }).toEqual({ answers: ['a'], observed: [false, false] });
  });

  it.each([
    [null, 'Expected `actors` to be an array, got `null`.'],
    [[mirror, {}], 'Expected `actors[1]` to be an object with an `ask` method, got an object.'],
  ])('refuses the actors %o', (actors, message) => {
    expect(() => askFirst(actors as never, 'm' as never)).toThrow(new TypeError(message));
  });

  it('refuses wrong options at once', () => {
    expect(() => askFirst([], 'm', 3 as never)).toThrow(TypeError);
    expect(() => askFirst([], 'm', { timeout: NaN })).toThrow(RangeError);
    expect(() => askFirst([], 'm', { whenFull: 'block' as never })).toThrow(TypeError);
  });
});
