import { type Observable, of, type Subscription } from 'rxjs';
import {
  actor,
  actorPool,
  Actor,
  generatorActor,
  statefulActor,
  WorkerActor,
  type ActorRef,
  type Recipient,
  type Result,
  type StatefulActor,
  type Termination,
} from 'rx-actors';
import { describe, expectTypeOf, it } from 'vitest';

describe('actor', () => {
  it('infers messages and outputs from the behavior', () => {
    expectTypeOf(actor((n: number) => of(String(n)))).toEqualTypeOf<Actor<number, string>>();
    expectTypeOf(actor((n: number) => [n])).toEqualTypeOf<Actor<number, number>>();
    expectTypeOf(actor((n: number) => Promise.resolve(n))).toEqualTypeOf<Actor<number, number>>();
    expectTypeOf(actor((_: { a: 1 }) => undefined)).toEqualTypeOf<Actor<{ a: 1 }>>();
    expectTypeOf(actor((_: string) => {})).toEqualTypeOf<Actor<string>>();
  });

  it('is an Observable of its outputs and a recipient of its messages', () => {
    const worker = actor((n: number) => of(String(n)));
    expectTypeOf(worker).toExtend<Observable<string>>();
    expectTypeOf(worker).toExtend<Recipient<number>>();
    expectTypeOf(worker.ask(1)).toEqualTypeOf<Observable<string>>();
    expectTypeOf(worker.offer(1)).toEqualTypeOf<Observable<void>>();
    expectTypeOf(worker.trySend(1)).toEqualTypeOf<boolean>();
    expectTypeOf(worker.consume([1])).toEqualTypeOf<Subscription>();
    expectTypeOf(worker.terminated).toEqualTypeOf<Observable<Termination>>();
    of(1).subscribe(worker);
  });

  it('gives its context the type of the messages', () => {
    actor((n: number, { self, signal }) => {
      self.send(n);
      // @ts-expect-error another type of message
      self.send('text');
      expectTypeOf(signal).toEqualTypeOf<AbortSignal>();
    });
  });

  it('refuses what would fail', () => {
    const worker = actor((n: number) => of(n));
    // @ts-expect-error no behavior
    actor(3);
    // @ts-expect-error a behavior that returns something else
    actor((_: string) => 3);
    // @ts-expect-error another type of message
    worker.send('text');
    // @ts-expect-error another type of message
    of('text').subscribe(worker);
    // @ts-expect-error a source of another type
    worker.consume(of('text'));
    // @ts-expect-error an overflow policy that does not exist
    actor((_: string) => {}, { mailbox: { overflow: 'block' } });
    // @ts-expect-error a comparison of something else
    actor((_: string) => {}, { mailbox: { compare: (a: number, b: number) => a - b } });
    // @ts-expect-error for subclasses only
    worker.recv();
    // @ts-expect-error for subclasses only
    worker.mailbox;
    // @ts-expect-error only to be read
    worker.status = 'closed';
  });

  it('takes the place of a recipient of a narrower type', () => {
    const wide: Recipient<string | number> = actor((_: string | number) => {});
    const narrow: Recipient<string> = wide;
    // @ts-expect-error not the other way round
    const wider: Recipient<string | number | boolean> = wide;
  });
});

describe('the other kinds', () => {
  it('infers the state from the reducer', () => {
    const counter = statefulActor((count: number, by: 1 | 2) => count + by, 0);
    expectTypeOf(counter).toEqualTypeOf<StatefulActor<1 | 2, number>>();
    expectTypeOf(counter.state).toEqualTypeOf<number>();
    // @ts-expect-error only to be read
    counter.state = 3;
    // @ts-expect-error an initial state of another type
    statefulActor((count: number, by: number) => count + by, '0');
  });

  it('infers messages and outputs from a generator', () => {
    const body = function* (): Generator<number | undefined, void, string> {
      for (let m = yield; ; m = yield m.length);
    };
    expectTypeOf(generatorActor(body)).toEqualTypeOf<Actor<string, number>>();
    const asyncBody = async function* (): AsyncGenerator<undefined, void, string> {
      yield;
    };
    expectTypeOf(generatorActor(asyncBody)).toExtend<Actor<string, unknown>>();
    // @ts-expect-error no generator function
    generatorActor(() => 3);
  });

  it('infers the result of a task', () => {
    const worker = new WorkerActor();
    expectTypeOf(worker.submit(Math.pow, 2, 3)).toEqualTypeOf<Result<number>>();
    expectTypeOf(worker.submit(async () => 'a')).toEqualTypeOf<Result<string>>();
    expectTypeOf(worker.submit(() => of(1))).toEqualTypeOf<Result<number>>();
    // @ts-expect-error an argument too few
    worker.submit(Math.pow, 2);
    // @ts-expect-error an argument of another type
    worker.submit(Math.pow, 2, '3');
  });

  it('types what a subclass overrides', () => {
    class Lengths extends Actor<string, number> {
      protected override async run() {
        for (;;) expectTypeOf(await this.recv()).toEqualTypeOf<string>();
      }
    }
    expectTypeOf(new Lengths().ask('a')).toEqualTypeOf<Observable<number>>();
    class Wrong extends Actor<string, number> {
      // @ts-expect-error an output of another type
      protected override receive(message: string) {
        return of(message);
      }
    }
  });
});

describe('ActorRef', () => {
  it('is what actors and pools of all kinds are, from outside', () => {
    const ask = <In, Out>(ref: ActorRef<In, Out>, message: In): Observable<Out> => ref.ask(message);
    expectTypeOf(
      ask(
        actor((n: number) => of(`${n}`)),
        1,
      ),
    ).toEqualTypeOf<Observable<string>>();
    expectTypeOf(
      ask(
        statefulActor((sum: number, n: number) => sum + n, 0),
        1,
      ),
    ).toEqualTypeOf<Observable<number>>();
    expectTypeOf(
      ask(
        actorPool((n: number) => of(n), { size: 2 }),
        1,
      ),
    ).toEqualTypeOf<Observable<number>>();
    expectTypeOf(actor((n: number) => of(n))).toExtend<ActorRef<number, unknown>>();
    expectTypeOf<ActorRef<number | string, number>>().toExtend<ActorRef<number, number | string>>();
    expectTypeOf<ActorRef<number, number>>().not.toExtend<ActorRef<number | string, number>>();
  });
});
