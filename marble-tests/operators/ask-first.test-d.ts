import type { Observable } from 'rxjs';
import { askFirst, type Actor, type Askable, type Recipient } from 'rx-actors';
import { describe, expectTypeOf, it } from 'vitest';

type Query = { readonly type: 'find'; readonly text: string } | { readonly type: 'count' };
declare const numbers: Actor<string, number>;
declare const booleans: Actor<string | number, boolean>;
declare const remote: Askable<string, Date>;
declare const replicas: readonly Actor<Query, string[]>[];
declare const recipient: Recipient<string>;

describe('askFirst', () => {
  it('gives what any of the actors may answer', () => {
    expectTypeOf(askFirst([numbers, booleans, remote], 'm')).toEqualTypeOf<Observable<number | boolean | Date>>();
    expectTypeOf(askFirst([numbers], 'm', { timeout: 5 })).toEqualTypeOf<Observable<number>>();
    expectTypeOf(askFirst(replicas, { type: 'count' })).toEqualTypeOf<Observable<string[]>>();
    expectTypeOf(askFirst([], 'm')).toEqualTypeOf<Observable<never>>();
  });

  it('refuses what would fail', () => {
    // @ts-expect-error another type of message
    askFirst([numbers], 3);
    // @ts-expect-error one of them takes no numbers
    askFirst([booleans, numbers], 3);
    // @ts-expect-error no such message
    askFirst(replicas, { type: 'other' });
    // @ts-expect-error a recipient cannot be asked
    askFirst([recipient], 'm');
    // @ts-expect-error the actors are an array
    askFirst(numbers, 'm');
  });
});
