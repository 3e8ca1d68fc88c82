import { NEVER } from 'rxjs';
import { marbles } from 'rx-actors/testing';
import { expect, it } from 'vitest';

it('fails when something is left over', () => {
  const test = marbles(({ system, send }) => {
    const slow = system.actor(() => NEVER, { name: 'slow' });
    send(slow, '-a-b');
  });
  expect(test).toThrow(`Left over at the end of the run:
  actor "slow" is at work, has 1 message waiting: 'a', 'b'`);
});

it('fails when the test leaves anything behind, where it has to clean up itself', () => {
  const test = marbles(
    ({ system }) => {
      const idle = system.actor(() => undefined, { name: 'idle' });
      system.exchange('news').attach(idle);
    },
    { mayRemain: 'nothing' },
  );
  expect(test).toThrow(`Left over at the end of the run:
  actor "idle" has not ended
  exchange "news" is still bound to idle`);
});
