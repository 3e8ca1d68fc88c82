import { of, timer, map } from 'rxjs';
import { ActorSystem, Exchange, type Recipient } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { deadLetters, recorded } from './fates.js';
import { marbles } from './marbles.js';

// Each shortcut of the engine, in the middle of which the case comes up that it is not made for.

/** More than a turn takes, and more than the first chunks of a queue hold. */
const MANY = 1_000;
const numbers = Array.from({ length: MANY }, (_, n) => n);

describe('the turn that never leaves its loop', () => {
  it(
    'O1.1 O2.1 stops for work that takes time, and goes on behind it',
    marbles(({ system, expectObservable }) => {
      const order: string[] = [];
      const worker = system.actor((n: number) => {
        order.push(`${n}`);
        if (n === 500) return timer(3).pipe(map(() => order.push('500 done')));
        if (n === 600) return of(1, 2).pipe(map((m) => order.push(`600 ${m}`)));
        if (n === 700) return [order.push('700 array')];
        return undefined;
      });
      for (const n of numbers) worker.send(n);
      worker.close();
      const expected = numbers.flatMap((n) => {
        if (n === 500) return ['500', '500 done'];
        if (n === 600) return ['600', '600 1', '600 2'];
        return n === 700 ? ['700', '700 array'] : [`${n}`];
      });
      expectObservable(worker.terminated.pipe(map(() => order))).toBe('---(t|)', { t: expected });
    }),
  );

  it('O1.1 O2.1 takes a Promise, an array, an Observable and nothing in their order', async () => {
    const outputs: number[] = [];
    const worker = new ActorSystem().actor((n: number) => {
      const kinds = [undefined, Promise.resolve(n), [n], of(n), (async () => n)()];
      return kinds[n % kinds.length];
    });
    worker.subscribe((n) => outputs.push(n));
    for (const n of numbers) worker.send(n);
    worker.close();
    await worker.join();
    expect(outputs).toEqual(numbers.filter((n) => n % 5 !== 0));
  });

  it(
    'E3 ends in its middle when the actor is killed there, and loses none of the rest',
    marbles(({ system, expectObservable }) => {
      const dead = deadLetters(system);
      const worker = system.actor((n: number, { self }) => {
        if (n === 500) self.kill();
      });
      for (const n of numbers) worker.send(n);
      const killed = numbers.slice(500).map((n) => `${n} killed`);
      const seen: string[] = [];
      dead.subscribe((letter) => seen.push(letter));
      expectObservable(recorded(worker.terminated).pipe(map(() => seen))).toBe('(t|)', { t: killed });
    }),
  );

  it(
    'A1 answers asks among bare messages',
    marbles(({ system, expectObservable }) => {
      const worker = system.actor((n: number) => (n < 0 ? of(-n) : undefined));
      for (const n of numbers.slice(0, 500)) worker.send(n);
      expectObservable(worker.ask(-7)).toBe('(a|)', { a: 7 });
      expectObservable(worker.ask(7)).toBe('|');
    }),
  );
});

describe('the delivery that knows but one kind', () => {
  const counting = (): Recipient<string> & { got: string[] } => {
    const got: string[] = [];
    return { got, send: (message) => got.push(message) };
  };

  it('O6 goes on behind a recipient that throws', () => {
    const system = new ActorSystem();
    const failed: unknown[] = [];
    system.failures.subscribe(({ message }) => failed.push(message));
    const exchange = new Exchange<string>({ system });
    const [first, last] = [counting(), counting()];
    exchange.attach(first);
    exchange.attach({
      send: () => {
        throw new Error('broken');
      },
    });
    exchange.attach(last);
    exchange.send('a');
    exchange.send('b');
    expect([first.got, last.got, failed]).toEqual([
      ['a', 'b'],
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it('O5 O7 serves a listener that came during a send, in its place, from the next message on', () => {
    const exchange = new Exchange<string>();
    const log: string[] = [];
    exchange.attach({
      send: (message) => {
        log.push(`1:${message}`);
        if (message === 'a') exchange.subscribe((later) => log.push(`2:${later}`));
      },
    });
    exchange.send('a');
    exchange.attach({ send: (message) => log.push(`3:${message}`) });
    exchange.send('b');
    expect(log).toEqual(['1:a', '1:b', '2:b', '3:b']);
  });

  it('O7 passes over one that another detaches in the middle of many', () => {
    const exchange = new Exchange<string>();
    const all = numbers.map(() => counting());
    all.forEach((task) => exchange.attach(task));
    const remover = {
      send: () => {
        for (const task of all.slice(500)) exchange.detach(task);
      },
    };
    exchange.detach(all[10]);
    exchange.attach(remover);
    exchange.send('a');
    exchange.send('b');
    expect(all.map(({ got }) => got.join(''))).toEqual(numbers.map((n) => (n === 10 ? '' : n < 500 ? 'ab' : 'a')));
  });
});
