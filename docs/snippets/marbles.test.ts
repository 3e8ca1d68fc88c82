import { marbles as run, type MarbleHelpers } from 'rx-actors/testing';
import { expect, it } from 'vitest';

const assertDeepEqual = (actual: unknown, expected: unknown): void => {
  expect(actual).toEqual(expected);
};
const marbles = (body: (helpers: MarbleHelpers) => void): (() => void) => run(body, { assertDeepEqual });

it(
  'starts a message only after the previous one completed',
  marbles(({ send, cold, system, expectObservable, expectSubscriptions }) => {
    const sent = '     -ab------|';
    const work = cold(' --x|      ');
    const workSubs = ['-^--!     ', '----^--!'];
    const expected = ' ---x--x--|';

    const worker = system.actor(() => work);
    send(worker, sent);
    expectObservable(worker).toBe(expected);
    expectSubscriptions(work.subscriptions).toBe(workSubs);
  }),
);

it(
  'owns a state, and says what it could not take',
  marbles(({ send, system, expectState, expectDeadLetters, expectTerminated }) => {
    const sum = system.statefulActor((total: number, by: number) => total + by, 0);
    send(sum, '                    -a-b-|     ', { a: 1, b: 2 });
    send(sum, '                    -------c   ', { c: 3 });
    expectState(sum).toBe('        01-3-|     ', { 0: 0, 1: 1, 3: 3 });
    expectTerminated(sum).toBe('   -----c     ');
    expectDeadLetters(sum).toBe('  -------x   ', { x: { message: 3, reason: 'closed' } });
  }),
);
