import { of, type Observable, type Subscription } from 'rxjs';
import {
  Actor,
  actor,
  generatorActor,
  gracefulStop,
  statefulActor,
  WorkerActor,
  type ActorContext,
  type ActorOptions,
  type ActorStatus,
  type ActorTimers,
  type AnyActor,
  type Termination,
} from 'rx-actors';
import { describe, expectTypeOf, it } from 'vitest';

describe('context.spawn', () => {
  it('infers messages and outputs of the child from its behavior, whatever those of the parent are', () => {
    actor((_: string, { spawn }) => {
      expectTypeOf(spawn((n: number) => of(String(n)))).toEqualTypeOf<Actor<number, string>>();
      expectTypeOf(spawn((n: number) => [n])).toEqualTypeOf<Actor<number, number>>();
      expectTypeOf(spawn((_: { a: 1 }) => undefined)).toEqualTypeOf<Actor<{ a: 1 }>>();
      expectTypeOf(
        spawn((n: number, { self, timers }) => {
          expectTypeOf(self).toEqualTypeOf<Actor<number, unknown>>();
          expectTypeOf(timers).toEqualTypeOf<ActorTimers<number>>();
          return Promise.resolve(n);
        }),
      ).toEqualTypeOf<Actor<number, number>>();
    });
  });

  it('takes every option but the system and the parent, which are given', () => {
    actor((_: string, context) => {
      context.spawn((_: number) => undefined, {
        name: 'child',
        mailbox: { capacity: 1, compare: (a, b) => a - b },
        siblings: 'one-for-all',
        stashCapacity: 1,
        beforeRestart: (error, message) => {
          expectTypeOf(error).toBeUnknown();
          expectTypeOf(message).toBeUnknown();
        },
        afterEnd: (termination) => {
          expectTypeOf(termination).toEqualTypeOf<Termination>();
        },
      });
      // @ts-expect-error it lives in the system of its parent
      context.spawn((_: number) => undefined, { system: context.system });
      // @ts-expect-error the parent is the actor itself
      context.spawn((_: number) => undefined, { parent: context.self });
      // @ts-expect-error no such strategy
      context.spawn((_: number) => undefined, { siblings: 'all' });
      // @ts-expect-error no behavior
      context.spawn(3);
      // @ts-expect-error a behavior that returns something else
      context.spawn((_: number) => 3);
    });
  });
});

describe('context.children', () => {
  it('are actors of any kind, to be told apart, looked at and ended without a cast', () => {
    const other = statefulActor((state: number, _: 1) => state, 0);
    actor((_: string, { children, self, spawn, watch, unwatch }) => {
      expectTypeOf(children).toEqualTypeOf<readonly AnyActor[]>();
      const child = spawn((n: number) => [n]);
      expectTypeOf(children.includes(child)).toBeBoolean();
      expectTypeOf(children.indexOf(other)).toBeNumber();
      expectTypeOf(children.find((each) => each === child || each === self)).toEqualTypeOf<AnyActor | undefined>();
      for (const each of children) {
        expectTypeOf(each.name).toBeString();
        expectTypeOf(each.status).toEqualTypeOf<ActorStatus>();
        expectTypeOf(each.terminated).toEqualTypeOf<Observable<Termination>>();
        expectTypeOf(each.join()).toEqualTypeOf<Promise<void>>();
        each.close();
        each.kill('enough');
        watch(each, ({ kind }) => kind);
        unwatch(each);
        void gracefulStop(each);
        new Actor({ parent: each });
        // @ts-expect-error nobody knows what its messages are
        each.send('whatever');
      }
    });
  });
});

describe('the option `parent`', () => {
  it('takes an actor of any kind', () => {
    const parents: AnyActor[] = [
      actor((_: string) => of(1)),
      statefulActor((state: number, _: 1) => state, 0),
      generatorActor(function* (): Generator<undefined, void, string> {
        yield;
      }),
      new WorkerActor(),
      new Actor<symbol, Date>(),
    ];
    for (const parent of parents) {
      actor((_: number) => undefined, { parent });
      statefulActor((state: number, _: 1) => state, 0, { parent });
      new WorkerActor({ parent });
    }
    actor((_: number, { self }) => {
      expectTypeOf(
        statefulActor((state: string, m: number) => `${state}${m}`, '', { parent: self }).state,
      ).toBeString();
    });
    expectTypeOf<ActorOptions<number>['parent']>().toEqualTypeOf<AnyActor | undefined>();
    // @ts-expect-error this is no actor
    actor((_: number) => undefined, { parent: { send: () => undefined } });
    // @ts-expect-error a name is no actor
    actor((_: number) => undefined, { parent: 'parent' });
  });
});

describe('context.watch and unwatch', () => {
  it('wants a message of the actor for the end of any other', () => {
    const other = statefulActor((state: number, _: 1) => state, 0);
    actor((_: string | Termination, { watch, unwatch }) => {
      expectTypeOf(
        watch(other, (termination) => {
          expectTypeOf(termination).toEqualTypeOf<Termination>();
          return termination;
        }),
      ).toEqualTypeOf<Subscription>();
      watch(new WorkerActor(), ({ kind }) => kind);
      watch(other, () => 'ended');
      // @ts-expect-error no message of this actor
      watch(other, () => 3);
      // @ts-expect-error no message at all
      watch(other, () => undefined);
      // @ts-expect-error what to tell is missing
      watch(other);
      // @ts-expect-error this is no actor
      watch(of(1), () => 'ended');
      expectTypeOf(unwatch(other)).toBeBoolean();
      // @ts-expect-error this is no actor
      unwatch('other');
    });
  });

  it('tells the kinds of an end apart', () => {
    actor((_: string, { watch, self }) => {
      watch(
        actor((_: number) => undefined),
        (termination) => {
          if (termination.kind === 'failed') expectTypeOf(termination.error).toBeUnknown();
          if (termination.kind === 'killed') expectTypeOf(termination.reason).toBeUnknown();
          // @ts-expect-error only a failure has an error
          return termination.error === undefined ? self.name : '';
        },
      );
    });
  });
});

describe('context.timers and receiveTimeout', () => {
  it('take messages of the actor only', () => {
    actor((_: 'tick' | number, { timers, receiveTimeout }) => {
      expectTypeOf(timers).toEqualTypeOf<ActorTimers<'tick' | number>>();
      timers.start('key', 'tick', 5);
      expectTypeOf(timers.start).returns.toBeVoid();
      timers.start(Symbol('key'), 3, of('whatever'));
      // @ts-expect-error no message of this actor
      timers.start('key', 'tock', 5);
      // @ts-expect-error no message of this actor
      timers.start('key', undefined, 5);
      // @ts-expect-error neither a time nor an Observable
      timers.start('key', 'tick', '5');
      // @ts-expect-error neither a time nor an Observable
      timers.start('key', 'tick', Promise.resolve());
      // @ts-expect-error when is missing
      timers.start('key', 'tick');
      expectTypeOf(timers.cancel('key')).toBeBoolean();
      expectTypeOf(timers.has({})).toBeBoolean();
      expectTypeOf(timers.cancelAll).returns.toBeVoid();
      expectTypeOf(receiveTimeout).returns.toBeVoid();
      receiveTimeout(5, 'tick');
      receiveTimeout(undefined);
      // @ts-expect-error no message of this actor
      receiveTimeout(5, 'tock');
      // @ts-expect-error the message is missing
      receiveTimeout(5);
      // @ts-expect-error no message for no time
      receiveTimeout(undefined, 'tick');
    });
  });

  it('let timers of more messages stand for those of fewer', () => {
    const narrow = (timers: ActorTimers<string | number>): ActorTimers<string> => timers;
    // @ts-expect-error not the other way round
    const wide = (timers: ActorTimers<string>): ActorTimers<string | number> => timers;
    expectTypeOf(narrow).toBeFunction();
    expectTypeOf(wide).toBeFunction();
  });
});

describe('the rest of the context', () => {
  it('puts aside, and becomes a behavior for the same messages', () => {
    actor((_: string, { become, stash, unstashAll, stashed }) => {
      expectTypeOf(stash).toEqualTypeOf<() => void>();
      expectTypeOf(unstashAll).toEqualTypeOf<() => void>();
      expectTypeOf(stashed).toBeNumber();
      become((message, context) => {
        expectTypeOf(message).toBeString();
        expectTypeOf(context).toEqualTypeOf<ActorContext<string>>();
        return of(message.length);
      });
      become((_: string | number) => undefined);
      // @ts-expect-error a behavior for other messages
      become((_: number) => undefined);
      // @ts-expect-error no behavior
      become('loud');
    });
  });

  it('is only to be read', () => {
    actor((_: string, context) => {
      // @ts-expect-error only to be read
      context.stashed = 3;
      // @ts-expect-error only to be read
      context.timers = context.timers;
      // @ts-expect-error only to be read
      context.children.push(context.self);
      // @ts-expect-error only to be read
      context.spawn = context.spawn;
    });
  });
});

describe('pending$', () => {
  it('is an Observable of numbers', () => {
    expectTypeOf(actor((_: string) => of(1)).pending$).toEqualTypeOf<Observable<number>>();
  });
});
