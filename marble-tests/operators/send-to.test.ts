import { map, of, take } from 'rxjs';
import { Exchange, sendTo } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { marbles } from '../marbles.js';
import { recipient } from '../recorder.js';

describe('sendTo', () => {
  it.each(['----', '---|', '-a--', '-a-|', '-#--', '-a-b-(cde)-|', '(ab#)'])(
    'passes %s through and sends the values',
    (values) =>
      marbles(({ cold, probe, expectObservable, expectMessages }) => {
        const sent = probe<string>();
        expectObservable(cold(values).pipe(sendTo(sent))).toBe(values);
        expectMessages(sent).toBe(values.replace(/[|#]/, '-'));
      })(),
  );

  it(
    'unsubscribes from the source with the result, and sends no more',
    marbles(({ hot, probe, expectObservable, expectMessages, expectSubscriptions }) => {
      const source = hot('  -a-b-c-|');
      const subs = '        ^--!    ';
      const result = '      -a-(b|) ';
      const received = '    -a-b----';
      const sent = probe<string>();
      expectObservable(source.pipe(sendTo(sent), take(2))).toBe(result);
      expectMessages(sent).toBe(received);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it('sends each value before it passes it on', () => {
    const log: string[] = [];
    of('a', 'b')
      .pipe(sendTo(recipient(log, 'sent')))
      .subscribe((value) => log.push(`passed:${value}`));
    expect(log).toEqual(['sent:a', 'passed:a', 'sent:b', 'passed:b']);
  });

  it(
    'fails the result with what send() throws, and leaves the source',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('  -a-b-|');
      const subs = '        ^!    ';
      const result = '      -#    ';
      const thrower = {
        send: () => {
          throw 'error';
        },
      };
      expectObservable(source.pipe(sendTo(thrower))).toBe(result);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'closes neither an actor nor an exchange with its source',
    marbles(({ hot, cold, system, expectObservable }) => {
      const source = hot('    -a-b-|---');
      const later = hot('     -------c-');
      const worked = '        -a-b---c-';
      const exchange = new Exchange<string>({ system });
      const echo = system.actor((message: string) => cold('(m|)', { m: message }));
      exchange.attach(echo);
      source.pipe(sendTo(exchange)).subscribe();
      later.subscribe((message) => exchange.send(message));
      expectObservable(echo).toBe(worked);
    }),
  );

  it('sends 10,000 values in order', () => {
    const got: number[] = [];
    const values = Array.from({ length: 10_000 }, (_, index) => index);
    of(...values)
      .pipe(
        sendTo({ send: (value: number) => got.push(value) }),
        map((value) => value + 1),
      )
      .subscribe();
    expect(got).toEqual(values);
  });

  it.each([undefined, null, 3, {}, { send: 3 }, () => undefined])('refuses %o', (wrong: any) => {
    expect(() => sendTo(wrong)).toThrow(TypeError);
    expect(() => sendTo(wrong)).toThrow(/^Expected `recipient` to be an object with a `send` method, got /);
  });
});
