import { from, map } from 'rxjs';
import { ActorSystem, Exchange, TopicExchange, type TopicMessage } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { marbles } from '../marbles.js';
import { coreOf } from '../../src/internal/hosted.js';
import { listener, sendAll, thrownBy } from '../recorder.js';

/** An exchange that notes what is published on it, and hands it on in capitals. */
class Loud extends Exchange<string> {
  readonly published: string[] = [];

  override next(message: string): void {
    this.published.push(message);
    super.next(message.toUpperCase());
  }
}

/** One with topics that puts the keys under a word of its own. */
class Prefixed extends TopicExchange<string> {
  override next({ key, message }: TopicMessage<string>): void {
    super.next({ key: `own.${key}`, message });
  }
}

describe('a subclass that overrides next', () => {
  it('sees everything that is published on it', () => {
    const log: string[] = [];
    const exchange = new Loud({ system: new ActorSystem() });
    exchange.subscribe(listener(log, 'l'));
    exchange.send('send');
    exchange.next('next');
    exchange.consume(['consume']);
    from(['subscribe']).subscribe(exchange);
    expect(exchange.published).toEqual(['send', 'next', 'consume', 'subscribe']);
    expect(log).toEqual(['l:SEND', 'l:NEXT', 'l:CONSUME', 'l:SUBSCRIBE']);
  });

  it('sees every key that is published', () => {
    const log: string[] = [];
    const exchange = new Prefixed({ system: new ActorSystem() });
    exchange.subscribe(({ key, message }) => log.push(`${key}=${message}`));
    exchange.publish('a', '1');
    exchange.send({ key: 'b', message: '2' });
    exchange.consume([{ key: 'c', message: '3' }]);
    expect(log).toEqual(['own.a=1', 'own.b=2', 'own.c=3']);
  });

  it('O5 sees a message when it is published, also while another is being handed on', () => {
    const log: string[] = [];
    const exchange = new Loud({ system: new ActorSystem() });
    exchange.subscribe((message) => {
      if (message === 'A') sendAll(exchange, 'b', 'c');
      log.push(`${message} of ${exchange.published.join('')}`);
    });
    exchange.send('a');
    expect(log).toEqual(['A of abc', 'B of abc', 'C of abc']);
  });

  it(
    'does not see what comes through an exchange that it is attached to: that was published there',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('  -a-b-');
      const expected = '  -a-b-';
      const published = ' -0-0-';
      const source = new Exchange<string>({ system });
      const exchange = new Loud({ system });
      source.attach(exchange);
      sent.subscribe((message) => source.send(message));
      expectObservable(exchange).toBe(expected);
      expectObservable(sent.pipe(map(() => exchange.published.length))).toBe(published, { 0: 0 });
    }),
  );
});

describe('an exchange of a subclass that has a name', () => {
  /** Has it found by its name, as those that stand for exchanges elsewhere are. */
  const registered = <E extends { readonly name: string; complete(): void }>(system: ActorSystem, exchange: E): E => {
    coreOf(system).register(exchange.name, exchange);
    return exchange;
  };

  it('X1 is found by it', () => {
    const system = new ActorSystem();
    const loud = registered(system, new Loud({ name: 'news', system, replay: 1 }));
    const prefixed = registered(system, new Prefixed({ name: 'events', system }));
    expect(system.exchange('news')).toBe(loud);
    expect(system.exchange('news', { replay: 1 })).toBe(loud);
    expect(system.topicExchange('events')).toBe(prefixed);
  });

  it('X1.2 is refused where the other kind, or other options, are asked for', () => {
    const system = new ActorSystem();
    registered(system, new Loud({ name: 'news', system }));
    registered(system, new Prefixed({ name: 'events', system }));
    const refused = [
      () => system.topicExchange('news'),
      () => system.exchange('events'),
      () => system.exchange('news', { replay: 1 }),
    ].map(thrownBy);
    expect(refused.slice(0, 2)).toEqual([
      new TypeError('Expected `exchange "news"` to be an exchange with topics, got an instance of `Loud`.'),
      new TypeError('Expected `exchange "events"` to be an exchange without topics, got an instance of `Prefixed`.'),
    ]);
    expect(refused[2]).toBeInstanceOf(TypeError);
  });
});
