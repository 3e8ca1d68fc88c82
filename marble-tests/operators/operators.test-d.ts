import { of, type Observable } from 'rxjs';
import { askWith, DisplayMessages, sendTo, statefulActor, type Actor, type Recipient } from 'rx-actors';
import { describe, expectTypeOf, it } from 'vitest';

declare const lengths: Actor<string, number>;
declare const strings: Recipient<string>;

describe('operators', () => {
  it('sendTo keeps the type of the values', () => {
    expectTypeOf(of('a').pipe(sendTo(strings))).toEqualTypeOf<Observable<string>>();
    expectTypeOf(of('a').pipe(sendTo(lengths))).toEqualTypeOf<Observable<string>>();
    expectTypeOf(of(1, 2).pipe(sendTo(new DisplayMessages<number>()))).toEqualTypeOf<Observable<number>>();
    // @ts-expect-error -- numbers are no strings
    of(1).pipe(sendTo(strings));
    // @ts-expect-error -- no recipient
    sendTo({});
  });

  it('sendTo keeps the type of the values when the recipient takes wider ones', () => {
    expectTypeOf(of(1, 2).pipe(sendTo(new DisplayMessages()))).toEqualTypeOf<Observable<number>>();
  });

  it('askWith gives the type of the replies', () => {
    expectTypeOf(of('a').pipe(askWith(lengths))).toEqualTypeOf<Observable<number>>();
    expectTypeOf(of('a').pipe(askWith(lengths, { timeout: 5 }))).toEqualTypeOf<Observable<number>>();
    const total = statefulActor((sum: number, n: string) => sum + n.length, 0);
    expectTypeOf(of('a').pipe(askWith(total))).toEqualTypeOf<Observable<number>>();
    // @ts-expect-error -- numbers are no strings
    of(1).pipe(askWith(lengths));
    // @ts-expect-error -- a recipient cannot be asked
    askWith(strings);
  });
});
