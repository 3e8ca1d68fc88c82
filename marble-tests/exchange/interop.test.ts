import {
  combineLatest,
  concatMap,
  connectable,
  defaultIfEmpty,
  firstValueFrom,
  from,
  lastValueFrom,
  map,
  merge,
  Observable,
  of,
  scan,
  share,
  Subject,
  switchMap,
  takeUntil,
} from 'rxjs';
import { Exchange, type Recipient } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { marbles } from '../marbles.js';

describe('an exchange among the operators of RxJS', () => {
  it('tells its state by the fields of a Subject', () => {
    /* eslint-disable @typescript-eslint/no-deprecated, rxjs-x/no-subject-unsubscribe -- that they are is what is tested */
    const state = ({ closed, isStopped, hasError, thrownError }: Subject<unknown>): unknown =>
      hasError ? { closed, isStopped, thrownError: thrownError as unknown } : { closed, isStopped };
    const ends: readonly ((subject: Subject<unknown>) => void)[] = [
      () => undefined,
      (subject) => subject.complete(),
      (subject) => subject.error('down'),
      (subject) => subject.unsubscribe(),
    ];
    /* eslint-enable */
    for (const end of ends) {
      const both: Subject<unknown>[] = [new Exchange<unknown>(), new Subject<unknown>()];
      for (const each of both) end(each);
      expect(state(both[0])).toEqual(state(both[1]));
    }
  });

  it(
    'is a source for operators, and unsubscribes what switchMap leaves',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const sent = hot('     -a---b------|');
      const inner = cold('    --x-y-z|');
      const innerSubs = ['   -^---!', '      -----^------!'];
      const expected = '     ---x---x-y-z|';
      const exchange = new Exchange<string>({ system });
      sent.subscribe(exchange);
      expectObservable(exchange.pipe(switchMap(() => inner))).toBe(expected);
      expectSubscriptions(inner.subscriptions).toBe(innerSubs);
    }),
  );

  it(
    'takes what a source emits, and its end',
    marbles(({ cold, system, expectObservable, expectSubscriptions }) => {
      const source = cold('  -a-b-#');
      const subs = '         ^----!';
      const exchange = new Exchange<string>({ system });
      source.subscribe(exchange);
      expectObservable(exchange).toBe('-a-b-#');
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'is a notifier for takeUntil, which leaves it at once',
    marbles(({ hot, system, expectObservable, expectSubscriptions }) => {
      const stop = hot('    ---s--s-');
      const source = hot('  -a-b-c--');
      const subs = '        ^--!----';
      const expected = '    -a-|    ';
      const counts = '      1--0----';
      const exchange = new Exchange<string>({ system });
      stop.subscribe((message) => exchange.send(message));
      expectObservable(source.pipe(takeUntil(exchange))).toBe(expected);
      expectObservable(exchange.subscriberCount$).toBe(counts, { 0: 0, 1: 1 });
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'is shared by share() with one subscription',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('    -a-b-|    ');
      const counts = '      1----(0|)';
      const exchange = new Exchange<string>({ system });
      const shared = exchange.pipe(share());
      sent.subscribe(exchange);
      expectObservable(shared).toBe('-a-b-|');
      expectObservable(shared).toBe('-a-b-|');
      expectObservable(exchange.subscriberCount$).toBe(counts, { 0: 0, 1: 1 });
    }),
  );

  it(
    'stands behind connectable() as its connector',
    marbles(({ cold, system, expectObservable, expectSubscriptions }) => {
      const connect = cold('--x---');
      const source = cold('   a-b|');
      const subs = '        --^--!';
      const expected = '    --a-b|';
      const connector = new Exchange<string>({ system });
      const connected = connectable(source, { connector: () => connector });
      connect.subscribe(() => connected.connect());
      expectObservable(connected).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'joins merge and combineLatest',
    marbles(({ hot, system, expectObservable }) => {
      const left = hot('      -a---b-|  ');
      const right = hot('     ---x-----|');
      const merged = '        -a-x-b---|';
      const combined = '      ---0-1---|';
      const [one, other] = [new Exchange<string>({ system }), new Exchange<string>({ system })];
      left.subscribe(one);
      right.subscribe(other);
      expectObservable(merge(one, other)).toBe(merged);
      expectObservable(combineLatest([one, other]).pipe(map((both) => both.join('')))).toBe(combined, {
        0: 'ax',
        1: 'bx',
      });
    }),
  );

  it(
    'keeps a current value as toSignal does: the last one, and the error',
    marbles(({ hot, system, probe, expectMessages }) => {
      const sent = hot('    -a-b-#');
      const values = '      -a-b-e';
      const exchange = new Exchange<string>({ system });
      const signal = probe<string>();
      exchange.subscribe({ next: (value) => signal.send(value), error: () => signal.send('e') });
      sent.subscribe(exchange);
      expectMessages(signal).toBe(values);
    }),
  );

  it(
    'keeps the order through concatMap when its result is sent back',
    marbles(({ hot, system, probe, expectMessages }) => {
      const sent = hot('    -1----2----');
      const seen = '        -(123)(23)-';
      const exchange = new Exchange<number>({ system });
      const log = probe<number>();
      exchange.pipe(concatMap((n) => (n < 3 ? of(n + 1) : []))).subscribe((n) => exchange.send(n));
      exchange.attach(log);
      sent.pipe(map(Number)).subscribe((n) => exchange.send(n));
      expectMessages(log).toBe(seen, { 1: 1, 2: 2, 3: 3 });
    }),
  );

  it('gives firstValueFrom its next value and lastValueFrom its last', async () => {
    const exchange = new Exchange<string>();
    const first = firstValueFrom(exchange);
    const last = lastValueFrom(exchange);
    const none = firstValueFrom(exchange.pipe(takeUntil(exchange), defaultIfEmpty('none')));
    exchange.send('a');
    expect(exchange.subscriberCount).toBe(1);
    exchange.send('b');
    exchange.complete();
    expect(await Promise.all([first, last, none])).toEqual(['a', 'b', 'none']);
  });

  it('is taken as it is by from()', () => {
    const exchange = new Exchange<string>();
    expect(from(exchange)).toBe(exchange);
    expect(exchange).toBeInstanceOf(Subject);
    expect(exchange).toBeInstanceOf(Observable);
  });

  it('hides its sending end in pipe() and asObservable()', () => {
    const exchange = new Exchange<string>();
    const got: string[] = [];
    for (const seen of [exchange.asObservable(), exchange.pipe(map(String))]) {
      expect(seen).not.toBeInstanceOf(Subject);
      expect('next' in seen || 'send' in seen).toBe(false);
      seen.subscribe((message) => got.push(message));
    }
    exchange.send('a');
    expect(got).toEqual(['a', 'a']);
  });

  it('serves a Subscriber of another copy of RxJS', () => {
    const exchange = new Exchange<string>();
    const got: string[] = [];
    const teardowns: { unsubscribe(): void }[] = [];
    const foreign: any = {
      closed: false,
      next: (message: string) => got.push(message),
      error: () => undefined,
      complete: () => got.push('|'),
      add: (teardown: { unsubscribe(): void }) => teardowns.push(teardown),
      remove: () => undefined,
      unsubscribe: () => teardowns.forEach((teardown) => teardown.unsubscribe()),
    };
    exchange.subscribe(foreign);
    exchange.send('a');
    foreign.unsubscribe();
    exchange.send('b');
    expect(got).toEqual(['a']);
    expect(exchange.subscriberCount).toBe(0);
  });

  it(
    'feeds an actor, and an actor feeds it',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('    -1-2-3-|');
      const sums = '        -1-3-6--';
      const [numbers, totals] = [new Exchange<number>({ system }), new Exchange<number>({ system })];
      const doubler = system.actor((n: number) => of(n));
      numbers.attach(doubler);
      doubler.pipe(scan((sum, n) => sum + n)).subscribe(totals);
      sent.pipe(map(Number)).subscribe(numbers);
      expectObservable(totals).toBe(sums, { 1: 1, 3: 3, 6: 6 });
    }),
  );

  it(
    'is a recipient of another exchange, in its place among the others',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('    -a-b-|');
      const expected = '    -a-b--';
      const [from, to] = [new Exchange<string>({ system }), new Exchange<string>({ system })];
      const recipient: Recipient<string> = to;
      from.attach(recipient);
      sent.subscribe(from);
      expectObservable(to).toBe(expected);
    }),
  );
});
