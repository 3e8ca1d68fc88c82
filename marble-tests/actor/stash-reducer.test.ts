import { describe, it } from 'vitest';
import { marbles } from '../marbles.js';
describe('statefulActor', () => {
  it(
    'makes nothing of what a reducer returns for a message that it puts aside',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot(' -x--a--u');
      const expected = ' i---a--(ux)';
      let early = true;
      const states = system.statefulActor((state: string, m: string, context) => {
        if (m === 'u') {
          early = false;
          context.unstashAll();
        } else if (m === 'x' && early) {
          context.stash();
          return 'wrong';
        }
        return state + m;
      }, '');
      sent.subscribe((m) => states.send(m));
      expectObservable(states).toBe(expected, { i: '', a: 'a', u: 'au', x: 'aux' });
    }),
  );
});
