import type { Observable } from 'rxjs';
import { getTopicExchange, TopicExchange, type Recipient, type TopicMessages } from 'rx-actors';
import { describe, expectTypeOf, it } from 'vitest';

interface Topics {
  'order.placed': { readonly id: number };
  'order.paid': { readonly id: number; readonly cents: number };
  'order.eu.paid': { readonly vat: number };
  'user.joined': string;
  '': null;
}

declare module 'rx-actors' {
  interface TopicExchangeTypes {
    'typed-topics': Topics;
  }
}

describe('the types of topics', () => {
  it('gives a pattern the union of what it matches', () => {
    expectTypeOf<TopicMessages<Topics, 'order.placed'>>().toEqualTypeOf<Topics['order.placed']>();
    expectTypeOf<TopicMessages<Topics, 'order.*'>>().toEqualTypeOf<Topics['order.placed'] | Topics['order.paid']>();
    expectTypeOf<TopicMessages<Topics, '#.paid'>>().toEqualTypeOf<Topics['order.paid'] | Topics['order.eu.paid']>();
    expectTypeOf<TopicMessages<Topics, 'order.#.paid'>>().toEqualTypeOf<
      Topics['order.paid'] | Topics['order.eu.paid']
    >();
    expectTypeOf<TopicMessages<Topics, '*.joined'>>().toEqualTypeOf<string>();
    expectTypeOf<TopicMessages<Topics, '#'>>().toEqualTypeOf<Topics[keyof Topics]>();
    expectTypeOf<TopicMessages<Topics, '#.#'>>().toEqualTypeOf<Topics[keyof Topics]>();
    expectTypeOf<TopicMessages<Topics, ''>>().toEqualTypeOf<null>();
    expectTypeOf<TopicMessages<Topics, '*'>>().toEqualTypeOf<never>();
    expectTypeOf<TopicMessages<Topics, '##'>>().toEqualTypeOf<never>();
    expectTypeOf<TopicMessages<Topics, string>>().toEqualTypeOf<Topics[keyof Topics]>();
  });

  it('knows the keys of a named exchange', () => {
    const exchange = getTopicExchange('typed-topics');
    exchange.publish('order.paid', { id: 1, cents: 2 });
    // @ts-expect-error -- no such key
    exchange.publish('order.lost', { id: 1 });
    // @ts-expect-error -- the message of another key
    exchange.publish('order.paid', { id: 1 });
    expectTypeOf(exchange.topic('order.*')).toEqualTypeOf<Observable<Topics['order.placed'] | Topics['order.paid']>>();
    const names: Recipient<string> = { send: (name) => name };
    exchange.bind('user.*', names);
    // @ts-expect-error -- this pattern has more than strings
    exchange.bind('#', names);
  });

  it('has one type for all keys of an exchange whose keys are not known', () => {
    const exchange = new TopicExchange<number>();
    exchange.publish('any.key', 1);
    // @ts-expect-error -- no number
    exchange.publish('any.key', 'one');
    expectTypeOf(exchange.topic('#')).toEqualTypeOf<Observable<number>>();
    expectTypeOf(getTopicExchange<number>('untyped').topic('a.*')).toEqualTypeOf<Observable<number>>();
  });
});
