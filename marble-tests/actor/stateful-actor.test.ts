import { map } from 'rxjs';
import { ActorSystem, restart, resume, StatefulActor, statefulActor } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { deadLetters, named } from '../fates.js';
import { marbles } from '../marbles.js';
import { unhandledErrors } from '../unhandled-errors.js';

const append = (state: string, m: string) => state + m;

describe('statefulActor', () => {
  it(
    'gives a subscriber the current state first, then each new one',
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('  --a--b--|');
      const late = '       ---^-----';
      const values = { i: '', a: 'a', b: 'ab' };
      const states = system.statefulActor(append, '');
      inbox.subscribe(states);
      expectObservable(states).toBe('      i-a--b--|', values);
      expectObservable(states, late).toBe('---a-b--|', values);
      expectObservable(states, '^!').toBe('i', values);
    }),
  );

  it(
    'gives only its completion after the end, and keeps the last state to be read',
    marbles(({ hot, system, expectObservable }) => {
      const states = system.statefulActor(append, '');
      hot('                          -a|').subscribe(states);
      expectObservable(states, '     ---^').toBe('---|');
      expectObservable(hot('         ---x').pipe(map(() => states.state))).toBe('---a');
    }),
  );

  it('reduces later, never on the stack of the sender', async () => {
    const states = statefulActor(append, '', { system: new ActorSystem() });
    states.send('a');
    expect(states.state).toBe('');
    states.close();
    await states.join();
    expect(states.state).toBe('a');
  });

  it(
    'A1 answers an ask with the state that its message led to',
    marbles(({ hot, system, expectObservable }) => {
      const states = system.statefulActor(append, '');
      hot('                                -a').subscribe((m) => states.send(m));
      expectObservable(states.ask('b'), '  --^').toBe('--(x|)', { x: 'ab' });
    }),
  );

  it(
    'emits every new state, also an equal one, undefined, a Promise or an Observable as it is',
    marbles(({ hot, system, expectObservable }) => {
      const states: unknown[] = [1, 1, undefined, 'text', null];
      const worker = system.statefulActor((_: unknown, n: number) => states[n], 0);
      hot('-abcde', { a: 0, b: 1, c: 2, d: 3, e: 4 }).subscribe((n) => worker.send(n));
      expectObservable(worker).toBe('iaabcd', { i: 0, a: 1, b: undefined, c: 'text', d: null });
    }),
  );

  it(
    'F2 keeps the state as it was when the reducer throws: resume() goes on with it, restart() with the initial one',
    marbles(({ hot, system, expectObservable }) => {
      const reduce = (state: string, m: string) => {
        if (m === 'x') throw new Error('bad');
        return state + m;
      };
      const inbox = hot('  -a-x-b');
      const values = { i: 'i', a: 'ia', b: 'iab', c: 'ib' };
      const resumed = system.statefulActor(reduce, 'i', { supervision: resume() });
      const restarted = system.statefulActor(reduce, 'i', { supervision: restart() });
      inbox.subscribe((m) => {
        resumed.send(m);
        restarted.send(m);
      });
      expectObservable(resumed).toBe('  ia---b', values);
      expectObservable(restarted).toBe('ia-i-c', values);
    }),
  );

  it(
    'E3 shows nobody the state that an interrupted message made',
    marbles(({ hot, system, expectObservable }) => {
      const dead = deadLetters(system);
      const states: StatefulActor<string, string> = system.statefulActor((state: string, m: string, { self }) => {
        self.kill();
        return state + m;
      }, '');
      hot('                      -a').subscribe((m) => states.send(m));
      expectObservable(states).toBe('i|', { i: '' });
      expectObservable(dead).toBe('-a', named('a: a killed'));
    }),
  );

  it(
    'F5 is not harmed by an observer that throws, also not at its first state',
    marbles(({ hot, system, expectObservable }) => {
      const errors = unhandledErrors();
      const states = system.statefulActor(append, 'i');
      states.subscribe((state) => {
        throw state;
      });
      hot('                        --a').subscribe((m) => states.send(m));
      expectObservable(states).toBe('i-a', { i: 'i', a: 'ia' });
      expectObservable(errors).toBe('i-a', { i: 'i', a: 'ia' });
    }),
  );

  it('is a class whose instances are to be started', async () => {
    const states = new StatefulActor(append, '', { system: new ActorSystem() });
    states.send('a');
    expect(states.status).toBe('created');
    states.start().close();
    await states.join();
    expect(states.state).toBe('a');
  });

  it('O4.3 reduces a backlog of 10,000', async () => {
    const sum = statefulActor((total: number, n: number) => total + n, 0, { system: new ActorSystem() });
    for (let n = 0; n < 10_000; n++) sum.send(n);
    await sum[Symbol.asyncDispose]();
    expect(sum.state).toBe((9999 * 10_000) / 2);
  });

  it('refuses a reducer that is no function', () => {
    expect(() => statefulActor(3 as never, 0)).toThrow('Expected `reduce` to be a function, got `3` (number).');
    expect(() => new StatefulActor(undefined as never, 0)).toThrow(TypeError);
  });
});
