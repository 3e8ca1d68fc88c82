import { defer, observable, of, type Observable } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { NativeObservable } from 'rx-actors';
import { fromSource } from '../../src/internal/from-source.js';
import { thrownBy } from '../recorder.js';

describe('fromSource', () => {
  it('gives an Observable of RxJS back as it is', () => {
    const source = defer(() => of(1));
    expect(fromSource(source)).toBe(source);
  });

  it('leaves whatever has the interop point to RxJS', () => {
    const log: unknown[] = [];
    const foreign = { subscribe: () => log.push('subscribed'), [observable]: () => of('from the interop point') };
    fromSource(foreign as unknown as Observable<string>).subscribe((value) => log.push(value));
    expect(log).toEqual(['from the interop point']);
  });

  it('subscribes to an Observable of the platform, and aborts it', () => {
    const log: unknown[] = [];
    const source: NativeObservable<string> = {
      subscribe: (observer, { signal }) => {
        signal.addEventListener('abort', () => log.push('aborted'));
        observer.next('a');
      },
    };
    const subscription = fromSource(source).subscribe((value) => log.push(value));
    expect(log).toEqual(['a']);
    subscription.unsubscribe();
    expect(log).toEqual(['a', 'aborted']);
  });

  it('refuses what is nothing to subscribe to in the words of RxJS', () => {
    for (const nothing of [undefined, null, 1, { subscribe: 1 }]) {
      const error = thrownBy(() => fromSource(nothing as unknown as Observable<string>));
      expect((error as Error).message).toMatch(/^You provided .* where a stream was expected/);
    }
  });
});
