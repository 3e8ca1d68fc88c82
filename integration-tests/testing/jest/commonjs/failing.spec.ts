import { expect, test } from '@jest/globals';
import { of } from 'rxjs';
import { marbles } from 'rx-actors/testing';

// What it prints is looked at in ../../jest.test.ts.
test(
  'an output comes too early',
  marbles(
    ({ send, system, expectObservable }) => {
      const till = system.actor((article: string) => of(article), { name: 'till' });
      send(till, '                a-b|');
      expectObservable(till).toBe('a--b|');
    },
    { assertDeepEqual: (actual, expected) => expect(actual).toEqual(expected) },
  ),
);
