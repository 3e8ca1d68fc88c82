import { unhandledErrors } from '../unhandled-errors.js';
import { concatMap, from, NEVER, timer, VirtualTimeScheduler } from 'rxjs';
import { Actor, ActorSystem, Exchange, type InspectionEvent } from 'rx-actors';
import { describe, expect, it } from 'vitest';

function world() {
  const scheduler = new VirtualTimeScheduler();
  const system = new ActorSystem({ scheduler });
  const lines: string[] = [];
  const line = (e: InspectionEvent): string => `${e.type}${'message' in e ? ` ${String(e.message)}` : ''}`;
  system.events.subscribe((e) => e.type !== 'spawned' && lines.push(line(e)));
  return { scheduler, system, lines };
}

describe('whoever looks on', () => {
  it("'spawned' carries an actor that can be used: its name, a snapshot", () => {
    const { system } = world();
    const seen: unknown[] = [];
    system.events.subscribe((e) => e.type === 'spawned' && seen.push(e.actor.name, system.snapshot().actors.length));
    system.actor(() => undefined, { name: 'w' });
    expect(seen).toEqual(['w', 1]);
  });

  it("E8 loses no message when a listener of 'sent' ends the actor", () => {
    const { system, scheduler, lines } = world();
    const worker = system.actor((_: string) => undefined);
    const off = system.events.subscribe((e) => e.type === 'sent' && worker.kill());
    worker.send('a');
    scheduler.flush();
    off.unsubscribe();
    expect(lines).toEqual(['sent a', 'dead-letter a', 'closed']);
  });

  it("O1 M1 keeps the order and the capacity when a listener of 'sent' sends", () => {
    const { system, scheduler, lines } = world();
    const worker = system.actor((_: string) => undefined, { mailbox: { capacity: 1 } });
    system.events.subscribe((e) => e.type === 'sent' && e.message === 'a' && worker.send('b'));
    worker.send('a');
    expect(worker.pending).toBe(1);
    scheduler.flush();
    expect(lines).toEqual(['sent a', 'dead-letter b', 'started a', 'processed a']);
  });

  it("M2 tells 'sent' of a message that was let in from the line", () => {
    const { system, scheduler, lines } = world();
    const worker = system.actor((_: string) => timer(5, scheduler), { mailbox: { capacity: 1 } });
    from(['a', 'b', 'c'])
      .pipe(concatMap((m) => worker.offer(m)))
      .subscribe();
    scheduler.flush();
    expect(lines.filter((each) => each.startsWith('sent'))).toEqual(['sent a', 'sent b', 'sent c']);
  });

  it("tells 'detached' of those whom the end of an exchange detaches", () => {
    const { system, lines } = world();
    const exchange = new Exchange<string>({ system });
    exchange.attach({ send: () => undefined });
    exchange.subscribe(() => undefined);
    exchange.complete();
    expect(lines).toEqual(['attached', 'attached', 'completed', 'detached', 'detached']);
  });

  it("tells 'failed' of a generator that fails at its end, as failures do", () => {
    const { system, scheduler, lines } = world();
    const failures: unknown[] = [];
    system.failures.subscribe((failure) => failures.push(failure));
    const worker = system.generatorActor(function* (): Generator<undefined, void, string> {
      try {
        for (;;) yield;
      } finally {
        yield;
      }
    });
    worker.terminated.subscribe();
    worker.send('a');
    worker.close();
    scheduler.flush();
    expect(failures).toHaveLength(1);
    expect(lines).toEqual(['sent a', 'started a', 'processed a', 'failed undefined', 'closed']);
  });

  it("tells 'processed' of a message that recv() took at the next recv()", async () => {
    class Loop extends Actor<string> {
      protected override async run(): Promise<void> {
        for (;;) await this.recv();
      }
    }
    const system = new ActorSystem();
    const lines: string[] = [];
    const loop = new Loop({ system }).start();
    system.events.subscribe((e) => lines.push(`${e.type}${'message' in e ? ` ${String(e.message)}` : ''}`));
    for (const m of ['a', 'b']) loop.send(m);
    await system.close();
    expect(lines).toEqual(['sent a', 'sent b', 'started a', 'processed a', 'started b', 'processed b', 'closed']);
  });

  it('counts the notice of a watch as sent, or not as processed', () => {
    const { system, scheduler, lines } = world();
    const other = system.actor(() => undefined);
    const worker = system.actor((m: string, { watch }) => {
      if (m === 'w') watch(other, () => 'notice');
    });
    worker.send('w');
    scheduler.flush();
    lines.length = 0;
    other.kill();
    scheduler.flush();
    expect(lines).toEqual(['closed', 'sent notice', 'started notice', 'processed notice']);
  });

  it('attaches nobody, or all, when `warn` throws; and never throws from attach', async () => {
    const system = new ActorSystem({
      maxSubscribers: 1,
      warn: () => {
        throw new Error('warn');
      },
    });
    const exchange = new Exchange<string>({ system });
    const got: string[] = [];
    const recipients = ['a', 'b'].map((name) => ({ send: (m: string) => got.push(name + m) }));
    const errors: unknown[] = [];
    unhandledErrors().subscribe((error) => errors.push(error));
    const subscription = exchange.subscribe(recipients[0], recipients[1]);
    subscription.unsubscribe();
    expect(exchange.subscriberCount).toBe(0);
    // RxJS reports from a timer.
    await new Promise((resolve) => setTimeout(resolve));
    expect(errors).toEqual([new Error('warn')]);
  });

  it('F6 settles a child before its parent', () => {
    const { system, scheduler } = world();
    const order: string[] = [];
    const parent = system.actor(() => undefined);
    const child = system.actor(() => undefined, { parent });
    child.terminated.subscribe(() => order.push('child'));
    parent.terminated.subscribe(() => order.push('parent'));
    parent.close();
    scheduler.flush();
    expect(order).toEqual(['child', 'parent']);
  });

  it("says 'killed' to everybody who closes when another close had to kill", async () => {
    const scheduler = new VirtualTimeScheduler();
    const system = new ActorSystem({ scheduler });
    system.actor((_: string) => NEVER).send('a');
    const patient = system.close({ timeout: 1_000 });
    const hasty = system.close({ timeout: 10 });
    scheduler.flush();
    expect(await Promise.all([patient, hasty])).toEqual(['killed', 'killed']);
  });

  it("A3 does not tell 'processed' of an ask that is cancelled during its turn", () => {
    const { system, scheduler, lines } = world();
    const worker = system.actor((_: string) => {
      asked.unsubscribe();
    });
    const asked = worker.ask('a').subscribe();
    scheduler.flush();
    expect(lines).toEqual(['sent a', 'started a']);
  });

  it("E3 does not run the behavior for a message when a listener of 'started' kills the actor", () => {
    const { system, scheduler } = world();
    let runs = 0;
    const worker = system.actor((_: string) => {
      runs++;
    });
    system.events.subscribe((e) => e.type === 'started' && worker.kill());
    worker.send('a');
    scheduler.flush();
    expect(runs).toBe(0);
  });
});
