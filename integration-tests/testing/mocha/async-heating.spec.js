import { firstValueFrom } from 'rxjs';
import { aNumber, asyncMarbles } from './marbles.js';

/** A sensor that is read by a Promise. */
const read = async (room) => {
  await Promise.resolve();
  return { room, at: Date.now() };
};

describe('a sensor that awaits', () => {
  it(
    'answers in the frame in which it is asked',
    asyncMarbles(({ send, system, expectObservable }) => {
      const sensor = system.actor(read);
      send(sensor, '                -a--b|');
      expectObservable(sensor).toBe('-a--b|', { a: { room: 'a', at: aNumber }, b: { room: 'b', at: aNumber } });
    }),
  );

  it(
    'is asked by a body that awaits',
    asyncMarbles(async ({ system, probe, expectMessages }) => {
      const display = probe();
      const sensor = system.actor(read);
      display.send((await firstValueFrom(sensor.ask('kitchen'))).room);
      expectMessages(display).toBe('r', { r: 'kitchen' });
    }),
  );

  it(
    'keeps time from going on while it waits for something real',
    asyncMarbles(({ send, system, hold, expectObservable }) => {
      const real = (room) => new Promise((resolve) => setTimeout(resolve, 5, room));
      const sensor = system.actor((room) => hold(real(room)));
      send(sensor, '                -a-b|');
      expectObservable(sensor).toBe('-a-b|');
    }),
  );
});
