import { Observable, observable, of, type Subscriber } from 'rxjs';
import { ActorSystem } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { marbles } from '../marbles.js';
import { promisesSettled } from '../recorder.js';
import { stoppedNotifications } from '../stopped-notifications.js';

describe('what a behavior returned', () => {
  it(
    'I1 F1 fails its message with what it throws while it is looked at, unless that says that it is of no use',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('  -a');
      const outputs = '   -#';
      const broken = new RangeError('broken');
      const actor = system.actor((_: string) => ({
        get length(): number {
          throw broken;
        },
        [Symbol.iterator]: () => [][Symbol.iterator](),
      }));
      sent.subscribe(actor);
      expectObservable(actor).toBe(outputs, undefined, broken);
    }),
  );

  it.each([
    [
      'an iterable',
      {
        *[Symbol.iterator]() {
          yield 'x';
        },
      },
    ],
    ['an Observable of another library', { [observable]: () => of('x') }],
    [
      'a thenable',
      {
        then: (fulfil: (value: string) => void) => {
          fulfil('x');
        },
      },
    ],
  ])('I1 may be a function that is %s as well', (_, nature) => {
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('  -a');
      const outputs = '   -x';
      const actor = system.actor(
        (_: string) => Object.assign(() => undefined, nature) as unknown as Observable<string>,
      );
      sent.subscribe((m) => actor.send(m));
      expectObservable(actor).toBe(outputs);
    })();
  });

  it(
    'I1 is an Observable also when it can be awaited: all that it emits is an output',
    marbles(({ cold, hot, system, expectObservable }) => {
      const work = cold('  -x-y|     ');
      const sent = hot('  -ab        ');
      const outputs = '   --x-y-x-y  ';
      class Awaitable extends Observable<string> {
        then(fulfil: (value: string) => void) {
          fulfil('first');
        }
      }
      const actor = system.actor(
        (_: string) => new Awaitable((subscriber: Subscriber<string>) => work.subscribe(subscriber)),
      );
      sent.subscribe((m) => actor.send(m));
      expectObservable(actor).toBe(outputs);
    }),
  );

  it('I1 is told as the cause, when RxJS can make nothing of it', () => {
    let error: unknown;
    marbles(({ system }) => {
      const actor = system.actor((_: string) => ({}) as never);
      actor.subscribe({ error: (reason: unknown) => (error = reason) });
      actor.send('a');
    })();
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).cause).toBeInstanceOf(TypeError);
    expect((error as Error).message).toContain('Expected a behavior to return an ObservableInput');
  });

  it.each(['fulfilled', 'rejected'] as const)(
    'E3 tells nobody of a Promise that is %s when it was killed',
    async (how) => {
      const stopped = stoppedNotifications();
      let settle!: () => void;
      const actor = new ActorSystem().actor(
        (_: string) =>
          new Promise<string>((fulfil, reject) => {
            settle = () => {
              if (how === 'fulfilled') fulfil('late');
              else reject(new Error('late'));
            };
          }),
      );
      actor.send('a');
      await promisesSettled();
      actor.kill();
      settle();
      await promisesSettled();
      expect(await stopped()).toEqual([]);
    },
  );
});
