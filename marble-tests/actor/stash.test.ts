import fc from 'fast-check';
import {
  defer,
  firstValueFrom,
  map,
  merge,
  NEVER,
  of,
  tap,
  timer,
  VirtualTimeScheduler,
  type ObservableInput,
  type Subscription,
} from 'rxjs';
import {
  Actor,
  ActorClosedError,
  ActorSystem,
  AskTimeoutError,
  defaultSystem,
  restart,
  resume,
  StashFullError,
  stop,
  type ActorContext,
  type ActorOptions,
  type Supervision,
} from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { deadLetters, failures, named } from '../fates.js';
import { marbles } from '../marbles.js';
import { unhandledErrors } from '../unhandled-errors.js';

const bad = new Error('bad');

/** A gate: puts messages aside until `o` opens it and lets them through; `s` shuts it, `x` fails. */
const gate = () => {
  let open = false;
  return (m: string, { stash, unstashAll }: ActorContext<string>) => {
    if (m === 'x') throw bad;
    if (m === 's' || m === 'o') {
      open = m === 'o';
      if (open) unstashAll();
      return undefined;
    }
    if (open) return of(m);
    stash();
    return undefined;
  };
};

/** A gate without marbles. */
function gateNow(options: Omit<ActorOptions<string>, 'system'> = {}) {
  const scheduler = new VirtualTimeScheduler();
  const system = new ActorSystem({ scheduler });
  const log: string[] = [];
  system.deadLetters.subscribe(({ message, reason }) => log.push(`${String(message)} ${reason}`));
  const behavior = gate();
  let context!: ActorContext<string>;
  const actor = system.actor((m: string, own: ActorContext<string>) => {
    context = own;
    return behavior(m, own);
  }, options);
  actor.subscribe({ next: (m) => log.push(m), error: () => undefined });
  const send = (messages: string): void => {
    for (const m of messages) actor.send(m);
    scheduler.flush();
  };
  return { system, scheduler, actor, log, send, context: () => context };
}

describe('context.stash and unstashAll', () => {
  it(
    'O1 puts messages aside and back, in their order, in front of what waits',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('  -(abocd)');
      const expected = '  -(abcd) ';
      const actor = system.actor(gate());
      sent.subscribe((m) => actor.send(m));
      expectObservable(actor).toBe(expected);
    }),
  );

  it(
    'O2 lets the work on the message that puts them back come to its end before',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const sent = hot('   -abo-c---- ');
      const work = cold('     ---o|   ');
      const workSubs = '   ---^---!   ';
      const expected = '   ------o(abc)';
      const behavior = gate();
      const actor = system.actor((m: string, context: ActorContext<string>) => {
        const result = behavior(m, context);
        return m === 'o' ? work : result;
      });
      sent.subscribe((m) => actor.send(m));
      expectSubscriptions(work.subscriptions).toBe(workSubs);
      expectObservable(actor).toBe(expected);
    }),
  );

  it(
    'O1 keeps the order when messages are put aside again',
    marbles(({ hot, system, expectObservable }) => {
      // Each `p` lets one more through: `b` and `c` are put aside twice, and `d` behind them.
      const sent = hot('  -(abc)-p-d-p-p-p-p');
      const expected = '  -------a---b-c-d--';
      let passes = 0;
      const actor = system.actor((m: string, { stash, unstashAll }: ActorContext<string>) => {
        if (m === 'p') {
          passes = 1;
          unstashAll();
        } else if (passes-- > 0) return of(m);
        else stash();
        return undefined;
      });
      sent.subscribe((m) => actor.send(m));
      expectObservable(actor).toBe(expected);
    }),
  );

  it(
    'O1 puts back in front of what was put back before and still waits',
    marbles(({ hot, system, expectObservable }) => {
      // Once put back, `a` is put aside again, and put back by `b` in front of `c`.
      const sent = hot('  -(abc)o');
      const expected = '  ------(bac)';
      const times: Record<string, number> = { a: 2, b: 1, c: 1 };
      const actor = system.actor((m: string, { stash, unstashAll }: ActorContext<string>) => {
        if (m === 'o') unstashAll();
        else if (times[m]-- > 0) stash();
        else {
          if (m === 'b') unstashAll();
          return of(m);
        }
        return undefined;
      });
      sent.subscribe((m) => actor.send(m));
      expectObservable(actor).toBe(expected);
    }),
  );

  it(
    'counts what is put aside, and not as waiting',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('   -a-b--o--');
      const looks = hot('  l-l-l--l-');
      const counts = '     l-m-n--l-';
      const { actor, context } = opened(system);
      sent.subscribe((m) => actor.send(m));
      expectObservable(looks.pipe(map(() => `${context().stashed} ${actor.pending}`))).toBe(counts, {
        l: '0 0',
        m: '1 0',
        n: '2 0',
      });
    }),
  );

  it(
    'may put them back from outside, when the actor has nothing to do, and nothing when nothing is put aside',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('   -ab------');
      const back = hot('   ----o-o--');
      const expected = '   ----(ab)-';
      let open = false;
      let context!: ActorContext<string>;
      const actor = system.actor((m: string, own: ActorContext<string>) => {
        context = own;
        if (open) return of(m);
        own.stash();
        return undefined;
      });
      sent.subscribe((m) => actor.send(m));
      back.subscribe(() => {
        open = true;
        context.unstashAll();
      });
      expectObservable(actor).toBe(expected);
    }),
  );

  it(
    'does not follow what the behavior returns, and counts twice as once',
    marbles(
      ({ hot, cold, system, expectObservable, expectSubscriptions }) => {
        const sent = hot('   -(ab)');
        const work = cold('   -x|');
        let context!: ActorContext<string>;
        const actor = system.actor((_: string, own: ActorContext<string>) => {
          context = own;
          own.stash();
          own.stash();
          return work;
        });
        sent.subscribe((m) => actor.send(m));
        expectSubscriptions(work.subscriptions).toBe([]);
        expectObservable(hot('--l').pipe(map(() => context.stashed))).toBe('--n', { n: 2 });
        expectObservable(actor).toBe('-');
      },
      { mayRemain: 'anything' },
    ),
  );

  it(
    'is for a behavior that is a generator, too: what it yields after that is no output, the work is stopped',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('   -ab-o');
      const expected = '   ----(ab)';
      let open = false;
      let finished = 0;
      const actor = system.actor(function* (m: string, { stash, unstashAll }: ActorContext<string>) {
        try {
          if (m === 'o') {
            open = true;
            unstashAll();
          } else {
            if (!open) stash();
            yield m;
          }
        } finally {
          finished++;
        }
      });
      sent.subscribe((m) => actor.send(m));
      expectObservable(actor).toBe(expected);
      expectObservable(hot('-----l').pipe(map(() => finished))).toBe('-----n', { n: 5 });
    }),
  );

  it(
    'stops work that is built when it is subscribed, and calls it only then',
    marbles(
      ({ hot, cold, system, expectObservable, expectSubscriptions }) => {
        const sent = hot('   -a---');
        const work = cold('   -x---');
        const workSubs = '   -(^!)';
        let context!: ActorContext<string>;
        const actor = system.actor((_: string, own: ActorContext<string>) => {
          context = own;
          return merge(
            work,
            defer(() => {
              own.stash();
              return NEVER;
            }),
          );
        });
        sent.subscribe((m) => actor.send(m));
        expectSubscriptions(work.subscriptions).toBe(workSubs);
        expectObservable(actor).toBe('-');
        expectObservable(hot('--l').pipe(map(() => context.stashed))).toBe('--n', { n: 1 });
      },
      { mayRemain: 'anything' },
    ),
  );

  it.each(['stash', 'kill'] as const)('F1 reports the rejection of a Promise that is not followed: %s', async (how) => {
    const errors = unhandledErrors();
    const actor = new ActorSystem().actor(async (_: string, { self, stash }: ActorContext<string>) => {
      if (how === 'stash') stash();
      else self.kill();
      await Promise.resolve();
      throw bad;
    });
    actor.send('a');
    expect(await firstValueFrom(errors)).toBe(bad);
  });

  it('M1 drops of a full mailbox what was put back first, when that drops the oldest', () => {
    const { actor, log, send, scheduler, context } = gateNow({ mailbox: { capacity: 2, overflow: 'drop-oldest' } });
    send('a');
    send('b');
    scheduler.schedule(() => {
      context().unstashAll();
      for (const m of 'cde') {
        actor.send(m);
        log.push(`${actor.pending} wait`);
      }
    });
    scheduler.flush();
    expect(log).toEqual(['a overflow', '2 wait', 'b overflow', '2 wait', 'c overflow', '2 wait']);
    expect([context().stashed, actor.pending]).toEqual([2, 0]);
  });

  it('M1 passes over an ask that was put back and cancelled, when that drops the oldest', () => {
    const { actor, log, send, scheduler, context } = gateNow({ mailbox: { capacity: 1, overflow: 'drop-oldest' } });
    const ask = actor.ask('a').subscribe();
    scheduler.flush();
    send('b');
    scheduler.schedule(() => {
      context().unstashAll();
      ask.unsubscribe();
      actor.send('c');
      log.push(`${actor.pending} wait`);
    });
    scheduler.flush();
    expect(log).toEqual(['b overflow', '1 wait']);
  });

  it('M1 is there for a class without any option', () => {
    class Gate extends Actor<string> {
      readonly log: string[] = [];
      protected override receive(message: string, { stash, stashed }: ActorContext<string>): void {
        this.log.push(`${message} ${stashed}`);
        stash();
      }
    }
    const gate = new Gate();
    gate.start();
    for (const m of 'ab') gate.send(m);
    return Promise.resolve().then(() => {
      gate.kill();
      expect(gate.log).toEqual(['a 0', 'b 1']);
    });
  });

  it('refuses an actor that has ended, like all of the context', () => {
    const { actor, send, context } = gateNow();
    send('a');
    actor.kill();
    for (const call of [context().stash, context().unstashAll, () => context().become(() => undefined)]) {
      expect(call).toThrow(ActorClosedError);
    }
    expect(context().stashed).toBe(0);
  });

  it('A4 cancels 100,000 asks that were put back, none left over', () => {
    const { actor, scheduler, context } = gateNow();
    const asks: Subscription[] = [];
    for (let n = 0; n < 100_000; n++) asks.push(actor.ask(`${n}`).subscribe());
    scheduler.flush();
    scheduler.schedule(() => {
      context().unstashAll();
      for (const ask of asks) ask.unsubscribe();
    });
    scheduler.flush();
    expect([context().stashed, actor.pending]).toEqual([0, 0]);
  });

  it(
    'serves receive() of a class, with a run() that passes its messages to it, too',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('  -(abocd)');
      const expected = '  -(abcd) ';
      class Gate extends Actor<string, string> {
        readonly #behavior = gate();
        protected override receive(message: string, context: ActorContext<string>) {
          return this.#behavior(message, context);
        }
      }
      class Running extends Gate {
        protected override run() {
          return super.run();
        }
      }
      for (const actor of [new Gate({ system }).start(), new Running({ system }).start()]) {
        sent.subscribe((m) => actor.send(m));
        expectObservable(actor).toBe(expected);
      }
    }),
  );

  it(
    'puts aside messages of timers and notices of ends, too',
    marbles(({ hot, system, expectObservable }) => {
      const events = hot('  -s-k--o-');
      const expected = '    ------(tn)';
      let open = false;
      const other = system.actor(() => undefined);
      const actor = system.actor((m: string, { timers, watch, stash, unstashAll }: ActorContext<string>) => {
        if (m === 's') {
          timers.start('k', 't', 1);
          watch(other, () => 'n');
        } else if (m === 'o') {
          open = true;
          unstashAll();
        } else if (open) return of(m);
        else stash();
        return undefined;
      });
      events.subscribe((event) => {
        if (event === 'k') other.kill();
        else actor.send(event);
      });
      expectObservable(actor).toBe(expected);
    }),
  );

  it(
    'puts back in front of more urgent messages, and of as many as a mailbox may hold',
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot('   -cb-o(az)-');
      const work = cold('      -----|');
      const expected = '   ---------(cbza)';
      const behavior = gate();
      const actor = system.actor(
        (m: string, context: ActorContext<string>) => {
          const result = behavior(m, context);
          return m === 'o' ? work : result;
        },
        { mailbox: { compare: (one, two) => two.localeCompare(one) } },
      );
      sent.subscribe((m) => actor.send(m));
      expectObservable(actor).toBe(expected);
    }),
  );

  it('M1 puts back beyond the capacity of the mailbox, which then takes nothing until there is room', () => {
    const { actor, log, send, scheduler, context } = gateNow({ mailbox: { capacity: 2 } });
    send('a');
    send('b');
    send('c');
    scheduler.schedule(() => {
      context().unstashAll();
      actor.offer('d').subscribe({ complete: () => log.push(`taken, ${actor.pending} wait`) });
      log.push(`${actor.pending} wait`);
      log.push(`taken: ${actor.trySend('e')}`);
    });
    scheduler.flush();
    expect(log).toEqual(['3 wait', 'e overflow', 'taken: false', 'taken, 2 wait']);
    expect(context().stashed).toBe(4);
  });

  it.each([0, 2])('refuses to put aside more than `stashCapacity`: %d', (stashCapacity) => {
    marbles(
      ({ hot, system, expectObservable }) => {
        const sent = hot('  -abc-');
        const expected = stashCapacity === 0 ? '-fgh-' : '---h-';
        const dead = deadLetters(system);
        const actor = system.actor(gate(), { name: 'gate', stashCapacity, supervision: resume() });
        const errors = system.failures.pipe(map(({ error }) => error));
        sent.subscribe((m) => actor.send(m));
        const full = new StashFullError('gate', stashCapacity);
        expectObservable(errors).toBe(expected, { f: full, g: full, h: full });
        expectObservable(dead).toBe(expected, named('f: a failed', 'g: b failed', 'h: c failed'));
      },
      { mayRemain: 'anything' },
    )();
  });

  it(
    'lets the behavior catch that, and has room again for what was put back',
    marbles(
      ({ hot, system, expectObservable }) => {
        const sent = hot('  -ab-o-sc-d');
        const expected = '  --B-a----D';
        const behavior = gate();
        const actor = system.actor(
          (m: string, context: ActorContext<string>) => {
            try {
              return behavior(m, context);
            } catch (error) {
              return of(error instanceof StashFullError ? m.toUpperCase() : 'x');
            }
          },
          { stashCapacity: 1 },
        );
        sent.subscribe((m) => actor.send(m));
        expectObservable(actor).toBe(expected);
      },
      { mayRemain: 'anything' },
    ),
  );

  it.each([
    ['1.5', 1.5, RangeError],
    ['-1', -1, RangeError],
    ['Infinity', Infinity, RangeError],
    ['a text', '3', TypeError],
    ['null', null, TypeError],
  ])('refuses the stashCapacity %s', (_, stashCapacity, kind) => {
    const make = () => new Actor({ stashCapacity: stashCapacity as never, system: new ActorSystem() });
    expect(make).toThrow(kind);
    expect(make).toThrow(/^Expected `stashCapacity` to be a whole number from 0 up, got /);
  });

  it('refuses a call from later on: from work that goes on, and from outside', async () => {
    const system = new ActorSystem();
    const refused = new TypeError(
      'Expected `stash()` to be called while the behavior is called, got a call from later on.',
    );
    let context!: ActorContext<string>;
    const actor = system.actor(async (_: string, own: ActorContext<string>) => {
      context = own;
      await Promise.resolve();
      own.stash();
    });
    actor.send('a');
    await expect(actor.join()).rejects.toThrow(refused);
    const idle = system.actor((_: string, own: ActorContext<string>) => void (context = own));
    idle.send('a');
    await Promise.resolve();
    await Promise.resolve();
    expect(() => context.stash()).toThrow(refused);
    expect(context.stashed).toBe(0);
  });

  it('O4 puts 10,000 messages aside and back, none lost, none twice', () => {
    const { log, actor, scheduler, context } = gateNow();
    for (let round = 0; round < 3; round++) {
      for (let n = 0; n < 10_000; n++) actor.send(`${round}-${n}`);
      scheduler.flush();
      if (round === 1) context().unstashAll();
      scheduler.flush();
    }
    expect(context().stashed).toBe(30_000);
    actor.send('o');
    scheduler.flush();
    expect(log).toHaveLength(30_000);
    expect(new Set(log).size).toBe(30_000);
    expect([log[0], log[10_000], log[29_999]]).toEqual(['0-0', '1-0', '2-9999']);
    expect([context().stashed, actor.pending]).toEqual([0, 0]);
  });
});

describe('an actor without options', () => {
  it('puts aside as much as it likes', async () => {
    class Later extends Actor<number> {
      protected override receive(_: number, { stash }: ActorContext<number>) {
        stash();
      }
    }
    const later = new Later().start();
    for (let n = 0; n < 100; n++) later.send(n);
    await new Promise((resolve) => setTimeout(resolve));
    expect(defaultSystem.snapshot().actors).toContainEqual(expect.objectContaining({ name: later.name, stashed: 100 }));
    later.kill();
  });
});

describe('an ask that is put aside', () => {
  it(
    'A1 stays open, and gets its own outputs once its message has its turn again',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('   --b--o---');
      const asked = '      -^-------';
      const expected = '   -----(a|)';
      const outputs = '    -----(ab)';
      const actor = system.actor(gate());
      sent.subscribe((m) => actor.send(m));
      expectObservable(actor.ask('a'), asked).toBe(expected);
      expectObservable(actor).toBe(outputs);
    }),
  );

  it.each<[what: string, work: ObservableInput<string>]>([
    ['an array', ['x', 'y']],
    ['an Observable', of('x', 'y')],
  ])('A1 gets nothing of the turn in which an observer of the outputs puts it aside: %s', (_, work) => {
    const scheduler = new VirtualTimeScheduler();
    const system = new ActorSystem({ scheduler });
    const log: string[] = [];
    let context!: ActorContext<string>;
    const worker = system.actor((_: string, its: ActorContext<string>) => {
      context = its;
      return work;
    });
    const aside = worker.subscribe(() => {
      aside.unsubscribe();
      context.stash();
    });
    worker.ask('a').subscribe((output) => log.push(output));
    scheduler.flush();
    expect([log, context.stashed]).toEqual([[], 1]);
    context.unstashAll();
    scheduler.flush();
    expect(log).toEqual(['x', 'y']);
  });

  it(
    'A3 A4 is taken out when it is cancelled, times out or is aborted',
    marbles(({ hot, system, expectObservable }) => {
      // `d` is sent at 3 and put aside, too; it alone is left when the gate opens at 7.
      const sent = hot('   ---d---o-');
      const asked = '      -^-------';
      const cancelled = '  -^--!    ';
      const abort = hot('  -----x   ');
      const looks = hot('  --l---l-l');
      const aside = '      --3---1-0';
      const outputs = '    -------d-';
      const controller = new AbortController();
      const { actor, context } = opened(system);
      const dead = deadLetters(system);
      sent.subscribe((m) => actor.send(m));
      abort.subscribe(() => controller.abort('enough'));
      expectObservable(actor.ask('a'), cancelled).toBe('-');
      expectObservable(actor.ask('b', { timeout: 3 }), asked).toBe('----#', undefined, new AskTimeoutError('gate', 3));
      expectObservable(actor.ask('c', { signal: controller.signal }), asked).toBe('-----#', undefined, 'enough');
      expectObservable(looks.pipe(map(() => String(context().stashed)))).toBe(aside);
      expectObservable(actor).toBe(outputs);
      expectObservable(dead).toBe('-');
    }),
  );

  it(
    'A3 is taken out of the mailbox when it was put back there, and stopped during its second turn',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      // Both are put back at 3; the work on the first is cancelled at 5, the second before its turn at 4.
      const sent = hot('    ---o-----c');
      const first = '       -^---!    ';
      const second = '      -^--!     ';
      const work = cold('   -------   ');
      const workSubs = '    ---^-!    ';
      const outputs = '     ---------c';
      const behavior = gate();
      const actor = system.actor((m: string, context: ActorContext<string>) => {
        const result = behavior(m, context);
        return result !== undefined && m !== 'c' ? work : result;
      });
      sent.subscribe((m) => actor.send(m));
      expectObservable(actor.ask('a'), first).toBe('-');
      expectObservable(actor.ask('b'), second).toBe('-');
      expectSubscriptions(work.subscriptions).toBe(workSubs);
      expectObservable(actor).toBe(outputs);
    }),
  );

  it(
    'A3 E8 stays cancelled when its behavior goes on to put it aside, once more',
    marbles(({ hot, system, expectObservable }) => {
      const back = hot('  ---x');
      let turns = 0;
      let context!: ActorContext<string>;
      const actor = system.actor((_: string, own: ActorContext<string>) => {
        context = own;
        turns++;
        own.stash();
        asked.unsubscribe();
        own.stash();
      });
      const asked = actor.ask('a').subscribe();
      back.subscribe(() => context.unstashAll());
      expectObservable(hot('----l').pipe(map(() => [turns, context.stashed]))).toBe('----s', { s: [1, 0] });
    }),
  );

  it(
    'A2 gets ActorClosedError when the actor ends first',
    marbles(({ hot, system, expectObservable }) => {
      const ends = hot('   ---k-c-x');
      const asked = '      -^      ';
      const actors = { k: system.actor(gate()), c: system.actor(gate()), x: system.actor(gate()) };
      ends.subscribe((end) => {
        if (end === 'k') actors.k.kill('enough');
        else if (end === 'c') actors.c.close();
        else actors.x.send('x');
      });
      const dead = deadLetters(system);
      const closedWith = (name: 'k' | 'c' | 'x', cause?: unknown) =>
        new ActorClosedError(actors[name].name, cause === undefined ? undefined : { cause });
      expectObservable(actors.k.ask('a'), asked).toBe('---#', undefined, closedWith('k', 'enough'));
      expectObservable(actors.c.ask('b'), asked).toBe('-----#', undefined, closedWith('c'));
      expectObservable(actors.x.ask('d'), asked).toBe('-------#', undefined, closedWith('x', bad));
      expectObservable(actors.x).toBe('-------#', undefined, bad);
      expectObservable(dead).toBe('---k-c-(xd)', named('k: a killed', 'c: b closed', 'x: x failed', 'd: d closed'));
    }),
  );

  it('A3 A4 leaves nothing behind when thousands are cancelled, put aside and put back', () => {
    const { actor, scheduler, context, log } = gateNow();
    const asks: Subscription[] = [];
    for (let n = 0; n < 10_000; n++) asks.push(actor.ask(`${n}`, { timeout: 1e9 }).subscribe());
    scheduler.schedule(() => {
      for (const ask of asks.slice(0, 5_000)) ask.unsubscribe();
      expect(context().stashed).toBe(5_000);
      context().unstashAll();
      for (const ask of asks.slice(5_000)) ask.unsubscribe();
    }, 1);
    scheduler.flush();
    expect([context().stashed, actor.pending, scheduler.actions.length, log]).toEqual([0, 0, 0, []]);
    expect(scheduler.frame).toBeLessThan(1e9);
  });

  it('E8 is cancelled once when another one that is discarded cancels it', () => {
    const { actor, log, scheduler } = gateNow();
    const pending: number[] = [];
    actor.ask('a').subscribe({ error: () => other.unsubscribe() });
    const other = actor.ask('b').subscribe({ error: () => log.push('told') });
    scheduler.flush();
    actor.pending$.subscribe((count) => pending.push(count));
    actor.kill();
    expect({ log, pending }).toEqual({ log: ['a killed'], pending: [0] });
  });
});

describe('what becomes of messages that are put aside', () => {
  it.each([
    ['resume()', resume()],
    ['restart()', restart()],
    ['stop()', stop()],
  ])('E8 a behavior that throws after it has put its message aside has failed with it, once: %s', (_, supervision) => {
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('  -a---');
      const asked = '     ---^ ';
      const letters = supervision.type === 'stop' ? '-a-c' : '-a-b';
      const dead = deadLetters(system);
      const failed = failures(system);
      const actor = system.actor(
        (_: string, { stash }: ActorContext<string>) => {
          stash();
          throw bad;
        },
        { name: 'gate', supervision },
      );
      sent.subscribe((m) => actor.send(m));
      actor.subscribe({ error: () => undefined });
      const error = supervision.type === 'stop' ? new ActorClosedError('gate', { cause: bad }) : bad;
      expectObservable(actor.ask('b'), asked).toBe('---#', undefined, error);
      expectObservable(dead).toBe(letters, named('a: a failed', 'b: b failed', 'c: b closed'));
      const { type } = supervision;
      expectObservable(failed).toBe(letters.replace('c', '-'), { a: `a ${type}`, b: `b ${type}` });
    })();
  });

  it(
    'F2 a restart puts them back in front of what waits; asks stay open',
    marbles(({ hot, system, expectObservable }) => {
      // The second incarnation puts nothing aside any more.
      const sent = hot('   --b-(xc)');
      const asked = '      -^      ';
      const answer = '     ----(a|)';
      const outputs = '    ----(abc)';
      let incarnation = 0;
      const actor = system.actor(
        (m: string, { stash }: ActorContext<string>) => {
          if (m === 'x') throw bad;
          if (incarnation > 0) return of(m);
          stash();
          return undefined;
        },
        { supervision: restart(), beforeRestart: () => incarnation++ },
      );
      sent.subscribe((m) => actor.send(m));
      expectObservable(actor.ask('a'), asked).toBe(answer);
      expectObservable(actor).toBe(outputs);
    }),
  );

  it(
    'F2 a resume leaves them aside',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('   -ax-o-');
      const expected = '   ----a-';
      const actor = system.actor(gate(), { supervision: resume() });
      sent.subscribe((m) => actor.send(m));
      expectObservable(actor).toBe(expected);
    }),
  );

  it.each(['close', 'kill', 'fail'] as const)('E2 E3 they become dead letters at the end of the actor: %s', (how) => {
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('  -ab---');
      const ends = hot('  ----e-');
      const letters = how === 'fail' ? '----(xab)' : '----(ab)';
      const reason = how === 'kill' ? 'killed' : 'closed';
      const dead = deadLetters(system);
      const actor = system.actor(gate());
      actor.subscribe({ error: () => undefined });
      sent.subscribe((m) => actor.send(m));
      ends.subscribe(() => {
        if (how === 'fail') actor.send('x');
        else actor[how]();
      });
      expectObservable(dead).toBe(letters, { x: 'x failed', a: `a ${reason}`, b: `b ${reason}` });
    })();
  });

  it(
    'E2 they are put back by a message that was sent before a close',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('   -ab(o.)');
      const expected = '   ---(ab|)';
      const actor = system.actor(gate());
      sent.subscribe((m) => {
        if (m === '.') actor.close();
        else actor.send(m);
      });
      expectObservable(actor).toBe(expected);
    }),
  );

  it(
    'E3 a behavior that puts its message aside and kills its actor has been interrupted with it',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('  -a---');
      const asked = '     ---^ ';
      const dead = deadLetters(system);
      const killing = (name: string) =>
        system.actor(
          (_: string, { self, stash }: ActorContext<string>) => {
            stash();
            self.kill();
          },
          { name },
        );
      const first = killing('first');
      sent.subscribe((m) => first.send(m));
      expectObservable(killing('second').ask('b'), asked).toBe('---#', undefined, new ActorClosedError('second'));
      expectObservable(dead).toBe('-a-b', named('a: a killed', 'b: b killed'));
    }),
  );

  it('E8 every message has one fate, over random programs', () => {
    const work = fc.constantFrom(
      'plain',
      'aside',
      'slow',
      'throw',
      'asideThrow',
      'asideReturn',
      'open',
      'openSlow',
      'openKill',
      'shut',
    );
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.record({ do: fc.constant('send' as const), work }) },
      {
        weight: 5,
        arbitrary: fc.record({
          do: fc.constant('ask' as const),
          work,
          timeout: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }),
        }),
      },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('cancel' as const), which: fc.nat(20) }) },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), time: fc.integer({ min: 1, max: 4 }) }) },
      {
        weight: 2,
        arbitrary: fc.record({ do: fc.constantFrom('unstash' as const, 'close' as const, 'kill' as const) }),
      },
    );
    const setup = fc.record({
      capacity: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
      overflow: fc.constantFrom('drop-newest' as const, 'drop-oldest' as const),
      stashCapacity: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
      supervision: fc.constantFrom<Supervision>(stop(), resume(), restart(), restart({ backoff: { min: 1, max: 2 } })),
    });
    fc.assert(
      fc.property(setup, fc.array(step, { maxLength: 40 }), (options, steps) => {
        expect(fatesOf(options, steps).filter((fates) => fates.length !== 1)).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });
});

interface Step {
  readonly do: 'send' | 'ask' | 'cancel' | 'pass' | 'unstash' | 'close' | 'kill';
  readonly work?: string;
  readonly timeout?: number | undefined;
  readonly which?: number;
  readonly time?: number;
}

interface Setup {
  readonly capacity: number | undefined;
  readonly overflow: 'drop-newest' | 'drop-oldest';
  readonly stashCapacity: number | undefined;
  readonly supervision: Supervision;
}

/** Runs a program against one actor: what became of each of its messages. */
function fatesOf({ capacity, overflow, stashCapacity, supervision }: Setup, steps: readonly Step[]): string[][] {
  interface Message {
    readonly id: number;
    readonly work: string;
  }
  const scheduler = new VirtualTimeScheduler();
  const system = new ActorSystem({ scheduler });
  const fates: string[][] = [];
  const nobodys: string[] = [];
  let context: ActorContext<Message> | undefined;
  const asks: { readonly asked: Subscription; readonly message: Message }[] = [];
  let open = false;
  const fate = ({ id }: Message, what: string): void => void fates[id].push(what);
  system.deadLetters.subscribe(({ message, reason }) => {
    if (message === undefined) nobodys.push(reason);
    else fate(message as Message, reason);
  });
  const actor = system.actor(
    (message: Message, own: ActorContext<Message>) => {
      const { stash, unstashAll, self } = own;
      const { work } = message;
      context = own;
      if (work === 'throw') throw bad;
      if (work.startsWith('aside') && !open) {
        stash();
        if (work === 'asideThrow') throw bad;
        return work === 'asideReturn' ? of(0) : undefined;
      }
      if (work.startsWith('open')) unstashAll();
      if (work === 'openKill') self.kill();
      if (work.startsWith('open') || work === 'shut') open = work !== 'shut';
      const done = tap({ complete: () => fate(message, 'processed') });
      return work.toLowerCase().endsWith('slow') ? timer(2, scheduler).pipe(done) : of(0).pipe(done);
    },
    {
      supervision,
      ...(stashCapacity !== undefined && { stashCapacity }),
      ...(capacity !== undefined && { mailbox: { capacity, overflow } }),
    },
  );
  actor.subscribe({ error: () => undefined });
  const ask = (message: Message, timeout: number | undefined): void => {
    const asked = actor.ask(message, timeout === undefined ? {} : { timeout }).subscribe({
      error: (error: unknown) => {
        if (error instanceof AskTimeoutError) fate(message, 'timed out');
      },
    });
    asks.push({ asked, message });
  };
  const cancel = (which: number): void => {
    const ask = asks[which % asks.length] as (typeof asks)[number] | undefined;
    if (ask === undefined || ask.asked.closed) return;
    ask.asked.unsubscribe();
    fate(ask.message, 'cancelled');
  };
  let time = 0;
  const take = (each: Step): void => {
    if (each.do === 'send' || each.do === 'ask') {
      const message = { id: fates.push([]) - 1, work: each.work! };
      if (each.do === 'send') actor.send(message);
      else ask(message, each.timeout);
    } else if (each.do === 'cancel') cancel(each.which!);
    else if (each.do === 'close' || each.do === 'kill') actor[each.do]();
    else if (each.do === 'unstash' && actor.status !== 'closed') context?.unstashAll();
  };
  for (const each of steps) {
    if (each.do === 'pass') time += each.time!;
    scheduler.schedule(() => {
      take(each);
    }, time);
  }
  scheduler.schedule(() => {
    actor.kill();
  }, time + 10);
  scheduler.flush();
  return nobodys.length === 0 ? fates : [...fates, ['of no message', ...nobodys]];
}

/** A gate, called `gate`, and its context, to be used from outside once it has got a message. */
function opened(system: ActorSystem) {
  let context!: ActorContext<string>;
  const behavior = gate();
  const actor = system.actor(
    (m: string, own: ActorContext<string>) => {
      context = own;
      return behavior(m, own);
    },
    { name: 'gate' },
  );
  actor.send('s');
  return { actor, context: () => context };
}
