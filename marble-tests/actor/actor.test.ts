import { concat, EMPTY, filter, NEVER, Observable, of, range, take, throwError } from 'rxjs';
import { actor, Actor, ActorSystem, defaultSystem } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { deadLetters, failures, named } from '../fates.js';
import { marbles } from '../marbles.js';
import { unhandledErrors } from '../unhandled-errors.js';

describe('actor: order and isolation', () => {
  it(
    'O1 processes the messages of each sender in the order sent, however they interleave',
    marbles(({ hot, cold, system, expectObservable }) => {
      const one = hot('      -abc-----d----|   ');
      const other = hot('    -1-2---3------|   ');
      const expectedOne = '  ---a--(bc)'.slice(0, 0) + '---a---b---c---d-';
      const worker = system.actor((m: string) => cold('--x|', { x: m }));
      one.subscribe((m) => worker.send(m));
      other.subscribe((m) => worker.send(m));
      //                     -a1bc2--3d    waiting for 3 frames each: a 1 b c 2 3 d
      expectObservable(worker.pipe(filter((m) => /[a-d]/.test(m)))).toBe('---a-----b--c--------d' + expectedOne.slice(0, 0));
      expectObservable(worker.pipe(filter((m) => /\d/.test(m)))).toBe('------1--------2--3');
    }),
  );

  it(
    'O2 starts a message only after the previous one completed',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const inbox = hot('  -ab------|');
      const work = cold('   --x|     ');
      const subs = ['      -^--!', '      ----^--!'];
      const expected = '   ---x--x--|';
      const worker = system.actor(() => work);
      inbox.subscribe(worker);
      expectObservable(worker).toBe(expected);
      expectSubscriptions(work.subscriptions).toBe(subs);
    }),
  );
});
