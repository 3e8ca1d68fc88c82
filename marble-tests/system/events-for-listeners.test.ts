import { map, of, take, VirtualTimeScheduler } from 'rxjs';
import { Actor, ActorSystem, Exchange } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { named } from '../fates.js';
import { marbles } from '../marbles.js';
import { unhandledErrors } from '../unhandled-errors.js';
import { bad, line, listed, told } from './told.js';

describe('ActorSystem.events for its listeners', () => {
  it('emit nothing in a system in which nothing happens', () => {
    expect(listed(() => undefined)).toEqual([]);
  });

  it(
    'are hot: whoever comes late, or leaves, hears of what happens meanwhile',
    marbles(
      ({ hot, system, expectObservable }) => {
        const sent = hot('   -a-b-c-d-e-');
        const listen = '     --^----!---';
        const expected = '   ---b-c-----';
        const idle = new Actor<string>({ system, name: 'w' });
        sent.subscribe((m) => idle.send(m));
        const events = system.events.pipe(map(line));
        expectObservable(events, listen).toBe(expected, named('b: sent w b', 'c: sent w c'));
      },
      { mayRemain: 'anything' },
    ),
  );

  it(
    'tell of an actor that is in the middle of its turn from its next turn on',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const inbox = hot('  -a-b----------');
      const work = cold('   -----|        ');
      const workSubs = ['  -^----!        ', '------^----!'];
      const listen = '     --^------------';
      const expected = '   ---b--s----p---';
      const worker = system.actor((_: string) => work, { name: 'w' });
      inbox.subscribe((m) => worker.send(m));
      const events = system.events.pipe(map(line));
      expectObservable(events, listen).toBe(expected, named('b: sent w b', 's: started w b', 'p: processed w b 5'));
      expectSubscriptions(work.subscriptions).toBe(workSubs);
    }),
  );

  it(
    'tell of the length of the whole work to one who comes back while it goes on',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const inbox = hot('  -a------- ');
      const work = cold('   ------|  ');
      const workSubs = '   -^-----!  ';
      const first = '      ^-!       ';
      const again = '      -----^----';
      const expected1 = '  -(st)-----';
      const expected2 = '  -------p--';
      const worker = system.actor((_: string) => work, { name: 'w' });
      inbox.subscribe((m) => worker.send(m));
      const events = system.events.pipe(map(line));
      expectObservable(events, first).toBe(expected1, named('s: sent w a', 't: started w a'));
      expectObservable(events, again).toBe(expected2, named('p: processed w a 6'));
      expectSubscriptions(work.subscriptions).toBe(workSubs);
    }),
  );

  it(
    'reach all listeners when one throws, which is reported and harms nobody',
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('  -a------b---');
      const expected = '   -(stp)--(uvq)';
      const outputs = '    -a------b----';
      const reported = '   -(eee)--(eee)';
      const errors = unhandledErrors();
      const worker = system.actor((m: string) => of(m), { name: 'w' });
      system.events.subscribe(() => {
        throw bad;
      });
      inbox.subscribe((m) => worker.send(m));
      expectObservable(worker).toBe(outputs);
      expectObservable(told(system)).toBe(
        expected,
        named(
          's: sent w a',
          't: started w a',
          'p: processed w a 0',
          'u: sent w b',
          'v: started w b',
          'q: processed w b 0',
        ),
      );
      expectObservable(errors).toBe(reported, { e: bad });
    }),
  );

  it(
    'reach all listeners when an operator of one throws, which ends that one alone',
    marbles(
      ({ hot, system, expectObservable }) => {
        const sent = hot('   -a-b-');
        const broken = '     -#   ';
        const expected = '   -a-b-';
        const idle = new Actor<string>({ system, name: 'w' });
        sent.subscribe((m) => idle.send(m));
        const breaking = system.events.pipe(
          map(() => {
            throw bad;
          }),
        );
        expectObservable(breaking).toBe(broken, undefined, bad);
        expectObservable(told(system)).toBe(expected, named('a: sent w a', 'b: sent w b'));
      },
      { mayRemain: 'anything' },
    ),
  );

  it('have the same total order for two listeners, also when the first one sends', () => {
    const scheduler = new VirtualTimeScheduler();
    const system = new ActorSystem({ scheduler });
    const [first, second]: [string[], string[]] = [[], []];
    const worker = system.actor((_: string) => undefined, { name: 'w' });
    const exchange = new Exchange<string>({ system, name: 'e' });
    exchange.attach(worker);
    system.events.subscribe((event) => {
      first.push(line(event));
      if (event.type === 'published' && event.message === 'a') exchange.send('b');
      if (event.type === 'processed' && event.message === 'b') {
        worker.send('c');
        worker.close();
      }
    });
    system.events.subscribe((event) => second.push(line(event)));
    exchange.send('a');
    scheduler.flush();
    expect(first).toEqual([
      'published e a',
      'sent w a',
      'published e b',
      'sent w b',
      'started w a',
      'processed w a 0',
      'started w b',
      'processed w b 0',
      'sent w c',
      'started w c',
      'processed w c 0',
      'closed w closed',
      'detached e w',
    ]);
    expect(second).toEqual(first);
  });

  it("E8 lose no message when a listener of 'sent' ends the actor", () => {
    const lines = listed((system) => {
      const worker = system.actor((_: string) => undefined, { name: 'w' });
      system.events.subscribe(({ type }) => type === 'sent' && worker.kill());
      worker.send('a');
    });
    expect(lines).toEqual(['sent w a', 'dead w a killed', 'closed w killed']);
  });

  it("O1 M1 keep the order and the capacity when a listener of 'sent' sends", () => {
    const lines = listed((system) => {
      const worker = system.actor((_: string) => undefined, { name: 'w', mailbox: { capacity: 1 } });
      system.events.subscribe((event) => event.type === 'sent' && event.message === 'a' && worker.send('b'));
      worker.send('a');
    });
    expect(lines).toEqual(['sent w a', 'dead w b overflow', 'started w a', 'processed w a 0']);
  });

  it("E3 run no behavior for a message when a listener of 'started' kills the actor", () => {
    let runs = 0;
    const lines = listed((system) => {
      const worker = system.actor(
        (_: string) => {
          runs++;
        },
        { name: 'w' },
      );
      system.events.subscribe(({ type }) => type === 'started' && worker.kill());
      worker.send('a');
    });
    expect(lines).toEqual(['sent w a', 'started w a', 'dead w a killed', 'closed w killed']);
    expect(runs).toBe(0);
  });

  it('are not nested when a listener sends 10,000 times in a row', () => {
    const system = new ActorSystem({ scheduler: new VirtualTimeScheduler() });
    const exchange = new Exchange<number>({ system });
    const [first, second]: [unknown[], unknown[]] = [[], []];
    system.events.subscribe((event) => {
      if (event.type !== 'dead-letter') return;
      first.push(event.message);
      if (first.length < 10_000) exchange.send(first.length);
    });
    system.events.subscribe((event) => event.type === 'dead-letter' && second.push(event.message));
    exchange.send(0);
    expect(first).toEqual(Array.from({ length: 10_000 }, (_, n) => n));
    expect(second).toEqual(first);
  });

  it('stop for a listener that unsubscribes while it is told, and go on for the others', () => {
    const scheduler = new VirtualTimeScheduler();
    const system = new ActorSystem({ scheduler });
    const idle = new Actor<string>({ system, name: 'w' });
    const [first, second]: [string[], string[]] = [[], []];
    system.events.pipe(take(1)).subscribe((event) => first.push(line(event)));
    system.events.subscribe((event) => second.push(line(event)));
    idle.send('a');
    idle.send('b');
    expect(first).toEqual(['sent w a']);
    expect(second).toEqual(['sent w a', 'sent w b']);
  });

  it('tell nothing of another system', () => {
    const other = new ActorSystem({ scheduler: new VirtualTimeScheduler() });
    const lines = listed(() => {
      other.exchange<string>('e').send('a');
      other.actor(() => undefined).kill();
    });
    expect(lines).toEqual([]);
  });

  it('are read-only, and outlive the system', async () => {
    const system = new ActorSystem();
    const got: string[] = [];
    const worker = system.actor((_: string) => undefined, { name: 'w' });
    expect('next' in system.events).toBe(false);
    system.events.subscribe({ next: (event) => got.push(line(event)), complete: () => got.push('|') });
    await system.close();
    worker.send('late');
    expect(got).toEqual(['closed w closed', 'dead w late closed']);
  });
});
