import { Actor, DisplayMessages, generatorActor, getExchange, WorkerActor } from 'rx-actors';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

/** The programs of the Python Cookbook's recipes 12.10 and 12.11, line for line. */
describe('the recipe', () => {
  let lines: string[];
  beforeEach(() => {
    lines = [];
    vi.spyOn(console, 'log').mockImplementation((...words: unknown[]) => void lines.push(words.join(' ')));
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('12.10 prints with an actor that has a run() of its own', async () => {
    class PrintActor extends Actor<string> {
      protected override async run(): Promise<void> {
        for (;;) {
          const message = await this.recv();
          console.log('Got:', message);
        }
      }
    }

    const p = new PrintActor();
    p.start();
    p.send('Hello');
    p.send('World');
    p.close();
    await p.join();
    expect(lines).toEqual(['Got: Hello', 'Got: World']);
  });

  it('12.10 prints with a generator', async () => {
    function* printActor(): Generator<undefined, void, string> {
      try {
        for (;;) {
          const message = yield;
          console.log('got', message);
        }
      } finally {
        console.log('actor terminating');
      }
    }

    const p = generatorActor(printActor);
    p.send('hello');
    p.send('world');
    p.close();
    await p.join();
    expect(lines).toEqual(['got hello', 'got world', 'actor terminating']);
  });

  it('12.10 runs a function in a worker and gives its result', async () => {
    const worker = new WorkerActor();
    worker.start();
    const r = worker.submit(Math.pow, 2, 3);
    console.log(await r.result());
    worker.close();
    await worker.join();
    expect(lines).toEqual(['8']);
  });

  class Task {
    constructor(readonly name: string) {}
    send(message: unknown): void {
      console.log(this.name, 'got', message);
    }
  }

  it('12.11 attaches, sends and detaches', () => {
    const taskA = new Task('a');
    const taskB = new Task('b');
    const exc = getExchange<string>('recipe/name');
    exc.attach(taskA);
    exc.attach(taskB);
    exc.send('msg1');
    exc.send('msg2');
    exc.detach(taskA);
    exc.detach(taskB);
    exc.send('msg3');
    expect(lines).toEqual(['a got msg1', 'b got msg1', 'a got msg2', 'b got msg2']);
    expect(exc.subscriberCount).toBe(0);
  });

  it('12.11 displays messages', () => {
    const exc = getExchange<unknown>('recipe/display');
    const d = new DisplayMessages();
    exc.attach(d);
    exc.send('hello');
    exc.send(42);
    expect(lines).toEqual(["msg[1]: 'hello'", 'msg[2]: 42']);
    expect(d.count).toBe(2);
    exc.detach(d);
  });

  it('12.11 detaches in a finally block', () => {
    const exc = getExchange<string>('recipe/finally');
    const someTask = new Task('some');
    exc.attach(someTask);
    try {
      exc.send('inside');
    } finally {
      exc.detach(someTask);
    }
    exc.send('outside');
    expect(lines).toEqual(['some got inside']);
  });

  it('12.11 detaches at the end of a `using` block', () => {
    const exc = getExchange<string>('recipe/using');
    {
      using _subscribed = exc.subscribe(new Task('a'), new Task('b'));
      exc.send('msg1');
      exc.send('msg2');
    }
    exc.send('msg3');
    expect(lines).toEqual(['a got msg1', 'b got msg1', 'a got msg2', 'b got msg2']);
  });
});
