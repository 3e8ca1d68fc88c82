/* eslint-disable rxjs-x/no-subject-unsubscribe -- an exchange can be ended so, and one test does */
import { map, NEVER, timer } from 'rxjs';
import { Exchange, type Actor, type ActorSystem } from 'rx-actors';
import type { MarbleHelpers } from 'rx-actors/testing';
import { describe, it } from 'vitest';
import { deadLetters, failures, named, recorded } from '../fates.js';
import { marbles } from '../marbles.js';

/** Gives each message back after 3, and has room for one more. */
const slowActor = (system: ActorSystem, cold: MarbleHelpers['cold']): Actor<string, string> =>
  system.actor((m: string) => cold('---(m|)', { m }), { mailbox: { capacity: 1 } });

describe('an actor with a buffer', () => {
  it(
    'is offered one message after the other, in order, as it has room',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const sent = hot('    -(abcd)------------');
      const work = cold('    --x|              ');
      const workSubs = ['   -^--!              ', '   ----^--!', '   -------^--!', '   ----------^--!'];
      const looks = hot('   --x--x--x--x--x----');
      const pending = '     --1--1--1--0--0----';
      const exchange = new Exchange<string>({ system });
      const slow = system.actor(() => work, { mailbox: { capacity: 1 } });
      exchange.attach(slow, { buffer: 10 });
      sent.subscribe((message) => exchange.send(message));
      expectObservable(looks.pipe(map(() => String(slow.pending)))).toBe(pending);
      expectObservable(deadLetters(system)).toBe('-');
      expectSubscriptions(work.subscriptions).toBe(workSubs);
    }),
  );

  it.each([
    ['drop-newest', '----a--b--c--d', named('x: e overflow', 'y: f overflow')],
    ['drop-oldest', '----a--b--c--f', named('x: d overflow', 'y: e overflow')],
  ] as const)('drops what there is no room for, and counts it: %s', (overflow, outputs, letters) =>
    marbles(({ hot, cold, system, expectObservable }) => {
      // At 3 one is worked on, one is in the mailbox, one is being offered, and one waits here.
      const sent = hot('   -ab(cdef)');
      const dropped = '    ---(xy)--';
      const looks = hot('  --x-x----');
      const counts = '     --0-2----';
      const exchange = new Exchange<string>({ system });
      const slow = slowActor(system, cold);
      expectObservable(deadLetters(system)).toBe(dropped, letters);
      expectObservable(slow).toBe(outputs);
      exchange.attach(slow, { buffer: 1, overflow });
      sent.subscribe((message) => exchange.send(message));
      expectObservable(looks.pipe(map(() => String(exchange.dropped)))).toBe(counts);
    })(),
  );

  it(
    'E8 makes dead letters of what it will not take any more when it closes',
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot('   -(abcde)---f-');
      const close = hot('  --------x----');
      const outputs = '    ----a--b--c--(d|)';
      const letters = '    --------e--f-';
      const counts = '     1------------0';
      const exchange = new Exchange<string>({ system });
      const slow = slowActor(system, cold);
      exchange.attach(slow, { buffer: 10 });
      sent.subscribe((message) => exchange.send(message));
      close.subscribe(() => slow.close());
      expectObservable(slow).toBe(outputs);
      expectObservable(deadLetters(system)).toBe(letters, named('e: e closed', 'f: f closed'));
      expectObservable(exchange.subscriberCount$.pipe(map(String))).toBe(counts);
    }),
  );

  it(
    'E8 makes dead letters of all that waits when it is killed',
    marbles(({ hot, cold, system, expectObservable }) => {
      // At 8 one is worked on, one is in the mailbox, one is being offered, and one waits here.
      const sent = hot('   -(abcdef)');
      const kill = hot('   --------x');
      const outputs = '    ----a--b|';
      const letters = '    --------(cefd)';
      const counts = '     1-------0';
      const exchange = new Exchange<string>({ system });
      const slow = slowActor(system, cold);
      exchange.attach(slow, { buffer: 10 });
      sent.subscribe((message) => exchange.send(message));
      kill.subscribe(() => slow.kill());
      expectObservable(slow).toBe(outputs);
      expectObservable(deadLetters(system)).toBe(
        letters,
        named('c: c killed', 'd: d killed', 'e: e closed', 'f: f closed'),
      );
      expectObservable(exchange.subscriberCount$.pipe(map(String))).toBe(counts);
    }),
  );

  it(
    'E8 does what it has taken when it is detached; what is being offered and what waits are dead letters',
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot('    -(abcde)------');
      const detach = hot('  ------x-------');
      const outputs = '     ----a--b--c---';
      const letters = '     ------(de)----';
      const exchange = new Exchange<string>({ system });
      const slow = slowActor(system, cold);
      exchange.attach(slow, { buffer: 10 });
      expectObservable(slow).toBe(outputs);
      expectObservable(deadLetters(system)).toBe(letters, named('d: d closed', 'e: e closed'));
      sent.subscribe((message) => exchange.send(message));
      detach.subscribe(() => exchange.detach(slow));
    }),
  );

  it.each(['-(abcd|)', '-(abcd#)'])('gets what was sent before the end of the exchange, behind it: %s', (messages) =>
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot(messages);
      const outputs = '     ----a--b--c--d';
      const counts = '      2(0|)';
      const exchange = new Exchange<string>({ system });
      const slow = slowActor(system, cold);
      exchange.attach(slow, { buffer: 10 });
      expectObservable(exchange).toBe(messages);
      expectObservable(slow).toBe(outputs);
      expectObservable(deadLetters(system)).toBe('-');
      expectObservable(exchange.subscriberCount$.pipe(map(String))).toBe(counts);
      sent.subscribe(exchange);
    })(),
  );

  it(
    'E8 makes dead letters of what waits when the exchange ends without a word',
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot(' -(abcd)-');
      const stop = hot(' ---x----');
      const outputs = '  ----a--b';
      const letters = '  ---(cd)-';
      const exchange = new Exchange<string>({ system });
      const slow = slowActor(system, cold);
      exchange.attach(slow, { buffer: 10 });
      expectObservable(slow).toBe(outputs);
      expectObservable(deadLetters(system)).toBe(letters, named('c: c closed', 'd: d closed'));
      sent.subscribe((message) => exchange.send(message));
      stop.subscribe(() => exchange.unsubscribe());
    }),
  );

  it(
    'keeps nobody else waiting',
    marbles(
      ({ hot, system, probe, expectMessages, expectObservable }) => {
        const sent = hot('    -a-b-c-|');
        const received = '    -a-b-c--';
        const observed = '    -a-b-c-|';
        const exchange = new Exchange<string>({ system });
        const [before, after] = [probe<string>(), probe<string>()];
        exchange.attach(before);
        exchange.attach(
          system.actor(() => NEVER, { mailbox: { capacity: 1 } }),
          { buffer: 1 },
        );
        exchange.attach(after);
        sent.subscribe(exchange);
        expectMessages(before).toBe(received);
        expectMessages(after).toBe(received);
        expectObservable(exchange).toBe(observed);
      },
      { mayRemain: 'anything' },
    ),
  );

  it(
    'takes one message with `once`, also when it has to wait for room',
    marbles(({ hot, cold, system, expectObservable }) => {
      const direct = hot('  xy--------');
      const sent = hot('    --ab---c--');
      const outputs = '     ---x--y--a';
      const letters = '     ---b---c--';
      const exchange = new Exchange<string>({ system });
      const slow = slowActor(system, cold);
      direct.subscribe((message) => slow.send(message));
      exchange.attach(slow, { buffer: 1, once: true });
      sent.subscribe((message) => exchange.send(message));
      expectObservable(slow).toBe(outputs);
      expectObservable(deadLetters(system)).toBe(letters, named('b: b unrouted', 'c: c unrouted'));
    }),
  );

  it('drains 10,000 messages through room for one, and loses none', () => {
    marbles(({ system, expectObservable }) => {
      const exchange = new Exchange<number>({ system });
      const all = Array.from({ length: 10_000 }, (_, index) => index);
      const got: number[] = [];
      const slow = system.actor(
        (n: number) => {
          got.push(n);
          return n % 1_000 === 0 ? timer(1) : undefined;
        },
        { mailbox: { capacity: 1 } },
      );
      exchange.attach(slow, { buffer: 10_000 });
      for (const n of all) exchange.send(n);
      expectObservable(timer(100).pipe(map(() => [got, exchange.dropped]))).toBe('100ms (x|)', { x: [all, 0] });
    })();
  });

  it(
    'may be a pool: it is offered what its members have room for',
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot('    -abcdef------');
      const outputs = '     ----ab-cd-ef';
      const exchange = new Exchange<string>({ system });
      const pool = system.actorPool((m: string) => cold('---(m|)', { m }), { size: 2, mailbox: { capacity: 1 } });
      exchange.attach(pool, { buffer: 10 });
      sent.subscribe((message) => exchange.send(message));
      expectObservable(pool).toBe(outputs);
      expectObservable(deadLetters(system)).toBe('-');
    }),
  );

  it(
    'may be anything that has an offer()',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('    -abc----');
      const looks = hot('   --x-y-z-');
      const detach = hot('  -------x');
      const taken = '       --x-y-z-';
      const failed = '      -----c--';
      const exchange = new Exchange<string>({ system });
      let got = '';
      const ready = {
        send: () => undefined,
        offer: (m: string) => {
          if (m === 'c') throw new Error('on purpose');
          return timer(2).pipe(map(() => (got += m)));
        },
      };
      exchange.attach(ready, { buffer: 10 });
      sent.subscribe((message) => exchange.send(message));
      detach.subscribe(() => exchange.detach(ready));
      expectObservable(failures(system)).toBe(failed, named('c: c delivery'));
      expectObservable(deadLetters(system)).toBe('-');
      expectObservable(looks.pipe(map(() => got))).toBe(taken, { x: '', y: 'a', z: 'ab' });
    }),
  );

  it.each<[unknown, string]>([
    [true, '`true` (boolean)'],
    [undefined, '`undefined`'],
    [{ subscribe: () => undefined }, 'an object'],
  ])('O6 says so when its offer() gives no Observable but %o, and goes on', (answer, got) => {
    const refused = new TypeError(`Expected \`offer()\` to be a method that returns an Observable, got ${got}.`);
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('    -ab-');
      const failed = '      -xy-';
      const exchange = new Exchange<string>({ system });
      const queue = { send: () => undefined, offer: () => answer };
      exchange.attach(queue, { buffer: 1 });
      sent.subscribe((message) => exchange.send(message));
      expectObservable(system.failures.pipe(map(({ message, error }) => [message, error]))).toBe(failed, {
        x: ['a', refused],
        y: ['b', refused],
      });
      expectObservable(deadLetters(system)).toBe('-');
    })();
  });

  it(
    'E8 ends with an actor that fails, however much is waiting',
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot('    -(abcde)-');
      const letters = '     ---(vwxyz)';
      const exchange = new Exchange<string>({ system });
      const failing = system.actor(() => cold('--#'), { mailbox: { capacity: 1 } });
      recorded(failing.terminated);
      exchange.attach(failing, { buffer: 10 });
      sent.subscribe((message) => exchange.send(message));
      expectObservable(deadLetters(system).pipe(map((letter) => letter.split(' ')[0]))).toBe(letters, {
        v: 'a',
        w: 'c',
        x: 'd',
        y: 'e',
        z: 'b',
      });
    }),
  );
});
