import { NEVER, Subject, throwError } from 'rxjs';
import type { AnyActor, Termination } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { marbles } from '../marbles.js';

/** What stands for an actor elsewhere: all that is known of its end is `terminated`. */
const reference = (terminated: AnyActor['terminated']): AnyActor => ({
  name: 'elsewhere',
  status: 'running',
  pending: 0,
  terminated,
  close: () => undefined,
  kill: () => undefined,
  join: () => Promise.resolve(),
});

describe('context.watch of what stands for an actor elsewhere', () => {
  it(
    'F6.3 tells of its end as that does, once, and listens no longer',
    marbles(({ hot, system, expectObservable, expectSubscriptions }) => {
      const ends = hot('     ---e--', { e: { kind: 'closed' } as Termination });
      const subs = '         ^--!--';
      const expected = '     ---c--';
      const watcher = system.actor((message: string, { watch }) => {
        if (message !== 'go') return [message];
        watch(reference(ends), ({ kind }) => kind);
        return undefined;
      });
      watcher.send('go');
      expectObservable(watcher).toBe(expected, { c: 'closed' });
      expectSubscriptions(ends.subscriptions).toBe(subs);
    }),
  );

  it(
    'F6.3 listens no longer when it is unwatched, and hears nothing of an end that cannot be known',
    marbles(({ hot, system, expectObservable, expectSubscriptions }) => {
      const ends = hot('     ------e', { e: { kind: 'closed' } as Termination });
      const subs = '         ^--!---';
      const other = reference(ends);
      const watcher = system.actor((message: string, { watch, unwatch }) => {
        if (message === 'a') {
          watch(other, () => 'end');
          watch(reference(throwError(() => new Error('link lost'))), () => 'end');
          return undefined;
        }
        return [message === 'b' ? unwatch(other) : message];
      });
      hot('                  a--b---').subscribe((message) => watcher.send(message));
      expectObservable(watcher).toBe('---t---', { t: true });
      expectSubscriptions(ends.subscriptions).toBe(subs);
    }),
  );

  it.each([[{}], [{ terminated: 'yes' }], [undefined], [new Subject()], [NEVER]])(
    'refuses what has no end: %#',
    (other) => {
      const refused: unknown[] = [];
      marbles(({ system }) => {
        system
          .actor((_: string, { watch }) => {
            try {
              watch(other as never, () => 'end');
            } catch (error) {
              refused.push((error as Error).message);
            }
          })
          .send('go');
      })();
      expect(refused).toEqual([expect.stringContaining('Expected `other` to be another actor')]);
    },
  );
});
