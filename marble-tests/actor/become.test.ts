import { of, VirtualTimeScheduler } from 'rxjs';
import { Actor, ActorSystem, restart, resume, type ActorContext, type Behavior } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { deadLetters } from '../fates.js';
import { marbles } from '../marbles.js';

const bad = new Error('bad');

type Echo = Behavior<string, string>;

/** Becomes loud with `+`, and fails with `x`. */
const quiet: Echo = (m, { become }) => {
  if (m === 'x') throw bad;
  if (m === '+') become(loud);
  return of(m);
};

/** Becomes quiet again with `.`, and fails with `x`. */
const loud: Echo = (m, { become }) => {
  if (m === 'x') throw bad;
  if (m === '.') become(quiet);
  return of(m.toUpperCase());
};

describe('context.become', () => {
  it(
    'has the messages from the next one on handled by another behavior',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('  -(a+bc)-d-.-e');
      const expected = '  -(a+BC)-D-.-e';
      const actor = system.actor(quiet);
      sent.subscribe((m) => actor.send(m));
      expectObservable(actor).toBe(expected);
    }),
  );

  it(
    'O2 lets the old behavior come to the end of its work; the last call counts',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const sent = hot('   -ab----');
      const work = cold('   --a--| ');
      const workSubs = '   -^----!';
      const expected = '   ---a--B';
      const actor = system.actor((_: string, { become }: ActorContext<string>) => {
        become(quiet);
        become(loud);
        return work;
      });
      sent.subscribe((m) => actor.send(m));
      expectSubscriptions(work.subscriptions).toBe(workSubs);
      expectObservable(actor).toBe(expected);
    }),
  );

  it(
    'may be called from outside, whenever',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('   -a-b-c-');
      const change = hot('  --l-q--');
      const expected = '   -a-B-c-';
      let context!: ActorContext<string>;
      const actor = system.actor((m: string, own: ActorContext<string>) => {
        context = own;
        return quiet(m, own);
      });
      sent.subscribe((m) => actor.send(m));
      change.subscribe((to) => context.become(to === 'l' ? loud : quiet));
      expectObservable(actor).toBe(expected);
    }),
  );

  it(
    'A1 has asks answered by the behavior that has their turn, also by one that an ask has brought',
    marbles(({ system, expectObservable }) => {
      const asked = '     -^   ';
      const first = '     -(+|)';
      const second = '    -(A|)';
      const actor = system.actor(quiet);
      expectObservable(actor.ask('+'), asked).toBe(first);
      expectObservable(actor.ask('a'), asked).toBe(second);
    }),
  );

  it.each([
    ['not by a resume', resume(), '  -+A--B-+C--D'],
    ['by a restart', restart(), '    -+A--b-+C--d'],
  ])('F2 is undone %s', (_, supervision, expected) => {
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('             -+a-xb-+c-xd');
      const actor = system.actor(quiet, { supervision });
      sent.subscribe((m) => actor.send(m));
      expectObservable(actor).toBe(expected);
    })();
  });

  it(
    'F2 is undone by a restart as a whole, however often it was called',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('  -abcxd');
      const expected = '  -123-1';
      const counting =
        (count: number): Echo =>
        (m, { become }) => {
          if (m === 'x') throw bad;
          become(counting(count + 1));
          return of(String(count));
        };
      const actor = system.actor(counting(1), { supervision: restart() });
      sent.subscribe((m) => actor.send(m));
      expectObservable(actor).toBe(expected);
    }),
  );

  it(
    'F2 F6 is undone by a restart together with a sibling, too',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('  -+a-x-b');
      const expected = '  -+A---b';
      const parent = system.actor(() => undefined, { siblings: 'one-for-all' });
      const failing = system.actor(quiet, { parent, supervision: restart() });
      const actor = system.actor(quiet, { parent });
      sent.subscribe((m) => (m === 'x' ? failing : actor).send(m));
      expectObservable(actor).toBe(expected);
    }),
  );

  it(
    'F1 changes nothing about what happens to failures',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('  -+-x');
      const expected = '  -+-#';
      const letters = '   ---x';
      const dead = deadLetters(system);
      const actor = system.actor(quiet);
      sent.subscribe((m) => actor.send(m));
      expectObservable(actor).toBe(expected, undefined, bad);
      expectObservable(dead).toBe(letters, { x: 'x failed' });
    }),
  );

  it(
    'F2.3 serves a class with receive(), which a restart brings back; the fields stay',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('  -ab+c-xd');
      const expected = '  -12+C--3';
      class Counting extends Actor<string, string> {
        #count = 0;
        protected override receive(message: string, context: ActorContext<string>) {
          return message === '+' || message === 'x' ? quiet(message, context) : of(String(++this.#count));
        }
      }
      const actor = new Counting({ system, supervision: restart() }).start();
      sent.subscribe((m) => actor.send(m));
      expectObservable(actor).toBe(expected);
    }),
  );

  it(
    'works with what is put aside: the other behavior gets it',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('  -ab-+-----c');
      const expected = '  ----(+AB)-C';
      const actor = system.actor((m: string, { become, stash, unstashAll }: ActorContext<string>) => {
        if (m !== '+') {
          stash();
          return undefined;
        }
        become(loud);
        unstashAll();
        return of(m);
      });
      sent.subscribe((m) => actor.send(m));
      expectObservable(actor).toBe(expected);
    }),
  );

  it(
    'refuses an actor that handles its messages in another way, whose message then fails',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('   -a');
      const expected = '   -#';
      class Running extends Actor<string, string> {
        protected override run() {
          return super.run();
        }
        protected override receive(message: string, context: ActorContext<string>) {
          context.become(loud);
          return of(message);
        }
      }
      const running = new Running({ system, name: 'running' }).start();
      const stateful = system.statefulActor(
        (state: string, m: string, { become }) => {
          become(loud);
          return state + m;
        },
        '',
        { name: 'stateful' },
      );
      sent.subscribe((m) => {
        running.send(m);
        stateful.send(m);
      });
      expectObservable(running).toBe(expected, undefined, refusal('running'));
      expectObservable(stateful.terminated).toBe('-(t|)', { t: { kind: 'failed', error: refusal('stateful') } });
    }),
  );

  it.each([
    ['a text', 'loud', "`'loud'` (string)"],
    ['nothing', undefined, '`undefined`'],
    ['an Observable', of(1), 'an instance of `Observable`'],
  ])('refuses %s, and goes on with the old behavior', (_, behavior, got) => {
    const scheduler = new VirtualTimeScheduler();
    const outputs: unknown[] = [];
    const actor = new ActorSystem({ scheduler }).actor((m: string, { become }: ActorContext<string>) => {
      if (m !== 'wrong') return of(m);
      try {
        become(behavior as never);
      } catch (error) {
        outputs.push(error);
      }
      return undefined;
    });
    actor.subscribe((m) => outputs.push(m));
    actor.send('wrong');
    actor.send('a');
    scheduler.flush();
    expect(outputs).toEqual([new TypeError(`Expected \`behavior\` to be a function, got ${got}.`), 'a']);
  });

  it('O4 may be called with each of 10,000 messages', () => {
    const scheduler = new VirtualTimeScheduler();
    const outputs: string[] = [];
    const actor = new ActorSystem({ scheduler }).actor(quiet);
    actor.subscribe((m) => outputs.push(m));
    for (let n = 0; n < 10_000; n++) actor.send(n % 2 === 0 ? '+' : '.');
    actor.send('a');
    scheduler.flush();
    expect(outputs).toHaveLength(10_001);
    expect(outputs.at(-1)).toBe('a');
  });
});

const refusal = (name: string): TypeError =>
  new TypeError(
    `Expected an actor whose messages a behavior or receive() handles, got "${name}", which handles them in another way.`,
  );
