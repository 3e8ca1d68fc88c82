import { concatMap, from, map, NEVER, of, timer, VirtualTimeScheduler } from 'rxjs';
import { Actor, actor, ActorClosedError, ActorSystem, resume } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { deadLetters, failures, named, recorded } from '../fates.js';
import { marbles } from '../marbles.js';
import { unhandledErrors } from '../unhandled-errors.js';

describe('a bounded mailbox', () => {
  it(
    'M1.1 counts what waits, not what is being processed, nor a close',
    marbles(({ hot, cold, system, expectObservable }) => {
      const inbox = hot('  -abcd-----');
      const close = hot('  -----x----');
      const expected = '   ----a---b---c|';
      const letters = '    ----x';
      const dropped = deadLetters(system);
      const worker = system.actor((m: string) => cold('---m|', { m }), { mailbox: { capacity: 2 } });
      inbox.subscribe((m) => worker.send(m));
      close.subscribe(() => worker.close());
      expectObservable(worker).toBe(expected);
      expectObservable(dropped).toBe(letters, named('x: d overflow'));
    }),
  );

  it(
    'M1.2 M1.3 drops the newest by default, and trySend is false exactly when this message was not taken',
    marbles(
      ({ hot, system, expectObservable }) => {
        const inbox = hot('  -abcd-');
        const taken = '      -ttff-';
        const letters = '    ---cd-';
        const dropped = deadLetters(system);
        const worker = system.actor(() => NEVER, { mailbox: { capacity: 1 } });
        expectObservable(recorded(inbox.pipe(map((m) => worker.trySend(m))))).toBe(taken, { t: true, f: false });
        expectObservable(dropped).toBe(letters, named('c: c overflow', 'd: d overflow'));
      },
      { mayRemain: 'anything' },
    ),
  );

  it(
    'M1.2 M1.3 drops the oldest when told so, and trySend is true',
    marbles(({ hot, cold, system, expectObservable }) => {
      const inbox = hot('  -abcde---');
      const taken = '      -ttttt---';
      const letters = '    ----bc---';
      const expected = '   --------a-------d-------e';
      const dropped = deadLetters(system);
      const worker = system.actor((m: string) => cold('-------m|', { m }), {
        mailbox: { capacity: 2, overflow: 'drop-oldest' },
      });
      expectObservable(recorded(inbox.pipe(map((m) => worker.trySend(m))))).toBe(taken, { t: true });
      expectObservable(worker).toBe(expected);
      expectObservable(dropped).toBe(letters, named('b: b overflow', 'c: c overflow'));
    }),
  );

  it(
    'M1.3 makes trySend false after close and kill',
    marbles(({ system, expectObservable }) => {
      const letters = deadLetters(system);
      const worker = system.actor(() => undefined);
      worker.close();
      const killed = system.actor(() => undefined);
      killed.kill();
      expectObservable(of(worker.trySend('a'), killed.trySend('b'))).toBe('(xx|)', { x: false });
      expectObservable(letters).toBe('(ab)', named('a: a closed', 'b: b closed'));
    }),
  );

  it(
    'M1 holds messages sent before start() to its capacity',
    marbles(
      ({ system, expectObservable }) => {
        const letters = deadLetters(system);
        const worker = new Actor<string>({ system, mailbox: { capacity: 2 } });
        expectObservable(of(...['a', 'b', 'c'].map((m) => worker.trySend(m)))).toBe('(ttf|)', { t: true, f: false });
        expectObservable(letters).toBe('c', named('c: c overflow'));
      },
      { mayRemain: 'anything' },
    ),
  );

  // A cost that grows takes some ten seconds here, a constant one some ten milliseconds.
  it('M1 drops the oldest at a cost that does not grow with how many were dropped', { timeout: 5_000 }, () => {
    let dropped = 0;
    const system = new ActorSystem();
    system.deadLetters.subscribe(() => dropped++);
    const worker = new Actor<number>({ system, mailbox: { capacity: 10, overflow: 'drop-oldest' } });
    for (let n = 0; n < 50_000; n++) worker.send(n);
    expect({ dropped, pending: worker.pending }).toEqual({ dropped: 49_990, pending: 10 });
  });

  it('M1 drops the oldest at the same cost behind a cancelled ask', () => {
    let dropped = 0;
    const system = new ActorSystem();
    system.deadLetters.subscribe(() => dropped++);
    const worker = new Actor<number>({ system, mailbox: { capacity: 20_000, overflow: 'drop-oldest' } });
    const asked = worker.ask(-1).subscribe();
    for (let n = 0; n < 19_999; n++) worker.send(n);
    asked.unsubscribe();
    for (let n = 0; n < 60_000; n++) worker.send(n);
    expect({ dropped, pending: worker.pending }).toEqual({ dropped: 59_999, pending: 20_000 });
  });

  it('M1 counts neither the error of an upstream nor what was dropped behind it', () => {
    const system = new ActorSystem({ scheduler: new VirtualTimeScheduler() });
    const letters: string[] = [];
    system.deadLetters.subscribe(({ message }) => letters.push(String(message)));
    const worker = system.actor((_: string) => NEVER, { mailbox: { capacity: 2, overflow: 'drop-oldest' } });
    worker.error('of an upstream');
    for (const m of 'abcd') worker.send(m);
    expect({ letters, pending: worker.pending }).toEqual({ letters: ['a', 'b'], pending: 2 });
  });

  it('M1 has lost whoever was dropped for one that nobody takes any more: trySend is false', () => {
    const system = new ActorSystem({ scheduler: new VirtualTimeScheduler() });
    const worker = system.actor((_: string) => NEVER, { mailbox: { capacity: 1, overflow: 'drop-oldest' } });
    const letters: string[] = [];
    system.deadLetters.subscribe(({ message, reason }) => {
      letters.push(`${message} ${reason}`);
      worker.close();
    });
    expect([worker.trySend('a'), worker.trySend('b')]).toEqual([true, false]);
    expect(letters).toEqual(['a overflow', 'b closed']);
  });

  it('M1 keeps count when the asker of a dropped message cancels on hearing of it', () => {
    const system = new ActorSystem();
    const letters: unknown[] = [];
    const worker = new Actor<string>({ system, mailbox: { capacity: 1, overflow: 'drop-oldest' } });
    system.deadLetters.subscribe(({ message }) => {
      letters.push(message);
      asked.unsubscribe();
    });
    const asked = worker.ask('a').subscribe({ error: () => undefined });
    worker.send('b');
    expect({ letters, pending: worker.pending }).toEqual({ letters: ['a'], pending: 1 });
    worker.send('c');
    expect({ letters, pending: worker.pending }).toEqual({ letters: ['a', 'b'], pending: 1 });
  });

  it('M1 stays within its capacity when hearing of a dropped message sends again, closes or kills', () => {
    for (const then of ['send', 'close', 'kill'] as const) {
      const system = new ActorSystem();
      const letters: unknown[] = [];
      const worker = new Actor<string>({ system, mailbox: { capacity: 1, overflow: 'drop-oldest' } }).start();
      system.deadLetters.subscribe(({ message, reason }) => {
        letters.push(`${String(message)} ${reason}`);
        if (letters.length > 1) return;
        if (then === 'send') worker.send('x');
        else worker[then]();
      });
      worker.send('a');
      worker.send('b');
      expect(letters).toEqual(
        {
          send: ['a overflow', 'x overflow'],
          // Closing keeps what waits, and nothing waited any more: it ends at its next turn.
          close: ['a overflow', 'b closed'],
          kill: ['a overflow', 'b closed'],
        }[then],
      );
    }
  });

  it.each([
    [0, RangeError, '`0` (number)'],
    [-1, RangeError, '`-1` (number)'],
    [1.5, RangeError, '`1.5` (number)'],
    [NaN, RangeError, '`NaN` (number)'],
    [Infinity, RangeError, '`Infinity` (number)'],
    [2 ** 53, RangeError, '`9007199254740992` (number)'],
    ['3', TypeError, "`'3'` (string)"],
    [null, TypeError, '`null`'],
    [3n, TypeError, '`3n` (bigint)'],
    [{}, TypeError, 'an object'],
  ])('refuses the capacity %s', (capacity, kind, got) => {
    const make = () => actor(() => undefined, { mailbox: { capacity: capacity as never } });
    expect(make).toThrow(kind);
    expect(make).toThrow(`Expected \`capacity\` to be a whole number from 1 up, got ${got}.`);
  });

  it.each([['drop'], ['block'], [3], [null]])('refuses the overflow policy %s', (overflow) => {
    const make = () => actor(() => undefined, { mailbox: { capacity: 1, overflow: overflow as never } });
    expect(make).toThrow(TypeError);
    expect(make).toThrow(/^Expected `overflow` to be 'drop-newest' or 'drop-oldest', got /);
  });
});

describe('offer', () => {
  it(
    'M2.1 is cold, emits once and completes at once when there is room',
    marbles(({ system, expectObservable }) => {
      const worker = system.actor((m: string) => of(m));
      expectObservable(worker).toBe('                --a-a');
      expectObservable(worker.offer('a'), '--^  ').toBe('--(u|)', { u: undefined });
      expectObservable(worker.offer('a'), '----^').toBe('----(u|)', { u: undefined });
    }),
  );

  it(
    'M2.1 waits for room, first come, first served',
    marbles(({ hot, cold, system, expectObservable }) => {
      const worker = system.actor((m: string) => cold('----m|', { m }), { mailbox: { capacity: 1 } });
      // a works from 1 to 6, b from 6 to 11, c from 11 to 16
      hot('                             -ab').subscribe((m) => worker.send(m));
      expectObservable(worker.offer('c'), '---^').toBe('------(u|)', { u: undefined });
      expectObservable(worker.offer('d'), '---^').toBe('-----------(u|)', { u: undefined });
      expectObservable(worker).toBe('          -----a----b----c----d');
    }),
  );

  it(
    'M2.2 takes the waiter out when it is unsubscribed',
    marbles(({ hot, cold, system, expectObservable }) => {
      const letters = deadLetters(system);
      const worker = system.actor((m: string) => cold('----m|', { m }), { mailbox: { capacity: 1 } });
      hot('                             -ab').subscribe((m) => worker.send(m));
      expectObservable(worker.offer('c'), '---^!').toBe('-----');
      expectObservable(worker.offer('d'), '---^').toBe('------(u|)', { u: undefined });
      expectObservable(worker).toBe('          -----a----b----d');
      expectObservable(letters).toBe('-');
    }),
  );

  it(
    'M2 leaves the message in the mailbox when it is unsubscribed after it was taken',
    marbles(({ hot, cold, system, expectObservable }) => {
      const worker = system.actor((m: string) => cold('--m|', { m }));
      hot('                        -a').subscribe((m) => worker.send(m));
      expectObservable(worker.offer('b'), '--^!').toBe('--(u|)', { u: undefined });
      expectObservable(worker).toBe('---a--b');
    }),
  );

  it(
    'M2.3 ends with ActorClosedError on kill and after it',
    marbles(({ hot, system, expectObservable }) => {
      const letters = deadLetters(system);
      const worker = system.actor(() => NEVER, { name: 'full', mailbox: { capacity: 1 } });
      const error = new ActorClosedError('full');
      hot('-ab-k').subscribe((m) => {
        if (m === 'k') worker.kill();
        else worker.send(m);
      });
      expectObservable(worker.offer('c'), '---^').toBe('----#', undefined, error);
      expectObservable(worker.offer('d'), '-----^').toBe('-----#', undefined, error);
      // What was never taken has not been sent.
      expectObservable(letters).toBe('----(ab)', named('a: a killed', 'b: b killed'));
    }),
  );

  it(
    'M2.3 ends with ActorClosedError on close',
    marbles(({ hot, cold, system, expectObservable }) => {
      const worker = system.actor((m: string) => cold('----m|', { m }), { name: 'full', mailbox: { capacity: 1 } });
      const error = new ActorClosedError('full');
      // a works from 1 to 6, b from 6 to 11
      hot('-ab-x').subscribe((m) => {
        if (m === 'x') worker.close();
        else worker.send(m);
      });
      expectObservable(worker.offer('c'), '---^').toBe('----#', undefined, error);
      expectObservable(worker.offer('d'), '-----^').toBe('-----#', undefined, error);
      expectObservable(worker).toBe('-----a----b|');
    }),
  );

  it(
    'M2 holds a fast source back',
    marbles(({ cold, system, expectObservable }) => {
      const worker = system.actor((m: string) => cold('---m|', { m }), { mailbox: { capacity: 1 } });
      const offered = from(['a', 'b', 'c', 'd']).pipe(concatMap((m) => worker.offer(m).pipe(map(() => m))));
      expectObservable(worker).toBe('          -----a---b---c---d');
      expectObservable(offered, '--^').toBe('--(ab)c---(d|)');
    }),
  );

  it(
    'M2.1 takes offers and asks that wait in the order in which they came',
    marbles(({ hot, cold, system, expectObservable }) => {
      const worker = system.actor((m: string) => cold('-m|', { m }), { mailbox: { capacity: 1 } });
      hot('-abx').subscribe((m) => {
        if (m !== 'x') worker.send(m);
        else {
          worker.ask('c', { whenFull: 'wait' }).subscribe();
          worker.offer('d').subscribe();
          worker.ask('e', { whenFull: 'wait' }).subscribe();
        }
      });
      expectObservable(worker).toBe('--a-b-c-d-e');
    }),
  );

  it(
    'M2 may offer again from its own callbacks',
    marbles(({ hot, cold, system, expectObservable }) => {
      const worker = system.actor((m: string) => cold('-m|', { m }), { mailbox: { capacity: 1 } });
      hot('-a').subscribe((m) => {
        worker.offer(m).subscribe({
          next: () => worker.offer('b').subscribe(() => worker.offer('c').subscribe()),
          complete: () => worker.offer('d').subscribe(),
        });
      });
      expectObservable(worker).toBe('--a-b-d-c');
    }),
  );

  it(
    'F5 harms the actor as little as any observer when its callbacks throw',
    marbles(({ hot, system, expectObservable }) => {
      const reported = unhandledErrors();
      const worker = system.actor((m: string) => of(m));
      hot('                              -a').subscribe((m) =>
        worker.offer(m).subscribe(() => {
          throw 'e';
        }),
      );
      expectObservable(worker).toBe('    -a');
      expectObservable(reported).toBe('  -e');
    }),
  );
});

interface Parcel {
  readonly name: string;
  readonly urgency: number;
}

const parcel = (text: string): Parcel => ({ name: text, urgency: Number(text[1]) });
const byUrgency = (a: Parcel, b: Parcel) => a.urgency - b.urgency;

describe('a priority mailbox', () => {
  it(
    'M3.1 takes the least first, stable among equals',
    marbles(({ cold, hot, system, expectObservable }) => {
      const worker = system.actor(({ name }: Parcel) => cold('----m|', { m: name }), {
        mailbox: { compare: byUrgency },
      });
      hot('                     -pq', { p: ['a9'], q: ['b3', 'c1', 'd3', 'e2', 'f1'] }).subscribe((names) => {
        for (const name of names) worker.send(parcel(name));
      });
      expectObservable(worker).toBe('-----a----c----f----e----b----d', {
        ...{ a: 'a9', b: 'b3', c: 'c1', d: 'd3', e: 'e2', f: 'f1' },
      });
    }),
  );

  it(
    'M3.2 fails the later of two messages whose compare throws, each once',
    marbles(({ hot, system, expectObservable }) => {
      const worker = system.actor(({ name }: Parcel) => of(name[0]), {
        supervision: resume(),
        mailbox: {
          compare: (a, b) => {
            if (a.name === 'x1' || b.name === 'x1') throw new Error('compare');
            return byUrgency(a, b);
          },
        },
      });
      const failed = failures(system);
      const letters: unknown[] = [];
      system.deadLetters.subscribe(({ message, reason }) => letters.push([(message as Parcel).name, reason]));
      hot('                        -p').subscribe(() => {
        for (const name of ['b2', 'x1', 'a1']) worker.send(parcel(name));
      });
      expectObservable(worker).toBe('-(ab)');
      expectObservable(failed).toBe('-f', { f: '[object Object] resume' });
    }),
  );

  it(
    'M3.4 lets an error wait behind all messages sent before it, whatever compares less',
    marbles(({ hot, system, expectObservable }) => {
      const worker = system.actor(({ name }: Parcel) => of(name[0]), {
        supervision: resume(),
        mailbox: { compare: byUrgency },
      });
      const outputs: unknown[] = [];
      worker.subscribe((name) => outputs.push(name));
      const order = recorded(worker);
      const failed = recorded(system.failures.pipe(map(({ error }) => [error, [...outputs]])));
      hot('-p').subscribe(() => {
        worker.send(parcel('c3'));
        worker.send(parcel('b2'));
        worker.error('late');
        worker.send(parcel('a1'));
      });
      expectObservable(order).toBe(' -(bca)');
      expectObservable(failed).toBe('-f', { f: ['late', ['b', 'c']] });
    }),
  );

  it(
    'E2.4 lets no priority overtake a close',
    marbles(({ hot, cold, system, expectObservable }) => {
      const letters = recorded(
        system.deadLetters.pipe(map(({ message, reason }) => `${(message as Parcel).name} ${reason}`)),
      );
      const worker = system.actor(({ name }: Parcel) => cold('-m|', { m: name[0] }), {
        mailbox: { compare: byUrgency },
      });
      hot('                          -p').subscribe(() => {
        worker.send(parcel('c3'));
        worker.send(parcel('b2'));
        worker.close();
        worker.send(parcel('a1'));
      });
      expectObservable(worker).toBe('--b-c|');
      expectObservable(letters).toBe('-x', named('x: a1 closed'));
    }),
  );

  it(
    'M3 keeps to its capacity by dropping the newest',
    marbles(({ hot, system, expectObservable }) => {
      const letters = recorded(
        system.deadLetters.pipe(map(({ message, reason }) => `${(message as Parcel).name} ${reason}`)),
      );
      const worker = system.actor(({ name }: Parcel) => of(name[0]), {
        mailbox: { compare: byUrgency, capacity: 2 },
      });
      hot('                           -p').subscribe(() => {
        for (const name of ['c3', 'b2', 'a1']) worker.send(parcel(name));
      });
      expectObservable(worker).toBe(' -(bc)');
      expectObservable(letters).toBe('-x', named('x: a1 overflow'));
    }),
  );

  it(
    'M3 keeps every message when compare sends, and loses none when it kills',
    marbles(({ hot, system, expectObservable }) => {
      const fates: string[] = [];
      let sent = 0;
      let reentered = false;
      system.deadLetters.subscribe(({ reason }) => fates.push(reason));
      const worker: Actor<number> = system.actor(() => void fates.push('processed'), {
        mailbox: {
          compare: (a, b) => {
            if (!reentered && sent === 20) {
              reentered = true;
              worker.send(-1);
              sent++;
            }
            return a - b;
          },
        },
      });
      hot('-p').subscribe(() => {
        for (; sent < 20; sent++) worker.send(20 - sent);
        worker.send(0);
        sent++;
      });
      hot('---p').subscribe(() => undefined);
      expectObservable(hot('--x').pipe(map(() => [sent, fates.length]))).toBe('--x', { x: [22, 22] });
    }),
  );

  it('M3.3 refuses drop-oldest with compare, and a compare that is no function', () => {
    const make = (mailbox: object) => () => actor(() => undefined, { mailbox });
    expect(make({ compare: byUrgency, overflow: 'drop-oldest' })).toThrow(TypeError);
    expect(make({ compare: byUrgency, overflow: 'drop-oldest' })).toThrow(
      /`overflow` .* with `compare`, got 'drop-oldest'/,
    );
    expect(make({ compare: 3 })).toThrow('Expected `compare` to be a function, got `3` (number).');
  });
});

describe('a line for room', () => {
  it(
    'M2 A3 goes on when whoever gets the room of an ask takes that ask back',
    marbles(({ system, expectObservable }) => {
      const worker = system.actor((m: string) => (m === 'a' ? NEVER : [m]), { mailbox: { capacity: 1 } });
      const a = worker.ask('a').subscribe();
      timer(1).subscribe(() => {
        const b = worker.ask('b').subscribe();
        worker.offer('c').subscribe(() => {
          b.unsubscribe();
        });
        a.unsubscribe();
      });
      expectObservable(worker).toBe('-c');
    }),
  );
});
