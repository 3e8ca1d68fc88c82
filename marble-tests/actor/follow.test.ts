import { describe, expect, it } from 'vitest';
import { marbles } from '../marbles.js';

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
});
