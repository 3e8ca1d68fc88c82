/* eslint-disable rxjs-x/no-subject-unsubscribe -- the three ends of an exchange are compared */
import { EMPTY, map, NEVER, of, take, VirtualTimeScheduler, type Observable } from 'rxjs';
import { Actor, ActorSystem, Exchange, restart, resume, type InspectionEvent } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { named, recorded } from '../fates.js';
import { marbles } from '../marbles.js';
import { unhandledErrors } from '../unhandled-errors.js';

const bad = new Error('bad');
const nameOf = (value: unknown): string => String((value as { name?: unknown }).name);

/** An event in a line, its time left out: `sent w a` tells that `a` was sent to the actor `w`. */
function line(event: InspectionEvent): string {
  switch (event.type) {
    case 'spawned':
      return `spawned ${event.actor.name}`;
    case 'sent':
    case 'started':
      return `${event.type} ${event.actor.name} ${event.message}`;
    case 'processed':
      return `processed ${event.actor.name} ${event.message} ${event.duration}`;
    case 'failed':
      return `failed ${event.actor.name} ${event.message} ${event.directive}`;
    case 'restarted':
      return `restarted ${event.actor.name}`;
    case 'closed':
      return `closed ${event.actor.name} ${event.termination.kind}`;
    case 'dead-letter':
      return `dead ${nameOf(event.recipient)} ${event.message} ${event.reason}`;
    case 'attached':
    case 'detached':
      return `${event.type} ${event.exchange.name} ${nameOf(event.recipient)}`;
    case 'published':
      return `published ${event.exchange.name} ${event.message}`;
    case 'completed':
      return `completed ${event.exchange.name}`;
  }
}

/** What happens in a system from this call on, with the keys of `who` in the place of its values. */
const detailed = (system: ActorSystem, who: Readonly<Record<string, unknown>>): Observable<unknown> => {
  const called = (value: unknown): unknown => Object.entries(who).find(([, each]) => each === value)?.[0] ?? value;
  const plain = (event: InspectionEvent): unknown =>
    Object.fromEntries(Object.entries(event).map(([key, value]) => [key, called(value)]));
  return recorded(system.events).pipe(map(plain));
};

/** The same, in lines. */
const told = (system: ActorSystem): Observable<string> => recorded(system.events).pipe(map(line));

/** The same as a list, for a body whose actors are named by it and whose time is its own. */
function listed(body: (system: ActorSystem) => void): string[] {
  const scheduler = new VirtualTimeScheduler();
  const system = new ActorSystem({ scheduler });
  const events: InspectionEvent[] = [];
  system.events.subscribe((event) => events.push(event));
  body(system);
  scheduler.flush();
  return events.filter(({ type }) => type !== 'spawned').map(line);
}

/** Fails with `x`. */
const fussy = (m: string): undefined => {
  if (m === 'x') throw bad;
};

describe('ActorSystem.events of an actor', () => {
  it(
    'tell who was made, and whose child it is',
    marbles(({ system, expectObservable }) => {
      const who: Record<string, unknown> = {};
      const events = detailed(system, who);
      const parent = (who['parent'] = system.statefulActor((state: number) => state, 0));
      who['child'] = new Actor({ system, parent });
      expectObservable(events).toBe('(pc)', {
        p: { time: 0, type: 'spawned', actor: 'parent', parent: undefined },
        c: { time: 0, type: 'spawned', actor: 'child', parent: 'parent' },
      });
    }),
  );

  it(
    'tell when a message was sent, when its turn came, when its work was done, and how long that took',
    marbles(({ hot, cold, system, expectObservable }) => {
      const inbox = hot('  -a--------b----');
      const expected = '   -(st)p----(uvw)';
      const work = cold('   ----|');
      const worker = system.actor((m: string) => (m === 'a' ? work : undefined));
      inbox.subscribe((m) => worker.send(m));
      const actor = 'worker';
      expectObservable(detailed(system, { worker })).toBe(expected, {
        s: { time: 1, type: 'sent', actor, message: 'a' },
        t: { time: 1, type: 'started', actor, message: 'a' },
        p: { time: 5, type: 'processed', actor, message: 'a', duration: 4 },
        u: { time: 10, type: 'sent', actor, message: 'b' },
        v: { time: 10, type: 'started', actor, message: 'b' },
        w: { time: 10, type: 'processed', actor, message: 'b', duration: 0 },
      });
    }),
  );

  it(
    'O2 tell that a message starts when the one before was processed, its wait being no part of its duration',
    marbles(({ hot, cold, system, expectObservable }) => {
      const inbox = hot('  -(ab)          ');
      const work = cold('   ------|       ');
      //                          ------| ');
      const expected = '   -(abs)-(pt)--q ';
      const worker = system.actor(() => work, { name: 'w' });
      inbox.subscribe((m) => worker.send(m));
      expectObservable(told(system)).toBe(
        expected,
        named(
          'a: sent w a',
          'b: sent w b',
          's: started w a',
          'p: processed w a 6',
          't: started w b',
          'q: processed w b 6',
        ),
      );
    }),
  );

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['no value', EMPTY],
    ['one value', of(1)],
    ['many values', [1, 2, 3]],
    ['an iterable', new Set([1, 2])],
  ])('tell of work that is done at once: %s', (_, result) => {
    const lines = listed((system) => {
      const worker = system.actor(() => result as Observable<number>, { name: 'w' });
      worker.send('a');
    });
    expect(lines).toEqual(['sent w a', 'started w a', 'processed w a 0']);
  });

  it('tell of Promises and async generators, in real time', async () => {
    const system = new ActorSystem();
    const events: InspectionEvent[] = [];
    system.events.subscribe((event) => events.push(event));
    const worker = system.actor(async (m: string) => m, { name: 'w' });
    const generator = system.generatorActor(
      async function* (): AsyncGenerator<string | undefined, void, string> {
        for (let m = yield; ;) m = yield m;
      },
      { name: 'g' },
    );
    worker.send('a');
    generator.send('b');
    await system.close();
    const of = (actor: unknown) => events.filter((event) => 'actor' in event && event.actor === actor);
    expect(of(worker).map(({ type }) => type)).toEqual(['spawned', 'sent', 'started', 'processed', 'closed']);
    expect(of(generator).map(({ type }) => type)).toEqual(['spawned', 'sent', 'started', 'processed', 'closed']);
    const durations = events.map((event) => (event.type === 'processed' ? event.duration : 0));
    expect(durations.every((duration) => duration >= 0 && duration < 10_000)).toBe(true);
  });

  it(
    'E3 tell of no end of work that is interrupted, but of a dead letter',
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('  -a----k---- ');
      const expected = '   -(st)-(dc) ';
      const worker = system.actor((_: string) => NEVER, { name: 'w' });
      inbox.subscribe((m) => (m === 'k' ? worker.kill() : worker.send(m)));
      expectObservable(told(system)).toBe(
        expected,
        named('s: sent w a', 't: started w a', 'd: dead w a killed', 'c: closed w killed'),
      );
    }),
  );

  it('E3 tell the same of an actor that kills itself', () => {
    const lines = listed((system) => {
      const worker = system.actor((_: string, { self }) => self.kill(), { name: 'w' });
      worker.send('a');
      worker.send('b');
    });
    expect(lines).toEqual([
      'sent w a',
      'sent w b',
      'started w a',
      'dead w a killed',
      'dead w b killed',
      'closed w killed',
    ]);
  });

  it(
    'F2 tell of a failure with its directive, before the dead letter; the next message follows',
    marbles(({ hot, cold, system, expectObservable }) => {
      const inbox = hot('  -x-------y--------a----');
      const work = cold('           -----#', undefined, bad);
      const expected = '   -(stfd)--(uv)-(ge)(abp)';
      const worker = system.actor((m: string) => (m === 'y' ? work : fussy(m)), {
        name: 'w',
        supervision: resume(),
      });
      inbox.subscribe((m) => worker.send(m));
      expectObservable(told(system)).toBe(
        expected,
        named(
          's: sent w x',
          't: started w x',
          'f: failed w x resume',
          'd: dead w x failed',
          'u: sent w y',
          'v: started w y',
          'g: failed w y resume',
          'e: dead w y failed',
          'a: sent w a',
          'b: started w a',
          'p: processed w a 0',
        ),
      );
    }),
  );

  it(
    'F1 tell of the failure that ends an actor, of its message, of what waited, and of its end',
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('  -(xa)----- ');
      const expected = '   -(satfdec) ';
      const worker = system.actor(fussy, { name: 'w' });
      worker.terminated.subscribe();
      inbox.subscribe((m) => worker.send(m));
      expectObservable(told(system)).toBe(
        expected,
        named(
          's: sent w x',
          'a: sent w a',
          't: started w x',
          'f: failed w x stop',
          'd: dead w x failed',
          'e: dead w a closed',
          'c: closed w failed',
        ),
      );
    }),
  );

  it(
    'tell of what it failed with as it is, and without a message when the upstream failed',
    marbles(({ hot, system, expectObservable }) => {
      const upstream = hot('-#');
      const expected = '    -(fc)';
      const worker = system.actor(() => undefined);
      worker.terminated.subscribe();
      upstream.subscribe(worker);
      const actor = 'worker';
      expectObservable(detailed(system, { worker })).toBe(expected, {
        f: { time: 1, type: 'failed', actor, error: 'error', message: undefined, directive: 'stop' },
        c: { time: 1, type: 'closed', actor, termination: { kind: 'failed', error: 'error' } },
      });
    }),
  );

  it(
    'F2 tell of a restart when the new incarnation begins, before its first message',
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('  -(xa)        ');
      const expected = '   -(sbtfdrup)  ';
      const worker = system.actor(fussy, { name: 'w', supervision: restart() });
      inbox.subscribe((m) => worker.send(m));
      expectObservable(told(system)).toBe(
        expected,
        named(
          's: sent w x',
          'b: sent w a',
          't: started w x',
          'f: failed w x restart',
          'd: dead w x failed',
          'r: restarted w',
          'u: started w a',
          'p: processed w a 0',
        ),
      );
    }),
  );

  it(
    'F4 tell of a restart after its backoff, not when it was decided',
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('  -x------a---        ');
      const expected = '   -(stfd)-b-- 20ms (rup)';
      const worker = system.actor(fussy, { name: 'w', supervision: restart({ backoff: { min: 30, max: 30 } }) });
      inbox.subscribe((m) => worker.send(m));
      expectObservable(told(system)).toBe(
        expected,
        named(
          's: sent w x',
          't: started w x',
          'f: failed w x restart',
          'd: dead w x failed',
          'b: sent w a',
          'r: restarted w',
          'u: started w a',
          'p: processed w a 0',
        ),
      );
    }),
  );

  it(
    'F2 tell of a restart of an actor that nobody sends to',
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('  -x---- ');
      const expected = '   -(stfdr)';
      const worker = system.statefulActor((_: undefined, m: string) => fussy(m), undefined, {
        name: 'w',
        supervision: restart(),
      });
      inbox.subscribe((m) => worker.send(m));
      expectObservable(told(system)).toBe(
        expected,
        named('s: sent w x', 't: started w x', 'f: failed w x restart', 'd: dead w x failed', 'r: restarted w'),
      );
    }),
  );

  it('F6 tell of siblings that restart along, and of what that interrupts', () => {
    const lines = listed((system) => {
      const parent = system.actor(() => undefined, { name: 'p', siblings: 'one-for-all' });
      const busy = system.actor((_: string) => NEVER, { name: 'busy', parent });
      const failing = system.actor(fussy, { name: 'w', parent, supervision: restart() });
      busy.send('a');
      failing.send('x');
    });
    expect(lines).toEqual([
      'sent busy a',
      'sent w x',
      'started busy a',
      'started w x',
      'failed w x restart',
      'dead w x failed',
      'dead busy a restarted',
      'restarted w',
      'restarted busy',
    ]);
  });

  it(
    'E4 tell of every end, with how it came',
    marbles(({ hot, system, expectObservable }) => {
      const at = hot('       -----c-k-f');
      const expected = '     -----c-k-(gf)';
      const [closed, killed, failed] = [1, 2, 3].map(() => system.actor(() => undefined));
      failed.terminated.subscribe();
      at.subscribe((what) => {
        if (what === 'c') closed.close();
        if (what === 'k') killed.kill('why');
        if (what === 'f') failed.error(bad);
      });
      expectObservable(detailed(system, { closed, killed, failed })).toBe(expected, {
        c: { time: 5, type: 'closed', actor: 'closed', termination: { kind: 'closed' } },
        k: { time: 7, type: 'closed', actor: 'killed', termination: { kind: 'killed', reason: 'why' } },
        g: { time: 9, type: 'failed', actor: 'failed', error: bad, message: undefined, directive: 'stop' },
        f: { time: 9, type: 'closed', actor: 'failed', termination: { kind: 'failed', error: bad } },
      });
    }),
  );

  it('E1 tell of the end of one that was never started, and of what waited in it', () => {
    const lines = listed((system) => {
      const idle = new Actor<string>({ system, name: 'w' });
      idle.send('a');
      idle.close();
      idle.send('b');
    });
    expect(lines).toEqual(['sent w a', 'dead w a closed', 'closed w closed', 'dead w b closed']);
  });

  it('F6 tell of the end of children before that of their parent, the last one first', () => {
    const lines = listed((system) => {
      const parent = system.actor(() => undefined, { name: 'p' });
      system.actor(() => undefined, { name: 'one', parent });
      system.actor(() => undefined, { name: 'two', parent });
      parent.close();
    });
    expect(lines).toEqual(['closed two closed', 'closed one closed', 'closed p closed']);
  });

  it.each([
    ['drop-newest', ['sent w a', 'dead w b overflow']],
    ['drop-oldest', ['sent w a', 'dead w a overflow', 'sent w b']],
  ] as const)(
    'M1 tell what a full mailbox drops, and of nothing sent that it did not take: %s',
    (overflow, expected) => {
      const lines = listed((system) => {
        const idle = new Actor<string>({ system, name: 'w', mailbox: { capacity: 1, overflow } });
        idle.send('a');
        idle.send('b');
      });
      expect(lines).toEqual(expected);
    },
  );

  it(
    "tell of a message that is put aside that it has started, and of its 'processed' only once it was",
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('  -a----b------');
      const expected = '   -(st)-(uvwxy)';
      let open = false;
      const worker = system.actor(
        (m: string, { stash, unstashAll }) => {
          if (m === 'b') {
            open = true;
            unstashAll();
          } else if (!open) stash();
        },
        { name: 'w' },
      );
      inbox.subscribe((m) => worker.send(m));
      expectObservable(told(system)).toBe(
        expected,
        named(
          's: sent w a',
          't: started w a',
          'u: sent w b',
          'v: started w b',
          'w: processed w b 0',
          'x: started w a',
          'y: processed w a 0',
        ),
      );
    }),
  );

  it(
    'tell of asks by their messages, from the mailbox to the dead letter',
    marbles(({ hot, cold, system, expectObservable }) => {
      const asked = hot('  -(ab)          ');
      const work = cold('   ------|       ');
      const killed = hot(' -----------k   ');
      const expected = '   -(abs)-(pt)(dc)';
      const worker = system.actor<string, string>((m) => (m === 'a' ? work : NEVER), { name: 'w' });
      asked.subscribe((m) => worker.ask(m).subscribe({ error: () => undefined }));
      killed.subscribe(() => worker.kill());
      expectObservable(told(system)).toBe(
        expected,
        named(
          'a: sent w a',
          'b: sent w b',
          's: started w a',
          'p: processed w a 6',
          't: started w b',
          'd: dead w b killed',
          'c: closed w killed',
        ),
      );
    }),
  );

  it(
    'A3 tell nothing more of an ask that is cancelled before its turn or during it',
    marbles(({ hot, system, expectObservable }) => {
      const during = '     -----^-----!    ';
      const before = '     ---------^!     ';
      const next = hot('   ------------c   ');
      const expected = '   -----(st)b--(uvw)';
      const worker = system.actor((m: string) => (m === 'c' ? undefined : NEVER), { name: 'w' });
      expectObservable(worker.ask('a'), during).toBe('-');
      expectObservable(worker.ask('b'), before).toBe('-');
      next.subscribe((m) => worker.send(m));
      expectObservable(told(system)).toBe(
        expected,
        named('s: sent w a', 't: started w a', 'b: sent w b', 'u: sent w c', 'v: started w c', 'w: processed w c 0'),
      );
    }),
  );

  class Piped extends Actor<string, string> {
    protected override run(): Observable<string> {
      return this.mailbox.pipe(map((m) => m));
    }
  }
  class Looking extends Actor<string, string> {
    protected override run(): Observable<string> {
      return super.run() as Observable<string>;
    }
    protected override receive(m: string): Observable<string> {
      return of(m);
    }
  }
  it.each<[string, (system: ActorSystem) => Actor<string, unknown>]>([
    ['a state', (system) => system.statefulActor((_, m: string) => m, '', { name: 'w' })],
    [
      'a generator',
      (system) =>
        system.generatorActor(
          function* (): Generator<undefined, void, string> {
            for (;;) yield;
          },
          { name: 'w' },
        ),
    ],
    ['a run() that pipes its mailbox', (system) => new Piped({ system, name: 'w' }).start()],
    ['a run() around the default one', (system) => new Looking({ system, name: 'w' }).start()],
  ])('tell the same of an actor with %s', (_, make) => {
    const lines = listed((system) => {
      const worker = make(system);
      worker.send('a');
      worker.send('b');
    });
    expect(lines).toEqual(['sent w a', 'sent w b', 'started w a', 'processed w a 0', 'started w b', 'processed w b 0']);
  });

  it('E5 tell of the message that ends a generator as of any other', () => {
    const lines = listed((system) => {
      const worker = system.generatorActor(
        function* (): Generator<undefined, void, string> {
          yield;
        },
        { name: 'w' },
      );
      for (const m of ['a', 'b']) worker.send(m);
    });
    expect(lines).toEqual([
      'sent w a',
      'sent w b',
      'started w a',
      'processed w a 0',
      'dead w b closed',
      'closed w closed',
    ]);
  });

  it('E6 tell which messages recv() has taken', async () => {
    class Loop extends Actor<string> {
      protected override async run(): Promise<void> {
        for (;;) await this.recv();
      }
    }
    const system = new ActorSystem();
    const started: unknown[] = [];
    system.events.subscribe((event) => event.type === 'started' && started.push(event.message));
    const loop = new Loop({ system }).start();
    for (const m of ['a', 'b']) loop.send(m);
    await system.close();
    expect(started).toEqual(['a', 'b']);
  });

  it('tell of the message of a timer when it is due, as of one that is sent', () => {
    const events: InspectionEvent[] = [];
    const scheduler = new VirtualTimeScheduler();
    const system = new ActorSystem({ scheduler });
    const worker = system.actor((m: string, { timers }) => {
      if (m === 'a') timers.start('k', 'later', 7);
    });
    system.events.subscribe((event) => events.push(event));
    worker.send('a');
    scheduler.flush();
    expect(events.map(({ time, type }) => `${time} ${type}`)).toEqual([
      '0 sent',
      '0 started',
      '0 processed',
      '7 sent',
      '7 started',
      '7 processed',
    ]);
  });

  it('keep their order over a backlog of 10,000', () => {
    const numbers = Array.from({ length: 10_000 }, (_, n) => n);
    const lines = listed((system) => {
      const worker = system.actor((_: number) => undefined, { name: 'w' });
      for (const n of numbers) worker.send(n);
    });
    expect(lines).toEqual([
      ...numbers.map((n) => `sent w ${n}`),
      ...numbers.flatMap((n) => [`started w ${n}`, `processed w ${n} 0`]),
    ]);
  });
});

describe('ActorSystem.events of an exchange', () => {
  it(
    'tell who is attached and detached, and what is handed on, before whoever gets it',
    marbles(({ hot, system, expectObservable }) => {
      const attach = hot(' -a-----------');
      const sent = hot('   ---m---------');
      const detach = hot(' ---------d---');
      const expected = '   -a-(pstq)d---';
      const exchange = new Exchange<string>({ system, name: 'e' });
      const worker = system.actor((_: string) => undefined, { name: 'w' });
      attach.subscribe(() => exchange.attach(worker));
      sent.subscribe((m) => exchange.send(m));
      detach.subscribe(() => exchange.detach(worker));
      expectObservable(told(system)).toBe(
        expected,
        named(
          'a: attached e w',
          'p: published e m',
          's: sent w m',
          't: started w m',
          'q: processed w m 0',
          'd: detached e w',
        ),
      );
    }),
  );

  it(
    'tell recipients, observers and functions as they were given',
    marbles(({ hot, system, expectObservable }) => {
      const attach = hot(' -r-o-f-----');
      const detach = hot(' -------o-fr');
      const expected = '   -a-b-c-x-yz';
      const exchange = new Exchange<string>({ system });
      const who: Record<string, any> = { r: { send: () => undefined }, o: { next: () => {} }, f: () => undefined };
      const subscriptions: Record<string, any> = {};
      attach.subscribe((key) => (subscriptions[key] = exchange.subscribe(who[key])));
      detach.subscribe((key) => subscriptions[key].unsubscribe());
      expectObservable(detailed(system, { e: exchange, ...who })).toBe(expected, {
        a: { time: 1, type: 'attached', exchange: 'e', recipient: 'r' },
        b: { time: 3, type: 'attached', exchange: 'e', recipient: 'o' },
        c: { time: 5, type: 'attached', exchange: 'e', recipient: 'f' },
        x: { time: 7, type: 'detached', exchange: 'e', recipient: 'o' },
        y: { time: 9, type: 'detached', exchange: 'e', recipient: 'f' },
        z: { time: 10, type: 'detached', exchange: 'e', recipient: 'r' },
      });
    }),
  );

  it('tell once of one who is attached twice or detached twice', () => {
    const lines = listed((system) => {
      const exchange = new Exchange<string>({ system, name: 'e' });
      const recipient = { name: 'r', send: () => undefined };
      exchange.attach(recipient);
      const subscription = exchange.subscribe(recipient);
      subscription.unsubscribe();
      subscription.unsubscribe();
      exchange.detach(recipient);
    });
    expect(lines).toEqual(['attached e r', 'detached e r']);
  });

  it('X4 tell of an actor that ends that it is detached, behind its end', () => {
    const lines = listed((system) => {
      const exchange = new Exchange<string>({ system, name: 'e' });
      const worker = system.actor(() => undefined, { name: 'w' });
      exchange.attach(worker);
      worker.kill();
      exchange.attach(worker);
    });
    expect(lines).toEqual(['attached e w', 'closed w killed', 'detached e w', 'attached e w', 'detached e w']);
  });

  it.each<[string, (exchange: Exchange<string>) => void]>([
    ['complete()', (exchange) => exchange.complete()],
    ['error()', (exchange) => exchange.error(bad)],
    ['unsubscribe()', (exchange) => exchange.unsubscribe()],
  ])('tell of its end, once: %s', (_, end) => {
    const lines = listed((system) => {
      const exchange = system.exchange<string>('e');
      const recipient = { name: 'r', send: () => undefined };
      exchange.attach(recipient);
      end(exchange);
      end(exchange);
    });
    expect(lines.filter((each) => !each.startsWith('detached'))).toEqual(['attached e r', 'completed e']);
  });

  it('O5 tell of a message that waits when its turn comes, and of the end behind it', () => {
    const lines = listed((system) => {
      const exchange = new Exchange<string>({ system, name: 'e' });
      exchange.subscribe(function first(m) {
        if (m !== 'a') return;
        exchange.send('b');
        exchange.complete();
        exchange.send('c');
      });
      exchange.attach(new Actor<string>({ system, name: 'w' }));
      exchange.send('a');
    });
    expect(lines.filter((each) => !/^..tached/.test(each))).toEqual([
      'published e a',
      'sent w a',
      'published e b',
      'sent w b',
      'completed e',
      'dead e c closed',
    ]);
  });

  it('X7 tell of a message that nobody took that it was published, and is dead', () => {
    const lines = listed((system) => {
      const exchange = new Exchange<string>({ system, name: 'e' });
      exchange.send('a');
      exchange.complete();
      exchange.send('b');
    });
    expect(lines).toEqual(['published e a', 'dead e a unrouted', 'completed e', 'dead e b closed']);
  });

  it('X2 tell of a late subscriber before what is replayed to it', () => {
    const lines = listed((system) => {
      const exchange = new Exchange<string>({ system, name: 'e', replay: 1 });
      const late = new Actor<string>({ system, name: 'w' });
      exchange.send('a');
      exchange.attach(late);
    });
    expect(lines).toEqual(['published e a', 'attached e w', 'sent w a']);
  });
});

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
    marbles(({ hot, cold, system, expectObservable }) => {
      const inbox = hot('  -a-b----------');
      const work = cold('   -----|        ');
      //                         -----|   ');
      const listen = '     --^------------';
      const expected = '   ---b--s----p---';
      const worker = system.actor((_: string) => work, { name: 'w' });
      inbox.subscribe((m) => worker.send(m));
      const events = system.events.pipe(map(line));
      expectObservable(events, listen).toBe(expected, named('b: sent w b', 's: started w b', 'p: processed w b 5'));
    }),
  );

  it(
    'tell of the length of the whole work to one who comes back while it goes on',
    marbles(({ hot, cold, system, expectObservable }) => {
      const inbox = hot('  -a------- ');
      const work = cold('   ------|  ');
      const first = '      ^-!       ';
      const again = '      -----^----';
      const expected1 = '  -(st)-----';
      const expected2 = '  -------p--';
      const worker = system.actor((_: string) => work, { name: 'w' });
      inbox.subscribe((m) => worker.send(m));
      const events = system.events.pipe(map(line));
      expectObservable(events, first).toBe(expected1, named('s: sent w a', 't: started w a'));
      expectObservable(events, again).toBe(expected2, named('p: processed w a 6'));
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
