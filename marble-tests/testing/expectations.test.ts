import { NEVER, of, timer } from 'rxjs';
import { Exchange, resume, type Recipient } from 'rx-actors';
import type { Probe } from 'rx-actors/testing';
import { describe, expect, it } from 'vitest';
import { marbles } from '../marbles.js';
import { failing } from './failing.js';

const failOn =
  (bad: string) =>
  (message: string): void => {
    if (message === bad) throw new Error(`not ${message}`);
  };

describe('expectObservable', () => {
  it(
    'subscribes and unsubscribes when the test says so',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('a-b-c-d');
      const window = '     --^--!';
      const expected = '   --a-b-';
      expectObservable(source, window).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(window);
    }),
  );

  it(
    'holds two Observables against each other, subscribed to at the same time',
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('a-b|'), '--^').toEqual(cold('a-b|'));
    }),
  );

  it('fails when two are not equal, and draws both', () => {
    const error = failing(({ cold, expectObservable }) => {
      expectObservable(cold('a-b|', { a: 1, b: 2 })).toEqual(cold('a-c|', { a: 1, c: 3 }));
    });
    expect(error.message).toBe(
      'expectObservable\nExpected: "a-b|"\nReceived: "a-c|"\n  a = 1\n  b = 3\n  c = 2'.replace(
        '  b = 3\n  c = 2',
        '  b = 3\n  c = 2',
      ),
    );
  });

  it(
    'is met by what never emits when nothing is expected, and checks nothing that the test does not say',
    marbles(({ expectObservable }) => {
      expectObservable(NEVER).toBe('-');
      expectObservable(of('a'));
    }),
  );

  it('checks at each flush what has been said by then', () => {
    const seen: string[] = [];
    const error = failing(({ hot, flush, expectObservable }) => {
      const source = hot('-a-');
      expectObservable(source).toBe('-a-');
      flush();
      seen.push('went on');
      expectObservable(of('x')).toBe('y');
      flush();
      seen.push('never');
    });
    expect(error.message).toContain('Received: "-(x|)"');
    expect(seen).toEqual(['went on']);
  });
});

describe('expectMessages', () => {
  it('takes nothing but a probe', () => {
    const error = failing(({ expectMessages }) => {
      expectMessages({ send: () => undefined } as unknown as Probe);
    });
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toContain('Expected `probe` to be a probe');
  });

  it(
    'holds messages that are Observables as they are',
    marbles(({ system, probe, expectMessages }) => {
      const sent = probe();
      const exchange = system.exchange('x');
      sent.send(exchange);
      expectMessages(sent).toBe('a', { a: exchange });
    }),
  );
});

describe('expectState', () => {
  it(
    'tells the state that there is, each new one, and the end',
    marbles(({ system, send, expectState }) => {
      const sum = system.statefulActor((state: number, by: number) => state + by, 0);
      const sent = '    -a-b-|';
      const states = '  01-3-|';
      send(sum, sent, { a: 1, b: 2 });
      expectState(sum).toBe(states, { 0: 0, 1: 1, 3: 3 });
    }),
  );

  it('draws the states that came', () => {
    const error = failing(({ system, send, expectState }) => {
      const sum = system.statefulActor((state: number, by: number) => state + by, 0, { name: 'sum' });
      send(sum, '-a-b', { a: 1, b: 2 });
      expectState(sum).toBe('xy-z', { x: 0, y: 1, z: 2 });
    });
    expect(error.message).toContain(
      'expectState(sum)\nExpected: "xy-z"\nReceived: "xy-a"\n  x = 0\n  y = 1\n  z = 2\n  a = 3',
    );
  });
});

describe('expectDeadLetters', () => {
  it(
    'takes letters for messages, or what the test says of them',
    marbles(({ system, send, expectDeadLetters }) => {
      const worker = system.actor(failOn('b'), { name: 'worker', supervision: resume() });
      send(worker, '               a-b-|   ');
      send(worker, '               -----c-d');
      expectDeadLetters().toBe('   --b--c-d');
      expectDeadLetters().toBe('   --b--c-x', {
        b: { message: 'b', reason: 'failed' },
        c: { recipient: 'worker' },
        x: {},
      });
    }),
  );

  it(
    'tells of those of one recipient alone, of what comes within the body too, and of none',
    marbles(({ system, expectDeadLetters }) => {
      const [one, other] = [system.actor(() => undefined), system.actor(() => undefined)];
      const ofOne = expectDeadLetters(one);
      const ofOther = expectDeadLetters(other);
      one.kill();
      one.send('a');
      ofOne.toBe('a');
      ofOther.toBe('');
    }),
  );

  it('shows what came in plain words', () => {
    const error = failing(({ system, expectDeadLetters }) => {
      const worker = system.actor(() => undefined, { name: 'worker' });
      worker.kill();
      const nobody = new Exchange<string>({ system, name: 'empty' });
      expectDeadLetters().toBe('a', { a: { message: 'hello', reason: 'overflow' } });
      worker.send('hello');
      nobody.send('x');
    });
    expect(error.message).toBe(
      [
        'expectDeadLetters',
        'Expected: "a"',
        'Received: "(bx)"',
        "  a = { message: 'hello', reason: 'overflow' }",
        "  b = { message: 'hello', reason: 'closed', recipient: 'worker' }",
        "  x = { message: 'x', reason: 'unrouted', recipient: 'empty' }",
      ].join('\n'),
    );
  });
});

describe('expectFailures', () => {
  it(
    'takes letters for messages, or what the test says of the failure',
    marbles(({ system, send, expectFailures }) => {
      const worker = system.actor(failOn('b'), { name: 'worker', supervision: resume() });
      const lines = system.exchange<string>('lines');
      const recipient: Recipient<string> & { name: string } = {
        name: 'thrower',
        send: (message) => {
          throw new Error(`no ${message}`);
        },
      };
      lines.attach(recipient);
      send(worker, '                  a-b--');
      send(lines, '                   ----c');
      expectFailures().toBe('         --b-c');
      expectFailures(worker).toBe('   --x--', {
        x: { actor: 'worker', error: new Error('not b'), directive: 'resume' },
      });
      expectFailures().toBe('         --x-y', {
        x: { message: 'b' },
        y: { exchange: 'lines', recipient: 'thrower', error: new Error('no c'), message: 'c' },
      });
    }),
  );
});

describe('expectTerminated', () => {
  it(
    'tells how an actor ends: closed, killed or failed',
    marbles(({ system, send, hot, expectTerminated }) => {
      const behavior = failOn('x');
      const [closed, killed, failed, alive] = [0, 1, 2, 3].map(() => system.actor(behavior));
      send(closed, '                    -a-|  ');
      hot('                             -----k').subscribe((reason) => killed.kill(reason));
      send(failed, '                    --x-  ');
      expectTerminated(closed).toBe('   ---c  ');
      expectTerminated(killed).toBe('   -----k');
      expectTerminated(killed).toBe('   -----x', { x: { kind: 'killed', reason: 'k' } });
      expectTerminated(failed).toBe('   --f---');
      expectTerminated(failed).toBe('   --x---', { x: { error: new Error('not x') } });
      expectTerminated(alive).toBe('    ------');
    }),
  );

  it('draws how it ended', () => {
    const error = failing(({ system, expectTerminated }) => {
      const worker = system.actor(() => undefined, { name: 'worker' });
      worker.kill('because');
      expectTerminated(worker).toBe('c');
    });
    expect(error.message).toBe(
      'expectTerminated(worker)\nExpected: "c"\nReceived: "k"\n  k = { kind: \'killed\', reason: \'because\' }',
    );
  });
});

describe('send', () => {
  it(
    'sends letters, or what they stand for, and closes the recipient',
    marbles(({ system, send, expectObservable }) => {
      const echo = system.actor((m: string | number) => of(m));
      send<string | number>(echo, 'a--b--|', { a: 'a', b: 2 });
      expectObservable(echo).toBe('a--b--|', { a: 'a', b: 2 });
    }),
  );

  it(
    'sends from the beginning on to those who listen from there on, also when they come later in the body',
    marbles(({ system, send, expectObservable }) => {
      const lines = system.exchange<string>('lines');
      send(lines, '                 a-b|');
      expectObservable(lines).toBe('a-b|');
    }),
  );

  it(
    'sends from now on when time has begun',
    marbles(({ system, send, hot, probe, expectMessages, scheduler }) => {
      const sent = probe<string>();
      hot('--x').subscribe(() => send(sent, 'a-b'));
      expectMessages(sent).toBe('--a-b');
      system.actor(() => timer(1, scheduler)).send('go');
    }),
  );

  it(
    'gives the error of an upstream',
    marbles(({ system, send, expectFailures, expectTerminated }) => {
      const worker = system.actor(() => undefined);
      const error = new Error('upstream');
      send(worker, '-#', undefined, error);
      expectFailures().toBe('-x', { x: { error } });
      expectTerminated(worker).toBe('-f');
    }),
  );

  it.each([
    ['|', 'complete'],
    ['#', 'error'],
  ])('refuses %s for a recipient without `%s()`, at once', (marble, method) => {
    const error = failing(({ send }) => send({ send: () => undefined }, `a${marble}`));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toContain(`one with a \`${method}\` method`);
  });

  it('refuses a point of subscription', () => {
    const error = failing(({ send, probe }) => send(probe<string>(), '-^-a'));
    expect(error.message).toContain('without "^"');
  });
});
