import { of, type Observable } from 'rxjs';
import {
  ActorSystem,
  type Actor,
  type ActorFailure,
  type DeadLetter,
  type DeadLetterReason,
  type StatefulActor,
} from 'rx-actors';
import { describe, expectTypeOf, it } from 'vitest';

const system = new ActorSystem();

describe('ActorSystem', () => {
  it('infers messages and outputs as the free functions do', () => {
    expectTypeOf(system.actor((message: string) => of(message.length))).toEqualTypeOf<Actor<string, number>>();
    expectTypeOf(system.statefulActor((sum: number, n: number) => sum + n, 0)).toEqualTypeOf<
      StatefulActor<number, number>
    >();
    // @ts-expect-error -- its system is this one
    system.actor(() => undefined, { system });
  });

  it('has read-only feeds', () => {
    expectTypeOf(system.deadLetters).toEqualTypeOf<Observable<DeadLetter>>();
    expectTypeOf(system.failures).toEqualTypeOf<Observable<ActorFailure>>();
    // @ts-expect-error -- an Observable has no next
    system.deadLetters.next;
  });

  it('tells the failures apart', () => {
    system.failures.subscribe((failure) => {
      if ('actor' in failure) expectTypeOf(failure.directive).toEqualTypeOf<'stop' | 'resume' | 'restart'>();
      else expectTypeOf(failure.exchange.name).toBeString();
    });
  });

  it('has a closed union of reasons that a dead letter can be matched with', () => {
    expectTypeOf<DeadLetterReason>().toEqualTypeOf<
      'closed' | 'overflow' | 'killed' | 'failed' | 'restarted' | 'unrouted'
    >();
  });

  it('is what `await using` takes', () => {
    expectTypeOf(system).toExtend<AsyncDisposable>();
  });
});
