import type { Observable, Subscription } from 'rxjs';
import {
  Exchange,
  type Actor,
  type AttachOptions,
  type ExchangeSubscription,
  type IterateOptions,
  type MessageIterator,
  type NativeObservable,
  type PostTarget,
  type Recipient,
  type SubscribeOptions,
} from 'rx-actors';
import { describe, expectTypeOf, it } from 'vitest';

declare const strings: Exchange<string>;
declare const texts: Recipient<string>;
declare const numbers: Recipient<number>;
declare const anything: Recipient<unknown>;
declare const worker: Actor<string, number>;
declare const signal: AbortSignal;
declare const native: NativeObservable<string>;
declare const observable: Observable<string>;

describe('attach', () => {
  it('takes recipients of the messages, or of wider ones, with options', () => {
    expectTypeOf(strings.attach(texts, { group: 'workers' })).toEqualTypeOf<ExchangeSubscription>();
    strings.attach(worker, { buffer: 3, overflow: 'drop-oldest' });
    strings.attach(anything, { once: true, signal, filter: (message) => message.length > 0 });
    strings.attach(texts, {});
    strings.attach(texts, undefined);
    // @ts-expect-error -- strings are no numbers
    strings.attach(numbers, { group: 'workers' });
    // @ts-expect-error -- strings are no numbers
    strings.attach(numbers, { filter: (message: string) => message === '' });
  });

  it('takes recipients of what map makes, and only those', () => {
    strings.attach(numbers, { map: (message) => message.length });
    strings.attach(texts, { map: (message) => message.trim(), group: 'workers' });
    strings.attach(anything, { map: (message) => ({ message }) });
    strings.attach(new Exchange<number>(), { map: (message) => message.length });
    // @ts-expect-error -- it makes strings, not numbers
    strings.attach(numbers, { map: (message) => message.trim() });
    // @ts-expect-error -- it makes numbers, not strings
    strings.attach(texts, { map: (message) => message.length });
    // @ts-expect-error -- it makes numbers, not strings
    strings.attach(worker, { map: (message) => message.length, buffer: 2 });
    // @ts-expect-error -- messages are strings
    strings.attach(numbers, { map: (message: number) => message });
  });

  it('takes what has postMessage(), likewise', () => {
    const ports = {} as { readonly port: MessagePort; readonly channel: BroadcastChannel; readonly worker: Worker };
    strings.attach(ports.port);
    strings.attach(ports.channel, { map: (message) => message.length });
    strings.attach(ports.worker, { filter: (message) => message !== '' });
    const target = {} as PostTarget<number>;
    strings.attach(target, { map: (message) => message.length });
    expectTypeOf(strings.detach(target)).toBeBoolean();
    // @ts-expect-error -- strings are no numbers
    strings.attach(target);
    // @ts-expect-error -- an EventTarget takes no messages
    strings.attach(new EventTarget());
  });

  it('refuses options that there are not', () => {
    // @ts-expect-error -- no such option
    strings.attach(texts, { groups: 'workers' });
    // @ts-expect-error -- a name is a string
    strings.attach(texts, { group: 1 });
    // @ts-expect-error -- messages are strings
    strings.attach(texts, { filter: (message: number) => message > 0 });
    // @ts-expect-error -- no such policy
    strings.attach(texts, { buffer: 1, overflow: 'drop' });
    // @ts-expect-error -- no controller
    strings.attach(texts, { signal: new AbortController() });
  });

  it('has options for wider messages in the place of those for narrower ones', () => {
    expectTypeOf<AttachOptions<unknown>>().toExtend<AttachOptions<string>>();
    expectTypeOf<AttachOptions<string>>().not.toExtend<AttachOptions<unknown>>();
    expectTypeOf<PostTarget<unknown>>().toExtend<PostTarget<string>>();
  });
});

describe('subscribe', () => {
  it('takes a signal beside an observer', () => {
    expectTypeOf(strings.subscribe((message) => message.length, { signal })).toExtend<Subscription>();
    strings.subscribe({ next: (message) => expectTypeOf(message).toBeString() }, { signal });
    strings.subscribe(null, { signal });
    expectTypeOf<SubscribeOptions>().toEqualTypeOf<{ readonly signal: AbortSignal }>();
    // @ts-expect-error -- strings are no numbers
    strings.subscribe((message: number) => message, { signal });
    // @ts-expect-error -- no controller
    strings.subscribe(() => undefined, { signal: new AbortController() });
    // @ts-expect-error -- no such option
    strings.subscribe(() => undefined, { once: true });
  });
});

describe('iterate', () => {
  it('gives the messages, and takes its options', async () => {
    expectTypeOf(strings.iterate()).toEqualTypeOf<MessageIterator<string>>();
    expectTypeOf(strings.iterate()).toExtend<AsyncIterableIterator<string, undefined>>();
    strings.iterate({ buffer: 3, overflow: 'drop-newest' });
    for await (const message of strings) expectTypeOf(message).toBeString();
    for await (const message of strings.iterate({})) expectTypeOf(message).toBeString();
    expectTypeOf<IterateOptions>().toHaveProperty('overflow');
    // @ts-expect-error -- no such policy
    strings.iterate({ overflow: 'drop' });
  });
});

describe('consume', () => {
  it('takes sources of the messages', () => {
    for (const source of [native, observable, ['a'], Promise.resolve('a')]) {
      expectTypeOf(strings.consume(source)).toExtend<Subscription>();
    }
    new Exchange<Event>().consume(new EventTarget(), 'message');
    new Exchange<MessageEvent<string>>().consume(new EventTarget(), 'message');
    new Exchange<unknown>().consume(new EventTarget(), 'message');
    // @ts-expect-error -- events are no strings
    strings.consume(new EventTarget(), 'message');
    // @ts-expect-error -- numbers are no strings
    strings.consume([1]);
    // @ts-expect-error -- numbers are no strings
    strings.consume({} as NativeObservable<number>);
    // @ts-expect-error -- of which events
    strings.consume(new EventTarget());
  });
});

describe('replay', () => {
  it('has a current message, read-only', () => {
    expectTypeOf(strings.current).toEqualTypeOf<string | undefined>();
    expectTypeOf(strings.dropped).toBeNumber();
    expectTypeOf(strings.clearReplay).returns.toBeVoid();
    // @ts-expect-error -- read-only
    strings.current = 'a';
    // @ts-expect-error -- read-only
    strings.dropped = 0;
  });
});

describe('whileSubscribed', () => {
  it('takes what RxJS takes as a teardown', () => {
    expectTypeOf(strings.whileSubscribed(() => undefined)).toExtend<Subscription>();
    strings.whileSubscribed(() => () => undefined);
    strings.whileSubscribed(() => ({ unsubscribe: () => undefined }));
    // @ts-expect-error -- a Promise can't be executed
    strings.whileSubscribed(async () => undefined);
  });
});
