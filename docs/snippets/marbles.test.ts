import { expect, it } from 'vitest';
import { marbles } from 'rx-actors/testing';

const options = { assertDeepEqual: (actual: unknown, expected: unknown) => expect(actual).toEqual(expected) };

it(
  'starts a message only after the previous one completed',
  marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
    const inbox = hot(' -ab------|   ');
    const work = cold('  --x|         ');
    const workSubs = [' -^--!        ', ' ----^--!     '];
    const expected = '  ---x--x--|   ';

    const worker = system.actor((_: string) => work);
    inbox.subscribe(worker);
    expectObservable(worker).toBe(expected);
    expectSubscriptions(work.subscriptions).toBe(workSubs);
  }, options),
);

it(
  'sends a message to everyone attached',
  marbles(({ hot, system, probe, expectMessages }) => {
    const early = probe<string>();
    const lines = system.exchange<string>('lines');
    lines.attach(early);
    hot('                       -a-b-').subscribe(lines);
    expectMessages(early).toBe('-a-b-');
  }, options),
);
