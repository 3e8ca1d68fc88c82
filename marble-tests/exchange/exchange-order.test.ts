/* eslint-disable rxjs-x/no-redundant-notify -- an end is repeated on purpose */
import { Subject } from 'rxjs';
import { Exchange } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { marbles } from '../marbles.js';
import { listener } from '../recorder.js';
import { everyKind, kinds } from './kinds.js';

describe('O5 one total order', () => {
  it('O5.3 serves bindings in the order in which they came, whatever their kind', () => {
    const exchange = new Exchange<string>();
    const log: string[] = [];
    const order = [...everyKind, ...[...everyKind].reverse()];
    for (const kind of order) kinds[kind](exchange, log, kind);
    exchange.send('a');
    expect(log).toEqual(order.map((kind) => `${kind}:a`));
  });

  it(
    'O5.1 shows everybody the same order when a recipient answers by sending',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const sent = hot('  -a---b---|');
      const seen = '      -(ax)(bx)|';
      const attached = '  -(ax)(bx)-';
      const exchange = new Exchange<string>({ system });
      const [first, last] = [probe<string>(), probe<string>()];
      exchange.attach(first);
      exchange.attach({ send: (message) => message !== 'x' && exchange.send('x') });
      exchange.attach(last);
      sent.subscribe(exchange);
      expectMessages(first).toBe(attached);
      expectMessages(last).toBe(attached);
      expectObservable(exchange).toBe(seen);
    }),
  );

  it.each(everyKind)('O5.1 shows everybody the same order when a %s sends', (kind) => {
    const exchange = new Exchange<string>();
    const log: string[] = [];
    kinds.recipient(exchange, log, 'first');
    kinds[kind](exchange, log, 'sender', (message) => {
      if (message === 'a') ['x', 'y'].forEach((each) => exchange.send(each));
    });
    kinds.listener(exchange, log, 'last');
    exchange.send('a');
    exchange.send('b');
    expect(log).toEqual(
      ['a', 'x', 'y', 'b'].flatMap((message) => ['first', 'sender', 'last'].map((name) => `${name}:${message}`)),
    );
  });

  it.each([
    [
      'Subject of RxJS',
      () => new Subject<string>(),
      ['first:a', 'sender:a', 'first:x', 'sender:x', 'last:x', 'last:a'],
    ],
    ['Exchange', () => new Exchange<string>(), ['first:a', 'sender:a', 'last:a', 'first:x', 'sender:x', 'last:x']],
  ])('O5.1 differs from a Subject where a subscriber sends: %s', (_, make, expected) => {
    const subject: Subject<string> = make();
    const log: string[] = [];
    subject.subscribe(listener(log, 'first'));
    subject.subscribe(listener(log, 'sender', (message) => message === 'a' && subject.next('x')));
    subject.subscribe(listener(log, 'last'));
    subject.next('a');
    expect(log).toEqual(expected);
  });

  it(
    'O5.2 gives complete() its place behind what was sent before',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const sent = hot('     -a-----b');
      const subscribed = '   -(axy|)';
      const attached = '     -(axy)-';
      const letters = '      -z-----b';
      const exchange = new Exchange<string>({ system });
      const [recipient, dead] = [probe<string>(), probe()];
      system.deadLetters.subscribe(({ message, reason }) => dead.send(`${message} ${reason}`));
      exchange.subscribe((message) => {
        if (message !== 'a') return;
        exchange.send('x');
        exchange.send('y');
        exchange.complete();
        exchange.complete();
        exchange.send('z');
      });
      exchange.attach(recipient);
      sent.subscribe((message) => exchange.send(message));
      expectObservable(exchange).toBe(subscribed);
      expectMessages(recipient).toBe(attached);
      expectMessages(dead).toBe(letters, { z: 'z closed', b: 'b closed' });
    }),
  );

  it(
    'O5.2 gives error() its place behind what was sent before',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('     -a-----b');
      const subscribed = '   -(ax#)';
      const exchange = new Exchange<string>({ system });
      exchange.attach({
        send: (message) => {
          if (message !== 'a') return;
          exchange.send('x');
          exchange.error('error');
        },
      });
      sent.subscribe((message) => exchange.send(message));
      expectObservable(exchange).toBe(subscribed);
    }),
  );

  it('O5.4 keeps the orders of two exchanges apart: sending to another one is at once', () => {
    const [ours, other] = [new Exchange<string>(), new Exchange<string>()];
    const log: string[] = [];
    ours.subscribe(listener<string>(log, 'ours', (message) => other.send(message)));
    ours.subscribe(listener(log, 'last'));
    other.subscribe(listener(log, 'other'));
    ours.send('a');
    expect(log).toEqual(['ours:a', 'other:a', 'last:a']);
  });
});
