import { map, Observable, type Subscription } from 'rxjs';
import { Actor, Exchange } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { marbles } from '../marbles.js';
import { listener, observer, recipient, thrownBy } from '../recorder.js';

/** How many listen to a signal. */
class CountedSignal extends AbortController {
  listeners = 0;

  constructor() {
    super();
    const { signal } = this;
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      this.listeners++;
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      this.listeners--;
      remove(...args);
    };
  }
}

const filled = (...messages: string[]): Exchange<string> => {
  const exchange = new Exchange<string>({ replay: 10 });
  for (const message of messages) exchange.send(message);
  return exchange;
};

/** Everything that can be subscribed for as long as a signal is not aborted. */
const kinds: Record<
  string,
  (exchange: Exchange<string>, signal: AbortSignal, log: string[], then?: () => void) => Subscription
> = {
  'an attached recipient': (exchange, signal, log, then) => exchange.attach(recipient(log, 'x', then), { signal }),
  'a member of a group': (exchange, signal, log, then) =>
    exchange.attach(recipient(log, 'x', then), { signal, group: 'workers' }),
  'a subscribed recipient': (exchange, signal, log, then) => {
    const task = Object.assign(recipient<string>(log, 'x', then), observer<string>(log, 'never'));
    return exchange.subscribe(task, { signal });
  },
  'a function': (exchange, signal, log, then) => exchange.subscribe(listener(log, 'x', then), { signal }),
  'an observer': (exchange, signal, log, then) => exchange.subscribe(observer(log, 'x', then), { signal }),
  'a Subscriber': (exchange, signal, log, then) => {
    let subscription!: Subscription;
    new Observable<string>((subscriber) => {
      subscription = exchange.subscribe(subscriber, { signal });
      return subscription;
    }).subscribe(listener(log, 'x', then));
    return subscription;
  },
};
const everyKind = Object.keys(kinds);

describe('a signal', () => {
  it(
    'unsubscribes when it is aborted: attached, in a group, and as an observer',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const sent = hot('    -a-b-c-d-');
      const abort = hot('   ----x----');
      const received = '    -a-b-----';
      const rest = '        -a-b-c-d-';
      const counts = '      4---(321)';
      const exchange = new Exchange<string>({ system });
      const controller = new AbortController();
      const { signal } = controller;
      const [attached, member, observing, staying] = Array.from({ length: 4 }, () => probe<string>());
      exchange.attach(attached, { signal });
      exchange.attach(member, { signal, group: 'workers' });
      exchange.subscribe((message) => observing.send(message), { signal });
      exchange.attach(staying);
      sent.subscribe((message) => exchange.send(message));
      abort.subscribe(() => controller.abort());
      for (const each of [attached, member, observing]) expectMessages(each).toBe(received);
      expectMessages(staying).toBe(rest);
      expectObservable(exchange.subscriberCount$.pipe(map(String))).toBe(counts);
    }),
  );

  it.each(everyKind)('attaches nothing once it has been aborted: %s', (kind) => {
    const exchange = filled('a');
    const log: string[] = [];
    const subscription = kinds[kind](exchange, AbortSignal.abort(), log);
    exchange.send('b');
    expect(subscription.closed).toBe(true);
    expect(log).toEqual([]);
    expect(exchange.subscriberCount).toBe(0);
  });

  it.each(everyKind)('O7 keeps the message during which it is aborted from one who comes later: %s', (kind) => {
    const exchange = new Exchange<string>();
    const controller = new AbortController();
    const log: string[] = [];
    exchange.attach({ send: (message) => message === 'b' && controller.abort() });
    kinds[kind](exchange, controller.signal, log);
    ['a', 'b', 'c'].forEach((message) => exchange.send(message));
    expect(log).toEqual(['x:a']);
  });

  it.each(everyKind)('stops a replay in its midst: %s', (kind) => {
    const exchange = filled('a', 'b', 'c');
    const controller = new AbortController();
    const log: string[] = [];
    const subscription = kinds[kind](exchange, controller.signal, log, () => controller.abort());
    expect(log).toEqual(['x:a']);
    expect([subscription.closed, exchange.subscriberCount]).toEqual([true, 0]);
  });

  it.each(everyKind)('is let go of at the unsubscription, and at the end: %s', (kind) => {
    const controller = new CountedSignal();
    const first = new Exchange<string>();
    const subscription = kinds[kind](first, controller.signal, []);
    expect(controller.listeners).toBe(1);
    subscription.unsubscribe();
    expect(controller.listeners).toBe(0);
    const second = new Exchange<string>();
    kinds[kind](second, controller.signal, []);
    second.complete();
    expect(controller.listeners).toBe(0);
    controller.abort();
    expect([first.subscriberCount, second.subscriberCount]).toEqual([0, 0]);
  });

  it('is let go of when an actor ends', () => {
    const controller = new CountedSignal();
    const exchange = new Exchange<string>();
    const actor = new Actor<string>();
    exchange.attach(actor, { signal: controller.signal });
    actor.kill();
    expect(controller.listeners).toBe(0);
  });

  it('does not attach a recipient again, nor take it off another signal', () => {
    const exchange = new Exchange<string>();
    const task = recipient<string>([], 'task');
    const [one, other] = [new AbortController(), new AbortController()];
    const subscription = exchange.attach(task, { signal: one.signal });
    expect(exchange.attach(task, { signal: one.signal })).toBe(subscription);
    expect(() => exchange.attach(task, { signal: other.signal })).toThrow(TypeError);
    one.abort();
    exchange.attach(task, { signal: other.signal });
    expect(exchange.subscriberCount).toBe(1);
  });

  it('gives an observer that comes after the end what is kept, and the end, unless it is aborted', () => {
    const exchange = filled('a');
    exchange.complete();
    const log: string[] = [];
    exchange.subscribe(observer(log, 'late'), { signal: new AbortController().signal });
    exchange.subscribe(observer(log, 'aborted'), { signal: AbortSignal.abort() });
    expect(log).toEqual(['late:a', 'late:|']);
  });

  it('is no observer, and takes no part in RxJS’s older forms', () => {
    const exchange = new Exchange<string>();
    const log: string[] = [];
    const { signal } = new AbortController();
    exchange.subscribe(null, { signal });
    exchange.subscribe(undefined, { signal });
    expect(exchange.subscriberCount).toBe(2);
    const task = Object.assign(recipient<string>(log, 'task'), { signal });
    exchange.subscribe(recipient(log, 'first'), task);
    exchange.send('a');
    expect(log).toEqual(['first:a', 'task:a']);
  });

  it.each<[any, string]>([
    [{}, 'an object'],
    [undefined, '`undefined`'],
    [null, '`null`'],
    ['abort', "`'abort'` (string)"],
  ])('has to be one: %o', (signal, got) => {
    const exchange = new Exchange<string>();
    const refused = `TypeError: Expected \`signal\` to be an AbortSignal, got ${got}.`;
    expect(String(thrownBy(() => exchange.subscribe(() => undefined, { signal })))).toBe(refused);
    expect(exchange.subscriberCount).toBe(0);
  });
});
