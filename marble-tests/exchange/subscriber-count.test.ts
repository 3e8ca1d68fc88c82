import { map, tap } from 'rxjs';
import { Actor, ActorSystem, defaultSystem, Exchange } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { marbles } from '../marbles.js';
import { recipient } from '../recorder.js';

const numbers = { 0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 5 };

describe('subscriberCount$', () => {
  it(
    'shows attached recipients, once each',
    marbles(({ hot, system, probe, expectObservable }) => {
      const attach = hot('  -a-b-b-----');
      const detach = hot('  -------b-ba');
      const expected = '    01-2---1--0';
      const exchange = new Exchange<string>({ system });
      const tasks: Record<string, any> = { a: probe(), b: probe() };
      attach.subscribe((name) => exchange.attach(tasks[name]));
      detach.subscribe((name) => exchange.detach(tasks[name]));
      expectObservable(exchange.subscriberCount$).toBe(expected, numbers);
    }),
  );

  it(
    'shows observers of every kind, once each time they subscribe',
    marbles(({ hot, system, expectObservable }) => {
      const start = hot('   -a-b-c---d---- ');
      const stop = hot('    -------c---b---');
      const expected = '    01-2-3-2-3-2---';
      const exchange = new Exchange<string>({ system });
      const next = () => undefined;
      const subscribe: Record<string, any> = {
        a: () => exchange.subscribe(),
        b: () => exchange.subscribe(next),
        c: () => exchange.subscribe({ next }),
        d: () => exchange.pipe(map(String)).subscribe(next),
      };
      const subscriptions: Record<string, any> = {};
      start.subscribe((name) => (subscriptions[name] = subscribe[name]()));
      stop.subscribe((name) => subscriptions[name].unsubscribe());
      expectObservable(exchange.subscriberCount$).toBe(expected, numbers);
    }),
  );

  it(
    'goes to 0 and completes when the exchange ends, with an error too',
    marbles(({ hot, system, probe, expectObservable }) => {
      const [completed, failed] = [new Exchange<string>({ system }), new Exchange<string>({ system })];
      for (const exchange of [completed, failed]) exchange.subscribe(probe<string>(), probe<string>());
      hot('                                               ---|').subscribe(completed);
      hot('                                               ---#').subscribe(failed);
      expectObservable(completed.subscriberCount$).toBe('2--(0|)', numbers);
      expectObservable(failed.subscriberCount$).toBe('   2--(0|)', numbers);
      expectObservable(completed.subscriberCount$, '-----^').toBe('-----(0|)', numbers);
    }),
  );

  it(
    'shows one who comes and goes at once',
    marbles(({ hot, system, expectObservable }) => {
      const exchange = new Exchange<string>({ system });
      const gone = new Actor<string>({ system });
      gone.kill();
      hot('-x').subscribe(() => exchange.attach(gone));
      expectObservable(exchange.subscriberCount$).toBe('0(10)', numbers);
    }),
  );

  it(
    'stops at its unsubscription and does not count its own observers',
    marbles(({ hot, system, probe, expectObservable }) => {
      const exchange = new Exchange<string>({ system });
      hot('                                                 -a-b').subscribe(() => exchange.attach(probe()));
      expectObservable(exchange.subscriberCount$, '         ^-!').toBe('01-', numbers);
      expectObservable(exchange.subscriberCount$).toBe('    01-2', numbers);
    }),
  );

  it('is the number that subscriberCount gives, at every change', () => {
    const exchange = new Exchange<string>();
    const pairs: [number, number][] = [];
    const tasks = Array.from({ length: 50 }, () => ({ send: () => undefined }));
    exchange.subscriberCount$.subscribe((count) => pairs.push([count, exchange.subscriberCount]));
    using _attached = exchange.subscribe(...tasks);
    tasks.forEach((task) => exchange.detach(task));
    exchange.complete();
    expect(pairs.every(([told, read]) => told === read)).toBe(true);
    expect(pairs).toHaveLength(102);
  });

  it('shows every observer the same order when one of them attaches', () => {
    const exchange = new Exchange<string>();
    const [first, last]: number[][] = [[], []];
    exchange.subscriberCount$.subscribe((count) => {
      first.push(count);
      if (count === 1) exchange.subscribe(() => undefined);
    });
    exchange.subscriberCount$.subscribe((count) => last.push(count));
    exchange.subscribe(() => undefined);
    expect(first).toEqual([0, 1, 2]);
    expect(last).toEqual([0, 1, 2]);
  });

  it('X3.5 stays attached once when whoever hears of a detaching attaches it again and lets go of the old subscription', () => {
    const exchange = new Exchange<string>();
    const log: string[] = [];
    const again = recipient<string>(log, 'r');
    const old = exchange.attach(again);
    let detaching = false;
    exchange.subscriberCount$.subscribe(() => {
      if (!detaching) return;
      detaching = false;
      exchange.attach(again);
      old.unsubscribe();
    });
    detaching = true;
    old.unsubscribe();
    exchange.attach(again);
    exchange.send('a');
    expect([log, exchange.subscriberCount]).toEqual([['r:a'], 1]);
    expect([exchange.detach(again), exchange.subscriberCount]).toEqual([true, 0]);
  });

  it.each([
    ['subscribes', '           (01)', (exchange: Exchange<string>) => exchange.subscribe(() => undefined)],
    ['ends the exchange', '    (00|)', (exchange: Exchange<string>) => exchange.complete()],
  ])('shows what an observer brings about that %s on hearing of the first number', (_what, expected, act) =>
    marbles(({ system, expectObservable }) => {
      const exchange = new Exchange<string>({ system });
      let first = true;
      const counts = exchange.subscriberCount$.pipe(
        tap(() => {
          if (!first) return;
          first = false;
          act(exchange);
        }),
      );
      expectObservable(counts).toBe(expected.trim(), numbers);
    })(),
  );

  it('reaches 0 also for one who starts to look while the exchange ends', () => {
    const exchange = new Exchange<string>();
    const counts: number[] = [];
    exchange.subscribe({ complete: () => exchange.subscriberCount$.subscribe((count) => counts.push(count)) });
    exchange.subscribe(() => undefined);
    exchange.complete();
    expect(counts.at(-1)).toBe(0);
  });

  it('makes no dead letters of numbers that nobody waits for any more', () => {
    const system = new ActorSystem();
    const exchange = new Exchange<string>({ system });
    const letters: unknown[] = [];
    const feeds = [system, defaultSystem].map(({ deadLetters }) =>
      deadLetters.subscribe((letter) => letters.push(letter)),
    );
    const counting = exchange.subscriberCount$.subscribe((count) => {
      if (count !== 1) return;
      exchange.subscribe(() => undefined);
      counting.unsubscribe();
    });
    exchange.subscribe(() => undefined);
    feeds.forEach((feed) => feed.unsubscribe());
    expect(letters).toEqual([]);
  });
});
