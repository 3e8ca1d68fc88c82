import { deepStrictEqual } from 'node:assert/strict';
import { firstValueFrom, of } from 'rxjs';
import { asyncMarbles, marbles, type MarbleHelpers, type MarblesOptions } from 'rx-actors/testing';

// Node's own assertion, for those who have no other.
const options: MarblesOptions = { assertDeepEqual: deepStrictEqual };

describe('TypeScript', () => {
  it(
    'in virtual time',
    marbles(({ send, system, expectObservable }: MarbleHelpers) => {
      const sensor = system.actor((room: string) => of({ room, degrees: 20 }));
      send(sensor, '                -a|');
      expectObservable(sensor).toBe('-a|', { a: { room: 'a', degrees: 20 } });
    }, options),
  );

  it(
    'that awaits',
    asyncMarbles(async ({ system, probe, expectMessages }) => {
      const display = probe<number>();
      const sensor = system.actor(async (_: string) => Promise.resolve(20));
      display.send(await firstValueFrom(sensor.ask('kitchen')));
      expectMessages(display).toBe('d', { d: 20 });
    }, options),
  );
});
