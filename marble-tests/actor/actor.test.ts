import { concatMap, EMPTY, NEVER, of } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { marbles } from '../marbles.js';

describe('actor', () => {
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

  it(
    'E2 drains what was sent before close() and makes dead letters of the rest',
    marbles(({ cold, system, expectObservable, probe, expectMessages }) => {
      const letters = probe();
      system.deadLetters.subscribe(({ message, reason }) => letters.send(`${message} ${reason}`));
      const worker = system.actor((m: string) => cold('--x|', { x: m }));
      cold('-a-b-c|').subscribe((m) => {
        worker.send(m);
        if (m === 'b') worker.close();
      });
      expectObservable(worker).toBe('---a--(b|)'.replace('(b|)', 'b|'));
      expectObservable(worker.terminated).toBe('-------(t|)', { t: { kind: 'closed' } });
      expectMessages(letters).toBe('-----c', { c: 'c closed' });
    }),
  );
});
