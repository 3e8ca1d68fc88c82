import { asyncScheduler, map, Observable, of, timer, throwError, mergeMap } from 'rxjs';
import { Actor, restart, type Termination } from 'rx-actors';
import { expect, it } from 'vitest';
import { marbles } from '../marbles.js';
import { unhandledErrors } from '../unhandled-errors.js';

const run = (body: (h: any, log: string[]) => void, expected: string[]) => () => {
  const log: string[] = [];
  marbles((h) => {
    h.system.deadLetters.subscribe(({ message, reason }) => log.push(`${message} ${reason}`));
    body(h, log);
    h.flush();
  })();
  expect(log).toEqual(expected);
};

it(
  'M1 E8: a full mailbox that holds only what was put back drops one of that',
  run(
    ({ system }, log) => {
      const a = system.actor(
        (m: string, c: any) => {
          if (m === 'a' && c.stashed === 0) c.stash();
          if (m === 'b') {
            c.unstashAll();
            a.send('c');
            log.push(`pending ${a.pending}`);
          }
        },
        { mailbox: { capacity: 1, overflow: 'drop-oldest' } },
      );
      a.send('a');
      timer(1).subscribe(() => a.send('b'));
    },
    ['a overflow', 'pending 1'],
  ),
);

it(
  'A1 E8: an ask that was put aside and back is a dead letter when its actor is killed',
  run(
    ({ system }, log) => {
      const a = system.actor((m: string, c: any) => {
        if (m === 'a') {
          c.stash();
          return of('not followed');
        }
        c.unstashAll();
        a.kill();
        return undefined;
      });
      a.ask('a').subscribe({ complete: () => log.push('complete'), error: (e: Error) => log.push(e.name) });
      timer(1).subscribe(() => a.send('b'));
    },
    ['b killed', 'a killed', 'ActorClosedError'],
  ),
);

it(
  'E8: stash() does not revive an ask that was cancelled',
  run(
    ({ system }, log) => {
      const a = system.actor((m: string, c: any) => {
        c.stash();
        asked.unsubscribe();
        c.stash();
      });
      const asked = a.ask('a').subscribe();
      timer(1).subscribe(() => log.push(`kill`) && a.kill());
    },
    ['kill'],
  ),
);

it(
  'events: a message whose teardown kills its actor is not processed',
  run(
    ({ system }, log) => {
      system.events.subscribe((e: any) => e.type === 'processed' && log.push('processed'));
      const a = system.actor(
        () =>
          new Observable((s) => {
            s.complete();
            return () => a.kill();
          }),
      );
      a.send('a');
    },
    ['a killed'],
  ),
);

it(
  'events: a message that fails in a pipeline is not processed',
  run(
    ({ system }, log) => {
      system.events.subscribe((e: any) => ['processed', 'failed'].includes(e.type) && log.push(e.type));
      class P extends Actor<string, string> {
        override run() {
          return this.mailbox.pipe(
            map((): string => {
              throw new Error('x');
            }),
          );
        }
      }
      const a = new P({ system }).start();
      a.subscribe({ error: () => undefined });
      a.send('a');
    },
    ['failed', 'a failed'],
  ),
);

it(
  'E8: an ask that is cancelled while a pipeline handles it is no dead letter when that fails',
  run(
    ({ system }, log) => {
      class P extends Actor<string, string> {
        override run() {
          return this.mailbox.pipe(
            map((): string => {
              asked.unsubscribe();
              throw new Error('x');
            }),
          );
        }
      }
      const a = new P({ system }).start();
      a.subscribe({ error: () => log.push('failed') });
      const asked = a.ask('a').subscribe();
    },
    ['failed'],
  ),
);

it(
  'E8: a failed message is not killed besides by who hears of the end of a child',
  run(
    ({ system }) => {
      const a = system.actor(
        () => {
          throw new Error('x');
        },
        { supervision: restart() },
      );
      const child = system.actor(() => timer(10), { parent: a });
      child.ask('c').subscribe({ error: () => a.kill() });
      timer(1).subscribe(() => a.send('a'));
    },
    ['a failed', 'c killed'],
  ),
);

it(
  'M2: nobody is let in by an actor that is being killed',
  run(
    ({ system }, log) => {
      const a = system.actor(
        (m: string, c: any) => {
          c.timers.start('k', 't', 0);
          return timer(10);
        },
        { mailbox: { capacity: 1 } },
      );
      a.send('a');
      timer(2).subscribe(() => {
        a.offer('b').subscribe({ next: () => log.push('taken'), error: (e: Error) => log.push(e.name) });
        a.kill();
      });
    },
    ['a killed', 'ActorClosedError'],
  ),
);

it(
  'E3 E9: an actor ends that is killed while it waits for its children, to restart',
  run(
    ({ system }, log) => {
      const a = system.actor(() => timer(1).pipe(mergeMap(() => throwError(() => new Error('x')))), {
        supervision: restart(),
      });
      const child = system.actor(() => timer(10), { parent: a });
      child.ask('c').subscribe({ error: () => a.kill() });
      a.terminated.subscribe((t: Termination) => log.push(t.kind));
      a.send('a');
    },
    ['a failed', 'c killed', 'killed'],
  ),
);

it(
  'E3 E4: an actor that a sibling takes along, and whose teardown kills it, is not restarted',
  run(
    ({ system }, log) => {
      const parent = system.actor(() => undefined, { siblings: 'one-for-all' });
      const a = system.actor(() => new Observable(() => () => a.kill()), {
        parent,
        supervision: restart(),
        beforeRestart: () => log.push('restarts'),
        afterEnd: () => log.push('ends'),
      });
      const b = system.actor(
        () => {
          throw new Error('x');
        },
        { parent, supervision: restart() },
      );
      a.send('a');
      timer(1).subscribe(() => b.send('b'));
    },
    ['b failed', 'a killed', 'ends'],
  ),
);

it('F1: what a work fails with is reported when its teardown kills the actor', () => {
  marbles(({ system, expectObservable }) => {
    const errors = unhandledErrors();
    const a: Actor<string, unknown> = system.actor(
      () =>
        new Observable((s) => {
          s.add(timer(1).subscribe(() => s.error('x')));
          return () => a.kill();
        }),
    );
    a.send('a');
    expectObservable(errors).toBe('-x');
  })();
});

it('A4: a restart that is killed by its hook leaves no timer', () => {
  let end = -1;
  marbles(({ system, flush }) => {
    const a = system.actor(() => timer(1).pipe(mergeMap(() => throwError(() => new Error('x')))), {
      supervision: restart({ backoff: { min: 50, max: 50 } }),
      beforeRestart: () => a.kill(),
    });
    a.send('a');
    flush();
    end = asyncScheduler.now();
  })();
  expect(end).toBe(1);
});
