/* eslint-disable @typescript-eslint/no-unsafe-class-instance-assignment -- Some of what is refused here is refused by that, too. */
import { of, type Observable } from 'rxjs';
import type { RunHelpers } from 'rxjs/testing';
import { displayMarbles, type Actor, type ActorSystem, type Exchange, type Recipient } from 'rx-actors';
import { asyncMarbles, marbles, Probe, type MarbleHelpers, type ProbeEntry } from 'rx-actors/testing';
import { describe, expectTypeOf, it } from 'vitest';

declare const helpers: MarbleHelpers;
declare const system: ActorSystem;

describe('marbles', () => {
  it('gives what RxJS gives, for helpers that are written for it', () => {
    expectTypeOf(helpers).toExtend<RunHelpers>();
    expectTypeOf(marbles(() => undefined)).toEqualTypeOf<() => void>();
    expectTypeOf(asyncMarbles(() => undefined)).toEqualTypeOf<() => Promise<void>>();
    asyncMarbles(({ hold }) => {
      expectTypeOf(hold(Promise.resolve(1))).toEqualTypeOf<Promise<number>>();
    });
    // @ts-expect-error -- time can't be flushed while it waits for Promises
    asyncMarbles(({ flush }) => flush());
    // @ts-expect-error -- no such thing may remain
    marbles(() => undefined, { mayRemain: 'everything' });
  });
});

describe('probe', () => {
  it('infers what it answers', () => {
    const database = helpers.probe((id: number) => of(`row ${id}`));
    expectTypeOf(database).toEqualTypeOf<Probe<number, string>>();
    expectTypeOf(database).toExtend<Actor<number, string>>();
    expectTypeOf(database.ask(1)).toEqualTypeOf<Observable<string>>();
    expectTypeOf(database.messages).toEqualTypeOf<number[]>();
    expectTypeOf(database.entries).toEqualTypeOf<readonly ProbeEntry<number>[]>();
    // @ts-expect-error -- it answers with strings
    database.replyWith(() => of(1));
  });

  it('takes anything and answers nothing by default', () => {
    expectTypeOf(helpers.probe()).toEqualTypeOf<Probe>();
    expectTypeOf(helpers.probe<string>()).toExtend<Recipient<string>>();
    expectTypeOf(new Probe<string>().ask('a')).toEqualTypeOf<Observable<never>>();
  });
});

describe('send', () => {
  const { send, probe } = helpers;

  it('takes letters only for messages that letters can be', () => {
    send(probe<string>(), '-a');
    send(probe<'a' | 'b'>(), '-a');
    send(probe(), '-a');
    // @ts-expect-error -- its messages are numbers
    send(probe<number>(), '-a');
  });

  it('takes values that are messages', () => {
    send(probe<number>(), '-a', { a: 1 });
    // @ts-expect-error -- its messages are numbers
    send(probe<number>(), '-a', { a: 'one' });
    send(probe<string | number>(), '-a', { a: 'one', b: 2 });
    send(probe<number>(), '-#', undefined, new Error());
  });

  it('takes a recording of the same messages', () => {
    const numbers = displayMarbles(of(1));
    send(probe<number>(), numbers);
    // @ts-expect-error -- its messages are strings
    send(probe<string>(), numbers);
  });
});

describe('what is expected', () => {
  const { expectMessages, expectState, expectDeadLetters, expectFailures, expectTerminated, expectObservable } =
    helpers;

  it('has the type of what comes', () => {
    expectMessages(helpers.probe<number>()).toBe('-a', { a: 1 });
    // @ts-expect-error -- its messages are numbers
    expectMessages(helpers.probe<number>()).toBe('-a', { a: 'one' });
    const sum = system.statefulActor((state: number, by: number) => state + by, 0);
    expectState(sum).toBe('-a', { a: 1 });
    // @ts-expect-error -- its states are numbers
    expectState(sum).toBe('-a', { a: 'one' });
    // @ts-expect-error -- it has no state
    expectState(system.actor(() => undefined));
    // @ts-expect-error -- it records nothing
    expectMessages({ send: () => undefined });
  });

  it('says of dead letters, failures and ends what there is to say', () => {
    const worker = system.actor((n: number) => of(n));
    const prices: Exchange<number> = system.exchange<number>('numbers');
    expectDeadLetters(worker).toBe('-a', { a: { message: 1, reason: 'closed', recipient: 'worker' } });
    expectDeadLetters(prices).toBe('');
    // @ts-expect-error -- no such reason
    expectDeadLetters().toBe('-a', { a: { reason: 'lost' } });
    expectFailures(worker).toBe('-a', { a: { error: new Error(), directive: 'stop' } });
    // @ts-expect-error -- no such directive
    expectFailures().toBe('-a', { a: { directive: 'ignore' } });
    expectTerminated(worker).toBe('-a', { a: { kind: 'killed', reason: 'x' } });
    // @ts-expect-error -- no such end
    expectTerminated(worker).toBe('-a', { a: { kind: 'lost' } });
  });

  it('takes what RxJS takes, of Observables', () => {
    expectObservable(of(1)).toBe('(a|)', { a: 1 });
    expectObservable(of(1)).toBe('(0|)', [1]);
    expectObservable(of(1)).toBe('#', null, new Error());
    expectObservable(of(1), '^-!').toEqual(of(2));
  });
});
