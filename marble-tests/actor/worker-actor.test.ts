import { concat, EMPTY, of, throwError } from 'rxjs';
import { ActorSystem, WorkerActor, type Result } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { deadLetters } from '../fates.js';
import { marbles } from '../marbles.js';

describe('WorkerActor', () => {
  it(
    'runs what is submitted, in order with what is sent, and outputs every value',
    marbles(({ hot, cold, system, expectObservable }) => {
      const worker = new WorkerActor({ system }).start();
      hot('                      -x').subscribe(() => {
        worker.submit(() => cold('--a|'));
        worker.send(() => cold('  --b|'));
        worker.submit(() => 'c');
        worker.close();
      });
      expectObservable(worker).toBe('----a-b(c|)');
    }),
  );

  it(
    'gives the value as it is, of an Observable the last one; an array or a string is one value',
    marbles(({ system, cold, expectObservable }) => {
      const worker = new WorkerActor({ system });
      expectObservable(worker.submit(Math.pow, 2, 3)).toBe('                     (x|)', { x: 8 });
      expectObservable(worker.submit(() => [1, 2])).toBe('                       (x|)', { x: [1, 2] });
      expectObservable(worker.submit(() => 'text')).toBe('                       (x|)', { x: 'text' });
      expectObservable(worker.submit(() => undefined)).toBe('                    (x|)', { x: undefined });
      expectObservable(worker.submit(() => null)).toBe('                         (x|)', { x: null });
      expectObservable(worker.submit((n: number) => of(n, n + 1), 1)).toBe('     (x|)', { x: 2 });
      expectObservable(worker.submit(() => cold('-a-b|'))).toBe('                ----(b|)');
      cold('x').subscribe(() => worker.start());
    }),
  );

  it('gives the value of a Promise', async () => {
    const worker = new WorkerActor({ system: new ActorSystem() }).start();
    await expect(worker.submit(async (a: string) => a.toUpperCase(), 'a').result()).resolves.toBe('A');
    await expect(worker.submit(async () => Promise.reject(new Error('broken'))).result()).rejects.toThrow('broken');
  });

  it('outputs the value of a Promise, not the Promise, and gives it to whoever subscribes to the result', async () => {
    const worker = new WorkerActor({ system: new ActorSystem() });
    const [outputs, values]: unknown[][] = [[], []];
    worker.subscribe((value) => outputs.push(value));
    worker.submit(async () => 'a').subscribe((value) => values.push(value));
    worker.send(async () => 'b');
    worker.start();
    await worker[Symbol.asyncDispose]();
    expect({ outputs, values }).toEqual({ outputs: ['a', 'b'], values: ['a'] });
  });

  it(
    'A5.1 rejects the result of a task that fails, and goes on',
    marbles(({ cold, system, expectObservable }) => {
      const worker = new WorkerActor({ system });
      const fail = () => {
        throw 'thrown';
      };
      expectObservable(worker.submit(fail)).toBe('                               -#', undefined, 'thrown');
      expectObservable(worker.submit(() => throwError(() => 'failed'))).toBe('   -#', undefined, 'failed');
      expectObservable(
        worker.submit(() =>
          concat(
            of(1),
            throwError(() => 'late'),
          ),
        ),
      ).toBe('-#', undefined, 'late');
      expectObservable(worker.submit(() => 'next')).toBe('                       -(x|)', { x: 'next' });
      cold('-x').subscribe(() => worker.start());
    }),
  );

  it(
    'A5 rejects the result of an Observable without a value with an EmptyError',
    marbles(({ cold, system, expectObservable }) => {
      const worker = new WorkerActor({ system });
      expectObservable(worker.submit(() => EMPTY)).toBe(
        '-#',
        undefined,
        expect.objectContaining({ name: 'EmptyError' }),
      );
      cold('-x').subscribe(() => worker.start());
    }),
  );

  it(
    'A5.2 drains on close, and rejects what is submitted after',
    marbles(({ cold, system, expectObservable }) => {
      const worker = new WorkerActor({ system, name: 'w' }).start();
      const submit = (m: string) => worker.submit(() => cold('--m|', { m }));
      const error = expect.objectContaining({ name: 'ActorClosedError', actor: 'w' });
      expectObservable(worker).toBe('     ---a--(b|)');
      expectObservable(submit('a')).toBe('---(a|)');
      expectObservable(submit('b')).toBe('------(b|)');
      worker.close();
      expectObservable(submit('c')).toBe('#', undefined, error);
    }),
  );

  it(
    'A5.3 rejects every result still waiting, and the one at work, when it is killed',
    marbles(({ cold, system, expectObservable, expectSubscriptions }) => {
      const worker = new WorkerActor({ system, name: 'w' }).start();
      const work = cold('---');
      const error = expect.objectContaining({ name: 'ActorClosedError', actor: 'w' });
      expectObservable(worker.submit(() => work)).toBe('--#', undefined, error);
      expectObservable(worker.submit(() => work)).toBe('--#', undefined, error);
      cold('--x').subscribe(() => worker.kill());
      expectSubscriptions(work.subscriptions).toBe('^-!');
    }),
  );

  it(
    'A5 rejects with MailboxFullError when a bounded mailbox drops the task',
    marbles(
      ({ system, expectObservable }) => {
        const worker = new WorkerActor({ system, mailbox: { capacity: 1 } });
        expectObservable(worker.submit(() => 'a')).toBe('-');
        expectObservable(worker.submit(() => 'b')).toBe(
          '#',
          undefined,
          expect.objectContaining({ name: 'MailboxFullError' }),
        );
      },
      { mayRemain: 'anything' },
    ),
  );

  it(
    'A3 takes a cancelled task out of the mailbox, and unsubscribes one at work',
    marbles(({ cold, system, expectObservable, expectSubscriptions }) => {
      const worker = new WorkerActor({ system }).start();
      const work = cold('   -----');
      const letters = deadLetters(system);
      const first = worker.submit(() => work);
      const second = worker.submit(() => work);
      const third = worker.submit(() => 'c');
      cold('-s-f').subscribe((m) => (m === 's' ? second : first).cancel());
      const error = expect.objectContaining({ name: 'ResultCancelledError' });
      expectObservable(first).toBe('   ---#', undefined, error);
      expectObservable(second).toBe('  -#', undefined, error);
      expectObservable(third).toBe('   ---(c|)');
      expectObservable(letters).toBe(' -');
      expectSubscriptions(work.subscriptions).toBe('^--!');
    }),
  );

  it(
    'A3 lets a task cancel its own result',
    marbles(({ hot, system, expectObservable }) => {
      const worker = new WorkerActor({ system }).start();
      const result: Result<string> = worker.submit(() => {
        result.cancel();
        return 'a';
      });
      const next = worker.submit(() => 'b');
      const error = expect.objectContaining({ name: 'ResultCancelledError' });
      expectObservable(result, '-^').toBe('-#', undefined, error);
      expectObservable(next, '  -^').toBe('-(b|)');
      expectObservable(hot('-x')).toBe('-x');
    }),
  );

  it(
    'F1 fails with a function that was sent, as with any message',
    marbles(({ cold, system, expectObservable }) => {
      const worker = new WorkerActor({ system }).start();
      cold('-x').subscribe(() =>
        worker.send(() => {
          throw 'broken';
        }),
      );
      expectObservable(worker).toBe('-#', undefined, 'broken');
    }),
  );

  it('refuses to submit what is no function', () => {
    const worker = new WorkerActor({ system: new ActorSystem() });
    expect(() => worker.submit(3 as never)).toThrow('Expected `fn` to be a function, got `3` (number).');
    expect(worker.pending).toBe(0);
  });
});
