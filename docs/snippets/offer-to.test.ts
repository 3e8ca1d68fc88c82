import { concatMap, map, type MonoTypeOperatorFunction } from 'rxjs';
import type { Actor } from 'rx-actors';
import { marbles } from 'rx-actors/testing';
import { it } from 'vitest';

// In src/operators/offer-to.ts
function offerTo<T>(actor: Actor<T, unknown>): MonoTypeOperatorFunction<T> {
  return concatMap((value) => actor.offer(value).pipe(map(() => value)));
}

// In marble-tests/operators/offer-to.test.ts
it(
  'M2.1 passes a value on once the mailbox has taken it',
  marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
    const source = hot('  -abc------|   ');
    const sourceSubs = '  ^---------!   ';
    const work = cold('    ---|         ');
    const workSubs = ['   -^--!         ', '   ----^--!', '   -------^--!'];
    const expected = '    -ab-c-----|   ';
    const slow = system.actor((_: string) => work, { mailbox: { capacity: 1 } });
    expectObservable(source.pipe(offerTo(slow))).toBe(expected);
    expectSubscriptions(source.subscriptions).toBe(sourceSubs);
    expectSubscriptions(work.subscriptions).toBe(workSubs);
  }),
);
