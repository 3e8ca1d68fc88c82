/* eslint-disable @typescript-eslint/no-deprecated -- every form of subscribe is tested */
import { map, Subject, type Observable, type Subscription } from 'rxjs';
import {
  ActorSystem,
  DisplayMessages,
  Exchange,
  getExchange,
  type Actor,
  type ExchangeSubscription,
  type ExchangeTypes,
  type Recipient,
} from 'rx-actors';
import { describe, expectTypeOf, it } from 'vitest';

interface Price {
  readonly symbol: string;
  readonly price: number;
}

declare module 'rx-actors' {
  interface ExchangeTypes {
    'test-prices': Price;
  }
}

declare const numbers: Recipient<number>;
declare const anything: Recipient<unknown>;
declare const worker: Actor<string, number>;

describe('getExchange', () => {
  it('types the names that ExchangeTypes knows', () => {
    expectTypeOf<ExchangeTypes['test-prices']>().toEqualTypeOf<Price>();
    const prices = getExchange('test-prices');
    expectTypeOf(prices).toEqualTypeOf<Exchange<Price>>();
    expectTypeOf(new ActorSystem().exchange('test-prices')).toEqualTypeOf<Exchange<Price>>();
    prices.send({ symbol: 'ACME', price: 12 });
    // @ts-expect-error -- no price
    prices.send({ symbol: 'ACME' });
    prices.subscribe(({ price }) => expectTypeOf(price).toBeNumber());
    // @ts-expect-error -- numbers are no prices
    prices.attach(numbers);
    getExchange('test-prices', { unrouted: anything, replay: 1 });
  });

  it('takes the type of any other name from its caller, and is unknown without', () => {
    expectTypeOf(getExchange<string>('other')).toEqualTypeOf<Exchange<string>>();
    expectTypeOf(getExchange('other')).toEqualTypeOf<Exchange<unknown>>();
    // @ts-expect-error -- a name is a string
    getExchange(3);
    // @ts-expect-error -- replay is a number
    getExchange<string>('other', { replay: '1' });
    // @ts-expect-error -- no such option
    getExchange<string>('other', { reply: 1 });
  });
});

describe('Exchange', () => {
  const strings = new Exchange<string>();

  it('is a Subject, a Recipient and an Observable', () => {
    expectTypeOf(strings).toExtend<Subject<string>>();
    expectTypeOf(strings).toExtend<Recipient<string>>();
    expectTypeOf(strings).toExtend<Observable<string>>();
  });

  it('takes recipients of its messages or of wider ones', () => {
    expectTypeOf(strings.attach(worker)).toEqualTypeOf<ExchangeSubscription>();
    expectTypeOf(strings.subscribe(worker, anything, new DisplayMessages())).toEqualTypeOf<ExchangeSubscription>();
    strings.attach(new Exchange<string | number>());
    // @ts-expect-error -- strings are no numbers
    strings.attach(numbers);
    // @ts-expect-error -- strings are no numbers
    strings.subscribe(anything, numbers);
    // @ts-expect-error -- the second is no recipient
    strings.subscribe(anything, {});
    // @ts-expect-error -- no recipient
    strings.attach(undefined);
    expectTypeOf(strings.detach(worker)).toBeBoolean();
  });

  it('takes every form of RxJS', () => {
    expectTypeOf(strings.subscribe()).toExtend<Subscription>();
    strings.subscribe((message) => expectTypeOf(message).toBeString());
    strings.subscribe({ next: (message) => expectTypeOf(message).toBeString() });
    strings.subscribe({ error: (error: unknown) => error, complete: () => undefined });
    strings.subscribe(null, null, () => undefined);
    strings.subscribe(new Subject<string>());
    // @ts-expect-error -- strings are no numbers
    strings.subscribe((message: number) => message);
  });

  it('hides its sending end in pipe() and asObservable()', () => {
    const lengths = strings.pipe(map((message) => message.length));
    expectTypeOf(lengths).toEqualTypeOf<Observable<number>>();
    // @ts-expect-error -- an Observable has no next
    lengths.next;
    // @ts-expect-error -- an Observable has no send
    strings.asObservable().send;
  });

  it('counts with numbers, read-only', () => {
    expectTypeOf(strings.subscriberCount$).toEqualTypeOf<Observable<number>>();
    // @ts-expect-error -- read-only
    strings.subscriberCount = 3;
    // @ts-expect-error -- read-only
    strings.name = 'other';
  });

  it('gives what `using` takes', () => {
    using subscription = strings.subscribe(anything);
    expectTypeOf(subscription).toExtend<Disposable>();
  });
});
