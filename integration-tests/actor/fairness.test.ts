import { firstValueFrom } from 'rxjs';
import { Actor, ActorSystem } from 'rx-actors';
import { describe, expect, it } from 'vitest';

/** So often a zero timer, a setImmediate and a read have to come while the actors are busy. */
const TIMES = 5;

/** Waits for `TIMES` rounds of the event loop, by timers and by immediates. */
async function roundsOfTheLoop(): Promise<void> {
  for (let n = 0; n < TIMES; n++) {
    await new Promise((resolve) => setTimeout(resolve));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Has a loop run until the event loop has turned, and says how many messages it processed meanwhile. */
async function busyUntilTheLoopTurned(start: (go: () => boolean) => void): Promise<number> {
  let messages = 0;
  let busy = true;
  start(() => {
    messages++;
    return busy;
  });
  await roundsOfTheLoop();
  busy = false;
  const before = messages;
  await roundsOfTheLoop();
  // It had not ended by itself: the event loop turned while it was busy.
  expect(messages - before).toBeLessThanOrEqual(4);
  return messages;
}

describe('busy actors let timers and I/O have their turn', () => {
  it('O9.1 an actor that sends to itself for ever', async () => {
    const messages = await busyUntilTheLoopTurned((go) => {
      new ActorSystem().actor((n: number, { self }) => (go() ? self.send(n + 1) : undefined)).send(0);
    });
    expect(messages).toBeGreaterThan(100);
  });

  it('O9 many actors that send to themselves', async () => {
    const system = new ActorSystem();
    let busy = true;
    let messages = 0;
    for (let n = 0; n < 100; n++) {
      system
        .actor((_: number, { self }) => {
          messages++;
          if (busy) self.send(1);
        })
        .send(0);
    }
    await roundsOfTheLoop();
    busy = false;
    expect(messages).toBeGreaterThan(100);
  });

  it('O9.1 O9.3 a loop over recv() that feeds itself', async () => {
    const messages = await busyUntilTheLoopTurned((go) => {
      class Loop extends Actor<number> {
        protected override async run() {
          do this.send(1);
          while ((await this.recv()) && go());
        }
      }
      new Loop({ system: new ActorSystem() }).start();
    });
    expect(messages).toBeGreaterThan(100);
  });

  it('O9.1 O9.3 two actors that ping-pong over promises', async () => {
    const messages = await busyUntilTheLoopTurned((go) => {
      const system = new ActorSystem();
      const ping: Actor<string, void> = system.actor(async (m: string) => {
        await Promise.resolve();
        if (go()) pong.send(m);
      });
      const pong: Actor<string, void> = system.actor(async (m: string) => {
        await Promise.resolve();
        ping.send(m);
      });
      ping.send('ball');
    });
    expect(messages).toBeGreaterThan(100);
  });

  it('O9.1 O9.3 a loop of asks', async () => {
    const messages = await busyUntilTheLoopTurned((go) => {
      const echo = new ActorSystem().actor((n: number) => [n]);
      void (async () => {
        while (go()) await firstValueFrom(echo.ask(1));
      })();
    });
    expect(messages).toBeGreaterThan(100);
  });

  it('O9.1 an actor with a backlog of synchronous messages', async () => {
    const worker = new ActorSystem().actor((n: number) => [n]);
    for (let n = 0; n < 3_000_000; n++) worker.send(n);
    await new Promise((resolve) => setTimeout(resolve));
    const left = worker.pending;
    await worker[Symbol.asyncDispose]();
    expect(left).toBeGreaterThan(0);
  });
});
