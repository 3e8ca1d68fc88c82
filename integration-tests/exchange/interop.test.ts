import { once, EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import { firstValueFrom, fromEvent, map, take, toArray, type Observable } from 'rxjs';
import { ActorSystem, Exchange } from 'rx-actors';
import { afterEach, describe, expect, it } from 'vitest';
import { secondCopy } from '../second-copy.js';

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

const channel = (name: string): BroadcastChannel => {
  const made = new BroadcastChannel(name);
  open.push(() => made.close());
  return made;
};

const ports = (): MessageChannel => {
  const made = new MessageChannel();
  open.push(() => made.port1.close());
  return made;
};

/** The next so many values. */
const next = <T>(source: Observable<T>, count: number): Promise<T[]> =>
  firstValueFrom(source.pipe(take(count), toArray()));

const data = (exchange: Exchange<MessageEvent>): Observable<unknown> =>
  exchange.pipe(map((event) => event.data as unknown));

describe('a BroadcastChannel', () => {
  it('is attached, and is sent what is sent, until it is detached', async () => {
    const [here, there] = [channel('interop/out'), channel('interop/out')];
    const [out, received] = [new Exchange<string>(), new Exchange<MessageEvent>()];
    received.consume(there, 'message');
    const got = next(data(received), 2);
    const subscription = out.attach(here);
    out.send('a');
    subscription.unsubscribe();
    out.send('b');
    out.attach(here, { map: (message) => ({ message }) });
    out.send('c');
    expect(await got).toEqual(['a', { message: 'c' }]);
  });

  it('O6 is reported when it cannot take a message, and stays attached', async () => {
    const system = new ActorSystem();
    const failed: unknown[] = [];
    system.failures.subscribe((failure) => failed.push(failure.message));
    const [here, there] = [channel('interop/clone'), channel('interop/clone')];
    const [out, received] = [new Exchange<unknown>({ system }), new Exchange<MessageEvent>()];
    received.consume(there, 'message');
    const got = next(data(received), 1);
    out.attach(here);
    const uncloneable = (): undefined => undefined;
    out.send(uncloneable);
    out.send('sound');
    expect(await got).toEqual(['sound']);
    expect(failed).toEqual([uncloneable]);
  });

  it('X6 joins two exchanges both ways, and nothing comes back to where it was sent', async () => {
    const [here, there] = [channel('interop/bridge'), channel('interop/bridge')];
    const [left, right] = [new Exchange<string>(), new Exchange<string>()];
    for (const [exchange, port] of [
      [left, here],
      [right, there],
    ] as const) {
      // What has come is not for the channel again: it goes to those who are attached, by an exchange of its own.
      const incoming = new Exchange<MessageEvent<string>>();
      incoming.consume(port, 'message');
      incoming.attach(exchange, { map: (event) => `${event.data} from afar` });
      exchange.attach(port, { filter: (message) => !message.endsWith('from afar') });
    }
    const [atLeft, atRight]: string[][] = [[], []];
    left.subscribe((message) => atLeft.push(message));
    right.subscribe((message) => atRight.push(message));
    const [came, returned] = [next(right, 1), next(left, 2)];
    left.send('a');
    await came;
    // Behind whatever may have been sent back.
    right.send('b');
    await returned;
    expect(atLeft).toEqual(['a', 'b from afar']);
    expect(atRight).toEqual(['a from afar', 'b']);
  });
});

describe('a MessagePort', () => {
  it('O5 is sent 1,000 messages in order, beside an observer', async () => {
    const { port1, port2 } = ports();
    const [out, received] = [new Exchange<number>(), new Exchange<MessageEvent>()];
    received.consume(port2, 'message');
    const got = next(data(received), 1_000);
    const seen: number[] = [];
    out.attach(port1);
    out.subscribe((n) => seen.push(n));
    for (let n = 0; n < 1_000; n++) out.send(n);
    expect(await got).toEqual(seen);
  });

  it('X4 shares what is sent with another one of its group', async () => {
    const both = [ports(), ports()];
    const out = new Exchange<number>();
    const got = both.map(({ port1, port2 }) => {
      out.attach(port1, { group: 'workers' });
      const received = new Exchange<MessageEvent>();
      received.consume(port2, 'message');
      return next(data(received), 2);
    });
    for (const n of [1, 2, 3, 4]) out.send(n);
    expect(await Promise.all(got)).toEqual([
      [1, 3],
      [2, 4],
    ]);
  });

  it('is no longer listened to once the exchange has ended', async () => {
    const { port1, port2 } = ports();
    const system = new ActorSystem();
    const late: unknown[] = [];
    system.deadLetters.subscribe((letter) => late.push(letter));
    const received = new Exchange<MessageEvent>({ system });
    received.consume(port2, 'message');
    const got = next(data(received), 1);
    port1.postMessage('a');
    await got;
    received.complete();
    const heard = once(port2, 'message');
    port1.postMessage('b');
    await heard;
    expect(late).toEqual([]);
  });
});

describe('a worker thread', () => {
  it('is attached, and answers into an exchange', async () => {
    const worker = new Worker(
      `const { parentPort } = require('node:worker_threads');
       parentPort.on('message', (text) => parentPort.postMessage(text.toUpperCase()));`,
      { eval: true },
    );
    open.push(() => worker.terminate());
    const [jobs, results] = [new Exchange<string>(), new Exchange<string>()];
    jobs.attach(worker);
    results.consume(fromEvent(worker as unknown as EventTarget, 'message') as unknown as Observable<string>);
    const got = next(results, 2);
    for (const job of ['a', 'b']) jobs.send(job);
    expect(await got).toEqual(['A', 'B']);
  });
});

describe('an EventTarget of Node', () => {
  it('is listened to until the exchange ends', () => {
    const target = new EventTarget();
    const exchange = new Exchange<Event>();
    const got: string[] = [];
    exchange.subscribe(({ type }) => got.push(type));
    exchange.consume(target, 'ping');
    for (const type of ['ping', 'pong']) target.dispatchEvent(new Event(type));
    exchange.complete();
    target.dispatchEvent(new Event('ping'));
    expect(got).toEqual(['ping']);
  });

  it('can be the signal of Node that ends a subscription', async () => {
    const exchange = new Exchange<string>();
    const signal = AbortSignal.timeout(5);
    exchange.attach({ send: () => undefined }, { signal });
    exchange.subscribe(() => undefined, { signal });
    expect(exchange.subscriberCount).toBe(2);
    await once(signal, 'abort');
    expect(exchange.subscriberCount).toBe(0);
  });

  it('may be an EventEmitter, by fromEvent of RxJS', () => {
    const emitter = new EventEmitter();
    const exchange = new Exchange<string>();
    const got: string[] = [];
    exchange.subscribe((message) => got.push(message));
    exchange.consume(fromEvent(emitter, 'data') as Observable<string>);
    emitter.emit('data', 'a');
    exchange.complete();
    emitter.emit('data', 'b');
    expect(got).toEqual(['a']);
    expect(emitter.listenerCount('data')).toBe(0);
  });
});

describe('streams of Node', () => {
  it('are consumed: one of the web, and one of Node', async () => {
    const exchange = new Exchange<string>();
    const got = next(exchange, 4);
    const web = new ReadableStream<string>({
      start: (controller) => {
        for (const chunk of ['a', 'b']) controller.enqueue(chunk);
        controller.close();
      },
    });
    exchange.consume(web);
    exchange.consume(Readable.from(['c', 'd']) as AsyncIterable<string>);
    expect((await got).sort()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('are made of an exchange by its iterator, and leave it when they are destroyed', async () => {
    const exchange = new Exchange<string>();
    const stream = Readable.from(exchange.iterate());
    for (const message of ['a', 'b']) exchange.send(message);
    const chunks: string[] = [];
    stream.on('data', (chunk: string) => {
      chunks.push(chunk);
      if (chunks.length === 2) stream.destroy();
    });
    await once(stream, 'close');
    expect(chunks).toEqual(['a', 'b']);
    expect(exchange.subscriberCount).toBe(0);
  });
});

describe('two copies of the package', () => {
  it('X6 end the loop of exchanges that are attached to each other, and detach what has ended', async () => {
    const { copy, remove } = await secondCopy();
    open.push(remove);
    const [ours, theirs] = [new Exchange<string>(), new copy.Exchange<string>()];
    expect(theirs).not.toBeInstanceOf(Exchange);
    const got: string[] = [];
    ours.subscribe((message) => got.push(`ours ${message}`));
    theirs.subscribe((message) => got.push(`theirs ${message}`));
    ours.attach(theirs);
    theirs.attach(ours);
    ours.send('a');
    theirs.send('b');
    expect(got).toEqual(['ours a', 'theirs a', 'theirs b', 'ours b']);
    theirs.complete();
    expect(ours.subscriberCount).toBe(1);
  });
});
