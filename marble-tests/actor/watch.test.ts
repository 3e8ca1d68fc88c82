import {
  filter,
  ignoreElements,
  map,
  mergeMap,
  NEVER,
  of,
  takeWhile,
  tap,
  throwError,
  timer,
  toArray,
  VirtualTimeScheduler,
  type Unsubscribable,
} from 'rxjs';
import {
  Actor,
  actor,
  ActorClosedError,
  ActorSystem,
  ChildFailedError,
  restart,
  resume,
  WorkerActor,
  type ActorContext,
  type ActorOptions,
  type AnyActor,
} from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { deadLetters, failures, named, recorded } from '../fates.js';
import { marbles } from '../marbles.js';
import { thrownBy } from '../recorder.js';
import { unhandledErrors } from '../unhandled-errors.js';

const bad = new Error('bad');
const closed = { kind: 'closed' };
const killed = (reason?: unknown) => ({ kind: 'killed', reason });
const failed = (error: unknown) => ({ kind: 'failed', error });

/** Echoes its messages and fails with `x`. */
const fussy = (m: string) => {
  if (m === 'x') throw bad;
  return of(m);
};

/** Watches every actor that it is sent; echoes all else, the ends of those among it. */
const watching = (m: unknown, { watch }: ActorContext<unknown>) => {
  if (!(m instanceof Actor)) return of(m);
  watch(m as AnyActor, (termination) => termination);
  return undefined;
};

describe('context.watch', () => {
  it(
    'F6.3 tells how another actor has ended, once, when it ends',
    marbles(({ hot, system, expectObservable }) => {
      const ends = hot('   -c-k-f-');
      const expected = '   -c-k-f-';
      const [closing, killing, failing, living] = [1, 2, 3, 4].map(() => system.actor(fussy));
      const watcher = system.actor(watching);
      // Whoever watches it is no observer, who would hear of its failure.
      failing.subscribe({ error: () => undefined });
      for (const other of [closing, killing, failing, living]) watcher.send(other);
      ends.subscribe((end) => {
        if (end === 'c') closing.close();
        else if (end === 'k') killing.kill('enough');
        else failing.send('x');
      });
      expectObservable(watcher).toBe(expected, { c: closed, k: killed('enough'), f: failed(bad) });
    }),
  );

  it(
    'F6 tells of actors of every kind',
    marbles(({ hot, system, expectObservable }) => {
      const close = hot('  --x     ');
      const expected = '   --(cccc)';
      const watcher = system.actor(watching);
      const others: readonly AnyActor[] = [
        system.statefulActor((state: number) => state, 0),
        system.generatorActor(function* (): Generator<undefined, void, string> {
          for (;;) yield;
        }),
        new Actor({ system }).start(),
        new WorkerActor({ system }).start(),
      ];
      for (const other of others) watcher.send(other);
      close.subscribe(() => {
        for (const other of others) other.close();
      });
      expectObservable(watcher).toBe(expected, { c: closed });
    }),
  );

  it(
    'F6.3 tells at once of one that has ended already, before what waits',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('   ---x   ');
      const expected = '   ---(ke)';
      const ended = system.actor(fussy);
      ended.kill('early');
      const watcher = system.actor(watching);
      sent.subscribe(() => {
        watcher.send(ended);
        watcher.send('e');
      });
      expectObservable(watcher).toBe(expected, { k: killed('early'), e: 'e' });
    }),
  );

  it(
    'F6 tells of one that was never started',
    marbles(({ hot, system, expectObservable }) => {
      const close = hot('  ---x');
      const expected = '   ---c';
      const created = new Actor({ system });
      const watcher = system.actor(watching);
      watcher.send(created);
      close.subscribe(() => created.close());
      expectObservable(watcher).toBe(expected, { c: closed });
    }),
  );

  it(
    'F6 tells behind what is being worked on, before all that waits',
    marbles(({ hot, cold, system, expectObservable }) => {
      // The work on `a` goes on until 4; the others end at 2 and 3.
      const sent = hot('    -abc---     ');
      const work = cold('    ---|');
      const kill = hot('    --zy----');
      const expected = '    ----(zybc)';
      const others: Record<string, AnyActor> = { y: system.actor(fussy), z: system.actor(fussy) };
      const watcher = system.actor((m: string, { watch }) => {
        if (m !== 'a') return of(m);
        for (const name of ['y', 'z']) watch(others[name], () => name);
        return work;
      });
      sent.subscribe((m) => watcher.send(m));
      kill.subscribe((name) => others[name].kill());
      expectObservable(watcher).toBe(expected);
    }),
  );

  it(
    'F6 needs no room in a full mailbox, and makes none of what waits there a dead letter',
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot('   -abc------');
      const kill = hot('   ----k-----');
      const expected = '   -----(kb)';
      const letters = '    ---c------';
      const work = cold('    ----|');
      const dead = deadLetters(system);
      const other = system.actor(fussy);
      const watcher = system.actor(
        (m: string, { watch }) => {
          if (m !== 'a') return of(m);
          watch(other, ({ kind }) => kind);
          return work;
        },
        { mailbox: { capacity: 1 } },
      );
      sent.subscribe((m) => watcher.send(m));
      kill.subscribe(() => other.kill());
      expectObservable(watcher).toBe(expected, { k: 'killed', b: 'b' });
      expectObservable(dead).toBe(letters, named('c: c overflow'));
    }),
  );

  it(
    'F6 counts no notice among the messages that wait',
    marbles(
      ({ hot, system, expectObservable }) => {
        const kill = hot('   --x--');
        const sent = hot('   ---b-');
        const pending = '    0--1-';
        const other = system.actor(fussy);
        const watcher = system.actor((_: string, { watch }) => {
          watch(other, () => 'notice');
          return NEVER;
        });
        watcher.send('a');
        kill.subscribe(() => other.kill());
        sent.subscribe((m) => watcher.send(m));
        expectObservable(watcher.pending$.pipe(map(String))).toBe(pending);
      },
      { mayRemain: 'anything' },
    ),
  );

  it(
    'F6 tells before more urgent messages, too',
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot('   -abc-----');
      const expected = '   ----(kcb)';
      const work = cold('    ---|');
      const other = system.actor(fussy);
      const watcher = system.actor(
        (m: string, { watch }) => {
          if (m !== 'a') return of(m);
          watch(other, () => 'k');
          other.kill();
          return work;
        },
        { mailbox: { compare: (one, two) => two.localeCompare(one) } },
      );
      sent.subscribe((m) => watcher.send(m));
      expectObservable(watcher).toBe(expected);
    }),
  );

  it(
    'F6 tells before what was put aside and is put back, too',
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot('   -abo----');
      const kill = hot('   ----x---');
      const work = cold('     ----|');
      const expected = '   -------(kab)';
      const other = system.actor(fussy);
      let open = false;
      const watcher = system.actor((m: string, { watch, stash, unstashAll }: ActorContext<string>) => {
        if (m === 'o') {
          open = true;
          watch(other, () => 'k');
          unstashAll();
          return work;
        }
        if (open) return of(m);
        stash();
        return undefined;
      });
      sent.subscribe((m) => watcher.send(m));
      kill.subscribe(() => other.kill());
      expectObservable(watcher).toBe(expected);
    }),
  );

  it(
    'F6 tells in the order in which the others have ended, each by a message of its own',
    marbles(({ hot, system, expectObservable }) => {
      const kill = hot('   --b-a---');
      const expected = '   --(rs)-t';
      const others: Record<string, Actor<string, string>> = { a: system.actor(fussy), b: system.actor(fussy) };
      const watcher = system.actor((m: string, { watch }) => {
        if (m !== 'go') return of(m);
        watch(others['a'], () => 't');
        watch(others['b'], () => 'r');
        watch(others['b'], () => 's');
        return undefined;
      });
      watcher.send('go');
      kill.subscribe((name) => timer(name === 'a' ? 3 : 0).subscribe(() => others[name].kill()));
      expectObservable(watcher).toBe(expected);
    }),
  );

  it(
    'F6 tells nothing of a restart',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('   -x-x-c');
      const expected = '   -----c';
      const other = system.actor(fussy, { supervision: restart() });
      const watcher = system.actor(watching);
      watcher.send(other);
      sent.subscribe((m) => {
        if (m === 'c') other.close();
        else other.send(m);
      });
      expectObservable(watcher).toBe(expected, { c: closed });
    }),
  );

  it(
    'F6 tells of the end of an actor with children when those have ended',
    marbles(({ hot, cold, system, expectObservable }) => {
      const close = hot('  -x----');
      const expected = '   ----c-';
      const other = system.actor(() => undefined);
      system.actor(() => cold('----|'), { parent: other }).send('work');
      const watcher = system.actor(watching);
      watcher.send(other);
      close.subscribe(() => other.close());
      expectObservable(watcher).toBe(expected, { c: closed });
    }),
  );

  it(
    'F6 E2 tells an actor that drains, and none that has drained',
    marbles(({ hot, cold, system, expectObservable }) => {
      const events = hot(' -c-k----');
      const expected = '   ----(k|)';
      const work = cold('    ----|');
      const late = system.actor(fussy);
      const other = system.actor(fussy);
      const watcher = system.actor((m: string, { watch }) => {
        if (m !== 'a') return of(m);
        for (const each of [other, late]) watch(each, ({ kind }) => kind);
        return work;
      });
      watcher.send('a');
      events.subscribe((event) => {
        if (event === 'c') watcher.close();
        else other.kill();
      });
      hot('-------x').subscribe(() => late.kill());
      expectObservable(watcher).toBe(expected, { k: 'killed' });
    }),
  );

  it(
    'F6 handles the notice as any message: its work is waited for, its failure is one with a message',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const kill = hot('   -12-----');
      const work = cold('   ---(n|)');
      const workSubs = '   -^--!   ';
      const expected = '   ----n---';
      const letters = '    ----x---';
      const dead = deadLetters(system);
      const failed = failures(system);
      const others: Record<string, Actor<string, string>> = { 1: system.actor(fussy), 2: system.actor(fussy) };
      const watcher = system.actor(
        (m: string, { watch }) => {
          if (m === 'slow') return work;
          if (m === 'x') throw bad;
          watch(others['1'], () => 'slow');
          watch(others['2'], () => 'x');
          return undefined;
        },
        { supervision: resume() },
      );
      watcher.send('go');
      kill.subscribe((name) => others[name].kill());
      expectSubscriptions(work.subscriptions).toBe(workSubs);
      expectObservable(watcher).toBe(expected);
      expectObservable(dead).toBe(letters, { x: 'x failed' });
      expectObservable(failed).toBe(letters, { x: 'x resume' });
    }),
  );

  it(
    'F6 makes a failure of the watcher of a `toMessage` that throws, without a message to blame',
    marbles(({ hot, system, expectObservable }) => {
      const kill = hot('   --12');
      const failed = '     --fg';
      const expected = '   ---#';
      const failing = failures(system);
      const dead = deadLetters(system);
      const others: Record<string, Actor<string, string>> = { 1: system.actor(fussy), 2: system.actor(fussy) };
      let decisions = 0;
      const watcher = system.actor(
        (_: string, { watch }) => {
          for (const other of Object.values(others)) {
            watch(other, () => {
              throw bad;
            });
          }
        },
        { supervision: () => (decisions++ === 0 ? resume() : { type: 'stop' }) },
      );
      watcher.send('go');
      kill.subscribe((name) => others[name].kill());
      expectObservable(watcher).toBe(expected, undefined, bad);
      expectObservable(failing).toBe(failed, { f: 'undefined resume', g: 'undefined stop' });
      expectObservable(dead).toBe('-');
    }),
  );

  it(
    'E3 F6 has no message when `toMessage` kills the watcher: none is handled, none is told of',
    marbles(({ hot, system, expectObservable }) => {
      const kill = hot('    --x');
      const expected = '    --|';
      const letters = '     --(ab)';
      const told = '        --';
      const dead = deadLetters(system);
      const events = recorded(system.events.pipe(filter((event) => 'message' in event && event.message === 'notice')));
      const other = system.actor(fussy);
      const watcher = system.actor((m: string, { watch, self }) => {
        if (m !== 'go') return of(m);
        watch(other, () => {
          for (const waiting of ['a', 'b']) self.send(waiting);
          self.kill();
          return 'notice';
        });
        return undefined;
      });
      watcher.send('go');
      kill.subscribe(() => other.kill());
      expectObservable(watcher).toBe(expected);
      expectObservable(dead).toBe(letters, named('a: a killed', 'b: b killed'));
      expectObservable(events).toBe(told);
    }),
  );

  it(
    'E2 F6 is handled, and all that waits, when `toMessage` closes the watcher',
    marbles(({ hot, system, expectObservable }) => {
      const kill = hot('    --x');
      const expected = '    --(na|)';
      const other = system.actor(fussy);
      const watcher = system.actor((m: string, { watch, self }) => {
        if (m !== 'go') return of(m);
        watch(other, () => {
          self.close();
          return 'n';
        });
        return undefined;
      });
      watcher.send('go');
      kill.subscribe(() => {
        other.kill();
        watcher.send('a');
      });
      expectObservable(watcher).toBe(expected);
    }),
  );

  it.each(['its behavior', 'whoever hears that it has come', 'whoever hears that it is handled'])(
    'E3 E8 makes a dead letter of a notice when %s kills the watcher',
    (who) => {
      marbles(({ hot, system, expectObservable }) => {
        const kill = hot('    --x');
        const letters = '     --n';
        const events = '      --(e|)';
        const told: Record<string, string> = { 'whoever hears that it has come': 'sent' };
        const dead = deadLetters(system);
        const other = system.actor(fussy);
        const watcher: Actor<string> = system.actor((m: string, { watch, self }) => {
          if (m === 'go') watch(other, () => 'notice');
          else self.kill();
        });
        const heard = recorded(
          system.events.pipe(
            filter((event) => 'message' in event && event.message === 'notice'),
            map(({ type }) => type),
            tap((type) => {
              if (who !== 'its behavior' && type === (told[who] ?? 'started')) watcher.kill();
            }),
            takeWhile((type) => type !== 'dead-letter', true),
            toArray(),
          ),
        );
        watcher.send('go');
        kill.subscribe(() => other.kill());
        expectObservable(dead).toBe(letters, named('n: notice killed'));
        expectObservable(heard).toBe(events, {
          e: told[who] === 'sent' ? ['sent', 'dead-letter'] : ['sent', 'started', 'dead-letter'],
        });
      })();
    },
  );

  it(
    'F6 takes a notice back when it is unsubscribed: before the end, while the notice waits, and after it was told',
    marbles(({ hot, cold, system, expectObservable }) => {
      // The watcher is at work from 1 to 6. Of three watches of what ends at 3, one is ended at 2, one at 4, one at 8.
      const kill = hot('   ---x-----');
      const ends = hot('   --a-b---c');
      const expected = '   ------c--';
      const work = cold('    -----|');
      const other = system.actor(fussy);
      const watcher = system.actor((m: string, { watch }) => {
        if (m !== 'go') return of(m);
        const watches: Record<string, Unsubscribable> = {};
        for (const name of ['a', 'b', 'c']) watches[name] = watch(other, () => name);
        ends.subscribe((name) => watches[name].unsubscribe());
        return work;
      });
      hot('                -x').subscribe(() => watcher.send('go'));
      kill.subscribe(() => other.kill());
      expectObservable(watcher).toBe(expected);
    }),
  );

  it(
    'F6 may be called from outside, and from within `toMessage`',
    marbles(({ hot, system, expectObservable }) => {
      const watch = hot('  --x---');
      const expected = '   --(kn)';
      const { actor, context } = contextOf(system);
      const other = system.actor(fussy);
      other.kill();
      watch.subscribe(() => {
        context().watch(other, () => {
          context().watch(other, () => 'n');
          return 'k';
        });
      });
      expectObservable(actor).toBe(expected);
    }),
  );

  it.each(['kill', 'close', 'restart', 'fail'] as const)(
    'F6 E9 ends with the watcher, and leaves nothing behind with those that were watched: %s',
    (how) => {
      const scheduler = new VirtualTimeScheduler();
      const system = new ActorSystem({ scheduler });
      const listeners = new Set<unknown>();
      const { actor, context } = contextOf(system, how === 'restart' ? { supervision: restart() } : {});
      actor.subscribe({ error: () => undefined });
      scheduler.flush();
      for (let n = 0; n < 100; n++) context().watch(mortal(listeners), () => 'told');
      expect(listeners.size).toBe(100);
      if (how === 'restart' || how === 'fail') actor.send('x');
      else actor[how]();
      scheduler.flush();
      expect([listeners.size, actor.status]).toEqual([0, how === 'restart' ? 'running' : 'closed']);
    },
  );

  it('F6 E9 leaves nothing behind when it is unsubscribed, or ended by unwatch', () => {
    const scheduler = new VirtualTimeScheduler();
    const listeners = new Set<unknown>();
    const { context } = contextOf(new ActorSystem({ scheduler }));
    scheduler.flush();
    const other = mortal(listeners);
    const [first] = [1, 2, 3].map(() => context().watch(other, () => 'told'));
    first.unsubscribe();
    first.unsubscribe();
    expect(listeners.size).toBe(2);
    expect([context().unwatch(other), context().unwatch(other)]).toEqual([true, false]);
    expect(listeners.size).toBe(0);
  });

  it(
    'F6 takes back at a restart the notices that wait',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('   -xb-');
      const expected = '   --b-';
      const other = system.actor(fussy);
      const watcher = system.actor(
        (m: string, { watch }) => {
          if (m !== 'x') return of(m);
          watch(other, () => 'notice');
          other.kill();
          throw bad;
        },
        { supervision: restart() },
      );
      sent.subscribe((m) => watcher.send(m));
      expectObservable(watcher).toBe(expected);
    }),
  );

  it.each([
    ['null', () => null, '`null`'],
    ['undefined', () => undefined, '`undefined`'],
    ['a name', () => 'other', "`'other'` (string)"],
    ['a recipient that does not end', () => ({ send: () => undefined }), 'an object'],
    ['the actor itself', (self: AnyActor) => self, 'an instance of `Actor`'],
  ])('F6 refuses to watch %s', (_, other, got) => {
    const scheduler = new VirtualTimeScheduler();
    const { actor, context } = contextOf(new ActorSystem({ scheduler }));
    scheduler.flush();
    expect(() => context().watch(other(actor) as never, () => 'told')).toThrow(
      new TypeError(`Expected \`other\` to be another actor, got ${got}.`),
    );
  });

  it('F6 refuses a `toMessage` that is no function, and a watch by an actor that has ended', () => {
    const scheduler = new VirtualTimeScheduler();
    const system = new ActorSystem({ scheduler });
    const other = system.actor(fussy);
    const { actor, context } = contextOf(system);
    scheduler.flush();
    expect(() => context().watch(other, 'told' as never)).toThrow(
      new TypeError("Expected `toMessage` to be a function, got `'told'` (string)."),
    );
    actor.kill();
    expect(thrownBy(() => context().watch(other, () => 'told'))).toBeInstanceOf(ActorClosedError);
    expect(thrownBy(() => context().unwatch(other))).toBeInstanceOf(ActorClosedError);
  });

  it('F6 tells of 10,000 ends, and of none of 10,000 that are not watched any more', () => {
    const scheduler = new VirtualTimeScheduler();
    const system = new ActorSystem({ scheduler });
    let told = 0;
    const { actor, context } = contextOf(system);
    scheduler.flush();
    const others = Array.from({ length: 20_000 }, () => system.actor(fussy));
    for (const other of others) {
      context().watch(other, () => {
        told++;
        return 'told';
      });
    }
    for (const other of others.slice(10_000)) context().unwatch(other);
    for (const other of others) other.kill();
    scheduler.flush();
    expect(told).toBe(10_000);
    expect(actor.pending).toBe(0);
  });
});

describe('context.unwatch', () => {
  it(
    'F6 ends every watch of another, takes back notices that wait, and says whether there were any',
    marbles(({ hot, cold, system, expectObservable }) => {
      // At work until 5; the others end at 2.
      const events = hot(' --k-u-----');
      const expected = '   -----(abc)';
      const work = cold('    -----|');
      const gone = system.actor(fussy);
      const other = system.actor(fussy);
      const watcher = system.actor((m: string, { watch, unwatch, self }) => {
        if (m !== 'go') return of(m);
        watch(gone, () => 'gone');
        watch(gone, () => 'gone, too');
        watch(other, () => 'a');
        events.subscribe((event) => {
          if (event === 'k') {
            gone.kill();
            other.kill();
          } else {
            self.send(unwatch(gone) ? 'b' : 'x');
            self.send(unwatch(gone) ? 'x' : 'c');
          }
        });
        return work;
      });
      watcher.send('go');
      expectObservable(watcher).toBe(expected);
    }),
  );

  it(
    'F6 is false once the notice was told, and for what is not watched',
    marbles(({ hot, system, expectObservable }) => {
      const looks = hot('  --x');
      const expected = '   --r';
      const watched = system.actor(fussy);
      const { context } = contextOf(system);
      looks.subscribe(() => undefined);
      hot('-x').subscribe(() => {
        context().watch(watched, () => 'told');
        watched.kill();
      });
      expectObservable(
        looks.pipe(
          map(() => [watched, system.actor(fussy), null, 'name'].map((other) => context().unwatch(other as never))),
        ),
      ).toBe(expected, { r: [false, false, false, false] });
    }),
  );
});

describe('the failure of a child that is watched', () => {
  /** Watches its child `times` times, and is at work until 6; the child fails at 2. */
  const family = (system: ActorSystem, times: number, options: Omit<ActorOptions<string>, 'system'> = {}) => {
    let context!: ActorContext<string>;
    const watches: Unsubscribable[] = [];
    const parent = system.actor(
      (m: string, own) => {
        if (m !== 'go') return of(m);
        context = own;
        for (let n = 0; n < times; n++) watches.push(own.watch(child, () => `n${n}`));
        return timer(6).pipe(ignoreElements());
      },
      { ...options, name: 'parent' },
    );
    const child = system.actor(fussy, { parent, name: 'child' });
    parent.send('go');
    timer(2).subscribe(() => child.send('x'));
    return { parent, child, watches, context: () => context };
  };
  const error = new ChildFailedError('parent', 'child', { cause: bad });

  it.each(['unwatch', 'unsubscribe'] as const)(
    'F1 F6 is a failure of its parent when the notice is taken back: by %s',
    (by) => {
      marbles(({ hot, system, expectObservable }) => {
        const sent = hot('    -a------');
        const takeBack = hot('----x---');
        const expected = '    ------#';
        const letters = '     --x---a';
        const dead = deadLetters(system);
        const errors = unhandledErrors();
        const { parent, child, watches, context } = family(system, 2);
        sent.subscribe((m) => parent.send(m));
        takeBack.subscribe(() => {
          if (by === 'unwatch') context().unwatch(child);
          else for (const watch of watches) watch.unsubscribe();
        });
        expectObservable(parent).toBe(expected, undefined, error);
        expectObservable(dead).toBe(letters, named('x: x failed', 'a: a closed'));
        expectObservable(errors).toBe('-');
      })();
    },
  );

  it(
    'F6 is what the supervision of its parent decides about then',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('    -a------');
      const takeBack = hot('----x---');
      const expected = '    ------a-';
      const told = '        --x---r-';
      const failed = failures(system);
      const { parent, child, context } = family(system, 1, { supervision: resume() });
      sent.subscribe((m) => parent.send(m));
      takeBack.subscribe(() => context().unwatch(child));
      expectObservable(parent).toBe(expected);
      expectObservable(failed).toBe(told, { x: 'x stop', r: 'undefined resume' });
    }),
  );

  it.each(['before the failure', 'while both notices wait'])(
    'F6 is told by the watch that is left when another is taken back %s',
    (when) => {
      marbles(({ hot, system, expectObservable }) => {
        const takeBack = hot(when === 'before the failure' ? '-x' : '----x');
        const expected = '------n';
        const { parent, watches } = family(system, 2);
        takeBack.subscribe(() => watches[0].unsubscribe());
        expectObservable(parent).toBe(expected, { n: 'n1' });
      })();
    },
  );

  it(
    'F6 has been heard when one notice was told, and the next is taken back by whoever hears of it',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('  -a----');
      const expected = '  --(ta)';
      const parent = system.actor((m: string, { watch, unwatch }) => {
        if (m === 't') unwatch(child);
        if (m !== 'go') return of(m);
        for (const notice of ['t', 'u']) watch(child, () => notice);
        return timer(2).pipe(ignoreElements());
      });
      const child = system.actor(fussy, { parent });
      parent.send('go');
      sent.subscribe((m) => {
        child.send('x');
        parent.send(m);
      });
      expectObservable(parent).toBe(expected);
    }),
  );

  it(
    'F6 is forgotten when its parent restarts, as that of one that is not watched',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('   -a----b');
      const expected = '   ----a-b';
      const told = '       --x-f--';
      const errors = unhandledErrors();
      const failed = failures(system);
      const parent = system.actor(
        (m: string, { watch }) => {
          if (m !== 'go') return of(m);
          watch(child, () => 'notice');
          return timer(4).pipe(mergeMap(() => throwError(() => bad)));
        },
        { supervision: restart() },
      );
      const child = system.actor(fussy, { parent });
      parent.send('go');
      hot('--x').subscribe((m) => child.send(m));
      sent.subscribe((m) => parent.send(m));
      expectObservable(parent).toBe(expected);
      expectObservable(failed).toBe(told, { x: 'x stop', f: 'go restart' });
      expectObservable(errors).toBe('-');
    }),
  );

  it(
    'F1 F6 is reported, once, when its parent is killed before the notice is told',
    marbles(({ hot, system, expectObservable }) => {
      const kill = hot('    ---x');
      const expected = '    ---|';
      const reported = '    ---e';
      const errors = unhandledErrors();
      const { parent } = family(system, 2);
      kill.subscribe(() => parent.kill());
      expectObservable(parent).toBe(expected);
      expectObservable(errors).toBe(reported, { e: error });
    }),
  );

  it(
    'E2 F6 is told to a parent that drains',
    marbles(({ hot, system, expectObservable }) => {
      const close = hot('   ---x');
      const expected = '    ------(n|)';
      const errors = unhandledErrors();
      const { parent } = family(system, 1);
      close.subscribe(() => parent.close());
      expectObservable(parent).toBe(expected, { n: 'n0' });
      expectObservable(errors).toBe('-');
    }),
  );
});

/** An actor that echoes and fails with `x`; its context can be used from outside once it has got its first message. */
function contextOf(system: ActorSystem, options = {}) {
  let context!: ActorContext<string>;
  const actor = system.actor((m: string, own) => {
    context = own;
    return fussy(m);
  }, options);
  actor.send('a');
  return { actor, context: () => context };
}

/** Stands for an actor elsewhere, and notes who waits for its end. */
function mortal(listeners: Set<unknown>): AnyActor {
  return {
    [Symbol.for('rx-actors.watch')]: (listener: unknown) => {
      listeners.add(listener);
      return { cancel: () => listeners.delete(listener) };
    },
  } as unknown as AnyActor;
}

describe('a parent that watches another', () => {
  it(
    'F1 F6 fails with the failure of a child that it does not watch',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('  -x   ');
      const told = '      -(cp)';
      const other = system.actor(fussy);
      const parent = system.actor(watching, { supervision: resume() });
      const child = actor(fussy, { parent });
      parent.send(other);
      sent.subscribe((m) => child.send(m));
      const errors = recorded(system.failures.pipe(map(({ error }) => error)));
      expectObservable(errors).toBe(told, { c: bad, p: new ChildFailedError(parent.name, child.name, { cause: bad }) });
    }),
  );
});
