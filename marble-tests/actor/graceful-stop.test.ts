import { NEVER, Observable, ReplaySubject, VirtualTimeScheduler } from 'rxjs';
import { Actor, ActorClosedError, ActorSystem, type AnyActor, type Termination } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { gracefulStop, type GracefulStopOptions } from '../../src/actor/graceful-stop.js';
import { deadLetters, named } from '../fates.js';
import { marbles } from '../marbles.js';
import { unhandledErrors } from '../unhandled-errors.js';

const closed = { kind: 'closed' };
const killed = { kind: 'killed', reason: 'stop-timeout' };

/** Stops actors, and keeps how they say they have ended: a Promise is not virtual, and tells after the run. */
function stopper() {
  const promises: Promise<Termination>[] = [];
  return {
    stop: (actor: AnyActor, options?: GracefulStopOptions) => void promises.push(gracefulStop(actor, options)),
    ends: () => Promise.all(promises),
  };
}

describe('gracefulStop', () => {
  it('E2 lets an actor process what was sent before, when there is time for that', async () => {
    const { stop, ends } = stopper();
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot('   -ab-c-------');
      const stopped = hot('---x--------');
      const outputs = '    ---a-(b|)   ';
      const ended = '      -----(t|)   ';
      const letters = '    ----c-------';
      const dead = deadLetters(system);
      const worker = system.actor((m: string) => cold('--(m|)', { m }));
      sent.subscribe((m) => worker.send(m));
      stopped.subscribe(() => stop(worker, { timeout: 5 }));
      expectObservable(worker).toBe(outputs);
      expectObservable(worker.terminated).toBe(ended, { t: closed });
      expectObservable(dead).toBe(letters, named('c: c closed'));
    })();
    expect(await ends()).toEqual([closed]);
  });

  it('E3 kills it at the timeout: its work is unsubscribed, what it has not done are dead letters', async () => {
    const { stop, ends } = stopper();
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const sent = hot('   -abc---------');
      const stopped = hot('---x---------');
      const work = cold('   ---m|       ');
      const subs = ['      -^---!       ', '-----^--!    '];
      const outputs = '    ----m---|    ';
      const ended = '      --------(t|) ';
      const letters = '    --------(bc) ';
      const dead = deadLetters(system);
      const worker = system.actor(() => work);
      sent.subscribe((m) => worker.send(m));
      stopped.subscribe(() => stop(worker, { timeout: 5 }));
      expectObservable(worker).toBe(outputs);
      expectObservable(worker.terminated).toBe(ended, { t: killed });
      expectObservable(dead).toBe(letters, named('b: b killed', 'c: c killed'));
      expectSubscriptions(work.subscriptions).toBe(subs);
    })();
    expect(await ends()).toEqual([killed]);
  });

  it(
    'E3 tells the work, and who has asked, why it was killed',
    marbles(({ hot, system, probe, expectObservable, expectMessages }) => {
      const asked = '      -^-------';
      const stopped = hot('--x------');
      const expected = '   -----#   ';
      const aborted = '    -----r   ';
      const reasons = probe();
      const worker = system.actor(
        (_: string, { signal }) => {
          signal.addEventListener('abort', () => reasons.send(signal.reason));
          return NEVER;
        },
        { name: 'stuck' },
      );
      stopped.subscribe(() => void gracefulStop(worker, { timeout: 3 }));
      const error = new ActorClosedError('stuck', { cause: 'stop-timeout' });
      expectObservable(worker.ask('m'), asked).toBe(expected, null, error);
      expectMessages(reasons).toBe(aborted, { r: 'stop-timeout' });
    }),
  );

  it('waits for any time without a timeout', async () => {
    const { stop, ends } = stopper();
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot(' a      ');
      const ended = '    60m (t|)';
      const worker = system.actor(() => cold('60m |'));
      sent.subscribe((m) => {
        worker.send(m);
        stop(worker);
      });
      expectObservable(worker.terminated).toBe(ended, { t: closed });
    })();
    expect(await ends()).toEqual([closed]);
  });

  it('gives an actor its turn also when it may take no time', async () => {
    const { stop, ends } = stopper();
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot(' -a---');
      const expected = ' -(a|)';
      const ended = '    -(t|)';
      const quick = system.actor((m: string) => [m]);
      const stuck = system.actor(() => NEVER);
      sent.subscribe((m) => {
        for (const worker of [quick, stuck]) {
          worker.send(m);
          stop(worker, { timeout: 0 });
        }
      });
      expectObservable(quick).toBe(expected);
      expectObservable(stuck.terminated).toBe(ended, { t: killed });
    })();
    expect(await ends()).toEqual([closed, killed]);
  });

  it('gives how an actor ends that fails or is killed meanwhile; the failure counts as heard', async () => {
    const { stop, ends } = stopper();
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot('   -x-----');
      const killing = hot('--k----');
      const ended = '      --(t|) ';
      const unhandled = '  -------';
      const errors = unhandledErrors();
      const failing = system.actor(() => cold('-#'));
      const other = system.actor(() => NEVER);
      sent.subscribe((m) => {
        for (const worker of [failing, other]) {
          worker.send(m);
          stop(worker, { timeout: 5 });
        }
      });
      killing.subscribe((reason) => other.kill(reason));
      expectObservable(other.terminated).toBe(ended, { t: { kind: 'killed', reason: 'k' } });
      expectObservable(errors).toBe(unhandled);
    })();
    expect(await ends()).toEqual([
      { kind: 'failed', error: 'error' },
      { kind: 'killed', reason: 'k' },
    ]);
  });

  it('gives how an actor has ended that had ended before', async () => {
    const { stop, ends } = stopper();
    marbles(({ hot, system, expectObservable }) => {
      const end = hot('    -x---------');
      const stopped = hot('----x------');
      const outputs = '    -#         ';
      const actors = [0, 1, 2].map(() =>
        system.actor((m: string) => {
          throw m;
        }),
      );
      end.subscribe((m) => {
        actors[0].close();
        actors[1].kill('enough');
        actors[2].send(m);
      });
      stopped.subscribe(() => {
        for (const each of actors) stop(each, { timeout: 1 });
      });
      expectObservable(actors[2]).toBe(outputs, null, 'x');
    })();
    expect(await ends()).toEqual([closed, { kind: 'killed', reason: 'enough' }, { kind: 'failed', error: 'x' }]);
  });

  it('E1 ends at once an actor that was not started', async () => {
    const { stop, ends } = stopper();
    marbles(({ hot, system, expectObservable }) => {
      const stopped = hot('--x------');
      const ended = '      --(t|)   ';
      const letters = '    --a      ';
      const dead = deadLetters(system);
      const worker = new Actor<string>({ system });
      worker.send('a');
      stopped.subscribe(() => stop(worker, { timeout: 5 }));
      expectObservable(worker.terminated).toBe(ended, { t: closed });
      expectObservable(dead).toBe(letters, named('a: a closed'));
    })();
    expect(await ends()).toEqual([closed]);
  });

  it.each([
    ['first', [3, 6]],
    ['second', [6, 3]],
    ['second, the first having none', [undefined, 3]],
  ])('lets the shorter timeout decide when it is called twice: the %s', async (_, timeouts) => {
    const { stop, ends } = stopper();
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot(' -x-----');
      const ended = '    ----(t|)';
      const worker = system.actor(() => NEVER);
      sent.subscribe((m) => {
        worker.send(m);
        for (const timeout of timeouts) stop(worker, timeout === undefined ? {} : { timeout });
      });
      expectObservable(worker.terminated).toBe(ended, { t: killed });
    })();
    expect(await ends()).toEqual([killed, killed]);
  });

  it.each([
    ['drain in time', 4, '---|', '-^--!', '----(t|)', closed],
    ['do not', 3, '-----', '-^---!', '-----(t|)', killed],
  ])('F6 counts the children in, which %s', async (_, timeout, work, subs, ended, end) => {
    const { stop, ends } = stopper();
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const sent = hot('   -x----');
      const stopped = hot('--x---');
      const childWork = cold(work);
      const parent = system.actor((m: string, context) => {
        context.spawn(() => childWork).send(m);
      });
      sent.subscribe((m) => parent.send(m));
      stopped.subscribe(() => stop(parent, { timeout }));
      expectObservable(parent.terminated).toBe(ended, { t: end });
      expectSubscriptions(childWork.subscriptions).toBe(subs);
    })();
    expect(await ends()).toEqual([end]);
  });

  it(
    'comes to its end at the timeout when the behavior of the actor itself waits for it',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot(' -x-----');
      const ended = '    ----(t|)';
      const worker = system.actor((_: string, { self }) => gracefulStop(self, { timeout: 3 }));
      sent.subscribe((m) => worker.send(m));
      expectObservable(worker.terminated).toBe(ended, { t: killed });
    }),
  );

  it('stops what stands for an actor elsewhere, and takes the failure to learn of its end for its end', async () => {
    const { stop, ends } = stopper();
    marbles(({ hot, probe, expectMessages }) => {
      const stopped = hot('-x------');
      const lost = hot('   ----e---');
      const told = '       -(cc)----k';
      const calls = probe<string>();
      const remote = (): AnyActor & { readonly terminated: ReplaySubject<Termination> } => ({
        name: 'remote',
        status: 'running',
        pending: 0,
        terminated: new ReplaySubject<Termination>(1),
        close: (): void => calls.send('c'),
        kill(reason) {
          calls.send('k');
          this.terminated.next({ kind: 'killed', reason });
        },
        join: () => Promise.resolve(),
      });
      const [slow, gone] = [remote(), remote()];
      stopped.subscribe(() => {
        stop(slow, { timeout: 8 });
        stop(gone, { timeout: 8 });
      });
      lost.subscribe((error) => gone.terminated.error(error));
      expectMessages(calls).toBe(told);
    })();
    expect(await ends()).toEqual([killed, { kind: 'failed', error: 'e' }]);
  });

  it("T1 waits on the scheduler of the actor's own system", () => {
    const scheduler = new VirtualTimeScheduler();
    const worker = new ActorSystem({ scheduler }).actor(() => NEVER);
    worker.send('a');
    void gracefulStop(worker, { timeout: 50 });
    scheduler.flush();
    expect({ status: worker.status, frame: scheduler.frame }).toEqual({ status: 'closed', frame: 50 });
  });

  it('E7 leaves no timer behind when the actor ends before', () => {
    const scheduler = new VirtualTimeScheduler();
    const worker = new ActorSystem({ scheduler }).actor((m: string) => [m]);
    worker.send('a');
    void gracefulStop(worker, { timeout: 1e6 });
    scheduler.flush();
    expect({ status: worker.status, frame: scheduler.frame }).toEqual({ status: 'closed', frame: 0 });
  });

  it.each<unknown>([
    undefined,
    null,
    3,
    {},
    { close: () => undefined },
    { close: () => undefined, terminated: NEVER },
    new Observable(),
    new ActorSystem(),
  ])('refuses what is no actor: %o', (wrong) => {
    expect(() => gracefulStop(wrong as never)).toThrow(/^Expected `actor` to be an actor, got /);
  });

  it.each([
    ['options', null, TypeError, 'an object, got `null`'],
    ['timeout', { timeout: '3' }, TypeError, "a finite number from 0 up, got `'3'` (string)"],
    ['timeout', { timeout: -1 }, RangeError, 'a finite number from 0 up, got `-1` (number)'],
    ['timeout', { timeout: Infinity }, RangeError, 'a finite number from 0 up, got `Infinity` (number)'],
  ])('refuses a wrong option at once, and leaves the actor open: %s in %o', (option, options, kind, wanted) => {
    const worker = new ActorSystem().actor(() => undefined);
    const stopping = () => gracefulStop(worker, options as never);
    expect(stopping).toThrow(kind);
    expect(stopping).toThrow(`Expected \`${option}\` to be ${wanted}.`);
    expect(worker.status).toBe('running');
  });
});
