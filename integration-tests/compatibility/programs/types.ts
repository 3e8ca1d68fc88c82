import { of, type Observable, type Subscription } from 'rxjs';
import {
  actor,
  actorPool,
  askAll,
  askFirst,
  askWith,
  generatorActor,
  getExchange,
  getTopicExchange,
  isActorError,
  restart,
  sendTo,
  statefulActor,
  WorkerActor,
  type Actor,
  type ActorPool,
  type ActorSystem,
  type Exchange,
  type ExchangeSubscription,
  type MessageIterator,
  type Result,
  type StatefulActor,
} from 'rx-actors';
import { marbles, type Probe } from 'rx-actors/testing';

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- what makes it exact
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles only when `value` has exactly the type `Expected`. */
function is<Expected>() {
  return <Value>(_value: Value, ..._proof: Same<Value, Expected> extends true ? [] : [never]): void => undefined;
}

/** What a compiler has to infer, and what it has to refuse. It is compiled, never run. */
export function actors(): void {
  is<Actor<string>>()(actor((text: string) => console.log(text)));
  is<Actor<string, number>>()(actor((text: string) => of(text.length)));
  is<Actor<string, number>>()(actor((text: string) => [text.length]));
  is<Actor<string, number>>()(actor(async (text: string) => Promise.resolve(text.length)));
  is<Actor<string, number>>()(actor<string, number>((text) => [text.length]));
  is<StatefulActor<string, number>>()(statefulActor((sum: number, text: string) => sum + text.length, 0));
  is<Actor<number, string>>()(
    generatorActor(function* (): Generator<string | undefined, void, number> {
      for (;;) yield `${yield}`;
    }),
  );
  is<ActorPool<string, number>>()(actorPool((text: string) => [text.length], { size: 2 }));

  const lengths = actor((text: string) => [text.length]);
  is<Observable<number>>()(lengths.ask('text', { timeout: 1 }));
  is<Observable<void>>()(lengths.offer('text'));
  is<Observable<string>>()(of('text').pipe(sendTo(lengths)));
  is<Observable<number>>()(of('text').pipe(askWith(lengths)));

  const flags = actor((text: string) => [text === '']);
  is<Observable<[number, boolean]>>()(askAll([lengths, flags], 'text'));
  is<Observable<number | boolean>>()(askFirst([lengths, flags], 'text'));

  const worker = new WorkerActor();
  is<Result<number>>()(worker.submit(Math.pow, 2, 3));
  is<Result<number>>()(worker.submit(async (n: number) => Promise.resolve(n), 1));
  is<Result<number>>()(worker.submit((n: number) => of(n), 1));

  // @ts-expect-error -- a number is no string
  lengths.send(1);
  // @ts-expect-error -- nor is it one to ask with
  lengths.ask(1);
  // @ts-expect-error -- the arguments have to fit the function
  worker.submit(Math.pow, 2, 'three');
  // @ts-expect-error -- a pool has a size
  actorPool((text: string) => [text.length], {});
  // @ts-expect-error -- no such policy
  actor((text: string) => [text], { mailbox: { overflow: 'drop' } });
  // @ts-expect-error -- a limit is a number
  actor((text: string) => [text], { supervision: restart({ limit: 'three' }) });
  // @ts-expect-error -- only subclasses receive
  void lengths.recv();
}

export function contexts(): void {
  actor((text: string, { self, spawn, timers, watch }) => {
    is<Actor<string, unknown>>()(self);
    is<Actor<number, boolean>>()(spawn((n: number) => [n === 0]));
    is<Subscription>()(watch(self, ({ kind }) => kind));
    timers.start('key', text, 1);
    // @ts-expect-error -- a timer sends what the actor takes
    timers.start('key', 1, 1);
    // @ts-expect-error -- and so does the end of another actor
    watch(self, ({ kind }) => kind.length);
  });
}

export function exchanges(system: ActorSystem, error: unknown): void {
  const lines = getExchange<string>('compatibility.lines');
  is<Exchange<string>>()(lines);
  is<Exchange<{ readonly symbol: string; readonly cents: number }>['name']>()(system.exchange<string>('x').name);
  is<ExchangeSubscription>()(lines.attach({ send: (text) => text.length }));
  is<ExchangeSubscription>()(
    lines.subscribe(
      actor((text: string) => [text]),
      lines,
    ),
  );
  is<Subscription>()(lines.subscribe((text) => text.length));
  is<MessageIterator<string>>()(lines.iterate());
  const iterable: AsyncIterableIterator<string> = lines.iterate();
  is<AsyncIterableIterator<string>>()(iterable);

  const shop = getTopicExchange('compatibility.shop');
  is<Observable<{ readonly name: string }>>()(shop.topic('user.*'));
  is<Observable<{ readonly id: number; readonly title: string } | { readonly id: number; readonly cents: number }>>()(
    shop.topic('order.#'),
  );

  if (isActorError(error, 'ask-timeout')) is<number>()(error.timeout);

  // @ts-expect-error -- a recipient of numbers gets no strings
  lines.attach(actor((n: number) => [n]));
  // @ts-expect-error -- the name has another type
  lines.attach(getExchange('compatibility.prices'));
  // @ts-expect-error -- no such key
  shop.publish('order.lost', { id: 1 });
  // @ts-expect-error -- the message does not fit the key
  shop.publish('user.joined', { id: 1 });
}

export const testing = marbles(({ probe, system }) => {
  const seen = probe<string>();
  is<Probe<string>>()(seen);
  is<ActorSystem>()(system);
  // @ts-expect-error -- the probe is one of strings
  seen.send(1);
});
