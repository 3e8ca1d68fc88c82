import { VirtualTimeScheduler } from 'rxjs';
import { Actor, ActorClosedError, ActorSystem, defaultSystem, MailboxFullError, type ActorContext } from 'rx-actors';
import { describe, expect, it, vi } from 'vitest';
import { marbles } from '../marbles.js';
import { stoppedNotifications } from '../stopped-notifications.js';
import { unhandledErrors } from '../unhandled-errors.js';

const bad = new Error('bad');

const failing = (_: string): never => {
  throw bad;
};

describe('terminated', () => {
  it('tells nothing to who has unsubscribed', async () => {
    const stopped = stoppedNotifications();
    const worker = new ActorSystem({ scheduler: new VirtualTimeScheduler() }).actor((_: string) => undefined);
    const log: unknown[] = [];
    const gone = worker.terminated.subscribe((termination) => log.push(termination));
    worker.terminated.subscribe((termination) => log.push(termination));
    gone.unsubscribe();
    worker.kill('why');
    expect(log).toEqual([{ kind: 'killed', reason: 'why' }]);
    expect(await stopped()).toEqual([]);
  });
});

describe('an actor that has never been sent anything', () => {
  it('E3 ends when it is closed, or killed by its own run()', () => {
    const scheduler = new VirtualTimeScheduler();
    const system = new ActorSystem({ scheduler });
    const log: string[] = [];
    class Hasty extends Actor<string> {
      protected override run() {
        this.kill('at once');
        log.push('goes on');
      }
    }
    const closing = system.actor((_: string) => undefined);
    const hasty = new Hasty({ system }).start();
    const ends: unknown[] = [];
    for (const actor of [closing, hasty]) actor.terminated.subscribe((end) => ends.push(end));
    closing.close();
    scheduler.flush();
    expect(ends).toContainEqual({ kind: 'closed' });
    expect(ends).toContainEqual({ kind: 'killed', reason: 'at once' });
    expect(log).toEqual(['goes on']);
  });
});

describe('a failure that ends an actor', () => {
  it(
    'F1 is reported when nobody has heard it until the next task',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('    -a');
      const reported = '    -e';
      sent.subscribe(system.actor(failing));
      expectObservable(unhandledErrors()).toBe(reported, { e: bad });
    }),
  );

  it(
    'F1 is not reported when somebody comes before the next task, in a hook at the end for instance',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const sent = hot('    -a');
      const heard = '       -e';
      const reported = '    --';
      const log = probe();
      const actor = system.actor(failing, {
        afterEnd: () => {
          actor.subscribe({ error: (error: unknown) => log.send(error) });
        },
      });
      sent.subscribe((m) => actor.send(m));
      expectMessages(log).toBe(heard, { e: bad });
      expectObservable(unhandledErrors()).toBe(reported);
    }),
  );
});

describe('an actor without options', () => {
  it('is told of as every other', () => {
    const seen: unknown[] = [];
    const events = defaultSystem.events.subscribe((event) => {
      if (event.type === 'spawned') seen.push(event.parent);
    });
    const plain = new Actor<string>().start();
    expect(seen).toEqual([undefined]);
    events.unsubscribe();
    plain.kill();
  });

  it("is nobody's child, in the snapshot of its system", () => {
    const plain = new Actor<string>().start();
    const state = { name: plain.name, status: 'running', pending: 0, stashed: 0, parent: undefined, children: 0 };
    expect(defaultSystem.snapshot().actors).toContainEqual(state);
    plain.kill();
  });

  it('ends with its system', async () => {
    // Modules of its own: the others still need their default system.
    vi.resetModules();
    const own = await import('rx-actors');
    const plain = new own.Actor<string>().start();
    await own.defaultSystem.close();
    expect(plain.status).toBe('closed');
  });
});

describe('a message that would drop the oldest of a full mailbox', () => {
  it('is not taken when whoever heard of the dropped message ended the actor', () => {
    const system = new ActorSystem({ scheduler: new VirtualTimeScheduler() });
    const worker = system.actor((_: string) => undefined, { mailbox: { capacity: 1, overflow: 'drop-oldest' } });
    const log: string[] = [];
    worker.send('a');
    system.deadLetters.subscribe(({ message, reason }) => {
      log.push(`${message} ${reason}`);
      worker.kill();
    });
    expect(worker.trySend('b')).toBe(false);
    expect(log).toEqual(['a overflow', 'b closed']);
  });
});

describe('an ask that a full mailbox does not take', () => {
  it('A3 E7 is told that the actor has ended, when whoever heard of the dropped message ended it', () => {
    const scheduler = new VirtualTimeScheduler();
    const system = new ActorSystem({ scheduler });
    const worker = system.actor((_: string) => undefined, { mailbox: { capacity: 1, overflow: 'drop-oldest' } });
    const log: unknown[] = [];
    worker.send('a');
    system.deadLetters.subscribe(({ message, reason }) => {
      log.push(`${message} ${reason}`);
      worker.kill();
    });
    worker.ask('b', { timeout: 5 }).subscribe({ error: (error: unknown) => log.push(error) });
    expect(log).toEqual(['a overflow', 'b closed', new ActorClosedError(worker.name)]);
    expect(worker.trySend('c')).toBe(false);
    expect(scheduler.actions.filter((action) => !action.closed && action.delay > 0)).toEqual([]);
  });

  it('A3 E7 leaves no timer behind', () => {
    const scheduler = new VirtualTimeScheduler();
    const system = new ActorSystem({ scheduler });
    const worker = system.actor((_: string) => undefined, { mailbox: { capacity: 1 } });
    const errors: unknown[] = [];
    worker.send('a');
    worker.ask('b', { timeout: 5 }).subscribe({ error: (error: unknown) => errors.push(error) });
    expect(errors).toEqual([expect.any(MailboxFullError)]);
    expect(scheduler.actions.filter(({ delay }) => delay > 0)).toEqual([]);
  });

  it('A3 E7 is told of that once, also when whoever heard of the dead letter aborts its signal', async () => {
    const stopped = stoppedNotifications();
    const system = new ActorSystem({ scheduler: new VirtualTimeScheduler() });
    const worker = system.actor((_: string) => undefined, { mailbox: { capacity: 1 } });
    const controller = new AbortController();
    const errors: unknown[] = [];
    system.deadLetters.subscribe(() => controller.abort('enough'));
    worker.send('a');
    worker.ask('b', { signal: controller.signal }).subscribe({ error: (error: unknown) => errors.push(error) });
    expect(errors).toEqual([expect.any(MailboxFullError)]);
    expect(await stopped()).toEqual([]);
  });

  it('A3 is not sent at all when its signal has been aborted before, so that nothing makes room for it', () => {
    const system = new ActorSystem({ scheduler: new VirtualTimeScheduler() });
    const log: unknown[] = [];
    const worker = system.actor((_: string) => undefined, { mailbox: { capacity: 1, overflow: 'drop-oldest' } });
    system.deadLetters.subscribe(({ message, reason }) => log.push(`${message} ${reason}`));
    system.events.subscribe(({ type }) => log.push(type));
    worker.send('a');
    worker.ask('b', { signal: AbortSignal.abort('enough') }).subscribe({ error: (error: unknown) => log.push(error) });
    expect([log, worker.pending]).toEqual([['sent', 'enough'], 1]);
  });
});

describe('the error that a closed actor answers with', () => {
  it('has the reason of a kill or a failure as its cause, and none otherwise', () => {
    const errorOf = (end: (worker: Actor<string>) => void): unknown => {
      const scheduler = new VirtualTimeScheduler();
      const worker = new ActorSystem({ scheduler }).actor((_: string) => undefined);
      end(worker);
      scheduler.flush();
      let error: unknown;
      worker.ask('a').subscribe({ error: (reason: unknown) => (error = reason) });
      return error;
    };
    expect(errorOf((worker) => worker.kill('why'))).toHaveProperty('cause', 'why');
    expect(errorOf((worker) => worker.close())).not.toHaveProperty('cause');
  });
});

describe('pending$', () => {
  it(
    'is 0 and complete once nothing is processed any more, also while children end',
    marbles(({ cold, hot, system, expectObservable }) => {
      const sent = hot('    -a         ');
      const close = hot('   --c        ');
      const late = '        ----^      ';
      const expected = '    ----(0|)   ';
      const ended = '       ------(t|) ';
      const parent = system.actor((_: string, { spawn }: ActorContext<string>) => {
        spawn(() => cold('-----|')).send('x');
      });
      sent.subscribe((m) => parent.send(m));
      close.subscribe(() => parent.close());
      expectObservable(parent.pending$, late).toBe(expected, { 0: 0 });
      expectObservable(parent.terminated).toBe(ended, { t: { kind: 'closed' } });
    }),
  );
});
