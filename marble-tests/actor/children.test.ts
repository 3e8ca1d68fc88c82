import { filter, map, merge, mergeMap, NEVER, Observable, of, Subject, take, throwError, timer, toArray } from 'rxjs';
import {
  Actor,
  ActorClosedError,
  ActorFailedError,
  ActorSystem,
  ChildFailedError,
  restart,
  resume,
  WorkerActor,
  type ActorContext,
  type ActorOptions,
  type AnyActor,
  type Recipient,
  type SiblingStrategy,
  type Termination,
  type WorkerTask,
} from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { deadLetters, failures, named, recorded } from '../fates.js';
import { marbles } from '../marbles.js';
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

const namesOf = (actors: readonly AnyActor[]): string => actors.map(({ name }) => name).join('');

/** The names of actors, in the order in which they end. */
const endsOf = (...actors: readonly AnyActor[]): Observable<string> =>
  recorded(merge(...actors.map(({ name, terminated }) => terminated.pipe(map(() => name)))));

const KINDS: readonly (readonly [string, (system: ActorSystem, options: ActorOptions<never>) => AnyActor])[] = [
  ['out of a behavior', (system, options) => system.actor(() => undefined, options)],
  ['with a state', (system, options) => system.statefulActor((state: number) => state, 0, options)],
  [
    'out of a generator',
    (system, options) =>
      system.generatorActor(function* (): Generator<undefined, void, never> {
        for (;;) yield;
      }, options),
  ],
  ['of a class with receive()', (_, options) => new Actor<never>(options).start()],
  ['that runs functions', (_, options) => new WorkerActor(options as ActorOptions<WorkerTask>).start()],
  ['that is not started', (_, options) => new Actor<never>(options)],
];

describe('context.spawn', () => {
  it(
    'F6 makes a child out of a behavior and options, and starts it in the system of its parent',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const sent = hot('  -a----b---');
      const seen = '      -x----y---';
      const outputs = '   ---a----b-';
      const echoes = probe<string>();
      const parent = system.actor((m: string, context) => {
        const child = context.spawn((n: string) => timer(2).pipe(map(() => n)), { name: m });
        child.subscribe((n) => echoes.send(n));
        child.send(m);
        return [`${child.status}, ${system.actors[0]?.name} of ${namesOf(context.children)}`];
      });
      sent.subscribe((m) => parent.send(m));
      expectObservable(parent).toBe(seen, { x: 'running, a of a', y: 'running, b of ab' });
      expectMessages(echoes).toBe(outputs);
    }),
  );

  it(
    'F6 makes children of children, also while their parent drains',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const close = hot('  -x-----');
      const ends = '       --(cbap)';
      const ended = probe<string>();
      const options = (name: string) => ({ name, afterEnd: () => ended.send(name) });
      const parent = system.actor(
        (_: string, context) =>
          timer(2).pipe(
            map(() => {
              const a = context.spawn((_: string, inner) => {
                const b = inner.spawn(() => undefined, options('b'));
                system.actor(() => undefined, { ...options('c'), parent: b });
              }, options('a'));
              a.send('go');
            }),
          ),
        options('p'),
      );
      parent.send('go');
      close.subscribe(() => parent.close());
      expectMessages(ended).toBe(ends);
      expectObservable(parent.terminated).toBe('--(t|)', { t: closed });
    }),
  );

  it('F6 E9 lists those that have not ended, oldest first, and keeps nothing of the others', () => {
    const seen: string[] = [];
    marbles(({ hot, system }) => {
      const parent = system.actor((m: string, { children }) => {
        if (m === '?') seen.push(namesOf(children));
        else if (m === 'kill') children[1]?.kill();
      });
      for (const name of 'abc') system.actor(fussy, { parent, name, supervision: resume() });
      for (let n = 0; n < 10_000; n++) system.actor(() => undefined, { parent }).kill();
      hot('?-k-?').subscribe((m) => parent.send(m === 'k' ? 'kill' : m));
    })();
    expect(seen).toEqual(['abc', 'ac']);
  });
});

describe('the option `parent`', () => {
  it.each(KINDS)(
    'F6 makes a child %s end with its parent: when that is closed, killed, fails or restarts',
    (_, make) => {
      marbles(({ hot, system, expectObservable }) => {
        const expected = '   ---(t|)';
        const under = (parent: AnyActor): AnyActor => make(system, { parent });
        const closing = system.actor(fussy);
        const killing = system.actor(fussy);
        const failing = system.actor(fussy);
        const restarting = system.actor(fussy, { supervision: restart() });
        hot('                ---x').subscribe((m) => {
          closing.close();
          killing.kill('enough');
          failing.send(m);
          restarting.send(m);
        });
        expectObservable(under(closing).terminated).toBe(expected, { t: closed });
        expectObservable(under(killing).terminated).toBe(expected, { t: killed('enough') });
        expectObservable(under(failing).terminated).toBe(expected, { t: killed(bad) });
        expectObservable(under(restarting).terminated).toBe(expected, { t: killed(bad) });
        expectObservable(failing).toBe('---#', undefined, bad);
      })();
    },
  );

  it.each(KINDS)('F6 takes a parent %s', (_, make) => {
    marbles(({ hot, system, expectObservable }) => {
      const expected = '  ---(t|)';
      const parent = make(system, { system });
      const child = system.actor(() => undefined, { parent });
      hot('               ---x').subscribe(() => parent.close());
      expectObservable(child.terminated).toBe(expected, { t: closed });
      expectObservable(parent.terminated).toBe(expected, { t: closed });
    })();
  });

  it('F6 ends the child of a class with a run() of its own, and the class as the child, when it returns', async () => {
    const system = new ActorSystem();
    const ends: string[] = [];
    class Looping extends Actor<string> {
      protected override async run() {
        while ((await this.recv()) !== 'return');
      }
    }
    const root = system.actor(() => undefined, { afterEnd: () => ends.push('root') });
    const middle = new Looping({ parent: root, afterEnd: () => ends.push('middle') }).start();
    system.actor(() => undefined, { parent: middle, afterEnd: () => ends.push('leaf') });
    middle.send('go on');
    middle.send('return');
    await middle.join();
    expect(ends).toEqual(['leaf', 'middle']);
    root.close();
    await root.join();
    expect(ends).toEqual(['leaf', 'middle', 'root']);
  });

  it('F6 takes the system of the parent, said or not, and no other', () => {
    const system = new ActorSystem();
    const parent = system.actor(() => undefined, { name: 'parent' });
    const before = system.actors.length;
    expect(() => new ActorSystem().actor(() => undefined, { parent })).toThrow(
      new TypeError('Expected `system` to be the one that the parent, "parent", lives in, got another.'),
    );
    expect(system.actors).toHaveLength(before);
    const said = new Actor({ parent, system });
    const unsaid = new Actor({ parent });
    expect(system.actors.slice(0, 2)).toEqual([unsaid, said]);
  });

  it.each([
    ['null', null, '`null`'],
    ['a recipient', { send: () => undefined }, 'an object'],
    ['a name', 'parent', "`'parent'` (string)"],
  ])('F6 refuses a parent that is %s', (_, parent, got) => {
    expect(() => new Actor({ parent: parent as never, system: new ActorSystem() })).toThrow(
      new TypeError(`Expected \`parent\` to be an actor, got ${got}.`),
    );
  });

  it(
    'F6 refuses a child when the parent has ended, or has only its children to wait for',
    marbles(({ hot, cold, system, expectObservable }) => {
      const looks = hot('  -x---x----x');
      const expected = '   -r---e----e';
      const close = hot('  ---x-------');
      const end = '        -------(t|)';
      let context!: ActorContext<string>;
      const parent = system.actor((_: string, own) => void (context = own), { name: 'parent' });
      system.actor(() => cold('-------|'), { parent }).send('work');
      parent.send('go');
      close.subscribe(() => parent.close());
      const tries = (): string =>
        [() => context.spawn(() => undefined), () => system.actor(() => undefined, { parent })]
          .map((make) => nameOr('made', make))
          .join();
      expectObservable(recorded(looks.pipe(map(tries)))).toBe(expected, {
        r: 'made,made',
        e: 'ActorClosedError,ActorClosedError',
      });
      expectObservable(parent.terminated).toBe(end, { t: closed });
      expectObservable(looks.pipe(map(() => system.actors.length))).toBe('-a---b----c', { a: 4, b: 2, c: 0 });
    }),
  );

  it(
    'F6 ends the children of an actor that is not started',
    marbles(({ hot, system, expectObservable }) => {
      const parent = new Actor<string>({ system });
      const child = system.actor(() => undefined, { parent });
      hot('--x').subscribe(() => parent.close());
      expectObservable(child.terminated).toBe('--(t|)', { t: closed });
      expectObservable(parent).toBe('         --|');
    }),
  );

  it(
    'E3 kills the child at once when its signal is aborted already, and the parent forgets it',
    marbles(({ system, expectObservable }) => {
      const parent = system.actor((_: string, { children }) => of(children.length));
      const child = system.actor(() => undefined, { parent, signal: AbortSignal.abort('early') });
      expectObservable(child.terminated).toBe('(t|)', { t: killed('early') });
      expectObservable(parent.ask('?')).toBe('(n|)', { n: 0 });
    }),
  );
});

describe('closing a parent', () => {
  it(
    'F6.1 lets each child drain, one after the other, the last started first; then the parent ends',
    marbles(({ hot, cold, system, expectObservable }) => {
      // Each is closed when the one after it has ended, and takes messages until then.
      const close = hot('   ---x----------');
      const sent = hot('    -c--db-eaf----');
      const outputs = '     -----c---b--a|';
      const ends = '        ------c---b--(a|)';
      const letters = '     ----d--e-f----';
      const looks = hot('   --r-s------t--u');
      const statuses = '    --r-s------t--u';
      const end = '         -------------(t|)';
      const dead = deadLetters(system);
      const parent = system.actor((_: string) => undefined);
      const [a, b, c] = three((name) => system.actor((m: string) => cold('----m|', { m }), { parent, name }));
      const recipients: Record<string, Recipient<string>> = { a, b, c, d: c, e: b, f: parent };
      sent.subscribe((m) => recipients[m].send(m));
      close.subscribe(() => parent.close());
      expectObservable(merge(a, b, c)).toBe(outputs);
      expectObservable(endsOf(a, b, c)).toBe(ends);
      expectObservable(dead).toBe(letters, named('d: d closed', 'e: e closed', 'f: f closed'));
      expectObservable(looks.pipe(map(() => parent.status))).toBe(statuses, {
        r: 'running',
        s: 'closing',
        t: 'closing',
        u: 'closed',
      });
      expectObservable(parent).toBe('-------------|');
      expectObservable(parent.terminated).toBe(end, { t: closed });
    }),
  );

  it(
    'F6 E2 lets the parent process first what it was sent before, with its children to help',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('  -(abcx)---');
      const outputs = '   ---a-b-(c|)';
      const parent: Actor<string, string> = system.actor((m: string) => timer(2).pipe(mergeMap(() => child.ask(m))));
      const child = system.actor((m: string) => of(m), { parent });
      sent.subscribe((m) => {
        if (m === 'x') parent.close();
        else parent.send(m);
      });
      expectObservable(parent).toBe(outputs);
      expectObservable(child).toBe(outputs);
    }),
  );

  it(
    'F6 E3 is hurried by a kill: children that are not done are killed, too',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const close = hot('  -x-------');
      const kill = hot('   -----x---');
      const work = cold('  ---------');
      const workSubs = '   ^----!   ';
      const ask = '        ---^     ';
      const answer = '     ---#     ';
      const letters = '    ---a-(sr)';
      const looks = hot('  ----s----');
      const statuses = '   ----s----';
      const dead = deadLetters(system);
      const parent = system.actor((_: string) => undefined, { name: 'parent' });
      const child = system.actor((_: string) => work, { parent });
      for (const m of ['slow', 'rest']) child.send(m);
      close.subscribe(() => parent.close());
      kill.subscribe(() => parent.kill('now'));
      expectSubscriptions(work.subscriptions).toBe(workSubs);
      expectObservable(child.terminated).toBe('  -----(t|)', { t: killed('now') });
      expectObservable(parent.terminated).toBe(' -----(t|)', { t: killed('now') });
      expectObservable(parent).toBe('            -----|');
      expectObservable(parent.ask('a'), ask).toBe(answer, undefined, new ActorClosedError('parent'));
      expectObservable(dead).toBe(letters, named('a: a closed', 's: slow killed', 'r: rest killed'));
      expectObservable(looks.pipe(map(() => parent.status))).toBe(statuses, { s: 'closing' });
    }),
  );

  it(
    'F6 E3 is hurried, too, by whoever kills the parent on hearing of a dead letter of its end',
    marbles(({ hot, system, expectObservable }) => {
      const close = hot('   --x');
      const end = '         --(t|)';
      const letters = '     --(aw)';
      const dead = deadLetters(system);
      const parent = system.actor((_: string, { stash }) => {
        stash();
      });
      const child = system.actor(() => NEVER, { parent });
      parent.send('aside');
      child.send('work');
      system.deadLetters.subscribe(() => parent.kill('at once'));
      close.subscribe(() => parent.close());
      expectObservable(child.terminated).toBe(end, { t: killed('at once') });
      expectObservable(parent.terminated).toBe(end, { t: killed('at once') });
      expectObservable(dead).toBe(letters, named('a: aside closed', 'w: work killed'));
    }),
  );

  it(
    'F6 is not kept waiting by a child that ends before it is told to',
    marbles(({ hot, cold, system, expectObservable }) => {
      // c is at work until 6, a and b are killed meanwhile.
      const events = hot('  -x-ba--');
      const end = '         ------(t|)';
      const parent = system.actor((_: string) => undefined);
      const [a, b, c] = three((name) => system.actor(() => cold('------|'), { parent, name }));
      c.send('work');
      const acts: Record<string, () => void> = { x: () => parent.close(), a: () => a.kill(), b: () => b.kill() };
      events.subscribe((event) => acts[event]());
      expectObservable(endsOf(a, b, c)).toBe('---ba-(c|)');
      expectObservable(parent.terminated).toBe(end, { t: closed });
    }),
  );

  it('F6 settles join() after the last child has ended', async () => {
    const system = new ActorSystem();
    const log: string[] = [];
    const parent = system.actor((_: string) => undefined);
    const child = system.actor(() => new Promise((done) => setTimeout(done, 2)), { parent });
    child.send('work');
    child.subscribe({ complete: () => log.push('child') });
    parent.close();
    await parent.join().then(() => log.push('parent'));
    expect(log).toEqual(['child', 'parent']);
  });

  it.each(['close', 'kill'] as const)('F6 ends 10,000 children, and children 500 deep: %s', (how) => {
    const ends: string[] = [];
    marbles(({ system }) => {
      const parent = system.actor(() => undefined);
      for (let n = 0; n < 10_000; n++) {
        system.actor(() => undefined, { parent, afterEnd: () => ends.push(`child ${n}`) });
      }
      let innermost = parent as AnyActor;
      for (let n = 0; n < 500; n++) innermost = system.actor(() => undefined, { parent: innermost });
      parent[how]();
      parent.terminated.subscribe(() => ends.push(`parent, and ${system.actors.length} are left`));
    })();
    expect(ends).toEqual([...Array.from({ length: 10_000 }, (_, n) => `child ${9_999 - n}`), 'parent, and 0 are left']);
  });
});

describe('killing a parent', () => {
  it(
    'F6.1 E3 kills its children at once, the last started first, before it ends itself',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const kill = hot('   ---x');
      const work = cold('  ----');
      const workSubs = '   ^--!';
      const ends = '       ---(cbap|)';
      const letters = '    ---(wxyz)';
      const dead = deadLetters(system);
      const parent = system.actor((_: string) => NEVER, { name: 'p' });
      const children = three((name) => system.actor((_: string) => work, { parent, name }));
      for (const m of 'wx') parent.send(m);
      for (const m of 'yz') children[1].send(m);
      kill.subscribe(() => parent.kill('why'));
      expectSubscriptions(work.subscriptions).toBe(workSubs);
      expectObservable(endsOf(parent, ...children)).toBe(ends);
      expectObservable(dead).toBe(letters, named('w: w killed', 'x: x killed', 'y: y killed', 'z: z killed'));
      for (const actor of [parent, ...children]) {
        expectObservable(actor.terminated).toBe('---(t|)', { t: killed('why') });
      }
    }),
  );

  it(
    'F6 E3 may come from a child: the parent ends when that has returned',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('   --x');
      const ends = '       --(cp|)';
      const letters = '    --x';
      const seen: string[] = [];
      const dead = deadLetters(system);
      const parent = system.actor((_: string) => undefined, { name: 'p' });
      const child = system.actor(
        (_: string) => {
          parent.kill();
          seen.push(parent.status, child.status);
        },
        { parent, name: 'c' },
      );
      sent.subscribe((m) => child.send(m));
      expectObservable(endsOf(parent, child)).toBe(ends);
      expectObservable(dead).toBe(letters, named('x: x killed'));
      expectObservable(hot('---x').pipe(map(() => seen))).toBe('---s', { s: ['closing', 'closed'] });
    }),
  );

  it(
    'F6 E3 goes by the first reason, when the behavior of its parent, or of a child, kills that twice',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('   --x');
      const expected = '   --(t|)';
      const killTwice = (actor: Pick<AnyActor, 'kill'>) => {
        actor.kill('first');
        actor.kill('second');
      };
      const own = system.actor((_: string, { self }: ActorContext<string>) => killTwice(self));
      const child = system.actor((_: string) => undefined, { parent: own });
      const parent = system.actor((_: string) => undefined);
      const killer = system.actor((_: string) => killTwice(parent), { parent });
      for (const actor of [own, killer]) sent.subscribe((m) => actor.send(m));
      for (const actor of [own, child, parent, killer]) {
        expectObservable(actor.terminated).toBe(expected, { t: killed('first') });
      }
    }),
  );

  it(
    'F6 F1 happens to children alike when a failure ends their parent',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const sent = hot('   ---x');
      const work = cold('  ----');
      const workSubs = '   ^--!';
      const dead = deadLetters(system);
      const parent = system.actor(fussy, { name: 'p' });
      const child = system.actor((_: string) => work, { parent, name: 'c' });
      child.send('y');
      sent.subscribe((m) => parent.send(m));
      expectSubscriptions(work.subscriptions).toBe(workSubs);
      expectObservable(parent).toBe('           ---#', undefined, bad);
      expectObservable(child.terminated).toBe('---(t|)', { t: killed(bad) });
      expectObservable(endsOf(child, parent)).toBe('---(cp|)');
      expectObservable(dead).toBe('             ---(xy)', named('x: x failed', 'y: y killed'));
    }),
  );
});

describe('restarting a parent', () => {
  it(
    'F6 F2 kills its children, last first, before it begins anew; what waits is kept',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const sent = hot('  -(abxc)');
      const ends = '      -(ba)  ';
      const outputs = '   -(abc) ';
      const ended = probe<string>();
      const parent = system.actor(
        (m: string, context) => {
          if (m === 'x') throw bad;
          context.spawn(() => undefined, { name: m, afterEnd: () => ended.send(m) });
          return [namesOf(context.children)];
        },
        { supervision: restart() },
      );
      sent.subscribe((m) => parent.send(m));
      expectMessages(ended).toBe(ends);
      expectObservable(parent).toBe(outputs, { a: 'a', b: 'ab', c: 'c' });
    }),
  );

  it(
    'F6 F4 kills them when it fails, not when it begins anew',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('  -xa-----');
      const outputs = '   ----a---';
      const end = '       -(t|)   ';
      const parent = system.actor(fussy, { supervision: restart({ backoff: { min: 3, max: 3 } }) });
      const child = system.actor(() => undefined, { parent });
      sent.subscribe((m) => parent.send(m));
      expectObservable(parent).toBe(outputs);
      expectObservable(child.terminated).toBe(end, { t: killed(bad) });
    }),
  );

  it(
    'F6 E3 gives way to a kill that comes while the children end',
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot('   -w---');
      const work = cold('   --# ', undefined, bad);
      const ends = '       ---(bap|)';
      const parent: AnyActor & Recipient<string> = system.actor((_: string) => work, {
        name: 'p',
        supervision: restart(),
      });
      const a = system.actor(() => undefined, { parent, name: 'a' });
      const b = system.actor(() => undefined, { parent, name: 'b', afterEnd: () => parent.kill('enough') });
      sent.subscribe((m) => parent.send(m));
      expectObservable(endsOf(a, b, parent)).toBe(ends);
      expectObservable(parent.terminated).toBe('---(t|)', { t: killed('enough') });
    }),
  );

  it(
    'E8 has its message fail once when it is killed while its children end',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('   -x');
      const letters = '    -x';
      const dead = deadLetters(system);
      const parent = system.actor(fussy, { supervision: restart() });
      system.actor(() => undefined, { parent, afterEnd: () => parent.kill() });
      sent.subscribe((m) => parent.send(m));
      expectObservable(dead).toBe(letters, named('x: x failed'));
      expectObservable(parent).toBe('-|');
    }),
  );

  it(
    'F6 waits for a child that is on the stack',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('  --x--');
      const seen = '      ---s-';
      const log: string[] = [];
      const work = new Subject<never>();
      const parent = system.actor(
        (m: string) => {
          log.push(`parent ${m}`);
          return m === 'work' ? work : undefined;
        },
        { supervision: restart() },
      );
      const child = system.actor(
        () => {
          work.error(bad);
          log.push(`child goes on, ${child.status}`);
        },
        { parent, afterEnd: () => log.push('child ends') },
      );
      parent.send('work');
      parent.send('next');
      sent.subscribe((m) => child.send(m));
      expectObservable(hot('---x').pipe(map(() => log))).toBe(seen, {
        s: ['parent work', 'child goes on, closed', 'child ends', 'parent next'],
      });
    }),
  );
});

describe('a child that fails', () => {
  it(
    'F6 is for its own supervision first: a parent does not notice a resume or a restart',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('   -x-a-');
      const outputs = '    ---a-';
      const failed = failures(system);
      const parent = system.actor(() => undefined);
      for (const supervision of [resume(), restart()]) {
        const child = system.actor(fussy, { parent, supervision });
        sent.subscribe((m) => child.send(m));
        expectObservable(child).toBe(outputs);
      }
      expectObservable(failed).toBe('-(rs)', { r: 'x resume', s: 'x restart' });
      expectObservable(parent).toBe('-----');
    }),
  );

  it(
    'F6.2 makes its parent fail with a ChildFailedError, before the messages that wait for that',
    marbles(({ hot, cold, system, expectObservable }) => {
      // The parent is at work until 4, the child fails at 2.
      const sent = hot('    -ab--');
      const work = cold('    ---|');
      const expected = '    ----#';
      const letters = '     --x-b';
      const error = new ChildFailedError('parent', 'child', { cause: bad });
      const dead = deadLetters(system);
      const failed = recorded(system.failures);
      const parent = system.actor((_: string) => work, { name: 'parent' });
      const child = system.actor(fussy, { parent, name: 'child' });
      const other = system.actor(() => undefined, { parent });
      sent.subscribe((m) => {
        parent.send(m);
        if (m === 'b') child.send('x');
      });
      expectObservable(parent).toBe(expected, undefined, error);
      expectObservable(dead).toBe(letters, named('x: x failed', 'b: b closed'));
      expectObservable(other.terminated).toBe('----(t|)', { t: killed(error) });
      expectObservable(failed.pipe(map((failure) => ('directive' in failure ? failure : undefined)))).toBe('--c-p', {
        c: { actor: child, error: bad, message: 'x', directive: 'stop' },
        p: { actor: parent, error, message: undefined, directive: 'stop' },
      });
    }),
  );

  it.each(KINDS.filter(([kind]) => kind !== 'that is not started'))(
    'F6 makes its parent fail, a parent %s',
    (_, make) => {
      marbles(({ hot, system, expectObservable }) => {
        const parent = make(system, { system, name: 'parent' });
        const child = system.actor(fussy, { parent, name: 'child' });
        hot('--x').subscribe((m) => child.send(m));
        expectObservable(parent.terminated).toBe('--(t|)', {
          t: failed(new ChildFailedError('parent', 'child', { cause: bad })),
        });
      })();
    },
  );

  it(
    'F6 is reported up and up, and once to nobody in particular',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('    -x');
      const reported = '    -e';
      const errors = unhandledErrors();
      const top = system.actor((_: string) => undefined, { name: 'top' });
      const middle = system.actor((_: string) => undefined, { name: 'middle', parent: top });
      const child = system.actor(fussy, { name: 'child', parent: middle });
      sent.subscribe((m) => child.send(m));
      expectObservable(errors).toBe(reported, {
        e: new ChildFailedError('top', 'middle', {
          cause: new ChildFailedError('middle', 'child', { cause: bad }),
        }),
      });
      expectObservable(hot('--x').pipe(map(() => system.actors.length))).toBe('--n', { n: 0 });
    }),
  );

  it(
    'F6 F1 is what the supervision of its parent decides about, without a message',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const sent = hot('     -x-a-y-b');
      const decisions = '    -d---e--';
      const outputs = '      i--j-i-j';
      const ends = '         -x---(yz)';
      const ended = probe<string>();
      const asked = probe<readonly unknown[]>();
      const options = (name: string) => ({ parent, name, afterEnd: () => ended.send(name) });
      // The failure of x is resumed, that of y leads to a restart.
      const parent = system.statefulActor((count: number, _: string) => count + 1, 0, {
        name: 'parent',
        supervision: (error, message) => {
          asked.send([error, message]);
          return (error as ChildFailedError).child === 'x' ? resume() : restart();
        },
      });
      const children: Record<string, Recipient<string>> = {
        a: parent,
        b: parent,
        x: system.actor(() => throwError(() => bad), options('x')),
        y: system.actor(() => throwError(() => bad), options('y')),
      };
      system.actor(() => undefined, options('z'));
      sent.subscribe((m) => children[m].send(m));
      expectMessages(asked).toBe(decisions, {
        d: [new ChildFailedError('parent', 'x', { cause: bad }), undefined],
        e: [new ChildFailedError('parent', 'y', { cause: bad }), undefined],
      });
      expectMessages(ended).toBe(ends);
      expectObservable(parent).toBe(outputs, { i: 0, j: 1 });
    }),
  );

  it(
    'F3 F6 counts among the restarts of its parent',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('  x-x-x');
      const expected = '  ----#';
      const parent = system.actor(() => undefined, {
        name: 'parent',
        supervision: restart({ limit: 2 }),
      });
      sent.subscribe((m) => system.actor(fussy, { parent, name: 'child' }).send(m));
      expectObservable(parent).toBe(expected, undefined, new ChildFailedError('parent', 'child', { cause: bad }));
    }),
  );

  it(
    'F6.2 is a notice, not a failure, for a parent that watches it',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('  -w--x-');
      const expected = '  ----t-';
      const parent = system.actor((m: string | Termination, context) => {
        if (typeof m !== 'string') return [m];
        context.watch(child, (termination) => termination);
        return undefined;
      });
      const child = system.actor(fussy, { parent });
      sent.subscribe((m) => (m === 'w' ? parent : child).send(m));
      expectObservable(parent).toBe(expected, { t: failed(bad) });
    }),
  );

  it(
    'F6 is no failure of its parent when it was closed or killed',
    marbles(({ hot, system, expectObservable }) => {
      const parent = system.actor(() => undefined);
      const closing = system.actor(() => undefined, { parent });
      const killing = system.actor(() => NEVER, { parent });
      killing.send('work');
      hot('--x').subscribe(() => {
        closing.close();
        killing.kill(bad);
      });
      expectObservable(merge(closing.terminated, killing.terminated)).toBe('--(kc|)', { c: closed, k: killed(bad) });
      expectObservable(parent).toBe('-----');
    }),
  );

  it(
    'F6 makes a parent fail that drains, before the messages that it still has',
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot('   -abxc---');
      const expected = '   ----a---#';
      const letters = '    ---xc---b';
      const dead = deadLetters(system);
      const parent = system.actor((m: string) => cold('---m---|', { m }), { name: 'parent' });
      const child = system.actor(fussy, { parent, name: 'child' });
      sent.subscribe((m) => {
        if (m === 'c') parent.close();
        (m === 'x' ? child : parent).send(m);
      });
      expectObservable(parent).toBe(expected, undefined, new ChildFailedError('parent', 'child', { cause: bad }));
      expectObservable(dead).toBe(letters, named('x: x failed', 'c: c closed', 'b: b closed'));
    }),
  );

  it(
    'F6 makes a parent fail that takes no messages: a run() of its own that is content without',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('   --x');
      const expected = '   --#';
      class Content extends Actor<never> {
        protected override run() {
          return NEVER;
        }
      }
      const parent = new Content({ system, name: 'parent' }).start();
      const child = system.actor(fussy, { parent, name: 'child' });
      sent.subscribe((m) => child.send(m));
      expectObservable(parent).toBe(expected, undefined, new ChildFailedError('parent', 'child', { cause: bad }));
    }),
  );

  it(
    'F3 F6 restarts its parent once, though another child of the same incarnation has failed at the same time',
    marbles(({ hot, cold, system, expectObservable }) => {
      // The parent is at work until 4, when both have failed.
      const sent = hot('     -a--------b');
      const fail = hot('     --x        ');
      const work = cold('    ---|       ');
      const outputs = '      ----------b';
      const told = '         ----(f|)   ';
      const feed = failures(system);
      const parent = system.actor((m: string) => (m === 'a' ? work : of(m)), { supervision: restart({ limit: 1 }) });
      const children = [1, 2].map(() => system.actor(fussy, { parent }));
      sent.subscribe((m) => parent.send(m));
      fail.subscribe((m) => {
        for (const child of children) child.send(m);
      });
      expectObservable(parent).toBe(outputs);
      expectObservable(feed.pipe(take(3), toArray())).toBe(told, {
        f: ['x stop', 'x stop', 'undefined restart'],
      });
    }),
  );

  it.each(['kept', 'closed'] as const)(
    'E8 F6 leaves nothing in the way of what waits when it is forgotten, for a run() that takes nothing yet: %s',
    (how) => {
      marbles(({ hot, system, expectObservable }) => {
        // The children fail at 2, both before the parent has its turn; the run() of the next incarnation takes from 7 on.
        const sent = hot('  -a-----');
        const fail = hot('  --x----');
        const close = hot(' ---c---');
        const expected = `  -------${how === 'kept' ? 'a' : '(a|)'}`;
        class Slow extends Actor<string, string> {
          protected override run() {
            return timer(5).pipe(mergeMap(() => this.mailbox));
          }
        }
        const parent = new Slow({ system, supervision: restart() }).start();
        const children = [1, 2].map(() => system.actor(fussy, { parent }));
        sent.subscribe((m) => parent.send(m));
        fail.subscribe((m) => {
          for (const child of children) child.send(m);
        });
        close.subscribe(() => {
          if (how === 'closed') parent.close();
        });
        expectObservable(parent).toBe(expected);
      })();
    },
  );

  it.each(['kill', 'close'] as const)('F1 F6 is reported when its parent ends before it hears of it: %s', (how) => {
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('     -x---');
      const end = hot('      ---x-');
      const reported = '     ---e-';
      const errors = unhandledErrors();
      // One is at work for ever, the other is not started.
      const parent =
        how === 'kill'
          ? system.actor((_: string) => NEVER, { name: 'parent' })
          : new Actor<string>({ system, name: 'parent' });
      const child = system.actor(fussy, { parent, name: 'child' });
      parent.send('work');
      sent.subscribe((m) => child.send(m));
      end.subscribe(() => parent[how]());
      expectObservable(errors).toBe(reported, { e: new ChildFailedError('parent', 'child', { cause: bad }) });
    })();
  });

  it(
    'F1 F6 is reported when its parent only waits for it to end: that does not hear of it',
    marbles(({ hot, cold, system, expectObservable }) => {
      const close = hot('   -x----');
      const work = cold('   ----# ', undefined, bad);
      const errors = unhandledErrors();
      const parent = system.actor(() => undefined);
      const child = system.actor(() => work, { parent });
      child.send('work');
      close.subscribe(() => parent.close());
      expectObservable(parent).toBe('----|');
      expectObservable(errors).toBe('----e', { e: bad });
    }),
  );
});

describe('the option `siblings`', () => {
  const expected: Record<SiblingStrategy, string> = {
    'one-for-one': '  --b',
    'one-for-all': '  --(bac)',
    'rest-for-one': ' --(bc)',
  };

  it.each([undefined, 'one-for-one', 'one-for-all', 'rest-for-one'] as const)(
    'F6 tells which children restart when one of them does: %s',
    (siblings) => {
      marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
        const sent = hot('  -ax-b');
        const before = probe<string>();
        const parent = system.actor(() => undefined, siblings && { siblings });
        const children = three((name) =>
          system.statefulActor(
            (count: number, m: string) => {
              if (m === 'x') throw bad;
              return count + 1;
            },
            0,
            { parent, name, supervision: restart(), beforeRestart: () => before.send(name) },
          ),
        );
        sent.subscribe((m) => {
          for (const child of m === 'x' ? [children[1]] : children) child.send(m);
        });
        const strategy = siblings ?? 'one-for-one';
        expectMessages(before).toBe(expected[strategy].trim());
        for (const child of children) {
          const restarts = expected[strategy].includes(child.name);
          expectObservable(child).toBe(restarts ? 'iji-j' : 'ij--k', { i: 0, j: 1, k: 2 });
        }
        expectObservable(parent).toBe('-----');
      })();
    },
  );

  it.each(['one-for-all', 'rest-for-one'] as const)(
    'F6 restarts the one that fails once, also when it fails later on: %s',
    (siblings) => {
      marbles(({ hot, cold, system, probe, expectMessages }) => {
        const sent = hot('  -a---');
        const work = cold(' --#  ');
        const called = '    ---a-';
        const before = probe<string>();
        const parent = system.actor(() => undefined, { siblings });
        const failing = system.actor((_: string) => work, {
          parent,
          supervision: restart(),
          beforeRestart: (_, message) => before.send(String(message)),
        });
        sent.subscribe((m) => failing.send(m));
        expectMessages(before).toBe(called);
      })();
    },
  );

  it(
    'F6 interrupts what a sibling is at: it is a dead letter, its ask fails; what waits is kept',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const sent = hot('    --x-----');
      const work = cold('   ----m|  ');
      const subs = ['       ^-!     ', '--^----!', '-------^----!'];
      const answer = '      --#      ';
      const outputs = '     ------m----m';
      const letters = '     --(xwv) ';
      const dead = deadLetters(system);
      const parent = system.actor(() => undefined, { siblings: 'one-for-all' });
      const failing = system.actor(fussy, { parent, supervision: restart() });
      const sibling = system.actor((_: string) => work, { parent, name: 'sibling' });
      const other = system.actor((_: string) => NEVER, { parent });
      const ask = recorded(sibling.ask('w'));
      for (const m of 'bc') sibling.send(m);
      other.send('v');
      sent.subscribe((m) => failing.send(m));
      expectObservable(ask).toBe(
        answer,
        undefined,
        new ActorFailedError('sibling', 'was restarted with its siblings', { cause: bad }),
      );
      expectSubscriptions(work.subscriptions).toBe(subs);
      expectObservable(sibling).toBe(outputs);
      expectObservable(dead).toBe(letters, named('x: x failed', 'w: w restarted', 'v: v restarted'));
    }),
  );

  it(
    'F6 F2 begins with a new generator in a sibling that has one, and kills the children of a sibling',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('  -a-x-b--');
      const outputs = '   pa-p-b--';
      const end = '       ---(t|) ';
      const parent = system.actor(() => undefined, { siblings: 'one-for-all' });
      const failing = system.actor(fussy, { parent, supervision: restart() });
      const sibling = system.generatorActor(
        function* (): Generator<string, void, string> {
          for (let m = yield 'p'; ; m = yield m);
        },
        { parent },
      );
      const nephew = system.actor(() => undefined, { parent: sibling });
      sent.subscribe((m) => (m === 'x' ? failing : sibling).send(m));
      expectObservable(recorded(sibling)).toBe(outputs);
      expectObservable(nephew.terminated).toBe(end, { t: killed(bad) });
    }),
  );

  it('F6 F2 runs run() again in a sibling that has one of its own; what it has taken is a dead letter', async () => {
    const system = new ActorSystem();
    const log: string[] = [];
    class Looping extends Actor<string> {
      protected override async run() {
        log.push('run');
        for (;;) {
          const message = await this.recv();
          log.push(message);
          if (message === 'slow') await new Promise(() => undefined);
          if (message === 'last') this.close();
        }
      }
    }
    system.deadLetters.subscribe(({ message, reason }) => log.push(`${String(message)} ${reason}`));
    const parent = system.actor(() => undefined, { siblings: 'rest-for-one' });
    const failing = system.actor(fussy, { parent, supervision: restart() });
    const looping = new Looping({ parent }).start();
    for (const message of ['slow', 'last']) looping.send(message);
    await new Promise((done) => setTimeout(done, 2));
    failing.send('x');
    await looping.join();
    expect(log).toEqual(['run', 'slow', 'x failed', 'slow restarted', 'run', 'last']);
  });

  it(
    'F6 interrupts the work of a sibling that has made the other one fail itself',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('   -abc');
      const outputs = '    ---c';
      const letters = '    --(ab)';
      const work = new Subject<never>();
      const dead = deadLetters(system);
      const parent = system.actor(() => undefined, { siblings: 'one-for-all' });
      const failing = system.actor((_: string) => work, { parent, supervision: restart() });
      const sibling = system.actor(
        (m: string) => {
          if (m !== 'b') return of(m);
          work.error(bad);
          return NEVER;
        },
        { parent },
      );
      sent.subscribe((m) => (m === 'a' ? failing : sibling).send(m));
      expectObservable(sibling).toBe(outputs);
      expectObservable(dead).toBe(letters, named('a: a failed', 'b: b restarted'));
    }),
  );

  it(
    'M1 has put back what was put aside before any sibling hears of the restart: there is room for nothing more',
    marbles(
      ({ hot, system, expectObservable }) => {
        const sent = hot('  -ax---');
        const letters = '   --(xyw)';
        const dead = deadLetters(system);
        const parent = system.actor(() => undefined, { siblings: 'one-for-all' });
        const failing = system.actor(
          (m: string, { stash }) => {
            if (m === 'x') throw bad;
            stash();
          },
          { parent, name: 'failing', mailbox: { capacity: 1, overflow: 'drop-newest' }, supervision: restart() },
        );
        const sibling = system.actor(
          (_: string) =>
            new Observable<never>(() => () => {
              failing.send('y');
            }),
          { parent, name: 'sibling' },
        );
        sibling.send('w');
        sent.subscribe((m) => failing.send(m));
        expectObservable(dead).toBe(letters, named('x: x failed', 'y: y overflow', 'w: w restarted'));
      },
      { mayRemain: 'anything' },
    ),
  );

  it.each(['send', 'ask'] as const)('F6 tells the work of a sibling to stop: of a message that came by %s', (by) => {
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('   -x---');
      const looks = hot('  l-l--');
      const aborted = '    f-t--';
      const signals: AbortSignal[] = [];
      const parent = system.actor(() => undefined, { siblings: 'one-for-all' });
      const failing = system.actor(fussy, { parent, supervision: restart() });
      const sibling = system.actor(
        (_: string, { signal }) => {
          signals.push(signal);
          return new Promise<never>(() => undefined);
        },
        { parent },
      );
      if (by === 'send') sibling.send('a');
      else sibling.ask('a').subscribe({ error: () => undefined });
      sent.subscribe((m) => failing.send(m));
      expectObservable(looks.pipe(map(() => signals[0].aborted))).toBe(aborted, { t: true, f: false });
    })();
  });

  it(
    'E3 F6 does not restart a sibling whose interrupted work kills it, which ends behind that message',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const sent = hot('   -x');
      const called = '     -(we)';
      const letters = '    -(xw)';
      const calls = probe<string>();
      const dead = deadLetters(system);
      system.deadLetters.pipe(filter(({ message }) => message === 'w')).subscribe(() => calls.send('w'));
      const parent = system.actor(() => undefined, { siblings: 'one-for-all' });
      const failing = system.actor(fussy, { parent, supervision: restart() });
      const sibling: Actor<string> = system.actor(
        (_: string) =>
          new Observable<never>(() => () => {
            sibling.kill();
          }),
        { parent, beforeRestart: () => calls.send('b'), afterEnd: () => calls.send('e') },
      );
      sibling.send('w');
      sent.subscribe((m) => failing.send(m));
      expectMessages(calls).toBe(called);
      expectObservable(dead).toBe(letters, named('x: x failed', 'w: w killed'));
    }),
  );

  it(
    'F6 leaves siblings alone when the one that failed is resumed or stopped',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const before = probe<string>();
      const options = { siblings: 'one-for-all', supervision: resume() } as const;
      const parent = system.actor(() => undefined, options);
      const resuming = system.actor(fussy, { parent, supervision: resume() });
      const stopping = system.actor(fussy, { parent });
      const sibling = system.actor(() => timer(9), { parent, beforeRestart: () => before.send('sibling') });
      sibling.send('work');
      hot('--x').subscribe((m) => {
        resuming.send(m);
        stopping.send(m);
      });
      expectObservable(sibling).toBe('---------0', [0]);
      expectMessages(before).toBe('-');
    }),
  );

  it(
    'F6 leaves a sibling alone that waits to begin anew already, and one that is not started',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const sent = hot('  -s-x-a---');
      const outputs = '   ------a--';
      const before = probe<string>();
      const parent = system.actor(() => undefined, { siblings: 'one-for-all' });
      const failing = system.actor(fussy, { parent, supervision: restart() });
      const waiting = system.actor(fussy, {
        parent,
        supervision: restart({ backoff: { min: 5, max: 5 } }),
        beforeRestart: () => before.send('w'),
      });
      const created = new Actor({ parent, beforeRestart: () => before.send('c') });
      sent.subscribe((m) => {
        if (m !== 'x') waiting.send(m === 's' ? 'x' : m);
        else failing.send(m);
      });
      expectMessages(before).toBe('-w');
      expectObservable(waiting).toBe(outputs);
      expectObservable(created).toBe('-');
    }),
  );

  it.each([['all'], [null], [3]])('F6 refuses the strategy %s', (siblings) => {
    const make = () => new Actor({ siblings: siblings as never, system: new ActorSystem() });
    expect(make).toThrow(TypeError);
    expect(make).toThrow(/^Expected `siblings` to be 'one-for-one', 'one-for-all' or 'rest-for-one', got /);
  });
});

function three<T>(make: (name: 'a' | 'b' | 'c') => T): readonly [T, T, T] {
  return [make('a'), make('b'), make('c')];
}

function nameOr(made: string, make: () => unknown): string {
  try {
    make();
    return made;
  } catch (error) {
    return (error as Error).name;
  }
}
