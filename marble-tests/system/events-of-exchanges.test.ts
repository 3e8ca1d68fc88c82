/* eslint-disable rxjs-x/no-subject-unsubscribe -- the three ends of an exchange are compared */
import { Actor, Exchange } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { named } from '../fates.js';
import { marbles } from '../marbles.js';
import { bad, detailed, listed, told } from './told.js';

describe('ActorSystem.events of an exchange', () => {
  it(
    'tell who is attached and detached, and what is handed on, before whoever gets it',
    marbles(({ hot, system, expectObservable }) => {
      const attach = hot(' -a-----------');
      const sent = hot('   ---m---------');
      const detach = hot(' ---------d---');
      const expected = '   -a-(pstq)d---';
      const exchange = new Exchange<string>({ system, name: 'e' });
      const worker = system.actor((_: string) => undefined, { name: 'w' });
      attach.subscribe(() => exchange.attach(worker));
      sent.subscribe((m) => exchange.send(m));
      detach.subscribe(() => exchange.detach(worker));
      expectObservable(told(system)).toBe(
        expected,
        named(
          'a: attached e w',
          'p: published e m',
          's: sent w m',
          't: started w m',
          'q: processed w m 0',
          'd: detached e w',
        ),
      );
    }),
  );

  it(
    'tell recipients, observers and functions as they were given',
    marbles(({ hot, system, expectObservable }) => {
      const attach = hot(' -r-o-f-----');
      const detach = hot(' -------o-fr');
      const expected = '   -a-b-c-x-yz';
      const exchange = new Exchange<string>({ system });
      const who: Record<string, any> = { r: { send: () => undefined }, o: { next: () => {} }, f: () => undefined };
      const subscriptions: Record<string, any> = {};
      attach.subscribe((key) => (subscriptions[key] = exchange.subscribe(who[key])));
      detach.subscribe((key) => subscriptions[key].unsubscribe());
      expectObservable(detailed(system, { e: exchange, ...who })).toBe(expected, {
        a: { time: 1, type: 'attached', exchange: 'e', recipient: 'r' },
        b: { time: 3, type: 'attached', exchange: 'e', recipient: 'o' },
        c: { time: 5, type: 'attached', exchange: 'e', recipient: 'f' },
        x: { time: 7, type: 'detached', exchange: 'e', recipient: 'o' },
        y: { time: 9, type: 'detached', exchange: 'e', recipient: 'f' },
        z: { time: 10, type: 'detached', exchange: 'e', recipient: 'r' },
      });
    }),
  );

  it('tell once of one who is attached twice or detached twice', () => {
    const lines = listed((system) => {
      const exchange = new Exchange<string>({ system, name: 'e' });
      const recipient = { name: 'r', send: () => undefined };
      exchange.attach(recipient);
      const subscription = exchange.subscribe(recipient);
      subscription.unsubscribe();
      subscription.unsubscribe();
      exchange.detach(recipient);
    });
    expect(lines).toEqual(['attached e r', 'detached e r']);
  });

  it('X4 tell of an actor that ends that it is detached, behind its end', () => {
    const lines = listed((system) => {
      const exchange = new Exchange<string>({ system, name: 'e' });
      const worker = system.actor(() => undefined, { name: 'w' });
      exchange.attach(worker);
      worker.kill();
      exchange.attach(worker);
    });
    expect(lines).toEqual(['attached e w', 'closed w killed', 'detached e w', 'attached e w', 'detached e w']);
  });

  it.each<[string, (exchange: Exchange<string>) => void]>([
    ['complete()', (exchange) => exchange.complete()],
    ['error()', (exchange) => exchange.error(bad)],
    ['unsubscribe()', (exchange) => exchange.unsubscribe()],
  ])('tell of its end, once: %s', (_, end) => {
    const lines = listed((system) => {
      const exchange = system.exchange<string>('e');
      const recipient = { name: 'r', send: () => undefined };
      exchange.attach(recipient);
      end(exchange);
      end(exchange);
    });
    expect(lines.filter((each) => !each.startsWith('detached'))).toEqual(['attached e r', 'completed e']);
  });

  it('tell of those whom its end detaches', () => {
    const lines = listed((system) => {
      const exchange = new Exchange<string>({ system, name: 'e' });
      exchange.attach({ send: () => undefined });
      exchange.subscribe(() => undefined);
      exchange.complete();
    });
    expect(lines.map((each) => each.split(' ')[0])).toEqual([
      'attached',
      'attached',
      'completed',
      'detached',
      'detached',
    ]);
  });

  it('O5 tell of a message that waits when its turn comes, and of the end behind it', () => {
    const lines = listed((system) => {
      const exchange = new Exchange<string>({ system, name: 'e' });
      exchange.subscribe(function first(m) {
        if (m !== 'a') return;
        exchange.send('b');
        exchange.complete();
        exchange.send('c');
      });
      exchange.attach(new Actor<string>({ system, name: 'w' }));
      exchange.send('a');
    });
    expect(lines.filter((each) => !/^..tached/.test(each))).toEqual([
      'published e a',
      'sent w a',
      'published e b',
      'sent w b',
      'completed e',
      'dead e c closed',
    ]);
  });

  it('X7 tell of a message that nobody took that it was published, and is dead', () => {
    const lines = listed((system) => {
      const exchange = new Exchange<string>({ system, name: 'e' });
      exchange.send('a');
      exchange.complete();
      exchange.send('b');
    });
    expect(lines).toEqual(['published e a', 'dead e a unrouted', 'completed e', 'dead e b closed']);
  });

  it('X2 tell of a late subscriber before what is replayed to it', () => {
    const lines = listed((system) => {
      const exchange = new Exchange<string>({ system, name: 'e', replay: 1 });
      const late = new Actor<string>({ system, name: 'w' });
      exchange.send('a');
      exchange.attach(late);
    });
    expect(lines).toEqual(['published e a', 'attached e w', 'sent w a']);
  });
});
