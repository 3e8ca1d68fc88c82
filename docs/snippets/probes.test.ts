import { firstValueFrom, map, of } from 'rxjs';
import { AskTimeoutError, resume, type Actor, type ActorSystem } from 'rx-actors';
import { marbles } from 'rx-actors/testing';
import { it } from 'vitest';

/** What is tested: it asks a database, and gives up after 3 ms. */
const greeter = (system: ActorSystem, database: Actor<number, string>) =>
  system.actor((id: number) => database.ask(id, { timeout: 3 }).pipe(map((name) => `Hello ${name}`)), {
    supervision: resume(),
  });

it(
  'asks the database',
  marbles(({ system, probe, send, expectMessages, expectObservable }) => {
    const database = probe((id: number) => of(`user ${id}`));
    const greetings = greeter(system, database);
    send(greetings, '             -a', { a: 7 });
    expectMessages(database).toBe('-a', { a: 7 });
    expectObservable(greetings).toBe('-g', { g: 'Hello user 7' });
  }),
);

it(
  'survives a database that does not answer, or that fails',
  marbles(({ hot, system, probe, send, expectFailures }) => {
    const database = probe<number, string>();
    const greetings = greeter(system, database);
    const down = new Error('down');
    database.ignore();
    hot('                    -----x').subscribe(() => database.failWith(down));
    send(greetings, '        -a----b', { a: 1, b: 2 });
    expectFailures().toBe('  ----a-b', {
      a: { message: 1, error: new AskTimeoutError(database.name, 3) },
      b: { message: 2, error: down },
    });
  }),
);

it('works in real time as well', async () => {
  const { Probe } = await import('rx-actors/testing');
  const database = new Probe<number, string>({ reply: (id) => of(`user ${id}`) });
  await firstValueFrom(database.ask(1));
});
