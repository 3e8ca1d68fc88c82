import { take } from 'rxjs';
import { ActorSystem, Exchange } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { marbles } from '../marbles.js';
import { lettersOf, listener, observer, recipient, reportTo, sendAll } from '../recorder.js';

const filled = (replay: number, ...messages: string[]): Exchange<string> => {
  const exchange = new Exchange<string>({ replay });
  messages.forEach((message) => exchange.send(message));
  return exchange;
};

describe('replay', () => {
  it.each([
    [0, '              -----------d-e-'],
    [1, '              ------c----d-e-'],
    [2, '              ------(bc)-d-e-'],
    [5, '              ------(abc)d-e-'],
  ])('X2.2 gives a late subscriber the last %i messages, then what is newer', (replay, expected) =>
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('-a-b-c-----d-e-');
      const late = '    ------^--------';
      const exchange = new Exchange<string>({ system, replay });
      sent.subscribe((message) => exchange.send(message));
      expectObservable(exchange, late).toBe(expected.trim());
    })(),
  );

  it(
    'X2.1 X2.2 lives on without subscribers, and gives an attached recipient the same',
    marbles(({ hot, system, probe, expectMessages }) => {
      const sent = hot('    -a-b-c------d-');
      const attach = hot('  -------x------');
      const received = '    -------(bc)-d-';
      const exchange = new Exchange<string>({ system, replay: 2 });
      const late = probe<string>();
      sent.subscribe((message) => exchange.send(message));
      attach.subscribe(() => exchange.attach(late));
      expectMessages(late).toBe(received);
    }),
  );

  it.each([1, 2, 5])('X2 replays as many as there are when %i are asked for', (replay) => {
    const log: string[] = [];
    filled(replay).subscribe(listener(log, 'none'));
    filled(replay, 'a').subscribe(listener(log, 'one'));
    expect(log).toEqual(['one:a']);
  });

  it('X2 keeps the last 5 of 10,000', () => {
    const exchange = filled(5, ...Array.from({ length: 10_000 }, (_, index) => String(index)));
    const log: string[] = [];
    exchange.subscribe(listener(log, ''));
    expect(log).toEqual([':9995', ':9996', ':9997', ':9998', ':9999']);
  });

  it('X2.2 includes the message that is just being delivered, and gives it once', () => {
    const exchange = filled(2, 'a');
    const log: string[] = [];
    const opener = recipient<string>(log, 'opener', (message) => {
      if (message === 'b') exchange.subscribe(listener(log, 'late'));
    });
    exchange.attach(opener);
    exchange.send('b');
    exchange.send('c');
    expect(log).toEqual(['opener:a', 'opener:b', 'late:a', 'late:b', 'opener:c', 'late:c']);
  });

  it('X2.3 lets what is sent during a replay wait until the replay is over', () => {
    const exchange = filled(2, 'a', 'b');
    const log: string[] = [];
    exchange.subscribe(listener(log, 'early'));
    log.length = 0;
    exchange.subscribe(listener(log, 'late', (message) => message === 'a' && exchange.send('c')));
    expect(log).toEqual(['late:a', 'late:b', 'early:c', 'late:c']);
  });

  it('X2.3 lets an end during a replay wait until the replay is over', () => {
    const exchange = filled(2, 'a', 'b');
    const log: string[] = [];
    exchange.subscribe(observer(log, 'late', (message) => message === 'a' && exchange.complete()));
    expect(log).toEqual(['late:a', 'late:b', 'late:|']);
  });

  it('X2.2 gives one who comes behind waiting messages the older ones first, none twice, none missed', () => {
    const exchange = filled(5);
    const log: string[] = [];
    exchange.subscribe(
      listener(log, 'opener', (message) => {
        if (message !== 'a') return;
        exchange.send('b');
        exchange.subscribe(listener(log, 'late'));
        exchange.send('c');
      }),
    );
    exchange.send('a');
    expect(log.filter((entry) => entry.startsWith('late'))).toEqual(['late:a', 'late:b', 'late:c']);
  });

  it('X2 replays to one who comes during the replay to another', () => {
    const exchange = filled(2, 'a', 'b');
    const log: string[] = [];
    exchange.subscribe(
      listener(log, 'outer', (message) => message === 'a' && exchange.subscribe(listener(log, 'inner'))),
    );
    exchange.send('c');
    expect(log).toEqual(['outer:a', 'inner:a', 'inner:b', 'outer:b', 'outer:c', 'inner:c']);
  });

  it.each([1, 2])('X2 keeps the order when subscriberCount$ is answered by sending (replay %i)', (replay) => {
    const exchange = filled(replay, 'a');
    const log: string[] = [];
    exchange.subscriberCount$.subscribe((count) => count === 1 && exchange.send('b'));
    exchange.subscribe(listener(log, 'late'));
    expect(log).toEqual(['late:a', 'late:b']);
  });

  it('X2 stops a replay at take(1), and at an unsubscription in its midst', () => {
    const exchange = filled(3, 'a', 'b', 'c');
    const log: string[] = [];
    exchange.pipe(take(1)).subscribe(observer(log, 'taken'));
    const self = recipient<string>(log, 'self', () => exchange.detach(self));
    exchange.attach(self);
    expect(log).toEqual(['taken:a', 'taken:|', 'self:a']);
    expect(exchange.subscriberCount).toBe(0);
  });

  it('X2 replays only once to a recipient that is attached twice', () => {
    const exchange = filled(1, 'a');
    const log: string[] = [];
    const task = recipient<string>(log, 'task');
    exchange.attach(task);
    exchange.attach(task);
    exchange.subscribe(task, task);
    expect(log).toEqual(['task:a']);
  });

  it(
    'X2 gives what is kept, and the end, to an observer that comes after the end',
    marbles(({ system, expectObservable }) => {
      const late = '     --^------';
      const completed = '--(bc|)';
      const failed = '   --(bc#)';
      const exchanges = [0, 1].map(() => new Exchange<string>({ system, replay: 2 }));
      for (const exchange of exchanges) ['a', 'b', 'c'].forEach((message) => exchange.send(message));
      exchanges[0].complete();
      exchanges[1].error('error');
      expectObservable(exchanges[0], late).toBe(completed);
      expectObservable(exchanges[1], late).toBe(failed);
    }),
  );

  it(
    'O6 reports one that throws during its replay, and keeps it',
    marbles(({ hot, system, probe, expectMessages }) => {
      const attach = hot('  -x---');
      const failures = '    -(ab)';
      const exchange = new Exchange<string>({ system, replay: 2 });
      const [failed, unhandled] = [probe<string>(), probe()];
      reportTo(unhandled);
      system.failures.subscribe(({ message }) => failed.send(String(message)));
      ['a', 'b'].forEach((message) => exchange.send(message));
      const thrower = () => {
        throw 'error';
      };
      attach.subscribe(() => {
        exchange.attach({ send: thrower });
        exchange.subscribe(thrower);
      });
      expectMessages(failed).toBe(failures);
      expectMessages(unhandled).toBe('-(ee)', { e: 'error' });
    }),
  );

  it('X7 makes a dead letter of what nobody has had once newer messages push it out', () => {
    const system = new ActorSystem();
    const letters: string[] = [];
    system.deadLetters.subscribe(({ message, reason }) => letters.push(`${message} ${reason}`));
    const exchange = new Exchange<string>({ replay: 2, system });
    for (const message of ['a', 'b', 'c']) exchange.send(message);
    expect(letters).toEqual(['a unrouted']);
    exchange.subscribe(() => undefined).unsubscribe();
    for (const message of ['d', 'e']) exchange.send(message);
    expect(letters).toEqual(['a unrouted']);
    exchange.send('f');
    expect(letters).toEqual(['a unrouted', 'd unrouted']);
  });

  it('X7 gives unrouted what nobody was there for, and replays it all the same', () => {
    const log: string[] = [];
    const exchange = new Exchange<string>({ replay: 1, unrouted: recipient(log, 'unrouted') });
    exchange.send('a');
    exchange.subscribe(listener(log, 'late'));
    exchange.send('b');
    expect(log).toEqual(['unrouted:a', 'late:a', 'late:b']);
  });

  it('X2 X4 gives the first member of a group what is kept, and the others only what nobody has had', () => {
    const exchange = filled(3, 'a');
    const log: string[] = [];
    exchange.subscribe(listener(log, 'listener'));
    exchange.send('b');
    for (const name of ['first', 'second']) exchange.attach(recipient(log, name), { group: 'workers' });
    expect(log).toEqual(['listener:a', 'listener:b', 'first:a', 'first:b']);
  });

  it('X7 loses nothing that one who came while it was handed on has taken, though another refused it', () => {
    const system = new ActorSystem();
    const letters = lettersOf(system);
    const log: string[] = [];
    const exchange = new Exchange<string>({ system, replay: 1 });
    const opener = (message: string): boolean => {
      if (message === 'a') {
        exchange.attach(recipient(log, 'taker'), { filter: (each) => each === 'a' });
        exchange.attach(recipient(log, 'refuser'), { filter: () => false });
      }
      return false;
    };
    exchange.attach(recipient(log, 'opener'), { filter: opener });
    sendAll(exchange, 'a', 'b', 'c');
    expect([log, letters]).toEqual([['taker:a'], ['b unrouted']]);
  });

  it('X7 loses nothing that one of those who came late has taken, though another refused it', () => {
    const system = new ActorSystem();
    const letters = lettersOf(system);
    const log: string[] = [];
    const exchange = new Exchange<string>({ system, replay: 1 });
    const opener = (message: string): boolean => {
      exchange.attach(recipient(log, `taker of ${message}`));
      exchange.attach(recipient(log, `refuser of ${message}`), { filter: () => false });
      return false;
    };
    exchange.attach(recipient(log, 'opener'), { filter: opener, group: 'one' });
    exchange.send('a');
    expect([log, letters]).toEqual([['taker of a:a'], []]);
  });
});
