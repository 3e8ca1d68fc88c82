import { describe, expect, test } from '@jest/globals';
import { firstValueFrom, of } from 'rxjs';
import { asyncMarbles, marbles, type AssertDeepEqual } from 'rx-actors/testing';

const assertDeepEqual: AssertDeepEqual = (actual, expected) => {
  expect(actual).toEqual(expected);
};

describe('a till', () => {
  test('is compiled to CommonJS', () => {
    expect(typeof module).toBe('object');
  });

  test(
    'in virtual time',
    marbles(
      ({ send, system, expectObservable }) => {
        const till = system.actor((article: string) => of({ article, at: 1 }));
        send(till, '                -a|');
        expectObservable(till).toBe('-a|', { a: { article: 'a', at: expect.any(Number) } });
      },
      { assertDeepEqual },
    ),
  );

  test(
    'that awaits',
    asyncMarbles(
      async ({ system, probe, expectMessages }) => {
        const display = probe<number>();
        const till = system.actor(async (_: string) => Promise.resolve(3));
        display.send(await firstValueFrom(till.ask('apple')));
        expectMessages(display).toBe('p', { p: 3 });
      },
      { assertDeepEqual },
    ),
  );
});
