import { firstValueFrom } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { asyncMarbles } from './marbles.js';

interface Ticket {
  readonly id: number;
  readonly title: string;
}

let issued = 0;

const issue = async (title: string): Promise<Ticket> => {
  await Promise.resolve();
  return { id: ++issued, title };
};

describe('a desk that awaits', () => {
  it(
    'answers in the frame in which it is asked',
    asyncMarbles(({ send, system, expectObservable }) => {
      const desk = system.actor(issue);
      send(desk, '                -ab-|');
      const ticket = { id: expect.any(Number) as number };
      expectObservable(desk).toBe('-ab-|', { a: { ...ticket, title: 'a' }, b: { ...ticket, title: 'b' } });
    }),
  );

  it(
    'is asked by a body that awaits',
    asyncMarbles(async ({ system, probe, expectMessages }) => {
      const archive = probe<string>();
      const desk = system.actor(issue);
      const { title } = await firstValueFrom(desk.ask('lost'));
      archive.send(title);
      expectMessages(archive).toBe('t', { t: 'lost' });
    }),
  );

  it(
    'keeps time from going on while it waits for something real',
    asyncMarbles(({ send, system, hold, expectObservable }) => {
      const real = (title: string) => new Promise<string>((resolve) => setTimeout(resolve, 5, title));
      const desk = system.actor((title: string) => hold(real(title)));
      send(desk, '                -a-b|');
      expectObservable(desk).toBe('-a-b|');
    }),
  );
});
