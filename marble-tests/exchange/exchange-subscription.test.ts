import { Subject, Subscriber, Subscription, type Observer, type UnsubscriptionError } from 'rxjs';
import { Exchange, ExchangeSubscription } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { marbles } from '../marbles.js';
import { listener, observer, recipient, reportTo } from '../recorder.js';
import { unhandledErrors } from '../unhandled-errors.js';

describe('Exchange.subscribe with recipients', () => {
  it(
    'X3.1 X3.2 attaches all of them and detaches all of them',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const sent = hot('    -a-b-c-');
      const attached = hot('--x-y--');
      const received = '    ---b---';
      const letters = '     -a---c-';
      const exchange = new Exchange<string>({ system });
      const [a, b] = [probe<string>(), probe<string>()];
      let subscription: Subscription | undefined;
      attached.subscribe((at) => {
        if (at === 'x') subscription = exchange.subscribe(a, b);
        else subscription?.unsubscribe();
      });
      sent.subscribe((message) => exchange.send(message));
      expectMessages(a).toBe(received);
      expectMessages(b).toBe(received);
      const letter = { recipient: exchange, reason: 'unrouted' as const };
      expectObservable(system.deadLetters).toBe(letters, {
        a: { message: 'a', ...letter },
        c: { message: 'c', ...letter },
      });
    }),
  );

  it('X3.2 gives an ExchangeSubscription that `using` detaches at the end of the block', () => {
    const exchange = new Exchange<string>();
    const log: string[] = [];
    {
      using attached = exchange.subscribe(recipient(log, 'a'), recipient(log, 'b'));
      expect(attached).toBeInstanceOf(ExchangeSubscription);
      expect(attached).toBeInstanceOf(Subscription);
      exchange.send('1');
    }
    exchange.send('2');
    expect(log).toEqual(['a:1', 'b:1']);
    expect(exchange.subscriberCount).toBe(0);
  });

  it('X3.2 detaches all when the block throws', () => {
    const exchange = new Exchange<string>();
    const body = () => {
      using _attached = exchange.subscribe(recipient([], 'a'), recipient([], 'b'));
      throw new Error('in the block');
    };
    expect(body).toThrow('in the block');
    expect(exchange.subscriberCount).toBe(0);
  });

  it('X3 works with `using` for one recipient and for attach()', () => {
    const exchange = new Exchange<string>();
    {
      using _one = exchange.subscribe(recipient([], 'a'));
      using _other = exchange.attach(recipient([], 'b'));
      expect(exchange.subscriberCount).toBe(2);
    }
    expect(exchange.subscriberCount).toBe(0);
  });

  it.each([{}, undefined, null, 3, 'task', () => undefined, { next: () => undefined }])(
    'X3.1 attaches none when one is no recipient: %o',
    (wrong) => {
      const exchange = new Exchange<string>();
      const task = recipient<string>([], 'a');
      const counts: number[] = [];
      exchange.subscriberCount$.subscribe((count) => counts.push(count));
      expect(() => exchange.subscribe(task, wrong as any)).toThrow(TypeError);
      expect(() => exchange.subscribe(task, wrong as any)).toThrow(/recipients\[1\].*`send` method, got /);
      expect(() => exchange.subscribe(task, task, task, wrong as any)).toThrow(/recipients\[3\]/);
      expect(counts).toEqual([0]);
      expect(exchange.detach(task)).toBe(false);
    },
  );

  it('X3.5 attaches the same recipient once', () => {
    const exchange = new Exchange<string>();
    const log: string[] = [];
    const task = recipient<string>(log, 'task');
    using _attached = exchange.subscribe(task, task);
    exchange.send('a');
    expect(log).toEqual(['task:a']);
    expect(exchange.subscriberCount).toBe(1);
  });

  it('X3 detaches the rest when one has been detached by hand', () => {
    const exchange = new Exchange<string>();
    const [a, b] = [recipient<string>([], 'a'), recipient<string>([], 'b')];
    const attached = exchange.subscribe(a, b);
    exchange.detach(a);
    attached.unsubscribe();
    attached.unsubscribe();
    expect(exchange.subscriberCount).toBe(0);
  });

  it(
    'X3.2 detaches all, and reports it, when what was added to the subscription of one throws',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const detaching = hot('-x-');
      const counts = '       2(10)';
      const reported = '     -e-';
      const exchange = new Exchange<string>({ system });
      const [a, b] = [probe<string>(), probe<string>()];
      const unhandled = probe();
      unhandledErrors().subscribe((error) => unhandled.send((error as UnsubscriptionError).errors[0]));
      exchange.attach(a).add(() => {
        throw 'stuck';
      });
      const attached = exchange.subscribe(a, b);
      detaching.subscribe(() => attached.unsubscribe());
      expectObservable(exchange.subscriberCount$).toBe(counts, { 0: 0, 1: 1, 2: 2 });
      expectMessages(unhandled).toBe(reported, { e: 'stuck' });
    }),
  );

  it(
    'X3.2 detaches one by hand, and reports it, when what was added to its subscription throws',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const detaching = hot('-x-x');
      const detached = '     -t-f';
      const counts = '       10--';
      const reported = '     -e--';
      const exchange = new Exchange<string>({ system });
      const [task, told, unhandled] = [probe<string>(), probe<string>(), probe()];
      unhandledErrors().subscribe((error) => unhandled.send((error as UnsubscriptionError).errors[0]));
      exchange.attach(task).add(() => {
        throw 'stuck';
      });
      detaching.subscribe(() => told.send(exchange.detach(task) ? 't' : 'f'));
      expectMessages(told).toBe(detached);
      expectObservable(exchange.subscriberCount$).toBe(counts, { 0: 0, 1: 1 });
      expectMessages(unhandled).toBe(reported, { e: 'stuck' });
    }),
  );

  it('X3 attaches nobody when the exchange ends while the first of several is being attached', () => {
    const exchange = new Exchange<string>({ replay: 1 });
    exchange.send('a');
    const log: string[] = [];
    const ending = recipient<string>(log, 'ending', () => exchange.complete());
    try {
      exchange.subscribe(ending, recipient(log, 'other'));
    } catch {
      // To be told of the end would be right as well.
    }
    expect(exchange.subscriberCount).toBe(0);
    expect(exchange.observed).toBe(false);
  });
});

/** What wraps `subscribe` may pass on all the arguments that there can be. */
const subscribeWith = (exchange: Subject<string>, ...all: unknown[]): Subscription =>
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the form is tested
  (exchange.subscribe as (...all: unknown[]) => Subscription).call(exchange, ...all);

/** Every form in which RxJS takes an observer, noting what it gets. */
const forms: Record<string, (exchange: Subject<string>, log: string[]) => Subscription> = {
  'a function': (exchange, log) => exchange.subscribe(listener(log, 'o')),
  'an observer': (exchange, log) => exchange.subscribe(observer(log, 'o')),
  'three functions': (exchange, log) => {
    const { next, error, complete } = observer(log, 'o');
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the form is tested
    return exchange.subscribe(next, error, complete);
  },
  'next and complete': (exchange, log) => {
    const { next, complete } = observer(log, 'o');
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the form is tested
    return exchange.subscribe(next, null, complete);
  },
  'null and complete': (exchange, log) => {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the form is tested
    return exchange.subscribe(null, undefined, observer(log, 'o').complete);
  },
  'only next': (exchange, log) => exchange.subscribe({ next: listener(log, 'o') }),
  'only complete': (exchange, log) => exchange.subscribe({ complete: observer(log, 'o').complete }),
  'only error': (exchange, log) => exchange.subscribe({ error: observer(log, 'o').error }),
  nothing: (exchange) => exchange.subscribe(),
  undefined: (exchange) => exchange.subscribe(undefined),
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the form is tested
  null: (exchange) => exchange.subscribe(null),
  'an empty object': (exchange) => exchange.subscribe({}),
  'an observer and undefined': (exchange, log) => subscribeWith(exchange, observer(log, 'o'), undefined),
  'an observer, undefined and null': (exchange, log) => subscribeWith(exchange, observer(log, 'o'), undefined, null),
  'a Subject': (exchange, log) => {
    const subject = new Subject<string>();
    subject.subscribe(observer(log, 'o'));
    return exchange.subscribe(subject);
  },
};

/** The same with a Subject of RxJS, as the reference. */
const sameWithSubject = (form: string, end: (subject: Subject<string>) => void): string[] => {
  const log: string[] = [];
  const subject = new Subject<string>();
  forms[form](subject, log);
  subject.next('a');
  end(subject);
  return log;
};

describe('Exchange.subscribe with observers', () => {
  it.each(Object.keys(forms))('X3.4 does what RxJS does with %s', (form) => {
    const exchange = new Exchange<string>();
    const log: string[] = [];
    const subscription = forms[form](exchange, log);
    expect(exchange.subscriberCount).toBe(1);
    exchange.send('a');
    exchange.complete();
    expect(log).toEqual(sameWithSubject(form, (subject) => subject.complete()));
    expect(subscription.closed).toBe(true);
  });

  it.each(Object.keys(forms))('gives an error as RxJS does to %s', (form) =>
    marbles(({ hot, system, probe, expectMessages }) => {
      const exchange = new Exchange<string>({ system });
      const [got, unhandled] = [probe<string>(), probe()];
      reportTo(unhandled);
      const log: string[] = [];
      forms[form](exchange, log);
      hot('-x-').subscribe(() => {
        exchange.send('a');
        exchange.error('down');
        got.send(log.join(' '));
      });
      const expected = sameWithSubject(form, (subject) => subject.error('down'));
      const heard = expected.includes('o:#');
      expectMessages(got).toBe('-l-', { l: expected.join(' ') });
      // The Subject's report is the one at the start.
      expectMessages(unhandled).toBe(heard ? '---' : 'ee-', { e: 'down' });
    })(),
  );

  it('calls the methods of an observer on itself, and finds those of its prototype', () => {
    class Counter implements Partial<Observer<string>> {
      count = 0;
      next(): void {
        this.count++;
      }
    }
    const exchange = new Exchange<string>();
    const counter = new Counter();
    exchange.subscribe(counter);
    exchange.send('a');
    expect(counter.count).toBe(1);
  });

  it('X3.3 takes a Subscriber for an observer, also one that has a send()', () => {
    const exchange = new Exchange<string>();
    const log: string[] = [];
    class Sending extends Subscriber<string> {
      send(message: string): void {
        log.push(`sent:${message}`);
      }
      protected override _next(message: string): void {
        log.push(`next:${message}`);
      }
      protected override _complete(): void {
        log.push('|');
      }
    }
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- operators make theirs so
    exchange.subscribe(new Sending());
    exchange.send('a');
    exchange.complete();
    expect(log).toEqual(['next:a', '|']);
  });

  it('subscribes an observer once each time, as RxJS does', () => {
    const exchange = new Exchange<string>();
    const log: string[] = [];
    const twice = observer<string>(log, 'o');
    const first = exchange.subscribe(twice);
    exchange.subscribe(twice);
    exchange.send('a');
    first.unsubscribe();
    exchange.send('b');
    expect(log).toEqual(['o:a', 'o:a', 'o:b']);
  });

  it('runs teardowns once, and holds subscriptions added to it', () => {
    const exchange = new Exchange<string>();
    const log: string[] = [];
    const subscription = exchange.subscribe(listener(log, 'o'));
    subscription.add(() => log.push('torn down'));
    subscription.add(exchange.subscribe(listener(log, 'child')));
    subscription.unsubscribe();
    subscription.unsubscribe();
    exchange.send('a');
    expect(log).toEqual(['torn down']);
    expect(exchange.subscriberCount).toBe(0);
  });

  it('is detached with the Subscription that it was added to', () => {
    const exchange = new Exchange<string>();
    const parent = new Subscription();
    parent.add(exchange.subscribe(() => undefined));
    parent.add(exchange.attach({ send: () => undefined }));
    parent.unsubscribe();
    expect(exchange.subscriberCount).toBe(0);
  });
});
