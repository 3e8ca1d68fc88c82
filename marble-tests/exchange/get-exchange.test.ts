/* eslint-disable rxjs-x/no-redundant-notify, rxjs-x/no-subject-unsubscribe -- ends are repeated on purpose */
import { ActorSystem, defaultSystem, Exchange, getExchange, SystemClosedError } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { marbles } from '../marbles.js';
import { listener, thrownBy } from '../recorder.js';

/** Gets exchanges of a system of its own, so that tests share no names. */
const fresh = (): ActorSystem => new ActorSystem({ name: 'fresh' });

describe('getExchange', () => {
  it('X1.1 gives the same object for the same name, and another for another', () => {
    const news = getExchange<string>('get-exchange/news');
    expect(news).toBeInstanceOf(Exchange);
    expect(news.name).toBe('get-exchange/news');
    expect(getExchange('get-exchange/news')).toBe(news);
    expect(getExchange('get-exchange/other')).not.toBe(news);
    expect(defaultSystem.exchange('get-exchange/news')).toBe(news);
    news.complete();
  });

  it('X1.1 gives each system its own for the same name', () => {
    const [ours, theirs] = [fresh(), fresh()];
    const log: string[] = [];
    ours.exchange<string>('news').subscribe(listener(log, 'ours'));
    theirs.exchange<string>('news').subscribe(listener(log, 'theirs'));
    expect(ours.exchange('news')).not.toBe(theirs.exchange('news'));
    ours.exchange<string>('news').send('a');
    expect(log).toEqual(['ours:a']);
  });

  it('X1.1 gives a new one once it has ended, however it ended', () => {
    const system = fresh();
    for (const end of ['complete', 'error', 'unsubscribe'] as const) {
      const ended = system.exchange<string>('news');
      ended[end](new Error('down'));
      expect(system.exchange('news')).not.toBe(ended);
      expect(system.exchange('news')).toBe(system.exchange('news'));
    }
  });

  it('X1 gives a new one to an observer of the end', () => {
    const system = fresh();
    const old = system.exchange<string>('news');
    const log: string[] = [];
    old.subscribe({ complete: () => system.exchange<string>('news').subscribe(listener(log, 'new')) });
    old.complete();
    system.exchange<string>('news').send('a');
    expect(log).toEqual(['new:a']);
  });

  it('X1 gives the same one while it still has messages to deliver before its end', () => {
    const system = fresh();
    const exchange = system.exchange<string>('news');
    const seen: Exchange<string>[] = [];
    exchange.subscribe((message) => {
      if (message === 'a') {
        exchange.send('b');
        exchange.complete();
      }
      seen.push(system.exchange('news'));
    });
    exchange.send('a');
    expect(seen).toEqual([exchange, exchange]);
    expect(system.exchange('news')).not.toBe(exchange);
  });

  it('X1 does not lose the new one when the old one is ended again', () => {
    const system = fresh();
    const old = system.exchange<string>('news');
    old.complete();
    const next = system.exchange<string>('news');
    old.complete();
    old.unsubscribe();
    expect(system.exchange('news')).toBe(next);
  });

  it(
    'X2.1 lives on with zero subscribers',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('    -a-b-c-d-');
      const first = '       ^-!      ';
      const second = '      ------^--';
      const firstGets = '   -a-      ';
      const secondGets = '  -------d-';
      sent.subscribe((message) => system.exchange<string>('news').send(message));
      expectObservable(system.exchange<string>('news'), first).toBe(firstGets);
      expectObservable(system.exchange<string>('news'), second).toBe(secondGets);
    }),
  );

  it('takes any string for a name', () => {
    const system = fresh();
    for (const name of ['', '__proto__', 'constructor', 'toString', ' ', '🙂']) {
      const exchange = system.exchange<string>(name);
      expect(exchange.name).toBe(name);
      expect(system.exchange(name)).toBe(exchange);
    }
  });

  it('is not found by the name that `new` gave', () => {
    const system = fresh();
    const made = new Exchange<string>({ name: 'news', system });
    const found = system.exchange('news');
    expect(found).not.toBe(made);
    made.complete();
    expect(system.exchange('news')).toBe(found);
  });

  it('X1 takes the same options again, or none', () => {
    const system = fresh();
    const unrouted = { send: () => undefined };
    const exchange = system.exchange('news', { replay: 2, unrouted });
    for (const options of [undefined, {}, { replay: 2 }, { unrouted }, { replay: 2, unrouted }]) {
      expect(system.exchange('news', options)).toBe(exchange);
    }
    expect(system.exchange('plain')).toBe(system.exchange('plain', { replay: 0 }));
  });

  it('X1.2 refuses other options and keeps the exchange', () => {
    const system = fresh();
    const exchange = system.exchange('news', { replay: 2 });
    const others = [{ replay: 1 }, { replay: 0 }, { unrouted: { send: () => undefined } }, { maxSubscribers: 0 }];
    for (const options of others) {
      const refused = thrownBy(() => system.exchange('news', options));
      expect(refused).toBeInstanceOf(TypeError);
      expect((refused as Error).message).toContain('"news"');
    }
    expect(system.exchange('news')).toBe(exchange);
  });

  it('X1.2 refuses any replay and any limit where the exchange was made without', () => {
    const system = fresh();
    const exchange = system.exchange('news');
    for (const options of [{ replay: 1 }, { replay: 1, replayWindow: 0 }, { maxSubscribers: 0 }]) {
      expect(thrownBy(() => system.exchange('news', options))).toBeInstanceOf(TypeError);
    }
    expect(system.exchange('news')).toBe(exchange);
  });

  it('refuses a closed system', async () => {
    const system = fresh();
    await system.close();
    expect(() => system.exchange('news')).toThrow(SystemClosedError);
  });
});
