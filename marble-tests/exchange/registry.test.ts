import { ActorSystem, Exchange, type ActorSystemOptions } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { thrownBy } from '../recorder.js';

/** A system that notes its warnings. */
const warned = (options: ActorSystemOptions = {}): { readonly system: ActorSystem; readonly warnings: string[] } => {
  const warnings: string[] = [];
  const system = new ActorSystem({ name: 'shop', warn: (message) => warnings.push(message), ...options });
  return { system, warnings };
};

describe('system.exchanges', () => {
  it('X1 has the exchanges that can be found by name, in the order in which they were made', () => {
    const { system } = warned();
    const made = ['news', 'prices', ''].map((name) => [name, system.exchange(name)] as const);
    new Exchange({ name: 'unlisted', system });
    system.exchange('news');
    expect([...system.exchanges]).toEqual(made);
    for (const [name, exchange] of made) expect(system.exchanges.get(name)).toBe(exchange);
    expect(new ActorSystem().exchanges.size).toBe(0);
  });

  it('X1 has topic exchanges too', () => {
    const { system } = warned();
    const topics = system.topicExchange('events');
    expect(system.exchanges.get('events')).toBe(topics);
  });

  it('is a copy: what is made later is not in it, and changing it changes nothing', () => {
    const { system } = warned();
    system.exchange('news');
    const before = system.exchanges as Map<string, Exchange<unknown>>;
    system.exchange('prices');
    expect([...before.keys()]).toEqual(['news']);
    before.clear();
    before.set('forged', new Exchange());
    expect([...system.exchanges.keys()]).toEqual(['news', 'prices']);
  });

  it.each(['complete', 'error', 'unsubscribe'] as const)('X1 is left at the end: %s()', (end) => {
    const { system } = warned();
    const [news, prices] = ['news', 'prices'].map((name) => system.exchange(name));
    news[end](undefined);
    expect([...system.exchanges]).toEqual([['prices', prices]]);
    const again = system.exchange('news');
    expect([...system.exchanges]).toEqual([
      ['prices', prices],
      ['news', again],
    ]);
  });

  it('X1 is left before the observers hear of the end, and behind what was sent before', () => {
    const { system } = warned();
    const news = system.exchange<string>('news');
    const seen: number[] = [];
    news.subscribe({
      next: () => {
        news.complete();
        seen.push(system.exchanges.size);
      },
      complete: () => seen.push(system.exchanges.size),
    });
    news.send('a');
    expect(seen).toEqual([1, 0]);
  });

  it('is empty once the system is closed', async () => {
    const { system } = warned();
    system.exchange('news');
    await system.close();
    expect(system.exchanges.size).toBe(0);
  });

  it('can be ended while it is gone through', () => {
    const { system } = warned();
    for (const name of ['a', 'b', 'c']) system.exchange(name);
    for (const exchange of system.exchanges.values()) exchange.complete();
    expect(system.exchanges.size).toBe(0);
  });
});

describe('maxExchanges', () => {
  it('warns once, of the exchange that is one too many', () => {
    const { system, warnings } = warned({ maxExchanges: 2 });
    for (const name of ['a', 'b', 'a']) system.exchange(name);
    expect(warnings).toEqual([]);
    for (const name of ['c', 'd']) system.exchange(name);
    expect(warnings).toHaveLength(1);
    for (const part of ['"shop"', '3 named exchanges', '"c"', '`maxExchanges`']) expect(warnings[0]).toContain(part);
  });

  it('counts those that there are: names that are freed do not add up', () => {
    const { system, warnings } = warned({ maxExchanges: 1 });
    for (let request = 0; request < 100; request++) system.exchange(`request ${request}`).complete();
    expect(warnings).toEqual([]);
    for (const name of ['a', 'b']) system.exchange(name);
    for (const exchange of system.exchanges.values()) exchange.complete();
    for (const name of ['a', 'b']) system.exchange(name);
    expect(warnings).toHaveLength(1);
  });

  it('is 1,000 unless the system says otherwise, may be 0, and Infinity for none', () => {
    const names = Array.from({ length: 1_001 }, (_, index) => String(index));
    const [usual, none, every] = [warned(), warned({ maxExchanges: Infinity }), warned({ maxExchanges: 0 })];
    for (const name of names.slice(1)) usual.system.exchange(name);
    expect(usual.warnings).toEqual([]);
    usual.system.exchange('one more');
    expect(usual.warnings).toHaveLength(1);
    for (const name of names) none.system.exchange(name);
    expect(none.warnings).toEqual([]);
    every.system.exchange('first');
    expect(every.warnings).toHaveLength(1);
  });

  it('does not count what `new` makes', () => {
    const { system, warnings } = warned({ maxExchanges: 0 });
    new Exchange({ system });
    expect(warnings).toEqual([]);
  });

  it.each<[any, string]>([
    [-1, 'RangeError: Expected `maxExchanges` to be a whole number from 0 up, got `-1` (number).'],
    [1.5, 'RangeError: Expected `maxExchanges` to be a whole number from 0 up, got `1.5` (number).'],
    [NaN, 'RangeError: Expected `maxExchanges` to be a whole number from 0 up, got `NaN` (number).'],
    ['3', "TypeError: Expected `maxExchanges` to be a whole number from 0 up, got `'3'` (string)."],
  ])('refuses %o', (maxExchanges, message) => {
    expect(String(thrownBy(() => new ActorSystem({ maxExchanges })))).toBe(message);
  });
});

describe('maxSubscribers', () => {
  const subscribe = (exchange: Exchange<string>, count: number): void => {
    for (let index = 0; index < count; index++) exchange.subscribe(() => undefined);
  };

  it('warns once for each exchange, which it names', () => {
    const { system, warnings } = warned({ maxSubscribers: 2 });
    const [news, prices] = ['news', 'prices'].map((name) => system.exchange<string>(name));
    subscribe(news, 2);
    expect(warnings).toEqual([]);
    subscribe(news, 2);
    subscribe(prices, 3);
    expect(warnings).toHaveLength(2);
    for (const part of ['"news"', '3 subscribers', '`maxSubscribers`']) expect(warnings[0]).toContain(part);
    expect(warnings[1]).toContain('"prices"');
  });

  it('is the exchange’s own where it has one, and counts the members of groups', () => {
    const { system, warnings } = warned({ maxSubscribers: 0 });
    const crowd = system.exchange<string>('crowd', { maxSubscribers: 3 });
    subscribe(crowd, 2);
    for (let index = 0; index < 2; index++) {
      expect(warnings).toEqual([]);
      crowd.attach({ send: () => undefined }, { group: 'workers' });
    }
    expect(warnings).toHaveLength(1);
  });

  it('counts those that there are', () => {
    const { system, warnings } = warned({ maxSubscribers: 1 });
    const news = system.exchange<string>('news');
    for (let visit = 0; visit < 100; visit++) news.subscribe(() => undefined).unsubscribe();
    expect(warnings).toEqual([]);
  });

  it('X1 is one of the options that an exchange is found with', () => {
    const { system } = warned();
    const news = system.exchange('news', { maxSubscribers: 3 });
    expect(system.exchange('news', { maxSubscribers: 3 })).toBe(news);
    expect(() => system.exchange('news', { maxSubscribers: 4 })).toThrow(TypeError);
  });
});
