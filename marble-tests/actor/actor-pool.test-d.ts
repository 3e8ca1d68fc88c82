import { of, type Observable } from 'rxjs';
import { askWith, resume, type Actor, type AnyActor, type Recipient } from 'rx-actors';
import { describe, expectTypeOf, it } from 'vitest';
import { ActorPool, actorPool, type ActorPoolOptions } from '../../src/actor/actor-pool.js';
import type { PoolRouting } from '../../src/actor/routing.js';

describe('actorPool', () => {
  it('infers messages and outputs from the behavior', () => {
    expectTypeOf(actorPool((n: number) => of(String(n)), { size: 2 })).toEqualTypeOf<ActorPool<number, string>>();
    expectTypeOf(actorPool((_: string) => {}, { size: 2 })).toEqualTypeOf<ActorPool<string>>();
    expectTypeOf(new ActorPool((n: number) => [n], { size: 2 })).toEqualTypeOf<ActorPool<number, number>>();
  });

  it('is an actor, in all that one can be', () => {
    const pool = actorPool((n: number) => of(String(n)), { size: 2 });
    expectTypeOf(pool).toExtend<Actor<number, string>>();
    expectTypeOf(pool).toExtend<Observable<string>>();
    expectTypeOf(pool).toExtend<Recipient<number>>();
    expectTypeOf(pool).toExtend<AnyActor>();
    expectTypeOf(pool).toExtend<ActorPool<number, unknown>>();
    expectTypeOf(pool.start()).toEqualTypeOf<ActorPool<number, string>>();
    expectTypeOf(pool.ask(1)).toEqualTypeOf<Observable<string>>();
    expectTypeOf(of(1).pipe(askWith(pool))).toEqualTypeOf<Observable<string>>();
    expectTypeOf(pool.resize).toEqualTypeOf<(size: number) => void>();
    expectTypeOf(pool.size).toEqualTypeOf<number>();
    of(1).subscribe(pool);
  });

  it('gives a hash function the type of the messages', () => {
    interface Order {
      readonly customer: string;
    }
    actorPool((_: Order) => {}, { size: 2, routing: { hash: ({ customer }) => customer } });
    expectTypeOf<ActorPoolOptions<Order>['routing']>().toEqualTypeOf<PoolRouting<Order> | undefined>();
    // @ts-expect-error a hash of something else
    actorPool((_: Order) => {}, { size: 2, routing: { hash: (n: number) => String(n) } });
    // @ts-expect-error a hash that gives no string
    actorPool((_: Order) => {}, { size: 2, routing: { hash: () => 3 } });
  });

  it('takes the options of every actor but those of a mailbox of its own', () => {
    actorPool((_: string) => {}, {
      size: 2,
      name: 'pool',
      supervision: resume(),
      siblings: 'one-for-all',
      stashCapacity: 3,
      mailbox: { capacity: 10 },
    });
    // @ts-expect-error there is no size
    actorPool((_: string) => {}, {});
    // @ts-expect-error no options
    actorPool((_: string) => {});
    // @ts-expect-error a routing that does not exist
    actorPool((_: string) => {}, { size: 2, routing: 'random' });
    // @ts-expect-error a pool does not know which message is the oldest
    actorPool((_: string) => {}, { size: 2, mailbox: { overflow: 'drop-oldest' } });
    // @ts-expect-error nor which one is the first
    actorPool((_: string) => {}, { size: 2, mailbox: { compare: () => 0 } });
    // @ts-expect-error another type of message
    actorPool((_: string) => {}, { size: 2 }).send(3);
  });
});
