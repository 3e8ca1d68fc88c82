import { concat, firstValueFrom, map, Observable, of, take } from 'rxjs';
import { ActorSystem, Exchange, getExchange, getTopicExchange, TopicExchange, type TopicMessage } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { recorded } from '../fates.js';
import { marbles } from '../marbles.js';
import { lettersOf, recipient, thrownBy } from '../recorder.js';
import { stoppedNotifications } from '../stopped-notifications.js';
import { unhandledErrors } from '../unhandled-errors.js';

/** Publishes each message, a letter, under the key that belongs to it. */
const KEYS = { a: 'order.placed', b: 'order.eu.paid', c: 'user.joined', d: '' };

describe('TopicExchange', () => {
  it(
    'X5.1 X5.2 gives each message to those that a pattern of matches its key',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const sent = hot('   -a--b--c--d|');
      const all = '        -a--b--c--d';
      const orders = '     -a--b------';
      const twoWords = '   -a-----c---';
      const literal = '    -a---------';
      const nothing = '    ----------d';
      const exchange = system.topicExchange<string>('events');
      const bound = (pattern: string) => {
        const got = probe<string>();
        exchange.bind(pattern, got);
        return got;
      };
      const probes = ['#', 'order.#', '*.*', 'order.placed', ''].map((pattern) => bound(pattern));
      const star = bound('*');
      sent.subscribe((message) => exchange.publish(KEYS[message as keyof typeof KEYS], message));
      for (const [index, expected] of [all, orders, twoWords, literal, nothing].entries()) {
        expectMessages(probes[index]).toBe(expected);
      }
      expectMessages(star).toBe('-----------');
      expectObservable(exchange.topic('order.*')).toBe('-a');
    }),
  );

  it(
    'completes and fails the observers of a topic with the exchange',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('   -a--|');
      const failing = hot('-a--#');
      const expected = '   -a--|';
      const failed = '     -a--#';
      const exchange = system.topicExchange<string>('one');
      const other = system.topicExchange<string>('other');
      expectObservable(exchange.topic('x.#')).toBe(expected);
      expectObservable(other.topic('x.#')).toBe(failed);
      sent.pipe(map((message) => ({ key: 'x.y', message }))).subscribe(exchange);
      failing.pipe(map((message) => ({ key: 'x', message }))).subscribe(other);
    }),
  );

  it('tells a late observer of a topic how the exchange has ended', () => {
    const log: string[] = [];
    const completed = new TopicExchange<string>();
    completed.complete();
    completed.topic('#').subscribe({ complete: () => log.push('|') });
    const failed = new TopicExchange<string>();
    failed.error(new Error('over'));
    failed.topic('#').subscribe({ error: (error: unknown) => log.push((error as Error).message) });
    expect(log).toEqual(['|', 'over']);
  });

  it('X5.4 gives one copy to a recipient that is bound by several patterns, and takes them away one by one', () => {
    const log: string[] = [];
    const exchange = new TopicExchange<string>({ unrouted: { send: () => log.push('unrouted') } });
    const r = recipient<string>(log, 'r');
    const first = exchange.bind('a.*', r);
    const second = exchange.bind('#.b', r);
    expect([exchange.subscriberCount, exchange.bind('a.*', r) === first]).toEqual([1, true]);
    exchange.publish('a.b', '1');
    first.unsubscribe();
    exchange.publish('a.b', '2');
    exchange.publish('a.c', '3');
    second.unsubscribe();
    exchange.publish('a.b', '4');
    expect(log).toEqual(['r:1', 'r:2', 'unrouted', 'unrouted']);
    expect(exchange.subscriberCount).toBe(0);
  });

  it('X5.5 detaches a recipient from all its patterns at once', () => {
    const log: string[] = [];
    const exchange = new TopicExchange<string>();
    const r = recipient<string>(log, 'r');
    const patterns = ['a', 'b', '#'].map((pattern) => exchange.bind(pattern, r));
    expect([exchange.detach(r), exchange.detach(r)]).toEqual([true, false]);
    exchange.publish('a', '1');
    for (const pattern of patterns) pattern.unsubscribe();
    exchange.bind('a', r);
    exchange.publish('a', '2');
    expect(log).toEqual(['r:2']);
  });

  it('binds several recipients, all or none, and detaches them with one subscription', () => {
    const log: string[] = [];
    const exchange = new TopicExchange<string>();
    const bound = exchange.bind('a', recipient(log, 'r'), recipient(log, 's'));
    exchange.publish('a', '1');
    bound.unsubscribe();
    exchange.publish('a', '2');
    const wrong = thrownBy(() => exchange.bind('a', recipient(log, 't'), {} as never));
    expect(wrong).toEqual(
      new TypeError('Expected `recipients[1]` to be an object with a `send` method, got an object.'),
    );
    exchange.publish('a', '3');
    expect(log).toEqual(['r:1', 's:1']);
  });

  it('X5.4 refuses to attach what is bound and to bind what is attached, and lets either be as it was', () => {
    const log: string[] = [];
    const exchange = new TopicExchange<string>({ name: 'events' });
    const [bound, attached, other] = ['b', 'a', 'o'].map((name) => ({
      send: (message: unknown) => log.push(`${name}:${JSON.stringify(message)}`),
    }));
    exchange.bind('x', bound);
    exchange.attach(attached);
    const wrong = (wanted: string, had: string) =>
      new TypeError(
        `Expected \`recipient\` to be ${wanted} to exchange "events", got one that is ${had} to it already: detach it first.`,
      );
    const refused = [
      () => exchange.attach(bound),
      () => exchange.attach(bound, { once: true }),
      () => exchange.subscribe(attached, other, bound),
      () => exchange.bind('x', attached),
      () => exchange.bind('x', bound, other, attached),
    ].map(thrownBy);
    expect(refused.map(String)).toEqual(
      [...Array(3).fill(wrong('attached', 'bound')), ...Array(2).fill(wrong('bound', 'attached'))].map(String),
    );
    expect(refused.every((error) => error instanceof TypeError)).toBe(true);
    exchange.publish('x', '1');
    exchange.publish('y', '2');
    expect(log).toEqual(['b:"1"', 'a:{"key":"x","message":"1"}', 'a:{"key":"y","message":"2"}']);
    exchange.detach(bound);
    exchange.detach(attached);
    exchange.attach(bound);
    exchange.bind('x', attached);
    expect(exchange.subscriberCount).toBe(2);
  });

  it('O5 serves everybody in the order in which they came, whatever they are', () => {
    const log: string[] = [];
    const exchange = new TopicExchange<string>();
    exchange.bind('#', recipient(log, 'first'));
    exchange.subscribe(({ key, message }) => log.push(`second:${key}=${message}`));
    exchange.topic('a').subscribe((message) => log.push(`third:${message}`));
    exchange.attach({ send: ({ message }) => log.push(`fourth:${message}`) });
    exchange.bind('a', recipient(log, 'fifth'));
    exchange.publish('a', '1');
    expect(log).toEqual(['first:1', 'second:a=1', 'third:1', 'fourth:1', 'fifth:1']);
  });

  it('O5 serves first who was bound first, also by a pattern that others had before', () => {
    const log: string[] = [];
    const exchange = new TopicExchange<string>();
    const [first, second, third] = ['first', 'second', 'third'].map((name) => recipient<string>(log, name));
    exchange.bind('x', first);
    exchange.bind('y', second);
    for (const each of [third, second]) exchange.bind('a', each);
    exchange.publish('a', '1');
    exchange.bind('a', first);
    exchange.publish('a', '2');
    expect(log).toEqual(['second:1', 'third:1', 'first:2', 'second:2', 'third:2']);
  });

  it('O5 keeps one order for all when a recipient publishes', () => {
    const log: string[] = [];
    const exchange = new TopicExchange<string>();
    exchange.bind(
      'a',
      recipient(log, 'r', (message) => {
        if (message === '1') exchange.publish('a', '2');
      }),
    );
    exchange.bind('#', recipient(log, 's'));
    exchange.publish('a', '1');
    expect(log).toEqual(['r:1', 's:1', 'r:2', 's:2']);
  });

  it('O7 gives nothing to one that is detached during the send, and the next message to one that is bound', () => {
    const log: string[] = [];
    const exchange = new TopicExchange<string>();
    const late = recipient<string>(log, 'late');
    const leaving = recipient<string>(log, 'leaving');
    exchange.bind(
      '#',
      recipient(log, 'r', () => {
        exchange.detach(leaving);
        exchange.bind('a', late);
      }),
    );
    exchange.bind('a', leaving);
    exchange.publish('a', '1');
    exchange.publish('a', '2');
    expect(log).toEqual(['r:1', 'r:2', 'late:2']);
  });

  it('O6 reports a recipient that throws, and the others get the message', () => {
    const log: string[] = [];
    const system = new ActorSystem();
    const failed: unknown[] = [];
    system.failures.subscribe((failure) => failed.push('recipient' in failure && failure.message));
    const exchange = system.topicExchange<string>('events');
    const throwing = {
      send: () => {
        throw new Error('no');
      },
    };
    exchange.bind('a', throwing, recipient(log, 'r'));
    exchange.publish('a', '1');
    exchange.subscribe(() => undefined);
    exchange.publish('a', '2');
    expect([log, failed]).toEqual([
      ['r:1', 'r:2'],
      [
        { key: 'a', message: '1' },
        { key: 'a', message: '2' },
      ],
    ]);
  });

  it(
    'X7 makes a dead letter of what no pattern matches',
    marbles(({ system, expectObservable }) => {
      const exchange = system.topicExchange<string>('events');
      exchange.bind('a', { send: () => undefined });
      const letters = recorded(system.deadLetters.pipe(map(({ message, reason }) => ({ message, reason }))));
      exchange.publish('a', '1');
      exchange.publish('b', '2');
      expectObservable(letters).toBe('x', { x: { message: { key: 'b', message: '2' }, reason: 'unrouted' } });
    }),
  );

  it.each([undefined, null, 'a', 3, {}, { key: 3 }])(
    'O5.1 matches no pattern with %o, which has no key, and keeps the order of what waits behind it',
    (wrong: any) => {
      const log: string[] = [];
      const letters: unknown[] = [];
      const system = new ActorSystem();
      system.deadLetters.subscribe(({ message, reason }) => letters.push([message, reason]));
      const exchange = system.topicExchange<string>('events', { replay: 3 });
      const sending = recipient<string>(log, 'r', (message) => {
        if (message !== '1') return;
        exchange.send(wrong);
        exchange.publish('a', '2');
      });
      exchange.bind('#', sending);
      exchange.publish('a', '1');
      exchange.publish('a', '3');
      exchange.consume(of(wrong));
      exchange.bind('#', recipient(log, 'late'));
      exchange.clearReplay();
      expect(log).toEqual(['r:1', 'r:2', 'r:3', 'late:2', 'late:3']);
      expect(letters).toEqual([
        [wrong, 'unrouted'],
        [wrong, 'unrouted'],
      ]);
    },
  );

  it('X2 replays to a late one what its pattern matches', () => {
    const log: string[] = [];
    const exchange = new TopicExchange<string>({ replay: 3 });
    for (const [key, message] of [
      ['a', '1'],
      ['b', '2'],
      ['a', '3'],
      ['a.b', '4'],
    ] as const) {
      exchange.publish(key, message);
    }
    exchange.bind('a.#', recipient(log, 'r'));
    exchange.topic('b').subscribe((message) => log.push(`s:${message}`));
    exchange.subscribe(({ key }) => log.push(key));
    expect(log).toEqual(['r:3', 'r:4', 's:2', 'b', 'a', 'a.b']);
  });

  it(
    'X2.2 replays no more to an observer of a topic than it takes: the rest is kept',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('    abc------');
      const late = '        ----^----';
      const expected = '    ----(a|) ';
      const cleared = hot(' -------x-');
      const letters = '     -------(bc)';
      const exchange = system.topicExchange<string>('events', { replay: 3 });
      sent.subscribe((message) => exchange.publish('a', message));
      cleared.subscribe(() => exchange.clearReplay());
      expectObservable(exchange.topic('a').pipe(take(1)), late).toBe(expected);
      expectObservable(exchange.subscriberCount$, '-----^!').toBe('-----0', { 0: 0 });
      expectObservable(system.deadLetters.pipe(map(({ message }) => (message as { message: string }).message))).toBe(
        letters,
      );
    }),
  );

  it('X4.4 detaches an actor that has ended from all its patterns', async () => {
    const system = new ActorSystem();
    const exchange = system.topicExchange<string>('events');
    const actor = system.actor(() => undefined);
    exchange.bind('a', actor);
    exchange.bind('b', actor);
    actor.close();
    await actor.join();
    expect(exchange.subscriberCount).toBe(0);
  });

  it('X6 leads to other exchanges: rings end, and each recipient gets a publication once', () => {
    const log: string[] = [];
    const topics = new TopicExchange<string>();
    const plain = new Exchange<string>();
    const everyone = recipient<string>(log, 'everyone');
    topics.bind('a', plain);
    topics.bind('#', everyone);
    plain.attach(everyone);
    plain.attach(topics, { map: (message) => ({ key: 'a', message }) });
    topics.publish('a', '1');
    topics.publish('b', '2');
    plain.send('3');
    expect(log).toEqual(['everyone:1', 'everyone:2', 'everyone:3']);
  });

  it('detaches everybody at its end, and frees its name', () => {
    const log: string[] = [];
    const system = new ActorSystem();
    const exchange = system.topicExchange<string>('events');
    exchange.bind('a', recipient(log, 'r'));
    exchange.topic('a').subscribe({ complete: () => log.push('|') });
    exchange.complete();
    exchange.publish('a', '1');
    expect([log, exchange.subscriberCount, system.topicExchange('events') === exchange]).toEqual([['|'], 0, false]);
    expect(() => exchange.bind('a', recipient(log, 's'))).toThrow(/has ended|closed/);
  });

  it('X1 is the same object per system and name, and shares its names with plain exchanges', () => {
    const system = new ActorSystem();
    const exchange = system.topicExchange<string>('events');
    expect(system.topicExchange('events')).toBe(exchange);
    expect(getTopicExchange('topic-exchange.test')).toBe(getTopicExchange('topic-exchange.test'));
    expect(() => system.exchange('events')).toThrow(TypeError);
    getExchange('topic-exchange.test.plain');
    expect(() => getTopicExchange('topic-exchange.test.plain')).toThrow(TypeError);
  });

  it('refuses a key or a pattern that is no string', () => {
    const exchange = new TopicExchange<string>();
    expect(() => exchange.publish(3 as never, 'a')).toThrow(
      new TypeError('Expected `key` to be a string, got `3` (number).'),
    );
    expect(() => exchange.bind(undefined as never, { send: () => undefined })).toThrow(
      new TypeError('Expected `pattern` to be a string, got `undefined`.'),
    );
    expect(() => exchange.topic(null as never)).toThrow(
      new TypeError('Expected `pattern` to be a string, got `null`.'),
    );
  });

  it('takes `__proto__` and its like for words', () => {
    const log: string[] = [];
    const exchange = new TopicExchange<string>();
    exchange.bind('__proto__.constructor', recipient(log, 'r'));
    exchange.publish('__proto__.constructor', '1');
    exchange.publish('toString.constructor', '2');
    expect(log).toEqual(['r:1']);
  });

  it('serves 10,000 patterns, and lets go of them in any order', () => {
    const log: string[] = [];
    const exchange = new TopicExchange<string>({ maxSubscribers: Infinity });
    const bound = Array.from({ length: 10_000 }, (_, n) => exchange.bind(`k.${n}`, recipient(log, `r${n}`)));
    exchange.publish('k.0', 'a');
    exchange.publish('k.9999', 'b');
    for (const [n, each] of bound.entries()) if (n % 2 === 0) each.unsubscribe();
    exchange.publish('k.0', 'c');
    exchange.publish('k.9999', 'd');
    expect([log, exchange.subscriberCount]).toEqual([['r0:a', 'r9999:b', 'r9999:d'], 5_000]);
  });

  it('O6 reports an observer of a topic that throws, and the others get the message', async () => {
    const log: string[] = [];
    const errors: unknown[] = [];
    const unhandled = unhandledErrors();
    unhandled.subscribe((error) => errors.push(error));
    const exchange = new TopicExchange<string>();
    exchange.topic('a').subscribe(() => {
      throw new Error('no');
    });
    exchange.bind('a', recipient(log, 'r'));
    exchange.publish('a', '1');
    await firstValueFrom(unhandled);
    expect([log, errors]).toEqual([['r:1'], [new Error('no')]]);
  });

  it('takes a source of keyed messages as any observer does', () => {
    const log: string[] = [];
    const exchange = new TopicExchange<number>();
    exchange.topic('n').subscribe((n) => log.push(String(n)));
    exchange.consume(of({ key: 'n', message: 1 }, { key: 'm', message: 2 }, { key: 'n', message: 3 }));
    expect(log).toEqual(['1', '3']);
  });
});

describe('X7 what reaches somebody by its key', () => {
  it('X7 is no dead letter: neither for a recipient, nor for an observer, nor behind a link that has had it', () => {
    const system = new ActorSystem();
    const letters = lettersOf(system);
    const log: string[] = [];
    const [bound, observed, twice] = ['bound', 'observed', 'twice'].map((name) => system.topicExchange<string>(name));
    bound.bind('a.*', recipient(log, 'bound'));
    bound.publish('a.b', '1');
    observed.topic('a.#').subscribe((message) => log.push(`observed:${message}`));
    observed.publish('a', '2');
    const once = recipient<string>(log, 'once');
    const from = new Exchange<string>({ system });
    from.attach(once);
    from.attach(twice, { map: (message) => ({ key: 'a', message }) });
    twice.bind('a', once);
    from.send('3');
    bound.publish('b', '4');
    expect([log, letters]).toEqual([['bound:1', 'observed:2', 'once:3'], [expect.stringContaining('unrouted')]]);
  });
});

describe('the subscription of a pattern', () => {
  it('X7 is a dead letter again once whoever was bound is detached, and when it comes after the end', () => {
    const system = new ActorSystem();
    const letters: string[] = [];
    system.deadLetters.subscribe(({ message, reason }) => {
      letters.push(`${(message as TopicMessage<string>).message} ${reason}`);
    });
    const exchange = new TopicExchange<string>({ system });
    const bound = { send: () => undefined };
    exchange.bind('a.*', bound);
    exchange.bind('#', bound);
    exchange.publish('a.b', '1');
    exchange.detach(bound);
    exchange.publish('a.b', '2');
    exchange.complete();
    exchange.publish('a.b', '3');
    expect(letters).toEqual(['2 unrouted', '3 closed']);
  });

  it('X7 is none where one who is bound has it, though another who is attached refuses it', () => {
    const system = new ActorSystem();
    const letters = lettersOf(system);
    const exchange = new TopicExchange<string>({ system });
    const log: string[] = [];
    exchange.attach({ send: () => undefined }, { filter: () => false });
    exchange.bind('a', recipient(log, 'bound'));
    exchange.publish('a', '1');
    expect([log, letters]).toEqual([['bound:1'], []]);
  });

  it('A4 keeps no observer of a topic whose Subscriber is closed already', async () => {
    const stopped = stoppedNotifications();
    const exchange = new TopicExchange<string>();
    concat(of('first'), exchange.topic('a')).pipe(take(1)).subscribe();
    new Observable<string>((subscriber) => {
      subscriber.complete();
      exchange.topic('a').subscribe(subscriber);
    }).subscribe();
    expect(exchange.subscriberCount).toBe(0);
    expect((await stopped()).filter(({ kind }) => kind === 'E')).toEqual([]);
  });

  it('takes it away once, and leaves it when it is bound again', () => {
    const log: string[] = [];
    const exchange = new TopicExchange<string>();
    const one = recipient<string>(log, 'one');
    const before = exchange.bind('a', one);
    exchange.bind('b', one);
    before.unsubscribe();
    exchange.bind('a', one);
    before.unsubscribe();
    exchange.publish('a', '1');
    expect(log).toEqual(['one:1']);
  });
});
