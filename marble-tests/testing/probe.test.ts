import { NEVER, of, throwError, timer } from 'rxjs';
import { actor, ActorSystem, AskTimeoutError, askWith, Exchange, type Actor } from 'rx-actors';
import { Probe } from 'rx-actors/testing';
import { describe, expect, it } from 'vitest';
import { marbles } from '../marbles.js';
import { thrownBy } from './failing.js';

describe('Probe', () => {
  it('records what it is sent at once, for a late look as well', () => {
    const probe = new Probe<string>();
    const got: string[] = [];
    probe.send('a');
    probe.received.subscribe((message) => got.push(message));
    probe.send('b');
    expect(probe.messages).toEqual(['a', 'b']);
    expect(got).toEqual(['a', 'b']);
    expect('next' in probe.received).toBe(false);
  });

  it('is a recipient like any other', () => {
    const exchange = new Exchange<string>();
    const probe = new Probe<string>();
    exchange.attach(probe);
    exchange.send('a');
    exchange.detach(probe);
    exchange.send('b');
    expect(probe.messages).toEqual(['a']);
  });

  it(
    'records when, by whichever way a message comes',
    marbles(({ hot, system, expectMessages }) => {
      const probe = new Probe<string>({ system, name: 'all' });
      const sent = hot('      -a-b-c-d-e-f-g-');
      const ways: ((message: string) => unknown)[] = [
        (message) => probe.send(message),
        (message) => probe.next(message),
        (message) => probe.trySend(message),
        (message) => probe.offer(message).subscribe(),
        (message) => probe.ask(message).subscribe(),
        (message) => probe.consume([message]),
        (message) => of(message).subscribe({ next: (m) => probe.next(m) }),
      ];
      sent.subscribe((message) => ways.shift()!(message));
      expectMessages(probe).toBe('-a-b-c-d-e-f-g-');
      hot('----------------x').subscribe(() => {
        expect(probe.entries.slice(0, 2)).toEqual([
          { message: 'a', time: 1 },
          { message: 'b', time: 3 },
        ]);
        expect(probe.name).toBe('all');
      });
    }),
  );

  it(
    'answers every message with nothing by default',
    marbles(({ probe, expectObservable }) => {
      const silent = probe<string>();
      expectObservable(silent.ask('a')).toBe('|');
      expectObservable(silent).toBe('-');
    }),
  );

  it(
    'answers as it is told to, one message at a time, as an actor does',
    marbles(({ hot, cold, probe, expectObservable, expectMessages, expectSubscriptions }) => {
      const reply = cold('          --x|      ');
      const replies = ['            -^--!     ', '----^--!  '];
      const asked = hot('           -ab-------');
      const answered = '            ---x--x---';
      const database = probe<string, string>(() => reply);
      const answers = asked.pipe(askWith(database));
      expectObservable(answers).toBe(answered);
      expectMessages(database).toBe('-a--b-----');
      expectSubscriptions(reply.subscriptions).toBe(replies);
    }),
  );

  it(
    'is told something else meanwhile',
    marbles(({ hot, probe, expectObservable }) => {
      const database = probe<string, string>(() => of('first'));
      hot('  --x').subscribe(() => database.replyWith((message, { self }) => of(`${self.name}: ${message}`)));
      hot('  ----x').subscribe(() => database.replyWith(() => undefined));
      const answers = hot('-a-b-c').pipe(askWith(database));
      expectObservable(answers).toBe('-f-s--', { f: 'first', s: 'probe-1: b' });
    }),
  );

  it(
    'ignores: an ask runs into its timeout, and what waits is answered once it is told how',
    marbles(({ hot, probe, expectObservable }) => {
      const database = probe<string, string>((message) => of(message));
      const ignores = hot('                 -x---------');
      const answers = hot('                 ---------x-');
      ignores.subscribe(() => database.ignore());
      answers.subscribe(() => database.replyWith((message) => of(message)));
      const error = new AskTimeoutError('probe-1', 3);
      expectObservable(database.ask('a'), ' ^-------').toBe('       (a|)');
      expectObservable(database.ask('b', { timeout: 3 }), '--^').toBe('-----#', {}, error);
      expectObservable(database.ask('c'), ' ---^----').toBe('---------(c|)');
    }),
  );

  it(
    'fails with every message from then on, and lives on',
    marbles(({ hot, probe, expectObservable, expectTerminated, expectFailures }) => {
      const database = probe<string, string>((message) => of(message));
      const error = new Error('down');
      hot('  -x-----').subscribe(() => database.failWith(error));
      hot('  ----x--').subscribe(() => database.replyWith((message) => of(message)));
      expectObservable(database.ask('a'), '--^').toBe('--#', {}, error);
      expectObservable(database.ask('b'), '---^').toBe('---#', {}, error);
      expectObservable(database.ask('c'), '-----^').toBe('-----(c|)');
      expectTerminated(database).toBe('');
      expectFailures().toBe('');
    }),
  );

  it(
    'fails with a message of its choice when its answer does',
    marbles(({ probe, expectObservable }) => {
      const picky = probe((message: string) => (message === 'x' ? throwError(() => 'no') : of(message)));
      expectObservable(picky.ask('a')).toBe('(a|)');
      expectObservable(picky.ask('x')).toBe('#', {}, 'no');
    }),
  );

  it(
    'is neither seen in the system under test nor a leak of it',
    marbles(
      ({ system, probe, send, expectObservable }) => {
        expectObservable(system.events).toBe('-');
        const sent = probe(() => NEVER);
        send(sent, '-a', { a: 1 });
        expect(system.actors).toEqual([]);
      },
      { mayRemain: 'anything' },
    ),
  );

  it(
    'can be asked within a behavior, as the actor that it stands for',
    marbles(({ system, probe, send, expectObservable }) => {
      const rows = probe((id: string) => timer(2, undefined).pipe(() => of(`row ${id}`)));
      const service = (database: Actor<string, string>): Actor<string, string> =>
        system.actor((id: string) => database.ask(id));
      const served = service(rows);
      send(served, '            -a', undefined);
      expectObservable(served).toBe('-r', { r: 'row a' });
    }),
  );

  it('lives in the default system, or in the one that it is given', async () => {
    const system = new ActorSystem();
    expect(new Probe({ system, name: 'p' }).status).toBe('running');
    expect(system.actors.map(({ name }) => name)).toEqual(['p']);
    await system.close();
    expect(actor(() => undefined)).not.toBe(new Probe());
  });

  it.each([
    [() => new Probe({ reply: 'hello' as never }), '`reply` to be a function'],
    [() => new Probe({ system: {} as never }), '`system` to be an ActorSystem'],
    [() => new Probe({ name: 7 as never }), '`name` to be a string'],
    [() => new Probe().replyWith(undefined as never), '`reply` to be a function'],
  ])('refuses what it cannot use: %#', (make, message) => {
    expect(thrownBy(make).message).toContain(`Expected ${message}`);
  });
});
