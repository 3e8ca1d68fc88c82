import { Result } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { marbles } from '../marbles.js';
import { unhandledErrors } from '../unhandled-errors.js';

describe('Result', () => {
  it(
    'replays its one value to every subscriber',
    marbles(({ cold, expectObservable }) => {
      const result = new Result<string>();
      cold('                    --v').subscribe((v) => {
        result.setResult(v);
        result.setResult('other');
        result.setError('error');
        result.cancel();
      });
      expectObservable(result, '^  ').toBe('--(v|)');
      expectObservable(result, '---^').toBe('---(v|)');
      expectObservable(result, '^!').toBe('-');
    }),
  );

  it(
    'replays its one error to every subscriber',
    marbles(({ cold, expectObservable }) => {
      const result = new Result<string>();
      cold('                     --e').subscribe((e) => {
        result.setError(e);
        result.setResult('value');
      });
      expectObservable(result, '^   ').toBe('--#', undefined, 'e');
      expectObservable(result, '---^').toBe('---#', undefined, 'e');
    }),
  );

  it('waits for the value with result()', async () => {
    const [good, bad, never] = [new Result<number>(), new Result<number>(), new Result<number>()];
    const waiting = [good.result(), bad.result(), never.result()];
    good.setResult(3);
    bad.setError(new Error('broken'));
    never.cancel();
    expect(await Promise.allSettled([...waiting, good.result()])).toEqual([
      { status: 'fulfilled', value: 3 },
      { status: 'rejected', reason: new Error('broken') },
      { status: 'rejected', reason: expect.objectContaining({ name: 'ResultCancelledError' }) },
      { status: 'fulfilled', value: 3 },
    ]);
  });

  it('calls back once when it is cancelled before it was set, and not after', () => {
    const calls: string[] = [];
    const open = new Result<number>(() => calls.push('open'));
    const set = new Result<number>(() => calls.push('set'));
    const failed = new Result<number>(() => calls.push('failed'));
    failed.subscribe({ error: () => undefined });
    set.setResult(1);
    failed.setError(new Error('broken'));
    for (const result of [open, set, failed]) {
      result.cancel();
      result.cancel();
    }
    expect(calls).toEqual(['open']);
  });

  it(
    'reports an error that nobody has asked for by the time it comes',
    marbles(({ cold, expectObservable }) => {
      const errors = unhandledErrors();
      const heard = new Result<string>();
      heard.subscribe({ error: () => undefined });
      const unheard = new Result<string>();
      cold('-x').subscribe(() => {
        heard.setError('heard');
        unheard.setError('unheard');
      });
      expectObservable(errors).toBe('-e', { e: 'unheard' });
    }),
  );

  it('is not stopped by a subscriber that goes', () => {
    const result = new Result<number>();
    const values: number[] = [];
    result.subscribe((value) => values.push(value)).unsubscribe();
    result.subscribe((value) => values.push(value));
    result.setResult(1);
    expect(values).toEqual([1]);
  });

  it(
    'reports no error that comes after what has decided, though nobody has asked',
    marbles(({ cold, expectObservable }) => {
      const errors = unhandledErrors();
      const set = new Result<string>();
      const failed = new Result<string>();
      cold('-x').subscribe(() => {
        set.setResult('value');
        set.setError('too late');
        failed.setError('first');
        failed.setError('too late');
      });
      expectObservable(errors).toBe('-e', { e: 'first' });
    }),
  );
});
