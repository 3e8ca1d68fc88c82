import fc from 'fast-check';
import { interval, map, share, take, timer, VirtualTimeScheduler } from 'rxjs';
import {
  Actor,
  ActorSystem,
  Exchange,
  restart,
  resume,
  stop,
  type ActorOptions,
  type Supervision,
  type SystemMetrics,
} from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { coreOf } from '../../src/internal/hosted.js';
import { marbles } from '../marbles.js';

const letters = { closed: 0, overflow: 0, killed: 0, failed: 0, restarted: 0, unrouted: 0 };
const zeros: SystemMetrics = {
  spawned: 0,
  closed: 0,
  sent: 0,
  processed: 0,
  processingTime: 0,
  failed: 0,
  restarted: 0,
  published: 0,
  attached: 0,
  detached: 0,
  deadLetters: letters,
};

/** A system in a time of its own, and the numbers that were told last. */
function world() {
  const scheduler = new VirtualTimeScheduler();
  const system = new ActorSystem({ scheduler });
  const told: SystemMetrics[] = [];
  system.metrics$.subscribe((metrics) => told.push(metrics));
  return { scheduler, system, told };
}

describe('ActorSystem.metrics$', () => {
  it(
    'emits zeros first, and nothing more while nothing happens',
    marbles(({ system, expectObservable }) => {
      const listen = '  --^- 1m !';
      const expected = '--z------';
      system.actor(() => undefined);
      expectObservable(system.metrics$, listen).toBe(expected, { z: zeros });
    }),
  );

  it(
    'emits new numbers a second after something has happened, then waits for more',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const inbox = hot('  -a 1998ms b--------');
      const expected = '   z- 999ms x 1998ms y';
      const work = cold('   -----|');
      const workSubs = ['  -^----!', '- 1999ms ^----!'];
      const worker = system.actor((_: string) => work);
      inbox.subscribe((m) => worker.send(m));
      expectObservable(system.metrics$).toBe(expected, {
        z: zeros,
        x: { ...zeros, sent: 1, processed: 1, processingTime: 5 },
        y: { ...zeros, sent: 2, processed: 2, processingTime: 10 },
      });
      expectSubscriptions(work.subscriptions).toBe(workSubs);
    }),
  );

  it(
    'emits once a second however much happens',
    marbles(({ system, expectObservable }) => {
      const expected = 'z 1099ms a 999ms b 999ms c 999ms d';
      const worker = system.actor((_: number) => undefined);
      interval(100)
        .pipe(take(35))
        .subscribe((n) => worker.send(n));
      const sent = system.metrics$.pipe(map((metrics) => metrics.sent));
      expectObservable(sent).toBe(expected, { z: 0, a: 10, b: 20, c: 30, d: 35 });
    }),
  );

  it(
    'counts for each subscription what happens from then on',
    marbles(
      ({ hot, system, expectObservable }) => {
        const sent = hot('   -a-b-c------');
        const late = '       ----^-------';
        const expected1 = '  z 1000ms t';
        const expected2 = '  ----z 1000ms o';
        const idle = new Actor<string>({ system });
        sent.subscribe((m) => idle.send(m));
        const counted = system.metrics$.pipe(map((metrics) => metrics.sent));
        expectObservable(counted).toBe(expected1, { z: 0, t: 3 });
        expectObservable(counted, late).toBe(expected2, { z: 0, o: 1 });
      },
      { mayRemain: 'anything' },
    ),
  );

  it(
    'counts once for all who share it',
    marbles(
      ({ hot, system, expectObservable }) => {
        const sent = hot('   -a-b-c------');
        const late = '       ----^-------';
        const expected = '   ---- 997ms t';
        const idle = new Actor<string>({ system });
        sent.subscribe((m) => idle.send(m));
        const shared = system.metrics$.pipe(
          map((metrics) => metrics.sent),
          share(),
        );
        shared.subscribe();
        expectObservable(shared, late).toBe(expected, { t: 3 });
      },
      { mayRemain: 'anything' },
    ),
  );

  it(
    'counts what somebody does on hearing of the zeros',
    marbles(
      ({ system, expectObservable }) => {
        const expected = 'z 999ms o';
        const idle = new Actor<string>({ system });
        const counted = system.metrics$.pipe(
          map(({ sent }) => {
            if (sent === 0) idle.send('a');
            return sent;
          }),
        );
        expectObservable(counted).toBe(expected, { z: 0, o: 1 });
      },
      { mayRemain: 'anything' },
    ),
  );

  it('counts everything that happens', () => {
    const { scheduler, system, told } = world();
    const boom = (m: string) => {
      if (m === 'x') throw new Error('boom');
      return timer(m === 'slow' ? 30 : 0, scheduler);
    };
    const parent = system.actor(() => undefined, { siblings: 'one-for-all' });
    const worker = system.actor(boom, { supervision: restart(), parent });
    const sibling = system.actor(boom, { parent, mailbox: { capacity: 1 } });
    const exchange = new Exchange<string>({ system });
    exchange.send('nobody is there');
    exchange.attach(worker);
    sibling.send('slow');
    scheduler.schedule(() => {
      sibling.send('waits');
      sibling.send('has no room');
      exchange.send('x');
      exchange.send('slow');
    }, 10);
    scheduler.schedule(() => {
      exchange.detach(worker);
      worker.send('slow');
      sibling.send('killed');
      sibling.kill();
      parent.kill();
      worker.send('late');
    }, 100);
    scheduler.flush();
    expect(told.at(-1)).toEqual({
      spawned: 3,
      closed: 3,
      sent: 6,
      processed: 2,
      processingTime: 30,
      failed: 1,
      restarted: 2,
      published: 3,
      attached: 1,
      detached: 1,
      deadLetters: { closed: 1, overflow: 1, killed: 2, failed: 1, restarted: 1, unrouted: 1 },
    });
  });

  it('E8 adds up: what was sent is processed or dead, whatever happens', () => {
    const supervisions: Supervision[] = [stop(), resume(), restart(), restart({ limit: 1 })];
    const mailboxes: ActorOptions<string>['mailbox'][] = [
      {},
      { capacity: 2 },
      { capacity: 2, overflow: 'drop-oldest' },
      { compare: (a, b) => a.localeCompare(b) },
    ];
    const program = fc.record({
      messages: fc.array(fc.tuple(fc.constantFrom('ok', 'slow', 'fail', 'stash'), fc.nat(8)), { maxLength: 30 }),
      supervision: fc.constantFrom(...supervisions),
      mailbox: fc.constantFrom(...mailboxes),
      end: fc.constantFrom<'close' | 'kill'>('close', 'kill'),
    });
    fc.assert(
      fc.property(program, ({ messages, supervision, mailbox, end }) => {
        const { scheduler, system, told } = world();
        const worker = system.actor(
          (m: string, context) => {
            if (m === 'fail') throw new Error('fail');
            if (m === 'stash' && context.stashed === 0) context.stash();
            else if (m === 'stash') context.unstashAll();
            return m === 'slow' ? timer(5, scheduler) : undefined;
          },
          { supervision, mailbox: mailbox ?? {} },
        );
        worker.terminated.subscribe();
        let [at, taken] = [0, 0];
        for (const [message, pause] of messages) {
          at += pause;
          scheduler.schedule(() => (taken += Number(worker.trySend(message))), at);
        }
        scheduler.schedule(() => worker[end](), at + 1);
        scheduler.flush();
        const { sent, processed, failed, deadLetters, spawned, closed } = told.at(-1)!;
        const dead = Object.values(deadLetters).reduce((sum, count) => sum + count, 0);
        expect({ spawned, closed, sent, failed, all: processed + dead }).toEqual({
          spawned: 1,
          closed: 1,
          sent: taken,
          failed: deadLetters.failed,
          all: messages.length,
        });
      }),
      { numRuns: 300 },
    );
  });

  it('counts 10,000 messages', () => {
    const { scheduler, system, told } = world();
    const worker = system.actor((_: number) => undefined);
    for (let n = 0; n < 10_000; n++) worker.send(n);
    scheduler.flush();
    expect(told).toEqual([zeros, { ...zeros, spawned: 1, sent: 10_000, processed: 10_000 }]);
  });

  it('emits plain values of their own, which change no more', () => {
    const { scheduler, system, told } = world();
    const idle = new Actor<string>({ system });
    idle.send('a');
    scheduler.flush();
    const before = structuredClone(told);
    idle.kill();
    scheduler.flush();
    expect(told.slice(0, 2)).toEqual(before);
    expect(told.map(({ deadLetters }) => deadLetters.killed)).toEqual([0, 0, 1]);
  });

  it('leaves nothing behind when it is unsubscribed: no timer, nobody who listens', () => {
    const scheduler = new VirtualTimeScheduler();
    const system = new ActorSystem({ scheduler });
    const subscription = system.metrics$.subscribe();
    new Actor<string>({ system }).send('a');
    expect([scheduler.actions.length, coreOf(system).inspect]).toEqual([1, expect.any(Function)]);
    subscription.unsubscribe();
    expect([scheduler.actions.length, coreOf(system).inspect]).toEqual([0, undefined]);
    system.metrics$.pipe(take(1)).subscribe();
    expect([scheduler.actions.length, coreOf(system).inspect]).toEqual([0, undefined]);
  });

  it('keeps no timer while nothing happens', () => {
    const { scheduler, system, told } = world();
    expect(scheduler.actions).toEqual([]);
    new Actor<string>({ system }).send('a');
    scheduler.flush();
    expect([scheduler.actions, told.length, scheduler.frame]).toEqual([[], 2, 1000]);
  });

  it('does not complete with the system, and knows nothing of another', async () => {
    const system = new ActorSystem();
    const got: unknown[] = [];
    new ActorSystem().actor(() => undefined).kill();
    const subscription = system.metrics$.subscribe({
      next: (metrics) => got.push(metrics),
      complete: () => got.push('|'),
    });
    await system.close();
    subscription.unsubscribe();
    expect(got).toEqual([zeros]);
  });
});
