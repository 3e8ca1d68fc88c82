import { of, throwError, timer, VirtualTimeScheduler, type Observable } from 'rxjs';
import { ActorSystem, askAll, askFirst, resume, statefulActor, type Askable, type AskOptions } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { marbles } from '../marbles.js';
import { countingController } from './counting-controller.js';

// What asking all and asking for the first answer have in common.

const mirror: Askable<string, string> = { ask: (m) => of(m) };

/** What both take, by whatever type. */
type Scatter = (actors: any, message: never, options?: AskOptions) => Observable<any>;
const message = 'm' as never;

describe.each<['askAll' | 'askFirst', Scatter]>([
  ['askAll', askAll],
  ['askFirst', askFirst],
])('%s', (name, scatter) => {
  it(
    'A3 fails with the reason of its signal and takes all asks back; without sending any when that is aborted already',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const asked = '    -^-------';
      const abort = hot('---x-----');
      const late = '     -----^---';
      const work = cold('  --------');
      const workSubs = ['-^-!     ', '-^-!     '];
      const expected1 = '---#     ';
      const expected2 = '-----#   ';
      const controller = new AbortController();
      const actors = [system.actor(() => work), system.actor(() => work)];
      const answers = scatter(actors, message, { signal: controller.signal });
      abort.subscribe(() => controller.abort('enough'));
      expectObservable(answers, asked).toBe(expected1, null, 'enough');
      expectObservable(answers, late).toBe(expected2, null, 'enough');
      expectSubscriptions(work.subscriptions).toBe(workSubs);
    }),
  );

  it.each([
    ['completes', { askAll: [1, 2], askFirst: [1, 1e6] }],
    ['fails', { askAll: [2, -1], askFirst: [-1, -1] }],
    ['times out', { askAll: [1, 1e6], askFirst: [1e6, 1e6] }],
    ['is aborted', { askAll: [1, 1e6], askFirst: [1e6, 1e6] }],
    ['is unsubscribed', { askAll: [1, 1e6], askFirst: [1e6, 1e6] }],
  ])('A4 leaves nothing behind when it %s: neither timer nor listener nor message', (how, times) => {
    const scheduler = new VirtualTimeScheduler();
    const system = new ActorSystem({ scheduler });
    const listeners = new Set<unknown>();
    const controller = countingController(listeners);
    const work = (time: number) => (time < 0 ? throwError(() => 'error') : timer(time, scheduler));
    const actors = times[name].map((time) => system.actor(() => work(time), { supervision: resume() }));
    const timeout = how === 'times out' ? 3 : 1e6;
    const answers = scatter(actors, message, { timeout, signal: controller.signal });
    const asking = answers.subscribe({ error: () => undefined });
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

  it(
    'may ask again from its own answer',
    marbles(({ hot, system, probe, expectMessages }) => {
      const ask = hot('  -x-----');
      const expected = ' -(rs)--';
      const actors = [1, 2].map((n) => statefulActor((sum: number, by: number) => sum + by, n, { system }));
      const answers = probe<number | number[]>();
      ask.subscribe(() => {
        scatter(actors, 1 as never).subscribe((first) => {
          answers.send(first);
          scatter(actors, 10 as never).subscribe((second) => answers.send(second));
        });
      });
      const values = name === 'askAll' ? { r: [2, 3], s: [12, 13] } : { r: 2, s: 12 };
      expectMessages(answers).toBe(expected, values);
    }),
  );

  it.each([
    [undefined, 'Expected `actors` to be an array, got `undefined`.'],
    [null, 'Expected `actors` to be an array, got `null`.'],
    [mirror, 'Expected `actors` to be an array, got an object.'],
    [[mirror, null], 'Expected `actors[1]` to be an object with an `ask` method, got `null`.'],
    [[, mirror], 'Expected `actors[0]` to be an object with an `ask` method, got `undefined`.'],
    [[{ ask: 3 }], 'Expected `actors[0]` to be an object with an `ask` method, got an object.'],
  ])('refuses the actors %o', (actors, refused) => {
    expect(() => scatter(actors, message)).toThrow(new TypeError(refused));
  });

  it.each([
    [null, TypeError],
    [3, TypeError],
    [{ timeout: -1 }, RangeError],
    [{ timeout: NaN }, RangeError],
    [{ signal: {} }, TypeError],
    [{ whenFull: 'block' }, TypeError],
  ])('refuses the options %o at once', (options, kind) => {
    expect(() => scatter([mirror], message, options as AskOptions)).toThrow(kind);
  });
});
