import { lastValueFrom, of, range, take, tap, throwError, toArray } from 'rxjs';
import { ActorClosedError, AskTimeoutError, askWith, statefulActor, type Askable } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { marbles } from '../marbles.js';
import { reportTo } from '../recorder.js';

describe('askWith', () => {
  it(
    'asks one value after another and emits the replies in order',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const source = hot('  -ab------|');
      const sourceSubs = '  ^--------!';
      const work = cold('    --x|     ');
      const workSubs = ['   -^--!', '  ----^--!'];
      const result = '      ---x--x--|';
      const worker = system.actor((_: string) => work);
      expectObservable(source.pipe(askWith(worker))).toBe(result);
      expectSubscriptions(source.subscriptions).toBe(sourceSubs);
      expectSubscriptions(work.subscriptions).toBe(workSubs);
    }),
  );

  it(
    'completes with the last reply when the source is done before',
    marbles(({ hot, cold, system, expectObservable }) => {
      const source = hot('  -ab|');
      const result = '      ---x--y|';
      const worker = system.actor((m: string) => cold('--r|', { r: m === 'a' ? 'x' : 'y' }));
      expectObservable(source.pipe(askWith(worker))).toBe(result);
    }),
  );

  it.each(['-----', '----|', '----#'])('shows the end of a source without values: %s', (values) =>
    marbles(({ hot, system, expectObservable, expectSubscriptions }) => {
      const source = hot(values);
      expectObservable(source.pipe(askWith(system.actor((_: string) => of('r'))))).toBe(values);
      expectSubscriptions(source.subscriptions).toBe(values === '-----' ? '^' : '^---!');
    })(),
  );

  it(
    'emits all outputs of a message, or none',
    marbles(({ hot, cold, system, expectObservable }) => {
      const source = hot('  -a--b--c----|');
      const result = '      -x-x-----x-x|';
      const works: Record<string, string> = { a: 'x-x|', b: '-|', c: '--x-x|' };
      const worker = system.actor((m: string) => cold(works[m]));
      expectObservable(source.pipe(askWith(worker))).toBe(result);
    }),
  );

  it(
    'takes a waiting ask back when the result is unsubscribed',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const source = hot('  -ab--------');
      const sourceSubs = '  ^----!     ';
      const work = cold('    -------x|');
      const workSubs = '    -^---!     ';
      const unsub = '       ^----!     ';
      const result = '      -----------';
      const worker = system.actor((_: string) => work);
      expectObservable(source.pipe(askWith(worker)), unsub).toBe(result);
      expectSubscriptions(source.subscriptions).toBe(sourceSubs);
      expectSubscriptions(work.subscriptions).toBe(workSubs);
    }),
  );

  it(
    'fails with the failure of an ask and leaves the source',
    marbles(({ hot, system, expectObservable, expectSubscriptions }) => {
      const source = hot('  -a--b--c-|');
      const subs = '        ^---!     ';
      const result = '      -a--#     ';
      const worker = system.actor((m: string) => (m === 'b' ? throwError(() => 'error') : of(m)));
      expectObservable(source.pipe(askWith(worker))).toBe(result);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'fails with the failure of the source and takes the ask back',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const source = hot('  -a--#  ');
      const work = cold('    -----x|');
      const workSubs = '    -^--!  ';
      const result = '      ----#  ';
      expectObservable(source.pipe(askWith(system.actor((_: string) => work)))).toBe(result);
      expectSubscriptions(work.subscriptions).toBe(workSubs);
    }),
  );

  it(
    'passes its options on',
    marbles(({ hot, system, cold, expectObservable }) => {
      const source = hot('  -a-----');
      const result = '      ----#  ';
      const slow = system.actor((_: string) => cold('---------x|'), { name: 'slow' });
      expectObservable(source.pipe(askWith(slow, { timeout: 3 }))).toBe(result, null, new AskTimeoutError('slow', 3));
    }),
  );

  it(
    'waits for room in a bounded mailbox',
    marbles(({ hot, cold, system, probe, expectObservable, expectMessages }) => {
      const other = hot('   12------------');
      const source = hot('  --a-----------|');
      const result = '      -----------r--|';
      const worker = system.actor((m: string) => cold('---r|', { r: m }), { mailbox: { capacity: 1 } });
      const dead = probe();
      system.deadLetters.subscribe((letter) => dead.send(letter));
      other.subscribe((m) => worker.send(m));
      expectObservable(source.pipe(askWith(worker))).toBe(result, { r: 'a' });
      expectMessages(dead).toBe('--------------');
    }),
  );

  it(
    'fails with ActorClosedError on an ended actor',
    marbles(({ hot, system, expectObservable }) => {
      const gone = system.actor((_: string) => of('r'), { name: 'gone' });
      gone.kill();
      expectObservable(hot('-a-').pipe(askWith(gone))).toBe('-#', null, new ActorClosedError('gone'));
    }),
  );

  it('asks with 10,000 values that come at once', async () => {
    const total = statefulActor((sum: number, n: number) => sum + n, 0);
    const replies = await lastValueFrom(range(1, 10_000).pipe(askWith(total), toArray()));
    expect(replies).toHaveLength(10_000);
    expect(replies.at(-1)).toBe(50_005_000);
    total.close();
  });

  const mirror: Askable<number, number> = { ask: (n) => of(n) };

  it('asks whoever can be asked, 10,000 times without deeper stacks', () => {
    const replies: number[] = [];
    range(0, 10_000)
      .pipe(askWith(mirror))
      .subscribe((reply) => replies.push(reply));
    expect(replies).toEqual(Array.from({ length: 10_000 }, (_, index) => index));
  });

  it('stops a source that emits at once when the result is unsubscribed', () => {
    let emitted = 0;
    const source = range(0, 1000).pipe(tap(() => emitted++));
    source.pipe(askWith(mirror), take(3)).subscribe();
    expect(emitted).toBe(3);
  });

  it(
    'fails the result when ask() itself throws',
    marbles(({ hot, probe, expectObservable }) => {
      const source = hot('  -a-b-|');
      const result = '      -#    ';
      const broken: Askable<string, string> = {
        ask: () => {
          throw 'error';
        },
      };
      reportTo(probe());
      expectObservable(source.pipe(askWith(broken))).toBe(result);
    }),
  );

  it.each([undefined, null, 3, {}, { ask: 3 }, () => undefined])('refuses %o', (wrong: any) => {
    expect(() => askWith(wrong)).toThrow(/^Expected `actor` to be an object with an `ask` method, got /);
  });

  it.each([
    [{ timeout: -1 }, 'RangeError'],
    [{ timeout: '1' }, 'TypeError'],
    [{ signal: {} }, 'TypeError'],
    [{ whenFull: 'block' }, 'TypeError'],
  ])('refuses the options %o, at once or as the error of the result', (options: any, kind) =>
    marbles(({ hot, system, probe, expectMessages }) => {
      const use = hot('     -x');
      const refused = '     -e';
      const errors = probe<string>();
      reportTo(probe());
      const actor = system.actor((m: string) => of(m));
      use.subscribe(() => {
        try {
          of('a')
            .pipe(askWith(actor, options))
            .subscribe({ error: (error: unknown) => errors.send((error as Error).name) });
        } catch (error) {
          errors.send((error as Error).name);
        }
      });
      expectMessages(errors).toBe(refused, { e: kind });
    })(),
  );
});
