import { concatWith, Observable, Subject, throwError, timer, VirtualTimeScheduler } from 'rxjs';
import { Actor, actor, ActorExit, ActorSystem, restart, type ActorContext } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { deadLetters, named } from '../fates.js';
import { marbles } from '../marbles.js';
import { unhandledErrors } from '../unhandled-errors.js';

/** Lets everything happen that waits for nothing but Promises. */
async function settle(): Promise<void> {
  for (let n = 0; n < 50; n++) await Promise.resolve();
}

describe('what is on the stack when its actor ends, or its asker leaves', () => {
  it.each<[who: string, cancels: boolean, reported: number]>([
    ['its asker has cancelled it, who wants to know nothing more', true, 0],
    ['its actor was killed, which is no reason to swallow it', false, 1],
  ])('A3 F1 a Promise that it returns and that is rejected: %s', async (_, cancels, reported) => {
    const errors: unknown[] = [];
    unhandledErrors().subscribe((error) => errors.push(error));
    const cancel = new Subject<void>();
    const worker = new ActorSystem().actor(async (m: string, { self }) => {
      if (m === 'b') return;
      if (cancels) cancel.next();
      else self.kill();
      throw new Error('too late');
    });
    const asked = worker.ask('a').subscribe({ error: () => undefined });
    cancel.subscribe(() => asked.unsubscribe());
    await settle();
    await new Promise((resolve) => setTimeout(resolve));
    await new Promise((resolve) => setTimeout(resolve));
    expect({ errors: errors.length, status: worker.status }).toEqual({
      errors: reported,
      status: cancels ? 'running' : 'closed',
    });
  });

  it(
    'E6 an ActorExit that it throws, having killed its actor, is nothing that anybody has to hear',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('     -a');
      const letters = '      -k';
      const outputs = '      -|';
      const unhandled = '    --';
      const worker = system.actor((_: string, { self }) => {
        self.kill();
        throw new ActorExit(self.name);
      });
      expectObservable(deadLetters(system)).toBe(letters, named('k: a killed'));
      expectObservable(unhandledErrors()).toBe(unhandled);
      sent.subscribe(worker);
      expectObservable(worker).toBe(outputs);
    }),
  );
});

describe('an actor without any options', () => {
  it(
    'F1 is ended by a failure',
    marbles(({ hot, expectObservable }) => {
      const sent = hot('  -a-b');
      const outputs = '   ---#';
      const bad = new Error('bad');
      const worker = actor((m: string) => {
        if (m === 'b') throw bad;
      });
      sent.subscribe(worker);
      expectObservable(worker).toBe(outputs, undefined, bad);
    }),
  );
});

describe('the children of an actor without any options', () => {
  it(
    'F2 F6 restart each for itself',
    marbles(({ hot, cold, probe, expectMessages }) => {
      const sent = hot('  -a-x-b');
      const work = cold('  -------|');
      const restarted = ' ---r--';
      const log = probe<string>();
      const parent = actor((_: string) => undefined);
      const fussy = (m: string) => {
        if (m === 'x') throw new Error('bad');
        return undefined;
      };
      const child = actor(fussy, { parent, supervision: restart(), beforeRestart: () => log.send('r') });
      const sibling = actor((_: string) => work, { parent, beforeRestart: () => log.send('s') });
      sibling.send('a');
      sent.subscribe((m) => child.send(m));
      expectMessages(log).toBe(restarted);
      cold('              ----------x').subscribe(() => parent.close());
    }),
  );
});

describe('a restart', () => {
  it(
    'E3 F2 goes no further when the teardown of a timer kills the actor',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const sent = hot('   -s-x-a');
      const handled = '    -s-x--';
      const letters = '    ---f-c';
      const ended = '      ---(t|)';
      const log = probe<string>();
      const behavior = (m: string, { timers, self }: ActorContext<string>) => {
        log.send(m);
        if (m === 'x') throw new Error('bad');
        timers.start('never', 'tick', new Observable(() => () => self.kill('by a teardown')));
      };
      const worker = system.actor(behavior, { supervision: restart() });
      expectObservable(deadLetters(system)).toBe(letters, named('f: x failed', 'c: a closed'));
      sent.subscribe((m) => worker.send(m));
      expectMessages(log).toBe(handled);
      expectObservable(worker.terminated).toBe(ended, { t: { kind: 'killed', reason: 'by a teardown' } });
    }),
  );
});

describe('a restart that waits', () => {
  it('E7 waits for nothing when the teardown of a timer kills the actor', () => {
    const scheduler = new VirtualTimeScheduler();
    const system = new ActorSystem({ scheduler });
    const worker = system.actor(
      (m: string, { timers, self }) => {
        timers.start('never', 'tick', new Observable(() => () => self.kill()));
        return timer(5, scheduler).pipe(concatWith(throwError(() => new Error(m))));
      },
      { supervision: restart({ backoff: { min: 1_000, max: 1_000 } }) },
    );
    worker.send('bad');
    scheduler.flush();
    expect({ status: worker.status, time: scheduler.frame }).toEqual({ status: 'closed', time: 5 });
  });
});

describe('a message that a loop holds', () => {
  /** Takes one message after the other, and is at work with each until it is told to go on. */
  class Loop extends Actor<string> {
    readonly goOn = new Subject<void>();

    protected override async run(): Promise<void> {
      for (;;) {
        await this.recv();
        await new Promise<void>((resolve) => this.goOn.subscribe(() => resolve()));
      }
    }
  }

  it('E3 E6 E8 is a dead letter when its actor is killed', async () => {
    const system = new ActorSystem();
    const letters: string[] = [];
    system.deadLetters.subscribe(({ message, reason }) => letters.push(`${message} ${reason}`));
    const loop = new Loop({ system }).start();
    loop.send('a');
    loop.send('b');
    await settle();
    loop.kill();
    await loop.join();
    expect(letters).toEqual(['a killed', 'b killed']);
  });
});
