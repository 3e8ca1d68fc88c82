import { interval, map, share, Subscription, take, type TeardownLogic } from 'rxjs';
import { Actor, Exchange } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { marbles } from '../marbles.js';
import { listener, recipient, reportTo, thrownBy } from '../recorder.js';

/** Notes `+name` when it starts and `-name` when it stops. */
const noted = (log: string[], name: string) => (): TeardownLogic => {
  log.push(`+${name}`);
  return () => log.push(`-${name}`);
};

describe('whileSubscribed', () => {
  it(
    'runs from the first subscriber to the last one, again and again',
    marbles(({ hot, cold, system, probe, expectObservable, expectSubscriptions }) => {
      const attach = hot('  --a-b-------a-----');
      const detach = hot('  ------a-b------a--');
      const source = cold(' --x---');
      const running = ['    --^-----!', '         ------------^--!'];
      const observed = '    ----x---------x---';
      const exchange = new Exchange<string>({ system });
      const tasks: Record<string, any> = { a: probe(), b: probe() };
      exchange.whileSubscribed(() => source.subscribe((message) => exchange.send(message)));
      attach.subscribe((name) => exchange.attach(tasks[name]));
      detach.subscribe((name) => exchange.detach(tasks[name]));
      expectSubscriptions(source.subscriptions).toBe(running);
      expectObservable(tasks['a'].received).toBe(observed);
    }),
  );

  it.each([
    ['an observer', (exchange: Exchange<string>) => exchange.subscribe(() => undefined)],
    ['an operator', (exchange: Exchange<string>) => exchange.pipe(map(String)).subscribe()],
    ['a recipient', (exchange: Exchange<string>) => exchange.attach(recipient([], 'x'))],
    ['a member of a group', (exchange: Exchange<string>) => exchange.attach(recipient([], 'x'), { group: 'g' })],
    ['an exchange', (exchange: Exchange<string>) => exchange.attach(new Exchange<string>())],
    [
      'an iterator',
      (exchange: Exchange<string>) => {
        const iterator = exchange.iterate();
        return { unsubscribe: () => void iterator.return!() };
      },
    ],
  ])('runs for %s', (_, subscribe) => {
    const log: string[] = [];
    const exchange = new Exchange<string>();
    exchange.whileSubscribed(noted(log, 'a'));
    const subscription = subscribe(exchange);
    expect(log).toEqual(['+a']);
    subscription.unsubscribe();
    expect(log).toEqual(['+a', '-a']);
  });

  it('starts at once where somebody is subscribed already', () => {
    const log: string[] = [];
    const exchange = new Exchange<string>();
    const subscription = exchange.subscribe(() => undefined);
    exchange.whileSubscribed(noted(log, 'a'));
    expect(log).toEqual(['+a']);
    subscription.unsubscribe();
    expect(log).toEqual(['+a', '-a']);
  });

  it('runs several, in their order, each until it is unsubscribed', () => {
    const log: string[] = [];
    const exchange = new Exchange<string>();
    const [a] = ['a', 'b', 'c'].map((name) => exchange.whileSubscribed(noted(log, name)));
    const subscription = exchange.subscribe(() => undefined);
    a.unsubscribe();
    a.unsubscribe();
    subscription.unsubscribe();
    exchange.subscribe(() => undefined);
    expect(log.join(' ')).toBe('+a +b +c -a -b -c +b +c');
  });

  it('does not start once it is unsubscribed', () => {
    const log: string[] = [];
    const exchange = new Exchange<string>();
    exchange.whileSubscribed(noted(log, 'a')).unsubscribe();
    exchange.subscribe(() => undefined);
    expect(log).toEqual([]);
  });

  it.each(['complete', 'error', 'unsubscribe'] as const)('stops at the end, and starts no more: %s()', (end) => {
    const log: string[] = [];
    const exchange = new Exchange<string>();
    const running = exchange.whileSubscribed(noted(log, 'a'));
    exchange.attach(recipient([], 'x'));
    exchange[end](undefined);
    expect(log).toEqual(['+a', '-a']);
    expect(exchange.whileSubscribed(noted(log, 'b')).closed).toBe(true);
    exchange.subscribe({ error: () => undefined });
    running.unsubscribe();
    expect(log).toEqual(['+a', '-a']);
  });

  it('stops when the last subscriber is an actor that ends', () => {
    const log: string[] = [];
    const exchange = new Exchange<string>();
    const actor = new Actor<string>();
    exchange.whileSubscribed(noted(log, 'a'));
    exchange.attach(actor);
    actor.kill();
    expect(log).toEqual(['+a', '-a']);
  });

  it('lets what it sends at once wait for the subscriber that started it, behind what is replayed', () => {
    const log: string[] = [];
    const exchange = new Exchange<string>({ replay: 1 });
    exchange.send('kept');
    exchange.whileSubscribed(() => {
      exchange.send('at once');
    });
    exchange.subscribe(listener(log, 'got'));
    expect(log).toEqual(['got:kept', 'got:at once']);
  });

  it('starts and stops for one that takes a single message', () => {
    const log: string[] = [];
    const exchange = new Exchange<string>();
    exchange.whileSubscribed(noted(log, 'a'));
    exchange.attach(recipient(log, 'got'), { once: true });
    exchange.send('x');
    expect(log).toEqual(['+a', '-a', 'got:x']);
  });

  it('does not start for nobody: when starting the first makes the subscriber leave', () => {
    const log: string[] = [];
    const exchange = new Exchange<string>();
    const task = recipient<string>(log, 'x');
    exchange.whileSubscribed(() => {
      exchange.detach(task);
      return noted(log, 'a')();
    });
    exchange.whileSubscribed(noted(log, 'b'));
    exchange.attach(task);
    expect(log).toEqual(['+a', '-a']);
    expect(exchange.subscriberCount).toBe(0);
  });

  it('does not start what another one has taken back meanwhile', () => {
    const log: string[] = [];
    const exchange = new Exchange<string>();
    exchange.whileSubscribed(() => {
      other.unsubscribe();
      return noted(log, 'a')();
    });
    const other = exchange.whileSubscribed(noted(log, 'b'));
    exchange.subscribe(() => undefined).unsubscribe();
    expect(log).toEqual(['+a', '-a']);
  });

  it('starts anew when stopping brings a subscriber', () => {
    const log: string[] = [];
    const exchange = new Exchange<string>();
    let again = true;
    exchange.whileSubscribed(() => {
      log.push('+a');
      return () => {
        log.push('-a');
        if (again) exchange.subscribe(() => undefined);
        again = false;
      };
    });
    exchange.whileSubscribed(noted(log, 'b'));
    exchange.subscribe(() => undefined).unsubscribe();
    expect(log.join(' ')).toBe('+a +b -a +a');
    exchange.complete();
    expect(log.slice(4).sort()).toEqual(['-a', '-b']);
  });

  it(
    'O6 reports what start and teardown throw, and runs the others',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const come = hot('    -x---x---');
      const go = hot('      ---x---x-');
      const thrown = '      -s-t-s-t-';
      const other = '       -a-b-a-b-';
      const counts = '      01-0-1-0-';
      const exchange = new Exchange<string>({ system });
      const [unhandled, log] = [probe<string>(), probe<string>()];
      // What a teardown throws, RxJS wraps in an UnsubscriptionError.
      reportTo({ send: (error: any) => unhandled.send(error.errors?.[0] ?? error) });
      exchange.whileSubscribed(() => {
        throw 'start';
      });
      exchange.whileSubscribed(() => () => {
        throw 'teardown';
      });
      exchange.whileSubscribed(() => {
        log.send('a');
        return () => log.send('b');
      });
      let subscription = Subscription.EMPTY;
      come.subscribe(() => (subscription = exchange.subscribe(() => undefined)));
      go.subscribe(() => subscription.unsubscribe());
      expectMessages(unhandled).toBe(thrown, { s: 'start', t: 'teardown' });
      expectMessages(log).toBe(other);
      expectObservable(exchange.subscriberCount$.pipe(map(String))).toBe(counts);
    }),
  );

  it(
    'takes every form of teardown: a function, a subscription, what has unsubscribe(), nothing',
    marbles(({ hot, cold, system, expectSubscriptions }) => {
      const come = hot('    -x--');
      const go = hot('      ---x');
      const running = '     -^-!';
      const exchange = new Exchange<string>({ system });
      const sources = [cold('-'), cold('-'), cold('-')];
      const forms: ((subscription: Subscription) => TeardownLogic)[] = [
        (subscription) => () => subscription.unsubscribe(),
        (subscription) => subscription,
        (subscription) => ({ unsubscribe: () => subscription.unsubscribe() }),
      ];
      sources.forEach((source, index) => exchange.whileSubscribed(() => forms[index](source.subscribe())));
      exchange.whileSubscribed(() => undefined);
      let subscription = Subscription.EMPTY;
      come.subscribe(() => (subscription = exchange.subscribe(() => undefined)));
      go.subscribe(() => subscription.unsubscribe());
      for (const source of sources) expectSubscriptions(source.subscriptions).toBe(running);
    }),
  );

  it(
    'makes of an exchange what share() makes of a source',
    marbles(({ system, expectObservable }) => {
      const first = '    --^----!       ';
      const second = '   -----^------!  ';
      const third = '    --------------^';
      const expected1 = '----0-1--------';
      const expected2 = '------1-2-3----';
      const expected3 = '----------------(0|)';
      const exchange = new Exchange<string>({ system });
      const shared = interval(2).pipe(map(String), share());
      exchange.whileSubscribed(() => interval(2).subscribe((n) => exchange.send(String(n))));
      for (const source of [exchange, shared]) {
        expectObservable(source, first).toBe(expected1);
        expectObservable(source, second).toBe(expected2);
        expectObservable(source.pipe(take(1)), third).toBe(expected3);
      }
    }),
  );

  it.each<[any, string]>([
    [undefined, '`undefined`'],
    [null, '`null`'],
    [3, '`3` (number)'],
    [{ subscribe: () => undefined }, 'an object'],
  ])('refuses %o', (start, got) => {
    const exchange = new Exchange<string>();
    const expected = `TypeError: Expected \`start\` to be a function, got ${got}.`;
    expect(String(thrownBy(() => exchange.whileSubscribed(start)))).toBe(expected);
  });
});
