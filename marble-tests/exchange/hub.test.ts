import { Subscriber } from 'rxjs';
import { ActorSystem, Exchange, TopicExchange, type ExchangeOptions } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { marbles } from '../marbles.js';
import { lettersOf, listener, namedLettersOf, recipient } from '../recorder.js';
import { unhandledErrors } from '../unhandled-errors.js';

describe('those who get a message from an exchange', () => {
  it.each<[who: string, isObserver: boolean]>([
    ['a recipient', false],
    ['a function like it', true],
  ])('O6 get it all the same when a function throws before %s, which is reported', (_, isObserver) => {
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const sent = hot('  -a-b');
      const got = '       -a-b';
      const reported = '  -e-e';
      const exchange = new Exchange<string>({ system });
      const after = probe<string>();
      const broken = new Error('broken');
      exchange.subscribe(() => {
        throw broken;
      });
      if (isObserver) exchange.subscribe((message) => after.send(message));
      else exchange.attach(after);
      expectObservable(unhandledErrors()).toBe(reported, { e: broken });
      sent.subscribe((message) => exchange.send(message));
      expectMessages(after).toBe(got);
    })();
  });

  it('are not those whose Subscriber is closed already', () => {
    const exchange = new Exchange<string>({ replay: 1 });
    const log: string[] = [];
    exchange.send('a');
    const closed = new (class extends Subscriber<string> {
      protected override _next(message: string): void {
        log.push(message);
      }
    })();
    closed.unsubscribe();
    exchange.subscribe(closed);
    exchange.send('b');
    expect({ log, count: exchange.subscriberCount }).toEqual({ log: [], count: 0 });
  });

  it('are told of an error when two callbacks are given', () => {
    const log: string[] = [];
    const exchange = new Exchange<string>();
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- The form that Subject has, for those who still use it.
    exchange.subscribe(listener(log, 'next'), listener(log, 'error'));
    exchange.send('a');
    exchange.error('broken');
    expect(log).toEqual(['next:a', 'error:broken']);
  });
});

describe('X7 what nobody took, where `unrouted` is an exchange', () => {
  const make = (system: ActorSystem, name: string, options: ExchangeOptions<string> = {}): Exchange<string> =>
    new Exchange({ system, name, ...options });

  it('X7.1 X2 is no dead letter, also when replay pushes it out', () => {
    const system = new ActorSystem();
    const letters = lettersOf(system);
    const log: string[] = [];
    const others = make(system, 'others');
    others.attach(recipient(log, 'other'));
    const exchange = make(system, 'exchange', { unrouted: others, replay: 1 });
    for (const message of ['a', 'b', 'c']) exchange.send(message);
    expect({ log, letters }).toEqual({ log: ['other:a', 'other:b', 'other:c'], letters: [] });
  });

  it('X7.2 is one dead letter when that has ended', () => {
    const system = new ActorSystem();
    const letters = namedLettersOf(system);
    const others = make(system, 'others');
    others.complete();
    make(system, 'exchange', { unrouted: others }).send('a');
    expect(letters).toEqual(['others:a closed']);
  });

  it('X6 X7.2 is one dead letter when that leads back to the exchange, where it has been', () => {
    const system = new ActorSystem();
    const letters = namedLettersOf(system);
    const others = make(system, 'others');
    const exchange = make(system, 'exchange', { unrouted: others });
    others.attach(exchange);
    exchange.send('a');
    expect(letters).toEqual(['others:a unrouted']);
  });

  it('X6 X7.2 is one dead letter when it comes from there, but has to wait', () => {
    const system = new ActorSystem();
    const letters = namedLettersOf(system);
    const log: string[] = [];
    const others = make(system, 'others');
    const exchange = make(system, 'exchange', { unrouted: others });
    others.attach(exchange);
    const busy = recipient<string>(log, 'busy', () => others.send('a'));
    exchange.attach(busy, { filter: (message) => message === 'first' });
    exchange.send('first');
    expect({ log, letters }).toEqual({ log: ['busy:first'], letters: ['exchange:a unrouted'] });
  });
});

describe('a recipient that is attached to a topic exchange', () => {
  const make = () => {
    const log: unknown[] = [];
    return { log, exchange: new TopicExchange<string>(), all: { send: (message: unknown) => log.push(message) } };
  };

  it('X5 gets nothing any more when it is detached, where others are attached and bound', () => {
    const { log, exchange, all } = make();
    const others: string[] = [];
    exchange.attach(all);
    exchange.bind('#', recipient(others, 'bound'));
    exchange.subscribe(({ message }) => others.push(`observer:${message}`));
    exchange.publish('a', '1');
    exchange.detach(all);
    exchange.publish('a', '2');
    expect(log).toEqual([{ key: 'a', message: '1' }]);
    expect(others).toEqual(['bound:1', 'observer:1', 'bound:2', 'observer:2']);
  });
});
