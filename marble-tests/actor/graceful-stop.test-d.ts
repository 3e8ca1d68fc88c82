import { Actor, actor, statefulActor, type AnyActor, type Termination } from 'rx-actors';
import { describe, expectTypeOf, it } from 'vitest';
import { gracefulStop } from '../../src/actor/graceful-stop.js';

declare const any: AnyActor;

describe('gracefulStop', () => {
  it('takes every actor and gives how it has ended', () => {
    expectTypeOf(gracefulStop(any)).toEqualTypeOf<Promise<Termination>>();
    void gracefulStop(actor((_: string) => [1]));
    void gracefulStop(
      statefulActor((sum: number, n: number) => sum + n, 0),
      { timeout: 100 },
    );
    void gracefulStop(new Actor<never>());
    actor((_: string, { self, children }) => void [self, ...children].map((each) => gracefulStop(each)));
    // @ts-expect-error it has no kill() and the like
    void gracefulStop({ close: () => undefined });
    // @ts-expect-error a timeout is no boolean
    void gracefulStop(any, { timeout: true });
    // @ts-expect-error the timeout is an option
    void gracefulStop(any, 100);
  });
});
