import type { Observable } from 'rxjs';
import { askAll, statefulActor, type Actor, type Askable, type Recipient } from 'rx-actors';
import { describe, expectTypeOf, it } from 'vitest';

type Query = { readonly type: 'find'; readonly text: string } | { readonly type: 'count' };
declare const numbers: Actor<string, number>;
declare const booleans: Actor<string | number, boolean>;
declare const silent: Actor<string>;
declare const remote: Askable<string, Date>;
declare const shards: readonly Actor<Query, string[]>[];
declare const recipient: Recipient<string>;

describe('askAll', () => {
  it('gives a tuple for actors that are listed', () => {
    expectTypeOf(askAll([numbers, booleans, remote], 'm')).toEqualTypeOf<Observable<[number, boolean, Date]>>();
    expectTypeOf(askAll([numbers], 'm', { timeout: 5 })).toEqualTypeOf<Observable<[number]>>();
    expectTypeOf(askAll([silent, numbers], 'm')).toEqualTypeOf<Observable<[never, number]>>();
    expectTypeOf(askAll([], 'm')).toEqualTypeOf<Observable<[]>>();
    const pair = [numbers, booleans] as const;
    expectTypeOf(askAll(pair, 'm')).toEqualTypeOf<Observable<[number, boolean]>>();
    const total = statefulActor((sum: number, n: string) => sum + n.length, 0);
    expectTypeOf(askAll([total, numbers], 'm')).toEqualTypeOf<Observable<[number, number]>>();
  });

  it('gives an array for any number of actors', () => {
    expectTypeOf(askAll(shards, { type: 'count' })).toEqualTypeOf<Observable<string[][]>>();
    expectTypeOf(askAll([...shards, ...shards], { type: 'find', text: 'a' })).toEqualTypeOf<Observable<string[][]>>();
  });

  it('refuses what would fail', () => {
    // @ts-expect-error another type of message
    askAll([numbers], 3);
    // @ts-expect-error one of them takes no numbers
    askAll([booleans, numbers], 3);
    // @ts-expect-error no such message
    askAll(shards, { type: 'other' });
    // @ts-expect-error a recipient cannot be asked
    askAll([recipient], 'm');
    // @ts-expect-error the actors are an array
    askAll(numbers, 'm');
    // @ts-expect-error no such option
    askAll([numbers], 'm', { wait: true });
  });
});
