import { map } from 'rxjs';
import { Actor, ActorSystem, Exchange, ExchangeClosedError, type AttachOptions, type Recipient } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { deadLetters, failures, named } from '../fates.js';
import { marbles } from '../marbles.js';
import { listener, recipient, reportTo, thrownBy } from '../recorder.js';

const odd = (n: number): boolean => n % 2 === 1;

describe('filter', () => {
  it(
    'lets through only what it says, and the others get everything',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const sent = hot('    -a-B-c-D-|');
      const capitals = '    ---B---D--';
      const received = '    -a-B-c-D--';
      const observed = '    -a-B-c-D-|';
      const exchange = new Exchange<string>({ system });
      const [some, all] = [probe<string>(), probe<string>()];
      exchange.attach(some, { filter: (message) => message === message.toUpperCase() });
      exchange.attach(all);
      sent.subscribe(exchange);
      expectMessages(some).toBe(capitals);
      expectMessages(all).toBe(received);
      expectObservable(exchange).toBe(observed);
    }),
  );

  it(
    'X7 makes a dead letter of what no filter lets through',
    marbles(({ hot, system, probe, expectObservable }) => {
      const sent = hot('    -1-2-3-4-');
      const letters = '     ---x---y-';
      const exchange = new Exchange<number>({ system });
      expectObservable(deadLetters(system)).toBe(letters, named('x: 2 unrouted', 'y: 4 unrouted'));
      exchange.attach(probe(), { filter: odd });
      exchange.attach(probe(), { filter: odd });
      sent.pipe(map(Number)).subscribe((n) => exchange.send(n));
    }),
  );

  it.each(['filter', 'map'] as const)('O6 is reported as the failure of its recipient: a %s that throws', (option) =>
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const sent = hot('    -1-2-3-');
      const some = '        -1---3-';
      const received = '    -1-2-3-';
      const failed = '      ---x---';
      const exchange = new Exchange<number>({ system });
      const [first, last] = [probe<number>(), probe<number>()];
      expectObservable(failures(system)).toBe(failed, named('x: 2 delivery'));
      expectObservable(deadLetters(system)).toBe('-');
      const picky = (n: number): number => {
        if (n === 2) throw new Error('on purpose');
        return n;
      };
      if (option === 'map') exchange.attach(first, { map: picky });
      else exchange.attach(first, { filter: (n) => picky(n) > 0 });
      exchange.attach(last);
      sent.pipe(map(Number)).subscribe((n) => exchange.send(n));
      const values = { 1: 1, 2: 2, 3: 3 };
      expectMessages(first).toBe(some, values);
      expectMessages(last).toBe(received, values);
    })(),
  );

  it(
    'O6 is reported to config.onUnhandledError when nobody listens to failures',
    marbles(({ hot, system, probe, expectMessages }) => {
      const sent = hot('    -1-2-');
      const reported = '    -e-e-';
      const exchange = new Exchange<string>({ system });
      const unhandled = probe();
      reportTo(unhandled);
      const thrower = (): never => {
        throw 'error';
      };
      exchange.attach(probe(), { filter: thrower });
      sent.subscribe((message) => exchange.send(message));
      expectMessages(unhandled).toBe(reported, { e: 'error' });
    }),
  );

  it('is asked once a message, before the map, and takes whatever is truthy for yes', () => {
    const log: string[] = [];
    const exchange = new Exchange<number>();
    exchange.attach(recipient<string>(log, 'got'), {
      filter: (n) => {
        log.push(`filter:${n}`);
        return (n % 2) as unknown as boolean;
      },
      map: (n) => {
        log.push(`map:${n}`);
        return `<${n}>`;
      },
    });
    [1, 2].forEach((n) => exchange.send(n));
    expect(log).toEqual(['filter:1', 'map:1', 'got:<1>', 'filter:2']);
  });

  it('O7 keeps a recipient from the message during which its own filter or map has detached it', () => {
    for (const option of ['filter', 'map'] as const) {
      const system = new ActorSystem();
      const letters: string[] = [];
      system.deadLetters.subscribe(({ message, reason }) => letters.push(`${message} ${reason}`));
      const log: string[] = [];
      const exchange = new Exchange<number>({ system });
      const task = recipient<number>(log, 'task');
      exchange.attach(task, { [option]: () => exchange.detach(task) });
      exchange.send(1);
      expect(log).toEqual([]);
      expect(letters).toEqual(['1 unrouted']);
    }
  });

  it('O5 lets what is sent by a filter wait', () => {
    const log: string[] = [];
    const exchange = new Exchange<number>();
    exchange.attach(recipient<number>(log, 'first'), {
      filter: (n) => {
        if (n === 1) exchange.send(2);
        return true;
      },
    });
    exchange.attach(recipient(log, 'last'));
    exchange.send(1);
    expect(log).toEqual(['first:1', 'last:1', 'first:2', 'last:2']);
  });
});

describe('map', () => {
  it(
    'makes what its recipient is sent, and leaves the others what was sent',
    marbles(({ hot, system, probe, expectMessages }) => {
      const sent = hot('    -1-2-3-');
      const texts = '       -x-y-z-';
      const received = '    -1-2-3-';
      const exchange = new Exchange<number>({ system });
      const [text, plain] = [probe<string>(), probe<number>()];
      exchange.attach(text, { map: (n) => `#${n}` });
      exchange.attach(plain);
      sent.pipe(map(Number)).subscribe((n) => exchange.send(n));
      expectMessages(text).toBe(texts, { x: '#1', y: '#2', z: '#3' });
      expectMessages(plain).toBe(received, { 1: 1, 2: 2, 3: 3 });
    }),
  );

  it('sends undefined when it returns that', () => {
    const got: unknown[] = [];
    const exchange = new Exchange<number>();
    exchange.attach({ send: (message: undefined) => got.push(message) }, { map: () => undefined });
    exchange.send(1);
    expect(got).toEqual([undefined]);
  });
});

describe('once', () => {
  it(
    'detaches with the first message that is taken, and before it',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const sent = hot('    -2-4-1-3-');
      const received = '    -----1---';
      const counts = '      1----0---';
      const exchange = new Exchange<number>({ system });
      const task = probe<number>();
      exchange.attach(task, { once: true, filter: odd });
      sent.pipe(map(Number)).subscribe((n) => exchange.send(n));
      expectMessages(task).toBe(received, { 1: 1 });
      expectObservable(exchange.subscriberCount$.pipe(map(String))).toBe(counts);
    }),
  );

  it('takes one when its recipient sends or attaches again meanwhile', () => {
    const log: string[] = [];
    const exchange = new Exchange<number>();
    const task: Recipient<number> = recipient(log, 'task', (n) => {
      if (n === 1) exchange.send(2);
      if (n < 3) exchange.attach(task, { once: true });
    });
    exchange.attach(task, { once: true });
    exchange.send(1);
    expect(log).toEqual(['task:1', 'task:2']);
    exchange.send(3);
    expect(log).toEqual(['task:1', 'task:2', 'task:3']);
    expect(exchange.subscriberCount).toBe(0);
  });

  it('is through with a recipient that throws, not with a map that does', () => {
    const system = new ActorSystem();
    const failed: string[] = [];
    system.failures.subscribe(({ error, message }) => failed.push(`${error}:${message}`));
    const exchange = new Exchange<number>({ system });
    const thrower = (what: string) => (): never => {
      throw what;
    };
    exchange.attach({ send: thrower('send') }, { once: true });
    exchange.attach({ send: () => undefined }, { once: true, map: thrower('map') });
    [1, 2].forEach((n) => exchange.send(n));
    expect(failed).toEqual(['send:1', 'map:1', 'map:2']);
    expect(exchange.subscriberCount).toBe(1);
  });

  it('X2 takes one of what is replayed', () => {
    const log: string[] = [];
    const exchange = new Exchange<number>({ replay: 3 });
    [2, 4, 6, 1, 3, 5].forEach((n) => exchange.send(n));
    exchange.attach(recipient(log, 'task'), { once: true, filter: odd });
    expect(log).toEqual(['task:1']);
    expect(exchange.subscriberCount).toBe(0);
  });

  it('is the default when false', () => {
    const log: string[] = [];
    const exchange = new Exchange<number>();
    exchange.attach(recipient(log, 'task'), { once: false });
    [1, 2].forEach((n) => exchange.send(n));
    expect(log).toEqual(['task:1', 'task:2']);
  });
});

describe('attaching again', () => {
  const filter = odd;
  const { signal } = new AbortController();

  it.each<AttachOptions<number>>([
    {},
    { group: 'a' },
    { filter },
    { map: String },
    { once: true },
    { signal },
    { buffer: 3 },
    { buffer: 3, overflow: 'drop-oldest' },
    { group: 'a', filter, map: String, once: true, signal, buffer: 3, overflow: 'drop-newest' },
  ])('X3 with the same options, or none, gives the same subscription: %o', (options) => {
    const exchange = new Exchange<number>();
    const task = recipient<unknown>([], 'task');
    const attach = (given?: AttachOptions<number>) => exchange.attach(task, given as { map: (n: number) => unknown });
    const subscription = attach(options);
    for (const again of [options, { ...options }, undefined]) expect(attach(again)).toBe(subscription);
    expect(exchange.subscribe(task)).toBe(subscription);
    expect(exchange.subscriberCount).toBe(1);
  });

  it.each<[AttachOptions<number>, AttachOptions<number>]>([
    [{ once: false }, {}],
    [{}, { once: false }],
    [{ buffer: 1 }, { buffer: 1, overflow: 'drop-newest' }],
  ])('X3 takes a default for the same: %o, then %o', (first, again) => {
    const exchange = new Exchange<number>();
    const task = recipient<unknown>([], 'task');
    const attach = (given: AttachOptions<number>) => exchange.attach(task, given as { map: (n: number) => unknown });
    expect(attach(first)).toBe(attach(again));
  });

  it.each<[AttachOptions<number> | undefined, AttachOptions<number>, string, string, string]>([
    [undefined, { filter }, 'filter', '`undefined`', 'the function `odd`'],
    [{ filter }, {}, 'filter', 'the function `odd`', '`undefined`'],
    [{ filter }, { filter: (n) => odd(n) }, 'filter', 'the function `odd`', 'the function `filter`'],
    [{ group: 'a' }, { group: 'b' }, 'group', "`'a'` (string)", "`'b'` (string)"],
    [{ map: String }, { map: Number }, 'map', 'the function `String`', 'the function `Number`'],
    [{ once: true }, { once: false }, 'once', '`true` (boolean)', '`false` (boolean)'],
    [{ buffer: 3 }, { buffer: 4 }, 'buffer', '`3` (number)', '`4` (number)'],
    [{ buffer: 3 }, { buffer: 3, overflow: 'drop-oldest' }, 'overflow', '`undefined`', "`'drop-oldest'` (string)"],
    [{ signal }, { signal: new AbortController().signal }, 'signal', 'an instance of `AbortSignal`', 'another'],
  ])('X3 with others is refused and changes nothing: %o, then %o', (first, again, option, had, got) => {
    const exchange = new Exchange<number>({ name: 'news' });
    const task = recipient<unknown>([], 'task');
    const attach = (given?: AttachOptions<number>) => exchange.attach(task, given as { map: (n: number) => unknown });
    const subscription = attach(first);
    expect(thrownBy(() => attach(again))).toEqual(
      new TypeError(
        `Expected \`${option}\` to be that of the recipient that is attached to exchange "news" already, ${had}, got ${got}.`,
      ),
    );
    expect(attach(first)).toBe(subscription);
  });

  it('X3 is free in other options once it has been detached', () => {
    const log: string[] = [];
    const exchange = new Exchange<number>();
    const task = recipient<number>(log, 'task');
    exchange.attach(task, { filter }).unsubscribe();
    exchange.attach(task);
    exchange.send(2);
    expect(log).toEqual(['task:2']);
  });
});

describe('bad options', () => {
  it.each<[any, string]>([
    [null, 'TypeError: Expected `options` to be an object, got `null`.'],
    [3, 'TypeError: Expected `options` to be an object, got `3` (number).'],
    ['group', "TypeError: Expected `options` to be an object, got `'group'` (string)."],
    [{ group: 3 }, 'TypeError: Expected `group` to be a string, got `3` (number).'],
    [{ filter: true }, 'TypeError: Expected `filter` to be a function, got `true` (boolean).'],
    [{ map: {} }, 'TypeError: Expected `map` to be a function, got an object.'],
    [{ once: 1 }, 'TypeError: Expected `once` to be a boolean, got `1` (number).'],
    [{ signal: {} }, 'TypeError: Expected `signal` to be an AbortSignal, got an object.'],
    [{ buffer: '1' }, "TypeError: Expected `buffer` to be a whole number from 1 up, got `'1'` (string)."],
    [{ buffer: 0 }, 'RangeError: Expected `buffer` to be a whole number from 1 up, got `0` (number).'],
    [{ buffer: 1.5 }, 'RangeError: Expected `buffer` to be a whole number from 1 up, got `1.5` (number).'],
    [{ buffer: Infinity }, 'RangeError: Expected `buffer` to be a whole number from 1 up, got `Infinity` (number).'],
    [
      { buffer: 1, overflow: 'drop' },
      "TypeError: Expected `overflow` to be 'drop-newest' or 'drop-oldest', got `'drop'` (string).",
    ],
    [{ overflow: 'drop-oldest' }, 'TypeError: Expected `buffer` beside `overflow`, got none.'],
  ])('are refused, and nothing is attached: %o', (options, message) => {
    const exchange = new Exchange<number>();
    expect(String(thrownBy(() => exchange.attach(recipient([], 'task'), options)))).toBe(message);
    expect(exchange.subscriberCount).toBe(0);
  });

  it('are looked at before the end is', () => {
    const exchange = new Exchange<number>();
    exchange.complete();
    expect(() => exchange.attach(recipient([], 'task'), { buffer: 0 })).toThrow(RangeError);
    expect(() => exchange.attach(recipient([], 'task'), { buffer: 1 })).toThrow(ExchangeClosedError);
  });
});

describe('what can be attached', () => {
  /** Takes messages as a port does. */
  class Port {
    readonly posted: unknown[] = [];
    postMessage(message: number): void {
      this.posted.push(message);
    }
  }

  it('is anything with postMessage(), with the same options, as itself', () => {
    const exchange = new Exchange<number>();
    const [plain, picky] = [new Port(), new Port()];
    const subscription = exchange.attach(plain);
    exchange.attach(picky, { filter: odd, map: (n) => n * 10 });
    [1, 2].forEach((n) => exchange.send(n));
    expect(exchange.attach(plain)).toBe(subscription);
    expect(exchange.detach(plain)).toBe(true);
    exchange.send(3);
    expect(plain.posted).toEqual([1, 2]);
    expect(picky.posted).toEqual([10, 30]);
    expect(exchange.subscriberCount).toBe(1);
  });

  it('O6 is reported with the port when it throws', () => {
    const system = new ActorSystem();
    const failed: unknown[] = [];
    system.failures.subscribe((failure) => failed.push(failure));
    const exchange = new Exchange<number>({ system });
    const port = {
      postMessage: () => {
        throw 'not cloneable';
      },
    };
    exchange.attach(port);
    exchange.send(1);
    expect(failed).toEqual([{ exchange, recipient: port, error: 'not cloneable', message: 1 }]);
  });

  it('is sent to where it has both', () => {
    const log: string[] = [];
    const exchange = new Exchange<string>();
    const both = { ...recipient<string>(log, 'sent'), postMessage: listener<string>(log, 'posted') };
    exchange.attach(both);
    exchange.send('a');
    expect(log).toEqual(['sent:a']);
  });

  it('X4 is detached when it is an actor that ends, with options too', () => {
    const exchange = new Exchange<number>();
    const actor = new Actor<number>();
    exchange.attach(actor, { filter: odd });
    actor.kill();
    expect(exchange.subscriberCount).toBe(0);
    expect(exchange.attach(actor, { filter: odd, buffer: 2 }).closed).toBe(true);
  });
});
