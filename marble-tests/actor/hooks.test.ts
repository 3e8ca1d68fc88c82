import { merge, Observable, of, ReplaySubject, Subject, take, takeUntil, VirtualTimeScheduler } from 'rxjs';
import {
  Actor,
  ActorSystem,
  ChildFailedError,
  restart,
  resume,
  type ActorContext,
  type StatefulActor,
  type Termination,
} from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { deadLetters } from '../fates.js';
import { marbles } from '../marbles.js';
import { unhandledErrors } from '../unhandled-errors.js';

const bad = new Error('bad');
const hook = new Error('hook');
const closed: Termination = { kind: 'closed' };
const killed = (reason?: unknown): Termination => ({ kind: 'killed', reason });
const failed = (error: unknown): Termination => ({ kind: 'failed', error });

/** Echoes its messages and fails with `x`. */
const fussy = (m: string) => {
  if (m === 'x') throw bad;
  return of(m);
};

describe('beforeRestart', () => {
  it(
    'F2 is called before each restart, with the error and the message',
    marbles(({ hot, cold, system, probe, expectMessages, expectObservable }) => {
      const sent = hot('   -a-x-l--b');
      const work = cold('       -# ', undefined, 'late');
      const called = '     ---x--l--';
      const outputs = '    -a------b';
      const calls = probe<readonly unknown[]>();
      const actor = system.actor((m: string) => (m === 'l' ? work : fussy(m)), {
        supervision: restart(),
        beforeRestart: (error, message) => calls.send([error, message]),
      });
      sent.subscribe((m) => actor.send(m));
      expectMessages(calls).toBe(called, { x: [bad, 'x'], l: ['late', 'l'] });
      expectObservable(actor).toBe(outputs);
    }),
  );

  it(
    'F2 gets no message when there is none to blame: of an upstream, of a child',
    marbles(({ hot, system, probe, expectMessages }) => {
      const events = hot('  -u-c-');
      const called = '      -u-c-';
      const calls = probe<readonly unknown[]>();
      const parent = system.actor((_: string) => undefined, {
        name: 'parent',
        supervision: restart(),
        beforeRestart: (...args) => calls.send(args),
      });
      events.subscribe((event) => {
        if (event === 'u') parent.error('upstream');
        else system.actor(fussy, { parent, name: 'child' }).send('x');
      });
      expectMessages(calls).toBe(called, {
        u: ['upstream', undefined],
        c: [new ChildFailedError('parent', 'child', { cause: bad }), undefined],
      });
    }),
  );

  it(
    'F2 finds the actor as the failure has left it: its state, its children, its signal',
    marbles(({ hot, system, probe, expectMessages }) => {
      const sent = hot('  -a-x-?');
      const seen = '      ---b-?';
      const looks = probe<readonly unknown[]>();
      let context!: ActorContext<string>;
      const signals: AbortSignal[] = [];
      const look = (): readonly unknown[] => [actor.state, context.children.length, signals[0].aborted];
      const actor: StatefulActor<string, number> = system.statefulActor(
        (count: number, m: string, own) => {
          context = own;
          signals.push(own.signal);
          if (m === 'a') own.spawn(() => undefined);
          if (m === '?') looks.send(look());
          if (m === 'x') throw bad;
          return count + 1;
        },
        0,
        { supervision: restart(), beforeRestart: () => looks.send(look()) },
      );
      sent.subscribe((m) => actor.send(m));
      expectMessages(looks).toBe(seen, { b: [1, 1, false], '?': [0, 0, true] });
    }),
  );

  it(
    'F3 F4 is called at the failure, not after the wait, and not for one that stops the actor',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const sent = hot('   -x-----x--');
      const called = '     -x--------';
      const expected = '   -------#  ';
      const calls = probe<string>();
      const options = {
        supervision: restart({ limit: 1, backoff: { min: 3, max: 3 } }),
        beforeRestart: (_: unknown, message: unknown) => calls.send(String(message)),
      };
      const actor = system.actor(fussy, options);
      sent.subscribe((m) => actor.send(m));
      expectMessages(calls).toBe(called);
      expectObservable(actor).toBe(expected, undefined, bad);
    }),
  );

  it(
    'F2 is not called for a resume, nor at the end',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const sent = hot('   -x--.');
      const expected = '   ----|';
      const calls = probe<string>();
      const actor = system.actor(fussy, { supervision: resume(), beforeRestart: () => calls.send('called') });
      sent.subscribe((m) => {
        if (m === '.') actor.close();
        else actor.send(m);
      });
      expectObservable(actor).toBe(expected);
      expectMessages(calls).toBe('-');
    }),
  );

  it(
    'F6 gets the error of the sibling when the actor restarts with that, and comes after its hook',
    marbles(({ hot, system, probe, expectMessages }) => {
      const sent = hot('  -a-x');
      const called = '    ---(fs)';
      const calls = probe<readonly unknown[]>();
      const parent = system.actor(() => undefined, { siblings: 'one-for-all' });
      const options = (name: string) => ({
        parent,
        supervision: restart(),
        beforeRestart: (...args: readonly unknown[]) => calls.send([name, ...args]),
      });
      const sibling = system.actor(fussy, options('sibling'));
      const failing = system.actor(fussy, options('failing'));
      sent.subscribe((m) => (m === 'x' ? failing : sibling).send(m));
      expectMessages(calls).toBe(called, { f: ['failing', bad, 'x'], s: ['sibling', bad, undefined] });
    }),
  );

  it(
    'may send and close: the next incarnation does what waits, and ends',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('   -(xa)');
      const expected = '   -(ab|)';
      const actor: Actor<string, string> = system.actor(fussy, {
        supervision: restart(),
        beforeRestart: () => {
          actor.send('b');
          actor.close();
        },
      });
      sent.subscribe((m) => actor.send(m));
      expectObservable(actor).toBe(expected);
    }),
  );

  it.each(['at once', 'later'] as const)(
    'E3 E8 may kill the actor, which does not restart then; it failed %s',
    (when) => {
      const scheduler = new VirtualTimeScheduler();
      const system = new ActorSystem({ scheduler });
      const letters: string[] = [];
      system.deadLetters.subscribe(({ message, reason }) => letters.push(`${String(message)} ${reason}`));
      const work = new Subject<never>();
      const actor: Actor<string> = system.actor(
        () => {
          if (when === 'at once') throw bad;
          return work;
        },
        {
          supervision: restart({ backoff: { min: 1e6, max: 1e6 } }),
          beforeRestart: () => {
            actor.kill();
          },
        },
      );
      for (const m of ['x', 'y']) actor.send(m);
      scheduler.flush();
      if (when === 'later') work.error(bad);
      expect(letters).toEqual(['x failed', 'y killed']);
      expect([actor.status, scheduler.actions]).toEqual(['closed', []]);
    },
  );

  it(
    'is reported when it throws, and changes nothing',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('   -xa');
      const expected = '   --a';
      const reported = '   -e-';
      const errors = unhandledErrors();
      const actor = system.actor(fussy, {
        supervision: restart(),
        beforeRestart: () => {
          throw hook;
        },
      });
      sent.subscribe((m) => actor.send(m));
      expectObservable(actor).toBe(expected);
      expectObservable(errors).toBe(reported, { e: hook });
    }),
  );
});

describe('afterEnd', () => {
  it(
    'E4 is called once with how the actor has ended, and for nothing that comes after',
    marbles(({ hot, system, probe, expectMessages }) => {
      const events = hot('  -c-k-f-n-r-----');
      const later = hot('   -----------k-c-');
      const called = '      -c-k-f-n-r-----';
      const ends = probe<Termination>();
      const afterEnd = (termination: Termination): void => ends.send(termination);
      const returning = function* (): Generator<undefined, void, string> {
        yield;
      };
      const [c, k, f, r] = [
        system.actor(fussy, { afterEnd }),
        system.actor(fussy, { afterEnd }),
        system.actor(fussy, { afterEnd }),
        system.generatorActor(returning, { afterEnd }),
      ];
      const n = new Actor<string>({ system, afterEnd });
      const acts: Record<string, () => void> = {
        c: () => c.close(),
        k: () => k.kill('enough'),
        f: () => f.send('x'),
        n: () => n.close(),
        r: () => r.send('return'),
      };
      f.subscribe({ error: () => undefined });
      events.subscribe((event) => acts[event]());
      later.subscribe((how) => {
        for (const actor of [c, k, f, n, r]) actor[how === 'k' ? 'kill' : 'close']();
      });
      expectMessages(ends).toBe(called, { c: closed, k: killed('enough'), f: failed(bad), n: closed, r: closed });
    }),
  );

  it(
    'F6 is called when the children have ended, for each actor before its parent',
    marbles(({ hot, cold, system, probe, expectMessages }) => {
      const close = hot('   -x------');
      const work = cold('   ----|   ');
      const called = '      ----(cp)';
      const ends = probe<string>();
      const options = (name: string) => ({ name, afterEnd: () => ends.send(name) });
      const parent = system.actor(() => undefined, options('p'));
      const child = system.actor(() => work, { parent, ...options('c') });
      child.send('work');
      close.subscribe(() => parent.close());
      expectMessages(ends).toBe(called);
    }),
  );

  it.each([
    ['close', closed],
    ['kill', killed()],
    ['fail', failed(bad)],
  ])('E4 comes behind the last teardown, before anybody is told: %s', async (how, termination) => {
    const log: unknown[] = [];
    const scheduler = new VirtualTimeScheduler();
    const system = new ActorSystem({ scheduler });
    const failing = new Subject<never>();
    const actor: Actor<string> = system.actor(
      () => merge(failing, new Observable<never>(() => () => log.push('teardown'))).pipe(takeUntil(done)),
      {
        afterEnd: (end) => {
          log.push(end, actor.status, system.actors.length);
        },
      },
    );
    const done = new Subject<void>();
    actor.subscribe({ error: () => log.push('observer'), complete: () => log.push('observer') });
    actor.terminated.subscribe(() => log.push('terminated'));
    const joined = actor.join().then(
      () => log.push('join'),
      () => log.push('join'),
    );
    actor.send('work');
    scheduler.flush();
    if (how === 'close') {
      actor.close();
      done.next();
    } else if (how === 'kill') actor.kill();
    else failing.error(bad);
    scheduler.flush();
    await joined;
    expect(log).toEqual(['teardown', termination, 'closed', 0, 'observer', 'terminated', 'join']);
  });

  it(
    'F2 is not called at a restart',
    marbles(({ hot, system, probe, expectMessages }) => {
      const sent = hot('  -xx-k');
      const called = '    ----e';
      const ends = probe<string>();
      const actor = system.actor(fussy, { supervision: restart(), afterEnd: () => ends.send('e') });
      sent.subscribe((m) => {
        if (m === 'k') actor.kill();
        else actor.send(m);
      });
      expectMessages(ends).toBe(called);
    }),
  );

  it(
    'finds an actor that takes nothing any more, and may look at it as at any other',
    marbles(({ hot, system, expectObservable }) => {
      const close = hot('   -x-----');
      const seen = '        -(fbtp)';
      const letters = '     -(a|)  ';
      const log = new ReplaySubject<string>(Infinity);
      const dead = deadLetters(system);
      const actor: Actor<string> = system.actor((_: string) => undefined, {
        afterEnd: () => {
          actor.send('a');
          actor.ask('b').subscribe({ error: () => log.next('f') });
          actor.subscribe({ complete: () => log.next('b') });
          actor.terminated.subscribe(() => log.next('t'));
          actor.pending$.subscribe({ complete: () => log.next('p') });
        },
      });
      close.subscribe(() => actor.close());
      expectObservable(log).toBe(seen);
      expectObservable(dead.pipe(take(1))).toBe(letters, { a: 'a closed' });
    }),
  );

  it(
    'is reported when it throws; observers, those who wait for the end, parents and children do not notice',
    marbles(({ hot, system, expectObservable }) => {
      const close = hot('  -x     ');
      const reported = '   -(ee)  ';
      const expected = '   -|     ';
      const end = '        -(t|)  ';
      const errors = unhandledErrors();
      const afterEnd = (): never => {
        throw hook;
      };
      const parent = system.actor(() => undefined, { afterEnd });
      const child = system.actor(() => undefined, { parent, afterEnd });
      close.subscribe(() => parent.close());
      expectObservable(parent).toBe(expected);
      expectObservable(parent.terminated).toBe(end, { t: closed });
      expectObservable(child.terminated).toBe(end, { t: closed });
      expectObservable(errors).toBe(reported, { e: hook });
    }),
  );
});

describe('hooks', () => {
  it.each(['beforeRestart', 'afterEnd'] as const)('are refused when they are no functions: %s', (name) => {
    const make = () => new Actor({ [name]: 'hook' as never, system: new ActorSystem() });
    expect(make).toThrow(new TypeError(`Expected \`${name}\` to be a function, got \`'hook'\` (string).`));
  });
});
