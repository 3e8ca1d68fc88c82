import { Actor, ActorSystem, Exchange, resume } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { marbles } from '../marbles.js';
import { reportTo } from '../recorder.js';

describe('ActorSystem.deadLetters', () => {
  it(
    'E8 shows every message that nobody processes, with its reason',
    marbles(({ hot, cold, system, probe, expectMessages }) => {
      const at = hot('         -a-bcd-k----e-');
      const letters = '        -----d-(abc)e-';
      const worker = system.actor(() => cold('---------|'), { mailbox: { capacity: 2 } });
      const dead = probe<string>();
      system.deadLetters.subscribe(({ message, reason, recipient }) => {
        dead.send(`${message} ${reason} ${recipient === worker}`);
      });
      at.subscribe((letter) => {
        if (letter === 'k') worker.kill();
        else worker.send(letter);
      });
      expectMessages(dead).toBe(letters, {
        a: 'a killed true',
        b: 'b killed true',
        c: 'c killed true',
        d: 'd overflow true',
        e: 'e closed true',
      });
    }),
  );

  it(
    "E8 shows a failed message as 'failed' and an unrouted one as 'unrouted'",
    marbles(({ hot, system, expectObservable }) => {
      const at = hot('         -f-u-');
      const letters = '        -f-u-';
      const failing = system.actor(
        () => {
          throw new Error('boom');
        },
        { supervision: resume() },
      );
      const exchange = new Exchange<string>({ system });
      system.failures.subscribe();
      at.subscribe((letter) => (letter === 'f' ? failing : exchange).send(letter));
      expectObservable(system.deadLetters).toBe(letters, {
        f: { message: 'f', recipient: failing, reason: 'failed' },
        u: { message: 'u', recipient: exchange, reason: 'unrouted' },
      });
    }),
  );

  it(
    'E1 shows what waits in an actor that is closed before its start',
    marbles(({ hot, system, expectObservable }) => {
      const at = hot('         -a-b-x-');
      const letters = '        -----(ab)';
      const idle = new Actor<string>({ system });
      at.subscribe((letter) => {
        if (letter === 'x') idle.close();
        else idle.send(letter);
      });
      expectObservable(system.deadLetters).toBe(letters, {
        a: { message: 'a', recipient: idle, reason: 'closed' },
        b: { message: 'b', recipient: idle, reason: 'closed' },
      });
    }),
  );

  it(
    'is hot: a late subscriber gets what is newer, and it outlives the recipients',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('       -a--b-');
      const late = '           --^---';
      const expected = '       ----b-';
      const ended = new Exchange<string>({ system });
      ended.complete();
      sent.subscribe((message) => ended.send(message));
      expectObservable(system.deadLetters, late).toBe(expected, {
        b: { message: 'b', recipient: ended, reason: 'closed' },
      });
    }),
  );

  it(
    'survives a subscriber that throws, and one that sends to the recipient again',
    marbles(({ hot, system, probe, expectMessages }) => {
      const sent = hot('       -a----b-');
      const letters = '        -(ax)-(bx)';
      const reported = '       -(ee)-(ee)';
      const ended = new Exchange<string>({ system });
      const [dead, unhandled] = [probe<string>(), probe()];
      ended.complete();
      reportTo(unhandled);
      system.deadLetters.subscribe(() => {
        throw 'error';
      });
      system.deadLetters.subscribe(({ message }) => {
        dead.send(String(message));
        if (message !== 'x') ended.send('x');
      });
      sent.subscribe((message) => ended.send(message));
      expectMessages(dead).toBe(letters);
      expectMessages(unhandled).toBe(reported, { e: 'error' });
    }),
  );

  it('is read-only and does not end with the system', async () => {
    const system = new ActorSystem();
    const ended = system.exchange<string>('news');
    const got: unknown[] = [];
    system.deadLetters.subscribe({ next: ({ message }) => got.push(message), complete: () => got.push('|') });
    expect('next' in system.deadLetters || 'next' in system.failures).toBe(false);
    await system.close();
    ended.send('late');
    expect(got).toEqual(['late']);
  });
});
