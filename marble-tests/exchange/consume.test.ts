import {
  connect,
  connectable,
  EMPTY,
  ignoreElements,
  interval,
  map,
  merge,
  mergeMap,
  NEVER,
  Observable,
  of,
  range,
  repeat,
  ReplaySubject,
  retry,
  share,
  Subject,
  takeUntil,
  throwError,
  timer,
  type ObservableInput,
  type Observer,
  type UnsubscriptionError,
} from 'rxjs';
import { Exchange, type NativeObservable } from 'rx-actors';
import { describe, expect, it, vi } from 'vitest';
import { deadLetters } from '../fates.js';
import { marbles } from '../marbles.js';
import { listener, observer, promisesSettled, reportTo, thrownBy } from '../recorder.js';
import { unhandledErrors } from '../unhandled-errors.js';

/** The platform's Observable, as far as an exchange needs it. */
class Native<T> implements NativeObservable<T> {
  /** Whether each subscription is still wanted. */
  readonly signals: AbortSignal[] = [];
  readonly #start: (observer: Observer<T>, signal: AbortSignal) => void;

  constructor(start: (observer: Observer<T>, signal: AbortSignal) => void) {
    this.#start = start;
  }

  // The platform's looks at what it gets likewise.
  subscribe(
    { next, error, complete }: { next(value: T): void; error(error: unknown): void; complete(): void },
    { signal }: { readonly signal: AbortSignal },
  ): void {
    this.signals.push(signal);
    this.#start({ next, error, complete }, signal);
  }
}

describe('consume', () => {
  it(
    'sends what a source emits; its completion does not end the exchange',
    marbles(({ cold, hot, system, expectObservable, expectSubscriptions }) => {
      const source = cold('  -a-b|     ');
      const subs = '         ^---!     ';
      const direct = hot('   -------c--');
      const expected = '     -a-b---c--';
      const exchange = new Exchange<string>({ system });
      exchange.consume(source);
      direct.subscribe((message) => exchange.send(message));
      expectObservable(exchange).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it.each([
    ['----     ', '----', '^  '],
    ['|        ', '----', '(^!)'],
    ['-|       ', '----', '^!'],
    ['-(ab|)   ', '-(ab)', '^!'],
    ['-a-b-c-| ', '-a-b-c--', '^------!'],
  ])('takes %s as it comes', (messages, expected, subs) =>
    marbles(({ cold, system, expectObservable, expectSubscriptions }) => {
      const source = cold(messages.trim());
      const exchange = new Exchange<string>({ system });
      exchange.consume(source);
      expectObservable(exchange).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs.trim());
    })(),
  );

  it.each(['complete', 'error', 'unsubscribe'] as const)('unsubscribes at the end of the exchange: %s()', (end) =>
    marbles(({ cold, hot, system, expectObservable, expectSubscriptions }) => {
      const sources = [cold('-a-a-a-'), cold('--b-b-b')];
      const ends = hot('      ---x---');
      const subs = '          ^--!---';
      const letters = '       -------';
      const exchange = new Exchange<string>({ system });
      for (const source of sources) exchange.consume(source);
      exchange.subscribe({ error: () => undefined });
      ends.subscribe(() => exchange[end](undefined));
      for (const source of sources) expectSubscriptions(source.subscriptions).toBe(subs);
      expectObservable(deadLetters(system)).toBe(letters);
    })(),
  );

  it.each([
    ['complete', '-|'],
    ['error', '-#'],
    ['unsubscribe', '--'],
  ] as const)('O6.1 ends for everybody although a source throws as it is unsubscribed: %s()', (end, told) =>
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const ends = hot('  -x   ');
      const counts = '    2(0|)';
      const reported = '  -e   ';
      const exchange = new Exchange<string>({ system });
      const unhandled = probe();
      unhandledErrors().subscribe((error) => unhandled.send((error as UnsubscriptionError).errors[0]));
      exchange.consume(
        new Observable(() => () => {
          throw 'stuck';
        }),
      );
      exchange.attach(probe());
      ends.subscribe(() => exchange[end]('over'));
      expectObservable(exchange).toBe(told, undefined, 'over');
      expectObservable(exchange.subscriberCount$).toBe(counts, { 0: 0, 2: 2 });
      expectMessages(unhandled).toBe(reported, { e: 'stuck' });
    })(),
  );

  it(
    'unsubscribes from one source by its subscription',
    marbles(({ cold, hot, system, expectObservable, expectSubscriptions }) => {
      const left = cold('    -a-a-a-');
      const right = cold('   --b-b-b');
      const stop = hot('     ----x--');
      const leftSubs = '     ^---!--';
      const rightSubs = '    ^------';
      const expected = '     -abab-b';
      const exchange = new Exchange<string>({ system });
      const subscription = exchange.consume(left);
      exchange.consume(right);
      stop.subscribe(() => subscription.unsubscribe());
      expectObservable(exchange).toBe(expected);
      expectSubscriptions(left.subscriptions).toBe(leftSubs);
      expectSubscriptions(right.subscriptions).toBe(rightSubs);
    }),
  );

  it(
    'O6 reports an error of the source, and the exchange lives on',
    marbles(({ cold, hot, system, probe, expectMessages, expectObservable, expectSubscriptions }) => {
      const source = cold('  -a-#     ');
      const subs = '         ^--!     ';
      const direct = hot('   -----b---');
      const expected = '     -a---b---';
      const reported = '     ---e-----';
      const exchange = new Exchange<string>({ system });
      const unhandled = probe();
      reportTo(unhandled);
      exchange.consume(source);
      direct.subscribe((message) => exchange.send(message));
      expectObservable(exchange).toBe(expected);
      expectMessages(unhandled).toBe(reported, { e: 'error' });
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it('stops a source that would emit for ever at once, when one message ends the exchange', () => {
    const endless = function* (): Generator<number, void> {
      for (let n = 0; ; n++) yield n;
    };
    const nativeEndless = new Native<number>(({ next }, signal) => {
      for (let n = 0; !signal.aborted; n++) next(n);
    });
    for (const source of [endless(), range(0, Infinity), nativeEndless]) {
      const exchange = new Exchange<number>();
      const log: string[] = [];
      exchange.subscribe(observer<number>(log, '', (n) => n === 2 && exchange.complete()));
      expect(exchange.consume(source).closed).toBe(true);
      expect(log).toEqual([':0', ':1', ':2', ':|']);
    }
  });

  it('O5 lets what a source emits at once wait its turn', () => {
    const exchange = new Exchange<string>();
    const log: string[] = [];
    exchange.subscribe(listener(log, 'first', (message) => message === 'x' && exchange.consume(['a', 'b'])));
    exchange.subscribe(listener(log, 'last'));
    exchange.send('x');
    expect(log).toEqual(['x', 'a', 'b'].flatMap((message) => [`first:${message}`, `last:${message}`]));
  });

  it('subscribes to nothing once the exchange has ended', () => {
    const exchange = new Exchange<string>();
    exchange.complete();
    let subscribed = 0;
    const counting = new Observable<string>(() => {
      subscribed++;
    });
    const native = new Native<string>(() => subscribed++);
    for (const source of [counting, native]) expect(exchange.consume(source).closed).toBe(true);
    expect(subscribed).toBe(0);
  });

  it('takes 10,000 values of a source, in order', () => {
    const exchange = new Exchange<number>();
    const got: number[] = [];
    exchange.subscribe((n) => got.push(n));
    exchange.consume(range(0, 10_000));
    expect(got).toEqual(Array.from({ length: 10_000 }, (_, n) => n));
  });

  it('counts as a subscriber of the source, not of the exchange', () => {
    const [from, to] = [new Exchange<string>(), new Exchange<string>()];
    const log: string[] = [];
    to.subscribe(listener(log, 'to'));
    to.consume(from);
    from.send('a');
    expect([from.subscriberCount, to.subscriberCount, ...log]).toEqual([1, 1, 'to:a']);
    to.complete();
    expect(from.subscriberCount).toBe(0);
  });

  it.each<[any]>([[undefined], [null], [3], [{}], [{ subscribe: 3 }], [new EventTarget()]])('refuses %o', (source) => {
    expect(thrownBy(() => new Exchange().consume(source))).toBeInstanceOf(TypeError);
  });
});

describe('consume takes', () => {
  it('a Promise, and reports one that rejects', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const exchange = new Exchange<string>();
    const log: unknown[] = [];
    reportTo({ send: (error) => log.push(error) });
    exchange.subscribe((message) => log.push(message));
    exchange.consume(Promise.resolve('a'));
    exchange.consume(Promise.reject<string>('rejected'));
    await promisesSettled();
    // RxJS reports in a task of its own.
    vi.runAllTimers();
    vi.useRealTimers();
    expect(log).toEqual(['a', 'rejected']);
  });

  it('an iterable, an async iterable, and an Observable of another library', async () => {
    const exchange = new Exchange<string>();
    const log: string[] = [];
    exchange.subscribe(listener(log, ''));
    const foreign: any = {
      '@@observable': () => of('foreign'),
      subscribe: () => {
        throw new Error('not this way');
      },
    };
    const sources: ObservableInput<string>[] = [
      new Set(['set']),
      (async function* () {
        yield 'async';
      })(),
      foreign,
    ];
    for (const source of sources) exchange.consume(source);
    await promisesSettled();
    expect(log).toEqual([':set', ':foreign', ':async']);
  });

  it(
    'an Observable of the platform, whose signal it aborts',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const values = cold('   -a-b-c-d');
      const ends = hot('      ----x---');
      const subs = '          ^---!---';
      const expected = '      -a-b|   ';
      const exchange = new Exchange<string>({ system });
      const native = new Native<string>((to, signal) => {
        const aborted = new Observable((subscriber) => {
          signal.addEventListener('abort', (event) => subscriber.next(event));
        });
        values.pipe(takeUntil(aborted)).subscribe(to);
      });
      exchange.consume(native);
      ends.subscribe(() => exchange.complete());
      expectObservable(exchange).toBe(expected);
      expectSubscriptions(values.subscriptions).toBe(subs);
    }),
  );

  it(
    'an Observable of the platform: its end, its error, and what it throws',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const start = hot('   -x-y-z-');
      const expected = '    -a-b-c-';
      const reported = '    ---f-t-';
      const aborted = '     -1-2-3-';
      const exchange = new Exchange<string>({ system });
      const [unhandled, aborts] = [probe(), probe<string>()];
      reportTo(unhandled);
      const natives: Record<string, Native<string>> = {
        x: new Native<string>(({ next, complete }) => {
          next('a');
          complete();
          next('late');
        }),
        y: new Native<string>(({ next, error }) => {
          next('b');
          error('failed');
          next('late');
        }),
        z: new Native<string>(({ next }) => {
          next('c');
          throw 'thrown';
        }),
      };
      start.subscribe((name) => {
        exchange.consume(natives[name]);
        const signals = Object.values(natives).flatMap((native) => native.signals);
        aborts.send(String(signals.filter((signal) => signal.aborted).length));
      });
      expectObservable(exchange).toBe(expected);
      expectMessages(unhandled).toBe(reported, { f: 'failed', t: 'thrown' });
      expectMessages(aborts).toBe(aborted);
    }),
  );

  it('the events of a target, until it is unsubscribed or the exchange ends', () => {
    const target = new EventTarget();
    const [one, other] = [new Exchange<Event>(), new Exchange<Event>()];
    const log: string[] = [];
    one.subscribe(({ type }) => log.push(`one:${type}`));
    other.subscribe(({ type }) => log.push(`other:${type}`));
    const subscription = one.consume(target, 'a');
    other.consume(target, 'a');
    other.consume(target, 'b');
    const dispatch = (type: string) => target.dispatchEvent(new Event(type));
    ['a', 'b', 'c'].forEach(dispatch);
    subscription.unsubscribe();
    dispatch('a');
    other.complete();
    ['a', 'b'].forEach(dispatch);
    expect(log).toEqual(['one:a', 'other:a', 'other:b', 'other:a']);
  });

  it('the events of what has addListener() and removeListener()', () => {
    const listeners = new Map<string, (event: unknown) => void>();
    const target = {
      addListener: (type: string, handler: (event: unknown) => void) => listeners.set(type, handler),
      removeListener: (type: string) => listeners.delete(type),
    };
    const exchange = new Exchange<any>();
    const got: unknown[] = [];
    exchange.subscribe((event) => got.push(event));
    exchange.consume(target as unknown as EventTarget, 'data');
    listeners.get('data')!('chunk');
    exchange.complete();
    expect(got).toEqual(['chunk']);
    expect(listeners.size).toBe(0);
  });
});

/** Runs the same in marbles once with a Subject of RxJS and once with an exchange in its place. */
const connectors: [string, () => Subject<string>, () => Subject<string>][] = [
  ['a Subject', () => new Subject<string>(), () => new Exchange<string>()],
  ['a ReplaySubject', () => new ReplaySubject<string>(2), () => new Exchange<string>({ replay: 2 })],
  ['a BehaviorSubject of nothing yet', () => new ReplaySubject<string>(1), () => new Exchange<string>({ replay: 1 })],
];

describe.each(connectors)('an exchange in the place of %s', (_, subject, exchange) => {
  it.each([
    ['by default', {}],
    ['that keeps its connector when nobody is left', { resetOnRefCountZero: false }],
    ['that waits before it resets', { resetOnRefCountZero: () => timer(3) }],
    ['that keeps its connector when the source completes', { resetOnComplete: false }],
    ['that keeps its connector when the source fails', { resetOnError: false }],
    ['that resets late after completion', { resetOnComplete: () => timer(2) }],
  ])('makes the same of share() %s', (__, config) => {
    for (const source of ['-a-b-c-d-e-f-|', '-a-b-c-#', '(ab)|', '(ab)#', '-a', '|', '#', '----']) {
      marbles(({ cold, expectObservable }) => {
        const seen = [subject, exchange].map((connector) => {
          const from = cold(source);
          const shared = from.pipe(share({ ...config, connector }));
          const got = ['^----!', '--^----!', '---------^-------!', '------------------^'].map((subscription) => {
            const log = new ReplaySubject<string>(Infinity);
            const at = subscription.indexOf('^');
            const until = subscription.includes('!') ? timer(subscription.indexOf('!')) : NEVER;
            timer(at)
              .pipe(mergeMap(() => shared.pipe(takeUntil(until))))
              .subscribe({
                next: (value) => log.next(value),
                error: (error: unknown) => log.error(error),
                complete: () => log.complete(),
              });
            return log;
          });
          return { from, got };
        });
        const [theirs, ours] = seen;
        theirs.got.forEach((log, index) => expectObservable(ours.got[index]).toEqual(log));
        // The same subscriptions to the source, told by its log.
        expectObservable(timer(60).pipe(map(() => ours.from.subscriptions))).toEqual(
          timer(60).pipe(map(() => theirs.from.subscriptions)),
        );
      })();
    }
  });

  it('makes the same of connectable(), connect(), retry() and repeat()', () => {
    marbles(({ cold, expectObservable }) => {
      const source = cold('-a-b-(c#)');
      const ways: ((connector: () => Subject<string>) => Observable<string>)[] = [
        (connector) => {
          const connected = connectable(source, { connector });
          return merge(connected, timer(2).pipe(mergeMap(() => new Observable<never>(() => connected.connect()))));
        },
        (connector) => source.pipe(connect((shared) => merge(shared, shared.pipe(ignoreElements())), { connector })),
        (connector) => source.pipe(share({ connector }), retry(2)),
        (connector) => cold('-a|').pipe(share({ connector }), repeat(3)),
        (connector) => EMPTY.pipe(share({ connector })),
        (connector) => throwError(() => 'error').pipe(share({ connector })),
        (connector) => interval(2).pipe(map(String), takeUntil(timer(9)), share({ connector })),
      ];
      for (const way of ways) expectObservable(way(exchange)).toEqual(way(subject));
    })();
  });

  it('takes both ends of what is like a webSocket: messages out, messages in, and the close', () => {
    // As WebSocketSubject does: what it is sent waits in its destination until the socket is open.
    const run = (destination: Subject<string>) => {
      const log: string[] = [];
      const opened = new Subject<void>();
      const wire = new Subject<string>();
      const incoming = new Observable<string>((subscriber) => {
        const socket = wire.subscribe(subscriber);
        const writing = opened.subscribe(() => destination.subscribe(observer(log, 'written')));
        return () => {
          socket.unsubscribe();
          writing.unsubscribe();
          log.push('closed');
        };
      });
      const reading = incoming.subscribe(observer(log, 'read'));
      destination.next('before');
      opened.next();
      destination.next('hello');
      wire.next('welcome');
      destination.complete();
      reading.unsubscribe();
      return log;
    };
    expect(run(exchange())).toEqual(run(subject()));
  });
});

describe('what is handed out of an exchange', () => {
  const views: [string, (exchange: Exchange<string>) => Observable<string>][] = [
    ['asObservable()', (exchange) => exchange.asObservable()],
    ['pipe(…)', (exchange) => exchange.pipe(map(String))],
  ];

  it.each(views)('is read-only: %s', (_, view) => {
    const seen = view(new Exchange<string>());
    expect(['next' in seen, 'send' in seen, 'attach' in seen, seen instanceof Subject]).toEqual(Array(4).fill(false));
  });

  it.each(views)('emits what the exchange hands on, and its end: %s', (_, view) =>
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('    -a-b-|');
      const expected = '    -a-b-|';
      const exchange = new Exchange<string>({ system });
      sent.subscribe(exchange);
      expectObservable(view(exchange)).toBe(expected);
    })(),
  );
});
