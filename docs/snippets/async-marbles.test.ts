import { ActorSystem } from 'rx-actors';
import { asyncMarbles, settled } from 'rx-actors/testing';
import { expect, it } from 'vitest';

/** Takes real time, as I/O does. */
const save = (line: string) => new Promise<string>((resolve) => setTimeout(resolve, 5, `saved ${line}`));

it(
  'is tested with marbles, though its behavior is async',
  asyncMarbles(({ system, send, hold, expectObservable }) => {
    const saver = system.actor(async (line: string) => {
      const saved = await hold(save(line));
      return saved.toUpperCase();
    });
    send(saver, '            -a-b-|');
    expectObservable(saver).toBe('-a-b-|', { a: 'SAVED A', b: 'SAVED B' });
  }),
);

it('is tested in real time', async () => {
  const system = new ActorSystem();
  const saver = system.actor(save);
  const lines: string[] = [];
  saver.subscribe((line) => lines.push(line));
  saver.send('a');
  saver.send('b');
  await settled(system);
  expect(lines).toEqual(['saved a', 'saved b']);
});
