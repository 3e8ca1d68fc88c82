import { concat, map, of, type Observable } from 'rxjs';
import { Actor, actor, ActorSystem, ChildFailedError, isActorError, resume } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { marbles } from '../marbles.js';

/** Lets everything happen that waits for nothing but Promises. */
async function settle(): Promise<void> {
  for (let n = 0; n < 50; n++) await Promise.resolve();
}

describe('the life of an actor with a run() of its own', () => {
  it(
    'E6 has the default run() end at once that comes after everything has been received',
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot('  -a-b-|      ');
      const rest = cold('      --|    ');
      const outputs = '   -A-B---(e|) ';
      class First extends Actor<string, string> {
        protected override receive(m: string): Observable<string> {
          return of(`received ${m}`);
        }

        protected override run(): Observable<string> {
          return concat(
            this.mailbox.pipe(map((m) => m.toUpperCase())),
            rest,
            super.run() as Observable<string>,
            of('end'),
          );
        }
      }
      const worker = new First({ system }).start();
      sent.subscribe(worker);
      expectObservable(worker).toBe(outputs, { A: 'A', B: 'B', e: 'end' });
    }),
  );

  it('E6 F6 is told only once that everything has been received, though a child fails while it cleans up', async () => {
    const log: string[] = [];
    let cleanUp!: () => void;
    const cleanedUp = new Promise<void>((resolve) => (cleanUp = resolve));
    class Loop extends Actor<string> {
      protected override async run(): Promise<void> {
        try {
          for (;;) log.push(await this.recv());
        } catch (error) {
          log.push(isActorError(error, 'actor-exit') ? 'exit' : 'error');
          await cleanedUp;
          log.push('clean');
        }
      }
    }
    const system = new ActorSystem();
    const loop = new Loop({ system, supervision: resume() }).start();
    const child = actor(
      (_: string) => {
        throw new Error('bad');
      },
      { parent: loop },
    );
    system.failures.subscribe(({ error }) => log.push(error instanceof ChildFailedError ? 'child failed' : 'failed'));
    loop.terminated.subscribe(({ kind }) => log.push(kind));
    loop.send('a');
    loop.close();
    await settle();
    child.send('x');
    await settle();
    expect(log).toEqual(['a', 'exit', 'failed', 'child failed']);
    cleanUp();
    await loop.join();
    expect(log.slice(4)).toEqual(['clean', 'closed']);
  });
});
