import {
  NEVER,
  of,
  switchMap,
  takeUntil,
  VirtualTimeScheduler,
  type Observable,
  type SchedulerAction,
  type Subscription,
} from 'rxjs';
import { Actor, ActorClosedError, ActorSystem, restart, resume, type ActorContext, type ActorOptions } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { deadLetters, named } from '../fates.js';
import { marbles } from '../marbles.js';
import { thrownBy } from '../recorder.js';

const bad = new Error('bad');

/**
 * Is told `i` when it has had nothing to do for 3 ms, from `s` until `e`; does what `works` says, closes itself with `.`,
 * fails with `x`, and echoes all else.
 */
const idling =
  (works: Readonly<Record<string, Observable<string>>> = {}) =>
  (m: string, { receiveTimeout, self }: ActorContext<string>) => {
    if (m === 's') receiveTimeout(3, 'i');
    if (m === 'e') receiveTimeout(undefined);
    if (m === '.') self.close();
    if (m === 'x') throw bad;
    return works[m] ?? ('se.'.includes(m) ? undefined : of(m));
  };

/** The same without marbles, and its outputs with the times at which they came. */
function idlingNow(options: Omit<ActorOptions<string>, 'system'> = {}) {
  const scheduler = new VirtualTimeScheduler();
  const system = new ActorSystem({ scheduler });
  let context!: ActorContext<string>;
  const behavior = idling();
  const actor = system.actor((m: string, own: ActorContext<string>) => {
    context = own;
    return behavior(m, own);
  }, options);
  const outputs: string[] = [];
  actor.subscribe({ next: (m) => outputs.push(`${m}${scheduler.frame}`), error: () => undefined });
  return { actor, outputs, scheduler, context: () => context };
}

describe('context.receiveTimeout', () => {
  it(
    'T1 sends the actor a message when it has had nothing to do for a time, again and again, until it is ended',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('   -s---------e');
      const expected = '   ----i--i--i-';
      const actor = system.actor(idling());
      sent.subscribe((m) => actor.send(m));
      expectObservable(actor).toBe(expected);
    }),
  );

  it(
    'starts anew with every message',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('   -s-a-b----a-e');
      const expected = '   ---a-b--i-a--';
      const actor = system.actor(idling());
      sent.subscribe((m) => actor.send(m));
      expectObservable(actor).toBe(expected);
    }),
  );

  it(
    'sends nothing when a message has come at the last moment, which starts it anew',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('   -s--a-----e');
      const expected = '   ----a--i---';
      const actor = system.actor(idling());
      sent.subscribe((m) => actor.send(m));
      expectObservable(actor).toBe(expected);
    }),
  );

  it(
    'counts from the end of the work on a message, not while that goes on or others wait',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const sent = hot('   sw-v-------------e');
      const work = cold('   ----w-| ');
      const subs = ['      -^-----!', '-------^-----!'];
      const expected = '   -----w-----w----i';
      const actor = system.actor(idling({ w: work, v: work }));
      sent.subscribe((m) => actor.send(m));
      expectSubscriptions(work.subscriptions).toBe(subs);
      expectObservable(actor).toBe(expected);
    }),
  );

  it(
    'counts from the moment when an ask takes its work back',
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot('   s--------e');
      const asked = '      -^---!';
      const expected = '   --------i-';
      const actor = system.actor(idling({ w: cold('---------') }));
      sent.subscribe((m) => actor.send(m));
      expectObservable(actor.ask('w'), asked).toBe('-');
      expectObservable(actor).toBe(expected);
    }),
  );

  it(
    'may be set anew, also by its own message: the last time and the last message count',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('   a-b---------k');
      const expected = '   -----B-c-c-c|';
      const actor = system.actor((m: string, { receiveTimeout }: ActorContext<string>) => {
        if (m === 'a') receiveTimeout(9, 'x');
        else if (m === 'b') receiveTimeout(3, 'B');
        else if (m === 'B') receiveTimeout(2, 'c');
        return 'Bc'.includes(m) ? of(m) : undefined;
      });
      sent.subscribe((m) => {
        if (m === 'k') actor.kill();
        else actor.send(m);
      });
      expectObservable(actor).toBe(expected);
    }),
  );

  it('may be set from outside, when the actor has nothing to do already', () => {
    const { actor, outputs, scheduler, context } = idlingNow();
    actor.send('a');
    scheduler.schedule(() => context().receiveTimeout(3, 'i'), 2);
    scheduler.schedule(() => context().receiveTimeout(undefined), 9);
    scheduler.flush();
    expect(outputs).toEqual(['a0', 'i5', 'i8']);
    expect(scheduler.actions).toEqual([]);
  });

  it(
    'sends a message like any other: it may fail, and comes again',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('   -s-------e');
      const letters = '    ----x--x--';
      const dead = deadLetters(system);
      const actor = system.actor(
        (m: string, { receiveTimeout }: ActorContext<string>) => {
          if (m === 's') receiveTimeout(3, 'x');
          else if (m === 'e') receiveTimeout(undefined);
          else throw bad;
        },
        { supervision: resume(), mailbox: { capacity: 1 } },
      );
      sent.subscribe((m) => actor.send(m));
      expectObservable(dead).toBe(letters, named('x: x failed'));
    }),
  );

  it(
    'serves an actor with a state',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('   -s-----k');
      const expected = '   01--2--|';
      const counter = system.statefulActor((count: number, m: string, { receiveTimeout }) => {
        if (m === 's') receiveTimeout(3, 'i');
        return count + 1;
      }, 0);
      sent.subscribe((m) => {
        if (m === 'k') counter.close();
        else counter.send(m);
      });
      expectObservable(counter).toBe(expected, { 0: 0, 1: 1, 2: 2 });
    }),
  );

  it(
    'F2 ends with a restart, not with a resume',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('   sx------e');
      const resumed = '    ----i--i-';
      const resuming = system.actor(idling(), { supervision: resume() });
      const restarting = system.actor(idling(), { supervision: restart() });
      sent.subscribe((m) => {
        resuming.send(m);
        restarting.send(m);
      });
      expectObservable(resuming).toBe(resumed);
      expectObservable(restarting).toBe('-');
    }),
  );

  it.each(['kill', 'close', 'fail', 'restart', 'end'] as const)('E7 leaves no action to be done: %s', (how) => {
    const { actor, outputs, scheduler } = idlingNow(how === 'restart' ? { supervision: restart() } : {});
    actor.send('s');
    actor.send('a');
    scheduler.schedule(() => {
      if (how === 'kill' || how === 'close') actor[how]();
      else actor.send(how === 'end' ? 'e' : 'x');
    }, 10);
    scheduler.flush();
    expect(outputs).toEqual(['a0', 'i3', 'i6', 'i9']);
    // It would have been told at 12.
    expect(scheduler.frame).toBe(10);
  });

  it(
    'E2 ends with a close, also while the actor still drains',
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot('   sw.');
      const expected = '   -------w|';
      const dead = deadLetters(system);
      const actor = system.actor(idling({ w: cold('------w|') }));
      sent.subscribe((m) => {
        if (m === '.') actor.close();
        else actor.send(m);
      });
      expectObservable(actor).toBe(expected);
      expectObservable(dead).toBe('-');
    }),
  );

  it(
    'lets an actor end itself when nobody has used it for a time',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('   -s-a-b-----');
      const expected = '   ---a-b--|';
      const actor = system.actor((m: string, { receiveTimeout, self }: ActorContext<string>) => {
        receiveTimeout(3, 'unused');
        if (m === 'unused') self.close();
        return 'ab'.includes(m) ? of(m) : undefined;
      });
      sent.subscribe((m) => actor.send(m));
      expectObservable(actor).toBe(expected);
    }),
  );

  it('T1 counts on when nothing is put back from outside', () => {
    const { actor, outputs, scheduler, context } = idlingNow();
    actor.send('s');
    scheduler.schedule(() => context().unstashAll(), 2);
    scheduler.schedule(() => actor.kill(), 5);
    scheduler.flush();
    expect(outputs).toEqual(['i3']);
  });

  it('O4 is not scheduled with every message, however many come', () => {
    let scheduled = 0;
    class Counting extends VirtualTimeScheduler {
      override schedule<T>(work: (this: SchedulerAction<T>, state?: T) => void, delay = 0, state?: T): Subscription {
        if (delay > 0) scheduled++;
        return super.schedule(work, delay, state);
      }
    }
    const scheduler = new Counting();
    let handled = 0;
    const actor = new ActorSystem({ scheduler }).actor((m: string, { receiveTimeout }: ActorContext<string>) => {
      if (handled++ === 0) receiveTimeout(100, 'idle');
      if (m === 'idle') receiveTimeout(undefined);
    });
    for (let n = 0; n < 2_000; n++) scheduler.schedule(() => actor.send('m'), n);
    scheduled = 0;
    scheduler.flush();
    expect(handled).toBe(2_001);
    expect(scheduled).toBeLessThan(200);
  });

  it.each([
    ['a text', '5', TypeError, "a finite number from 1 up, got `'5'` (string)"],
    ['a negative time', -1, RangeError, 'a finite number from 1 up, got `-1` (number)'],
    ['no time, which would never pass', 0, RangeError, 'a finite number from 1 up, got `0` (number)'],
    ['less than a clock can tell', 0.5, RangeError, 'a finite number from 1 up, got `0.5` (number)'],
    ['no number', NaN, RangeError, 'a finite number from 1 up, got `NaN` (number)'],
    ['no end of time', Infinity, RangeError, 'a finite number from 1 up, got `Infinity` (number)'],
    ['more than a timer can wait', 2 ** 31, RangeError, 'at most 2147483647 milliseconds, got `2147483648` (number)'],
    ['null', null, TypeError, 'a finite number from 1 up, got `null`'],
  ])('refuses %s, and goes on with the old time', (_, delay, kind, wanted) => {
    const { actor, outputs, scheduler, context } = idlingNow();
    scheduler.schedule(() => actor.send('s'));
    scheduler.schedule(() => {
      const thrown = thrownBy(() => context().receiveTimeout(delay as never, 'never'));
      expect(thrown).toBeInstanceOf(kind);
      expect((thrown as Error).message).toBe(`Expected \`delay\` to be ${wanted}.`);
    }, 1);
    scheduler.schedule(() => actor.kill(), 4);
    scheduler.flush();
    expect(outputs).toEqual(['i3']);
  });

  it(
    'counts from when the last message that waited was taken back',
    marbles(({ cold, hot, system, expectObservable }) => {
      const gate = cold('   o-c---------o--');
      const sent = hot('    -s-------------');
      const asked = hot('   ---b-----------');
      const cancelled = hot('------x--------');
      const killed = hot('  --------------x');
      const looks = '       --^-----------!';
      const waiting = '     --01--0--1--0--';
      const outputs = '     ------------i-|';
      class Gated extends Actor<string, string> {
        protected override run(): Observable<string> {
          return gate.pipe(switchMap((m) => (m === 'o' ? (super.run() as Observable<string>) : NEVER)));
        }
        protected override receive(m: string, context: ActorContext<string>) {
          return idling()(m, context);
        }
      }
      const gated = new Gated({ system }).start();
      sent.subscribe((m) => gated.send(m));
      asked.subscribe((m) => gated.ask(m).pipe(takeUntil(cancelled)).subscribe());
      killed.subscribe(() => gated.kill());
      expectObservable(gated.pending$, looks).toBe(waiting, { 0: 0, 1: 1 });
      expectObservable(gated).toBe(outputs);
    }),
  );

  it('refuses an actor that has ended', () => {
    const { actor, scheduler, context } = idlingNow();
    actor.send('a');
    scheduler.flush();
    actor.kill();
    expect(thrownBy(() => context().receiveTimeout(3, 'i'))).toBeInstanceOf(ActorClosedError);
    expect(thrownBy(() => context().receiveTimeout(undefined))).toBeInstanceOf(ActorClosedError);
  });
});
