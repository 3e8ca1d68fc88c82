import { concatMap, EMPTY, filter, from, map, NEVER, of, VirtualTimeScheduler, type Observable } from 'rxjs';
import { Actor, ActorSystem, restart, resume, type InspectionEvent } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { named, recorded } from '../fates.js';
import { marbles } from '../marbles.js';
import { bad, detailed, fussy, listed, told } from './told.js';

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

  it('tell of an actor that is made once it can be used: it has its name, and the system knows it', () => {
    const system = new ActorSystem();
    const seen: unknown[] = [];
    system.events.subscribe(
      (event) => event.type === 'spawned' && seen.push(event.actor.name, system.snapshot().actors.length),
    );
    system.actor(() => undefined, { name: 'w' });
    expect(seen).toEqual(['w', 1]);
  });

  it(
    'tell when a message was sent, when its turn came, when its work was done, and how long that took',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const inbox = hot('  -a--------b----');
      const expected = '   -(st)p----(uvw)';
      const work = cold('   ----|');
      const workSubs = '   -^---!';
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
      expectSubscriptions(work.subscriptions).toBe(workSubs);
    }),
  );

  it(
    'O2 tell that a message starts when the one before was processed, its wait being no part of its duration',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const inbox = hot('  -(ab)          ');
      const work = cold('   ------|       ');
      const workSubs = ['  -^-----!       ', '-------^-----! '];
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
      expectSubscriptions(work.subscriptions).toBe(workSubs);
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
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const inbox = hot('  -x-------y--------a----');
      const work = cold('           -----#', undefined, bad);
      const workSubs = '   ---------^----!';
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
      expectSubscriptions(work.subscriptions).toBe(workSubs);
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
    'M2 tell that a message was sent when it is let in from the line',
    marbles(({ cold, system, expectObservable, expectSubscriptions }) => {
      const work = cold('  -----|');
      const workSubs = ['  ^----!', '-----^----!', '----------^----!'];
      const expected = '   (ab)-c';
      const worker = system.actor((_: string) => work, { mailbox: { capacity: 1 } });
      const sent = recorded(system.events).pipe(
        filter((event) => event.type === 'sent'),
        map(({ message }) => message),
      );
      from(['a', 'b', 'c'])
        .pipe(concatMap((m) => worker.offer(m)))
        .subscribe();
      expectObservable(sent).toBe(expected);
      expectSubscriptions(work.subscriptions).toBe(workSubs);
    }),
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
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const asked = hot('  -(ab)          ');
      const work = cold('   ------|       ');
      const workSubs = '   -^-----!';
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
      expectSubscriptions(work.subscriptions).toBe(workSubs);
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

  it('A3 tell nothing more of an ask that its own behavior cancels', () => {
    const lines = listed((system) => {
      const worker = system.actor((_: string): void => asked.unsubscribe(), { name: 'w' });
      const asked = worker.ask('a').subscribe();
    });
    expect(lines).toEqual(['sent w a', 'started w a']);
  });

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

  it('tell of a generator that fails at its end, as failures do', () => {
    const failed: unknown[] = [];
    const lines = listed((system) => {
      system.failures.subscribe((failure) => failed.push(failure));
      const worker = system.generatorActor(
        function* (): Generator<undefined, void, string> {
          try {
            for (;;) yield;
          } finally {
            yield;
          }
        },
        { name: 'w' },
      );
      worker.terminated.subscribe();
      worker.send('a');
      worker.close();
    });
    expect(failed).toHaveLength(1);
    expect(lines).toEqual(['sent w a', 'started w a', 'processed w a 0', 'failed w undefined stop', 'closed w failed']);
  });

  it('E6 tell of a message that recv() took that it is processed at the next recv()', async () => {
    class Loop extends Actor<string> {
      protected override async run(): Promise<void> {
        for (;;) await this.recv();
      }
    }
    const system = new ActorSystem();
    const events: InspectionEvent[] = [];
    const loop = new Loop({ system }).start();
    system.events.subscribe((event) => events.push(event));
    for (const m of ['a', 'b']) loop.send(m);
    await system.close();
    expect(events.map((event) => ('message' in event ? `${event.type} ${event.message}` : event.type))).toEqual([
      'sent a',
      'sent b',
      'started a',
      'processed a',
      'started b',
      'processed b',
      'closed',
    ]);
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

  it('tell of the notice of a watch as of any message', () => {
    const lines = listed((system) => {
      const other = system.actor(() => undefined, { name: 'o' });
      const worker = system.actor(
        (m: string, { watch }) => {
          if (m !== 'a') return;
          watch(other, () => 'over');
          other.kill();
        },
        { name: 'w' },
      );
      worker.send('a');
    });
    expect(lines).toEqual([
      'sent w a',
      'started w a',
      'closed o killed',
      'processed w a 0',
      'sent w over',
      'started w over',
      'processed w over 0',
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
