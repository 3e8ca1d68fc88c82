import { concat, EMPTY, EmptyError, NEVER, of, Subject, timer, VirtualTimeScheduler } from 'rxjs';
import { ActorClosedError, ActorSystem, askFirst, AskTimeoutError, resume, type Askable } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { deadLetters } from '../fates.js';
import { marbles } from '../marbles.js';

/** What the result fails with when nobody has answered. */
const nobody = (...errors: unknown[]) =>
  new AggregateError(errors, `No actor has answered, of ${errors.length} that were asked.`);

describe('askFirst', () => {
  it(
    'asks all at once and emits the answer that comes first; the other asks are taken back',
    marbles(({ cold, system, expectObservable, expectSubscriptions }) => {
      const asked = '   -^---------';
      const a = cold('   ----x|    ');
      const b = cold('   --y|      ');
      const c = cold('   -----z|   ');
      const subs = '    -^-!       ';
      const expected = '---(y|)    ';
      const actors = [a, b, c].map((work) => system.actor(() => work));
      expectObservable(askFirst(actors, 'm'), asked).toBe(expected);
      for (const work of [a, b, c]) expectSubscriptions(work.subscriptions).toBe(subs);
    }),
  );

  it(
    'A1 sends when it is subscribed, in the order of the actors, once to each for each subscription',
    marbles(({ cold, system, probe, expectObservable, expectMessages, expectSubscriptions }) => {
      const first = '    --^---------';
      const second = '   -------^----';
      const work = cold('  -x|        ');
      const subs = '      --^!        ';
      const again = '     -------^!   ';
      const expected1 = '---(x|)     ';
      const expected2 = '--------(x|)';
      const received = ' --(ab)-(ab) ';
      const order = probe<string>();
      const actors = ['a', 'b'].map((name) =>
        system.actor((_: string) => {
          order.send(name);
          return work;
        }),
      );
      const answer = askFirst(actors, 'm');
      expectObservable(answer, first).toBe(expected1);
      expectObservable(answer, second).toBe(expected2);
      expectMessages(order).toBe(received);
      expectSubscriptions(work.subscriptions).toBe([subs, subs, again, again]);
    }),
  );

  it(
    'A3 takes back an ask that waits, and lets the others go on with what comes next',
    marbles(({ hot, cold, system, probe, expectObservable, expectMessages, expectSubscriptions }) => {
      const busy = hot('  ab----------');
      const asked = '     --^---------';
      const quick = cold('  --q|      ');
      const quickSubs = '  --^-!      ';
      const expected = '  ----(q|)    ';
      const outputs = '   ---a---b----';
      const looked = hot('---l-m------');
      const pending = '   ---w-v------';
      const slow = system.actor((m: string) => cold('---m|', { m }));
      const counts = probe<number>();
      busy.subscribe((m) => slow.send(m));
      expectObservable(askFirst([slow, system.actor(() => quick)], 'm'), asked).toBe(expected);
      looked.subscribe(() => counts.send(slow.pending));
      expectObservable(slow).toBe(outputs);
      expectMessages(counts).toBe(pending, { w: 2, v: 0 });
      expectSubscriptions(quick.subscriptions).toBe(quickSubs);
    }),
  );

  it(
    'cancels what would have come after the first answer of the one that has answered',
    marbles(({ cold, system, expectObservable, expectSubscriptions }) => {
      const asked = '   -^-------';
      const work = cold('--x--y--|');
      const subs = '    -^-!     ';
      const expected = '---(x|)  ';
      expectObservable(askFirst([system.actor(() => work)], 'm'), asked).toBe(expected);
      expectSubscriptions(work.subscriptions).toBe(subs);
    }),
  );

  it(
    'A3 takes all asks back when it is unsubscribed',
    marbles(({ cold, system, expectObservable, expectSubscriptions }) => {
      const asked = '   -^--!----';
      const work = cold('------x|');
      const subs = '    -^--!    ';
      const expected = '---------';
      expectObservable(askFirst([system.actor(() => work)], 'm'), asked).toBe(expected);
      expectSubscriptions(work.subscriptions).toBe(subs);
    }),
  );

  it(
    'A2 lets pass who fails, has ended, is too late or has no answer, as long as another may answer',
    marbles(({ cold, system, expectObservable, expectSubscriptions }) => {
      const asked = '      -^------------';
      const failing = cold(' -#           ');
      const failingSubs = '-^!           ';
      const silent = cold('  --|          ');
      const silentSubs = ' -^-!          ';
      const slow = cold('    -----------z|');
      const last = cold('    ----x|       ');
      const lastSubs = '   -^---!        ';
      const expected = '   -----(x|)     ';
      const ended = system.actor(() => undefined);
      ended.kill();
      const actors = [failing, silent, slow, last].map((work) => system.actor(() => work, { supervision: resume() }));
      expectObservable(askFirst([ended, ...actors], 'm', { timeout: 5 }), asked).toBe(expected);
      expectSubscriptions(failing.subscriptions).toBe(failingSubs);
      expectSubscriptions(silent.subscriptions).toBe(silentSubs);
      expectSubscriptions(slow.subscriptions).toBe(lastSubs);
      expectSubscriptions(last.subscriptions).toBe(lastSubs);
    }),
  );

  it(
    'A2 fails with all errors, in the order of the actors, once all have failed',
    marbles(({ cold, system, expectObservable, expectSubscriptions }) => {
      const asked = '   -^--------';
      const late = cold(' ----#', undefined, 'late');
      const soon = cold(' -#', undefined, 'soon');
      const slow = cold(' --------x|');
      const slowSubs = ' -^----!   ';
      const expected = '------#   ';
      const [a, b] = [late, soon].map((work) => system.actor(() => work, { supervision: resume() }));
      const c = system.actor(() => slow, { name: 'slow' });
      const d = system.actor(() => undefined, { name: 'ended' });
      d.kill();
      const errors = nobody('late', 'soon', new AskTimeoutError('slow', 5), new ActorClosedError('ended'));
      expectObservable(askFirst([a, b, c, d], 'm', { timeout: 5 }), asked).toBe(expected, null, errors);
      expectSubscriptions(slow.subscriptions).toBe(slowSubs);
    }),
  );

  it('A2 counts an actor that completes without an answer as one that fails, with an EmptyError', () => {
    const failed: unknown[] = [];
    askFirst([{ ask: () => EMPTY }], 'm').subscribe({ error: (error: unknown) => failed.push(error) });
    expect(failed).toEqual([expect.objectContaining({ name: 'AggregateError', errors: [expect.any(EmptyError)] })]);
  });

  it(
    'fails at once when nobody is asked',
    marbles(({ expectObservable }) => {
      expectObservable(askFirst([], 'm')).toBe('#', null, nobody());
    }),
  );

  it(
    'E8 makes no dead letters of the asks that it takes back',
    marbles(({ hot, system, expectObservable }) => {
      const ask = hot(' -x---------');
      const expected = '-----------';
      const dead = deadLetters(system);
      // The second round waits behind the first one with everybody.
      const actors = [1, 2, 3].map((n) => system.actor(() => timer(n)));
      ask.subscribe((m) => {
        askFirst(actors, m).subscribe();
        askFirst(actors, m).subscribe();
      });
      expectObservable(dead).toBe(expected);
    }),
  );

  it('asks 10,000 actors and takes the asks of all but one back', () => {
    const scheduler = new VirtualTimeScheduler();
    const system = new ActorSystem({ scheduler });
    const actors = Array.from({ length: 10_000 }, (_, n) => system.actor((m: string) => (n === 9999 ? of(m) : NEVER)));
    const answers: string[] = [];
    askFirst(actors, 'm').subscribe((answer) => answers.push(answer));
    scheduler.flush();
    expect(answers).toEqual(['m']);
  });

  it('takes whoever can be asked, does not ask those behind one that answers at once, and lets pass an ask() that throws', () => {
    const asked: string[] = [];
    const askable = (name: string): Askable<string, string> => ({
      ask: (m) => {
        asked.push(name);
        if (name === 'broken') throw new Error('broken');
        return of(name + m);
      },
    });
    const answers: string[] = [];
    askFirst(['broken', 'a', 'b'].map(askable), 'm').subscribe((answer) => answers.push(answer));
    expect({ asked, answers }).toEqual({ asked: ['broken', 'a'], answers: ['am'] });
  });

  it('emits one answer, also when the next one comes while that is being heard', () => {
    const [a, b] = [new Subject<string>(), new Subject<string>()];
    const answers: string[] = [];
    askFirst([{ ask: () => a }, { ask: () => concat(b, NEVER) }], 'm').subscribe((answer) => {
      answers.push(answer);
      b.next('b');
      a.next('c');
    });
    a.next('a');
    expect({ answers, observed: [a.observed, b.observed] }).toEqual({ answers: ['a'], observed: [false, false] });
  });
});
