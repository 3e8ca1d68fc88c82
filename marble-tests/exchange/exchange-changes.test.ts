import { take } from 'rxjs';
import { Exchange } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { marbles } from '../marbles.js';
import { listener, recipient } from '../recorder.js';
import { everyKind, kinds } from './kinds.js';

describe('O7 coming and going during a send', () => {
  it.each(everyKind)('O7.1 gives a %s that comes during a send the next message', (kind) =>
    marbles(({ hot, system, probe, expectMessages }) => {
      const sent = hot('    -a-b-');
      const coming = '      ---b-';
      const exchange = new Exchange<string>({ system });
      const came = probe<string>();
      let here = false;
      exchange.attach({
        send: () => {
          if (!here) kinds[kind](exchange, [], kind, (message) => came.send(message));
          here = true;
        },
      });
      sent.subscribe((message) => exchange.send(message));
      expectMessages(came).toBe(coming);
    })(),
  );

  it.each(everyKind)('O7.2 does not call a %s any more that another one detaches before its turn', (kind) => {
    const exchange = new Exchange<string>();
    const log: string[] = [];
    exchange.subscribe(listener(log, 'first', () => later.unsubscribe()));
    const later = kinds[kind](exchange, log, 'later');
    exchange.subscribe(listener(log, 'last'));
    exchange.send('a');
    expect(log).toEqual(['first:a', 'last:a']);
    expect(exchange.subscriberCount).toBe(2);
  });

  it.each(everyKind)('O7.2 serves everybody else when a %s that had its turn is detached', (kind) => {
    const exchange = new Exchange<string>();
    const log: string[] = [];
    const earlier = kinds[kind](exchange, log, 'earlier');
    exchange.subscribe(listener(log, 'detacher', () => earlier.unsubscribe()));
    exchange.subscribe(listener(log, 'last'));
    exchange.send('a');
    exchange.send('b');
    expect(log).toEqual(['earlier:a', 'detacher:a', 'last:a', 'detacher:b', 'last:b']);
  });

  it.each(everyKind)('O7.2 serves everybody else when a %s detaches itself', (kind) => {
    const exchange = new Exchange<string>();
    const log: string[] = [];
    exchange.subscribe(listener(log, 'first'));
    const self = kinds[kind](exchange, log, 'self', () => self.unsubscribe());
    exchange.subscribe(listener(log, 'last'));
    exchange.send('a');
    exchange.send('b');
    expect(log).toEqual(['first:a', 'self:a', 'last:a', 'first:b', 'last:b']);
  });

  it('O7 treats one that is detached and attached again during a send as a new one', () => {
    const exchange = new Exchange<string>();
    const log: string[] = [];
    const again = recipient<string>(log, 'again');
    exchange.subscribe(
      listener(log, 'first', (message) => {
        if (message !== 'a') return;
        exchange.detach(again);
        exchange.attach(again);
      }),
    );
    exchange.attach(again);
    exchange.subscribe(listener(log, 'last'));
    exchange.send('a');
    exchange.send('b');
    expect(log).toEqual(['first:a', 'last:a', 'first:b', 'last:b', 'again:b']);
  });

  it('O7.1 leaves messages that wait behind the current one to whoever came during it', () => {
    const exchange = new Exchange<string>();
    const log: string[] = [];
    exchange.subscribe(
      listener(log, 'first', (message) => {
        if (message !== 'a') return;
        exchange.send('b');
        exchange.subscribe(listener(log, 'late'));
      }),
    );
    exchange.send('a');
    expect(log).toEqual(['first:a', 'first:b', 'late:b']);
  });

  it(
    'O7 ends take(1) with its message',
    marbles(({ hot, system, expectObservable }) => {
      const exchange = new Exchange<string>({ system });
      const sent = hot('    -a---b-|  ');
      const first = '       -(a|)     ';
      const all = '         -a---b-|  ';
      const counts = '      21-----(0|)';
      sent.subscribe(exchange);
      expectObservable(exchange.pipe(take(1))).toBe(first);
      expectObservable(exchange).toBe(all);
      expectObservable(exchange.subscriberCount$).toBe(counts, { 2: 2, 1: 1, 0: 0 });
    }),
  );
});
