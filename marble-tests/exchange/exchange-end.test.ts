/* eslint-disable rxjs-x/no-redundant-notify, rxjs-x/no-subject-unsubscribe -- ends are repeated on purpose */
import { filter } from 'rxjs';
import { ActorSystem, Exchange, ExchangeClosedError } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { marbles } from '../marbles.js';
import { observer, recipient, thrownBy } from '../recorder.js';
import { everyKind, kinds } from './kinds.js';

describe('the end of an exchange', () => {
  it(
    'X1.3 makes dead letters of what is sent later',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const sent = hot('     -a-b-');
      const end = hot('      --x--');
      const subscribed = '   -a|  ';
      const letters = '      ---b-';
      const exchange = new Exchange<string>({ system });
      const dead = probe();
      system.deadLetters.subscribe((letter) => dead.send(letter));
      sent.subscribe((message) => exchange.send(message));
      end.subscribe(() => exchange.complete());
      expectObservable(exchange).toBe(subscribed);
      expectMessages(dead).toBe(letters, { b: { message: 'b', recipient: exchange, reason: 'closed' } });
    }),
  );

  it('X1.4 refuses to attach, and says so', () => {
    const ended = new Exchange<string>({ name: 'news' });
    ended.complete();
    const refused = thrownBy(() => ended.attach({ send: () => undefined }));
    expect(refused).toBeInstanceOf(ExchangeClosedError);
    expect(refused).toMatchObject({ exchange: 'news', code: 'exchange-closed', name: 'ExchangeClosedError' });
    expect(() => ended.subscribe({ send: () => undefined })).toThrow(ExchangeClosedError);
    expect(() => ended.subscribe({ send: () => undefined }, { send: () => undefined })).toThrow(ExchangeClosedError);
    expect(ended.subscriberCount).toBe(0);
  });

  it('X1 names the error that ended the exchange as the cause', () => {
    const failed = new Exchange<string>();
    const cause = new Error('down');
    failed.error(cause);
    expect(thrownBy(() => failed.attach({ send: () => undefined }))).toMatchObject({ cause });
  });

  it(
    'tells an observer that comes too late at once',
    marbles(({ system, expectObservable }) => {
      const [ended, failed] = [new Exchange<string>({ system }), new Exchange<string>({ system })];
      ended.complete();
      failed.error('error');
      expectObservable(ended, '--^').toBe(' --|');
      expectObservable(failed, '--^').toBe('--#');
    }),
  );

  it(
    'X3.3 never closes a recipient',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot(' -a-|    ');
      const direct = '   -----b--';
      const expected = ' -a---b--';
      const exchange = new Exchange<string>({ system });
      const echo = system.actor((message: string) => [message]);
      exchange.subscribe(echo);
      sent.subscribe(exchange);
      hot(direct).subscribe((message) => echo.send(message));
      expectObservable(echo).toBe(expected);
    }),
  );

  it('X3.3 leaves another exchange open that is attached as a recipient', () => {
    const [from, to] = [new Exchange<string>(), new Exchange<string>()];
    const log: string[] = [];
    to.subscribe(observer(log, 'to'));
    from.subscribe(to);
    from.send('a');
    from.complete();
    to.send('b');
    expect(log).toEqual(['to:a', 'to:b']);
  });

  it('closes the subscriptions and runs their teardowns', () => {
    const exchange = new Exchange<string>();
    const log: string[] = [];
    const subscriptions = everyKind.map((kind) => kinds[kind](exchange, log, kind));
    subscriptions.forEach((subscription, index) => subscription.add(() => log.push(everyKind[index])));
    exchange.complete();
    expect(subscriptions.every(({ closed }) => closed)).toBe(true);
    expect(new Set(log.filter((entry) => !entry.includes('|')))).toEqual(new Set(everyKind));
    expect(exchange.observed).toBe(false);
  });

  it('tells every observer, also when one of them unsubscribes another at the end', () => {
    const exchange = new Exchange<string>();
    let told = 0;
    const subscriptions = Array.from({ length: 100 }, (_, index) =>
      exchange.subscribe({
        complete: () => {
          told++;
          if (index === 70) subscriptions[99].unsubscribe();
        },
      }),
    );
    exchange.complete();
    expect(told).toBe(99);
    expect(exchange.subscriberCount).toBe(0);
  });

  it('is told to an observer that subscribes during it', () => {
    const exchange = new Exchange<string>();
    const log: string[] = [];
    exchange.subscribe({ complete: () => exchange.subscribe(observer(log, 'during')) });
    exchange.complete();
    expect(log).toEqual(['during:|']);
    expect(exchange.subscriberCount).toBe(0);
  });

  it('X3 comes once, however often it is asked for while a message is handed on', () => {
    const system = new ActorSystem();
    const log: string[] = [];
    const exchange = new Exchange<string>({ system });
    exchange.subscribe(
      observer(log, 'observer', () => {
        exchange.complete();
        exchange.error('too late');
      }),
    );
    system.events.pipe(filter(({ type }) => type !== 'published')).subscribe(({ type }) => log.push(type));
    exchange.send('a');
    expect(log).toEqual(['observer:a', 'completed', 'observer:|', 'detached']);
  });

  it('X1.4 may come while several are attached, by what is replayed to the first: the call is refused', () => {
    const exchange = new Exchange<string>({ name: 'news', replay: 1 });
    const log: string[] = [];
    exchange.send('a');
    const ending = recipient<string>(log, 'ending', () => exchange.complete());
    expect(() => exchange.subscribe(ending, recipient(log, 'other'))).toThrow(new ExchangeClosedError('news'));
    expect([log, exchange.subscriberCount]).toEqual([['ending:a'], 0]);
  });

  it('X3 completes those who come after unsubscribe(), as after complete()', () => {
    const exchange = new Exchange<string>();
    const log: string[] = [];
    exchange.unsubscribe();
    exchange.subscribe(observer(log, 'late'));
    expect(log).toEqual(['late:|']);
  });

  it('takes complete(), error() and unsubscribe() only once', () => {
    const exchange = new Exchange<string>();
    const log: string[] = [];
    exchange.subscribe(observer(log, 'a'));
    exchange.complete();
    exchange.error(new Error('late'));
    exchange.complete();
    exchange.unsubscribe();
    exchange.subscribe(observer(log, 'b'));
    expect(log).toEqual(['a:|', 'b:|']);
  });

  it('comes without a word by unsubscribe(), also during a send', () => {
    const exchange = new Exchange<string>();
    const log: string[] = [];
    exchange.subscribe(observer(log, 'first', () => exchange.unsubscribe()));
    exchange.subscribe(observer(log, 'last'));
    exchange.send('a');
    expect(log).toEqual(['first:a']);
    expect(exchange.subscriberCount).toBe(0);
  });
});
