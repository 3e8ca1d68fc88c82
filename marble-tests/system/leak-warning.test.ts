import { firstValueFrom, map } from 'rxjs';
import { ActorSystem, Exchange, type Recipient } from 'rx-actors';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { marbles } from '../marbles.js';
import { thrownBy } from '../recorder.js';
import { unhandledErrors } from '../unhandled-errors.js';

const recipient = (): Recipient<unknown> => ({ send: () => undefined });

/** A system, and what it warns of. */
function warned(maxSubscribers?: number) {
  const warnings: string[] = [];
  const warn = (message: string) => warnings.push(message);
  const system = new ActorSystem(maxSubscribers === undefined ? { warn } : { warn, maxSubscribers });
  const attach = (exchange: Exchange<unknown>, times: number) => {
    for (let n = 0; n < times; n++) exchange.attach(recipient());
  };
  return { system, warnings, attach };
}

describe('the warning of ever more subscribers', () => {
  it('names the exchange, how many there are, and the option', () => {
    const { system, warnings, attach } = warned(2);
    const exchange = system.exchange('news');
    attach(exchange, 2);
    expect(warnings).toEqual([]);
    attach(exchange, 1);
    expect(warnings).toEqual([
      'exchange "news" has 3 subscribers: it may be that some are never detached. Its option `maxSubscribers` sets how many are expected.',
    ]);
  });

  it('comes from 1,001 on by default', () => {
    const { system, warnings, attach } = warned();
    const exchange = system.exchange('news');
    attach(exchange, 1_000);
    expect(warnings).toEqual([]);
    attach(exchange, 1);
    expect(warnings).toEqual([expect.stringContaining('"news" has 1001 subscribers')]);
  });

  it('comes once for an exchange, also when that is emptied and filled again', () => {
    const { system, warnings, attach } = warned(1);
    const exchange = system.exchange('news');
    const subscription = exchange.subscribe(recipient(), recipient());
    subscription.unsubscribe();
    attach(exchange, 10_000);
    expect(warnings).toHaveLength(1);
  });

  it('comes for each exchange, and for the next one of the same name', () => {
    const { system, warnings, attach } = warned(0);
    attach(system.exchange('one'), 2);
    attach(system.exchange('two'), 2);
    system.exchange('one').complete();
    attach(system.exchange('one'), 2);
    attach(new Exchange({ system, name: 'three' }), 2);
    expect(warnings.map((warning) => warning.split('"')[1])).toEqual(['one', 'two', 'one', 'three']);
  });

  it('counts observers of every kind, one recipient once, and those who have left no more', () => {
    const { system, warnings } = warned(4);
    const exchange = system.exchange<unknown>('news');
    const one = recipient();
    for (let n = 0; n < 10; n++) exchange.attach(one);
    for (let n = 0; n < 10; n++) exchange.subscribe(() => undefined).unsubscribe();
    exchange.subscribe(() => undefined);
    exchange.subscribe({ next: () => undefined });
    exchange.pipe(map(String)).subscribe();
    expect([warnings, exchange.subscriberCount]).toEqual([[], 4]);
    exchange.subscribe();
    expect(warnings).toEqual([expect.stringContaining('has 5 subscribers')]);
  });

  it('is written to the console unless the system is told where', () => {
    const write = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    onTestFinished(() => write.mockRestore());
    const exchange = new Exchange({ system: new ActorSystem(), name: 'news', maxSubscribers: 0 });
    exchange.attach(recipient());
    expect(write.mock.calls).toEqual([[expect.stringMatching(/^rx-actors: exchange "news" has 1 subscribers: /)]]);
  });

  it(
    'comes when the one too many is attached, and keeps no message from anybody',
    marbles(({ hot, probe, expectMessages }) => {
      const attach = hot('  -a-b-----');
      const sent = hot('    --1-2----');
      const warnings = '    ---w-----';
      const first = '       --1-2----';
      const second = '      ----2----';
      const [a, b, warning] = [probe<string>(), probe<string>(), probe<string>()];
      const system = new ActorSystem({ maxSubscribers: 1, warn: () => warning.send('w') });
      const exchange = new Exchange<string>({ system });
      attach.subscribe((letter) => exchange.attach(letter === 'a' ? a : b));
      sent.subscribe((message) => exchange.send(message));
      expectMessages(warning).toBe(warnings);
      expectMessages(a).toBe(first);
      expectMessages(b).toBe(second);
    }),
  );
});

describe('maxSubscribers', () => {
  it('of an exchange counts more than that of its system', () => {
    const { system, warnings, attach } = warned(1);
    attach(system.exchange('more', { maxSubscribers: 3 }), 3);
    expect(warnings).toEqual([]);
    attach(new Exchange({ system, name: 'fewer', maxSubscribers: 0 }), 1);
    attach(system.exchange('more'), 1);
    expect(warnings).toEqual([
      expect.stringContaining('"fewer" has 1 subscribers'),
      expect.stringContaining('"more" has 4 subscribers'),
    ]);
  });

  it.each([
    ['of a system', () => warned(Infinity), undefined],
    ['of an exchange', () => warned(0), Infinity],
  ])('Infinity %s is no limit', (_, make, maxSubscribers) => {
    const { system, warnings, attach } = make();
    attach(system.exchange('news', maxSubscribers === undefined ? {} : { maxSubscribers }), 5_000);
    expect(warnings).toEqual([]);
  });

  it('X1 is one of the options that have to be the same when an exchange is found again', () => {
    const { system } = warned(7);
    const five = system.exchange('five', { maxSubscribers: 5 });
    const plain = system.exchange('plain');
    expect(system.exchange('five', { maxSubscribers: 5 })).toBe(five);
    expect(system.exchange('five')).toBe(five);
    expect(thrownBy(() => system.exchange('five', { maxSubscribers: 6 }))).toEqual(
      new TypeError('Expected `maxSubscribers` to be that of exchange "five", `5` (number), got `6` (number).'),
    );
    expect(thrownBy(() => system.exchange('plain', { maxSubscribers: 5 }))).toBeInstanceOf(TypeError);
    expect(system.exchange('plain')).toBe(plain);
  });

  it.each<[unknown, new (message: string) => Error, string]>([
    [-1, RangeError, '`-1` (number)'],
    [1.5, RangeError, '`1.5` (number)'],
    [NaN, RangeError, '`NaN` (number)'],
    [-Infinity, RangeError, '`-Infinity` (number)'],
    ['5', TypeError, "`'5'` (string)"],
    [null, TypeError, '`null`'],
    [5n, TypeError, '`5n` (bigint)'],
  ])('refuses %s, in a system and in an exchange', (maxSubscribers: any, kind, got) => {
    const refused = new kind(`Expected \`maxSubscribers\` to be a whole number from 0 up, got ${got}.`);
    const { system } = warned();
    expect(thrownBy(() => new ActorSystem({ maxSubscribers }))).toEqual(refused);
    expect(thrownBy(() => new Exchange({ system, maxSubscribers }))).toEqual(refused);
    expect(thrownBy(() => system.exchange('news', { maxSubscribers }))).toEqual(refused);
    expect(system.snapshot().exchanges).toEqual([]);
  });
});

describe('warn', () => {
  it.each([
    ['a string', 'console', "`'console'` (string)"],
    ['null', null, '`null`'],
    ['an object', {}, 'an object'],
  ])('refuses what is no function: %s', (_, warn: any, got) => {
    const refused = thrownBy(() => new ActorSystem({ warn }));
    expect(refused).toEqual(new TypeError(`Expected \`warn\` to be a function, got ${got}.`));
  });

  it('is reported when it throws, and never throws from subscribe()', async () => {
    const reported = firstValueFrom(unhandledErrors());
    const system = new ActorSystem({
      maxSubscribers: 1,
      warn: () => {
        throw new Error('warn');
      },
    });
    const exchange = new Exchange<string>({ system });
    const subscription = exchange.subscribe(recipient(), recipient());
    expect(exchange.subscriberCount).toBe(2);
    subscription.unsubscribe();
    expect(exchange.subscriberCount).toBe(0);
    await expect(reported).resolves.toEqual(new Error('warn'));
  });
});
