import { ActorSystem, type Actor, type ActorOptions } from 'rx-actors';
import { describe, expectTypeOf, it } from 'vitest';
import type { StateSnapshotOptions, StatefulActorOptions, StateSnapshot } from '../../src/actor/state-snapshot.js';
import { StatefulActor, statefulActor } from '../../src/actor/stateful-actor.js';

type Message = { readonly type: 'add'; readonly item: string } | { readonly type: 'clear' };
declare const reduce: (cart: readonly string[], message: Message) => readonly string[];
declare const storage: { load(): StateSnapshot<readonly string[], Message> | undefined };

describe('snapshots', () => {
  it('have the types of the state and of the messages', () => {
    const cart = statefulActor(reduce, []);
    expectTypeOf(cart.snapshot()).toEqualTypeOf<StateSnapshot<readonly string[], Message>>();
    expectTypeOf(cart.snapshot().state).toEqualTypeOf<readonly string[]>();
    expectTypeOf(cart.snapshot().version).toEqualTypeOf<number>();
    expectTypeOf(cart.snapshot({ messages: true }).messages).toEqualTypeOf<readonly Message[] | undefined>();
    expectTypeOf(cart.snapshot).parameter(0).toEqualTypeOf<StateSnapshotOptions | undefined>();
    // @ts-expect-error no such option
    cart.snapshot({ message: true });
    // @ts-expect-error only to be read
    cart.snapshot().version = 3;
  });

  it('restore an actor, which keeps the types of its reducer', () => {
    const options = { snapshot: storage.load() };
    expectTypeOf(statefulActor(reduce, [], options)).toEqualTypeOf<StatefulActor<Message, readonly string[]>>();
    const narrow: StateSnapshot<unknown, { readonly type: 'clear' }> = { version: 1, state: [] };
    expectTypeOf(statefulActor(reduce, [], { snapshot: narrow })).toExtend<Actor<Message, readonly string[]>>();
    expectTypeOf(statefulActor(reduce, [], { snapshot: narrow }).send)
      .parameter(0)
      .toEqualTypeOf<Message>();
    statefulActor(reduce, [], { snapshot: JSON.parse('{}') });
    new StatefulActor(reduce, [], { snapshot: { version: 1, state: 'old' }, version: 2, migrate: () => [] });
    // @ts-expect-error a snapshot without a state
    statefulActor(reduce, [], { snapshot: { version: 1 } });
    // @ts-expect-error null is no snapshot
    statefulActor(reduce, [], { snapshot: null });
    // @ts-expect-error a version is a number
    statefulActor(reduce, [], { version: '2' });
  });

  it('are migrated into the state of the reducer', () => {
    statefulActor((sum: number, n: number) => sum + n, 0, {
      migrate: (state, version) => {
        expectTypeOf(state).toEqualTypeOf<unknown>();
        expectTypeOf(version).toEqualTypeOf<number>();
        return 3;
      },
    });
    // @ts-expect-error a state of another type
    new StatefulActor<number, number>((sum, n) => sum + n, 0, { migrate: () => 'text' });
  });

  it('have options that are those of every actor, and more', () => {
    expectTypeOf<StatefulActorOptions<Message, string>>().toExtend<ActorOptions<Message>>();
    const options: StatefulActorOptions<string | number, number> = { system: new ActorSystem(), version: 2 };
    const narrower: StatefulActorOptions<string, number> = options;
    // @ts-expect-error not the other way round
    const wider: StatefulActorOptions<string | number | boolean, number> = options;
    expectTypeOf([narrower, wider]).toBeArray();
  });
});
