import { catchError, filter, firstValueFrom, map, NEVER, of, tap, VirtualTimeScheduler, type Observable } from 'rxjs';
import {
  Actor,
  ActorClosedError,
  ActorSystem,
  Exchange,
  restart,
  SystemClosedError,
  type CloseOptions,
  type Termination,
} from 'rx-actors';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { deadLetters, named, recorded } from '../fates.js';
import { marbles } from '../marbles.js';
import { promisesSettled, thrownBy } from '../recorder.js';
import { unhandledErrors } from '../unhandled-errors.js';

const bad = new Error('bad');
const closed: Termination = { kind: 'closed' };

/** The names of the actors of a system, each when it has ended. */
const ends = (system: ActorSystem): Observable<string> =>
  recorded(system.events).pipe(
    filter((event) => event.type === 'closed'),
    map(({ actor }) => actor.name),
  );

/** A system in a time of its own. */
function world() {
  const scheduler = new VirtualTimeScheduler();
  const system = new ActorSystem({ name: 'orders', scheduler });
  return { scheduler, system };
}

describe('ActorSystem.close, actor by actor', () => {
  it(
    'E9 closes one after the other, the newest first: each can send to older ones for as long as it drains',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const inbox = hot('    -m------------');
      const close = hot('    --x-----------');
      const ended = '        ----n--m--o---';
      const outputs = '      ----------(m|)';
      const letters = '      --------------';
      const work = cold('     ---|         ');
      const workSubs = ['     -^--!        ', '----^--!'];
      const dead = deadLetters(system);
      const oldest = system.actor((m: string) => cold('---(m|)', { m }), { name: 'o' });
      const middle = system.actor((m: string) => work.pipe(tap({ complete: () => oldest.send(m) })), { name: 'm' });
      const newest = system.actor((m: string) => work.pipe(tap({ complete: () => middle.send(m) })), { name: 'n' });
      inbox.subscribe((m) => newest.send(m));
      close.subscribe(() => void system.close());
      expectObservable(ends(system)).toBe(ended);
      expectObservable(oldest).toBe(outputs);
      expectObservable(dead).toBe(letters);
      expectSubscriptions(work.subscriptions).toBe(workSubs);
    }),
  );

  it(
    'E2 lets those run whose turn to close has not come, and refuses what is sent to the one that closes',
    marbles(({ hot, cold, system, expectObservable }) => {
      const inbox = hot('   -a-b------');
      const close = hot('   --x-------');
      const newer = '       -----a--|';
      const older = '       ---b----|';
      const letters = '     ---b------';
      const look = hot('    -0-1-----2');
      const statuses = '    -0-1-----2';
      const dead = deadLetters(system);
      const old = system.actor((m: string) => of(m));
      const busy = system.actor((m: string) => cold('----m--|', { m }));
      inbox.subscribe((m) => busy.send(m));
      inbox.pipe(filter((m) => m === 'b')).subscribe((m) => old.send(m));
      close.subscribe(() => void system.close());
      expectObservable(busy).toBe(newer);
      expectObservable(old).toBe(older);
      expectObservable(dead).toBe(letters, named('b: b closed'));
      expectObservable(look.pipe(map(() => `${old.status} ${busy.status}`))).toBe(
        statuses,
        named('0: running running', '1: running closing', '2: closed closed'),
      );
    }),
  );

  it(
    'E1 ends those that were never started first, at once, so that nobody waits for their answer',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('    x--------');
      const inbox = hot('   -q-------');
      const close = hot('   ---x-----');
      const outputs = '     ---(a|)  ';
      const letters = '     ---(xq)  ';
      const ended = '       ---(ca)  ';
      const dead = deadLetters(system);
      const created = new Actor<string, string>({ system, name: 'c' });
      const asker = system.actor(
        (m: string) => created.ask(m).pipe(catchError((error: unknown) => of(error instanceof ActorClosedError))),
        { name: 'a' },
      );
      sent.subscribe((m) => created.send(m));
      inbox.subscribe((m) => asker.send(m));
      close.subscribe(() => void system.close());
      expectObservable(asker).toBe(outputs, { a: true });
      expectObservable(dead).toBe(letters, named('x: x closed', 'q: q closed'));
      expectObservable(ends(system)).toBe(ended);
    }),
  );

  it(
    'F6 leaves children to their parents, which can send to them while they drain and end before older actors are told',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const inbox = hot('   -m------------');
      const close = hot('   --x-----------');
      const ended = '       -------2-(1po)';
      const letters = '     --------------';
      const work = cold('    ---|         ');
      const workSubs = '     -^--!         ';
      const dead = deadLetters(system);
      system.actor(() => undefined, { name: 'o' });
      const toChildren = (m: string) => [one, two].forEach((child) => child.send(m));
      const parent = system.actor((m: string) => work.pipe(tap({ complete: () => toChildren(m) })), { name: 'p' });
      const one = system.actor((_: string) => cold('-----|'), { name: '1', parent });
      const two = system.actor((_: string) => cold('---|'), { name: '2', parent });
      inbox.subscribe((m) => parent.send(m));
      close.subscribe(() => void system.close());
      expectObservable(ends(system)).toBe(ended);
      expectObservable(dead).toBe(letters);
      expectSubscriptions(work.subscriptions).toBe(workSubs);
    }),
  );

  it(
    'goes on behind one that fails while it drains',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const inbox = hot('   -m-------');
      const close = hot('   --x------');
      const failed = '      ----(t|) ';
      const older = '       ----(t|) ';
      const work = cold('    ---#    ', undefined, bad);
      const workSubs = '     -^--!     ';
      const old = system.actor(() => undefined);
      const failing = system.actor((_: string) => work);
      inbox.subscribe((m) => failing.send(m));
      close.subscribe(() => void system.close());
      expectObservable(failing.terminated).toBe(failed, { t: { kind: 'failed', error: bad } });
      expectObservable(old.terminated).toBe(older, { t: closed });
      expectSubscriptions(work.subscriptions).toBe(workSubs);
    }),
  );

  it(
    'F1 does not count as hearing of a failure',
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('   -m---');
      const close = hot('   -x---');
      const reported = '    -e---';
      const errors = unhandledErrors();
      const failing = system.actor((_: string) => {
        throw bad;
      });
      inbox.subscribe((m) => failing.send(m));
      close.subscribe(() => void system.close());
      expectObservable(errors).toBe(reported, { e: bad });
    }),
  );

  it(
    'F4 waits for the restart of one that backs off, and for what waits in it',
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('   -(xa)-----');
      const close = hot('   --c-------');
      const outputs = '     ------(a|)';
      const ended = '       ------(wo)';
      system.actor(() => undefined, { name: 'o' });
      const worker = system.actor(
        (m: string) => {
          if (m === 'x') throw bad;
          return of(m);
        },
        { name: 'w', supervision: restart({ backoff: { min: 5, max: 5 } }) },
      );
      inbox.subscribe((m) => worker.send(m));
      close.subscribe(() => void system.close());
      expectObservable(worker).toBe(outputs);
      expectObservable(ends(system)).toBe(ended);
    }),
  );

  it(
    'waits for one that never comes to its end, until somebody kills it',
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('   -m--------');
      const close = hot('   --x-------');
      const kill = hot('    -------k--');
      const killed = '      -------(t|)';
      const older = '       -------(t|)';
      const old = system.actor(() => undefined);
      const stuck = system.actor((_: string) => NEVER);
      inbox.subscribe((m) => stuck.send(m));
      close.subscribe(() => void system.close());
      kill.subscribe(() => stuck.kill('why'));
      expectObservable(stuck.terminated).toBe(killed, { t: { kind: 'killed', reason: 'why' } });
      expectObservable(old.terminated).toBe(older, { t: closed });
    }),
  );

  it(
    'waits for one that closes already, or has ended',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const inbox = hot('   -m--------');
      const close = hot('   ---x------');
      const kill = hot('    --k-------');
      const ended = '       --e-----(wo)';
      const work = cold('    -------| ');
      const workSubs = '     -^------!  ';
      system.actor(() => undefined, { name: 'o' });
      const closing = system.actor((_: string) => work, { name: 'w' });
      const gone = system.actor(() => undefined, { name: 'e' });
      inbox.subscribe((m) => {
        closing.send(m);
        closing.close();
      });
      kill.subscribe(() => gone.kill());
      close.subscribe(() => void system.close());
      expectObservable(ends(system)).toBe(ended);
      expectSubscriptions(work.subscriptions).toBe(workSubs);
    }),
  );

  it('closes 10,000 idle actors, the newest first', () => {
    const { scheduler, system } = world();
    const got: string[] = [];
    for (let n = 0; n < 10_000; n++) system.actor(() => undefined, { name: String(n) });
    system.events.subscribe((event) => event.type === 'closed' && got.push(event.actor.name));
    void system.close();
    scheduler.flush();
    expect(got).toEqual(Array.from({ length: 10_000 }, (_, n) => String(9_999 - n)));
  });

  it('refuses actors that would be new while it drains, and finds what is there', () => {
    const { scheduler, system } = world();
    const got: unknown[] = [];
    const news = system.exchange('news');
    const worker = system.actor((_: string, { spawn, self }) => {
      const refused = [
        () => system.actor(() => undefined),
        () => system.statefulActor((state: number) => state, 0),
        () => system.generatorActor(function* () {}),
        () => new Actor({ system }),
        () => new Actor({ parent: self, system }),
        () => spawn(() => undefined),
      ].map(thrownBy);
      got.push(...refused, system.exchange('news'));
    });
    worker.send('a');
    void system.close();
    scheduler.flush();
    expect(got).toEqual([...Array(6).fill(new SystemClosedError('orders')), news]);
    expect(system.snapshot().actors).toEqual([]);
  });
});

describe('exchanges of a system that is being closed', () => {
  it('can be made until the last actor has ended, and complete with the others', () => {
    const { scheduler, system } = world();
    const got: unknown[] = [];
    const worker = system.actor((name: string) => {
      system.exchange<string>(name).subscribe({ complete: () => got.push(`${name} is complete`) });
      new Exchange<string>({ system }).subscribe((message) => got.push(message)).unsubscribe();
      system.topicExchange(`${name} by topic`);
    });
    worker.send('log');
    void system.close();
    scheduler.flush();
    return Promise.resolve().then(() => {
      expect(got).toEqual(['log is complete']);
      expect([...system.exchanges.keys()]).toEqual([]);
      expect(system.snapshot().actors).toEqual([]);
    });
  });

  it('cannot be made any more when they complete', async () => {
    const system = new ActorSystem({ name: 'orders' });
    const got: unknown[] = [];
    const make = [() => system.exchange('more'), () => system.topicExchange('more'), () => new Exchange({ system })];
    system.exchange('news').subscribe({ complete: () => got.push(...make.map(thrownBy)) });
    await system.close();
    expect(got).toEqual(make.map(() => new SystemClosedError('orders')));
  });
});

describe('ActorSystem.close with a timeout, actor by actor', () => {
  it(
    'E3 kills all that have not ended, also those whose turn to close has not come',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const inbox = hot('   -(ab)------');
      const close = hot('   --x--------');
      const work = cold('    ----------');
      const workSubs = '    -^-----!   ';
      const stopped = '     -------(t|)';
      const letters = '     -------(ab)';
      const killed: Termination = { kind: 'killed', reason: new SystemClosedError('marbles') };
      const dead = deadLetters(system);
      const old = system.actor(() => undefined);
      const stuck = system.actor((_: string) => work);
      inbox.subscribe((m) => stuck.send(m));
      close.subscribe(() => void system.close({ timeout: 5 }));
      expectObservable(stuck.terminated).toBe(stopped, { t: killed });
      expectObservable(old.terminated).toBe(stopped, { t: killed });
      expectObservable(dead).toBe(letters, named('a: a killed', 'b: b killed'));
      expectSubscriptions(work.subscriptions).toBe(workSubs);
    }),
  );

  it(
    'F6 kills children that take too long, and no parent outlives it',
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('   -m-------');
      const close = hot('   --x------');
      const stopped = '     -----(t|)';
      const ended = '       -----(cp)';
      const parent = system.actor(() => undefined, { name: 'p' });
      const child = system.actor((_: string) => NEVER, { name: 'c', parent });
      inbox.subscribe((m) => child.send(m));
      close.subscribe(() => void system.close({ timeout: 3 }));
      expectObservable(child.terminated.pipe(map(({ kind }) => kind))).toBe(stopped, { t: 'killed' });
      expectObservable(ends(system)).toBe(ended);
    }),
  );

  it(
    'kills nobody when all have drained before',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const inbox = hot('   -m------');
      const close = hot('   --x-----');
      const older = '       ----(t|)';
      const work = cold('    ---|   ');
      const workSubs = '     -^--!    ';
      const letters = '     --------';
      const dead = deadLetters(system);
      const old = system.actor(() => undefined);
      const worker = system.actor((_: string) => work);
      inbox.subscribe((m) => worker.send(m));
      close.subscribe(() => void system.close({ timeout: 5 }));
      expectObservable(old.terminated).toBe(older, { t: closed });
      expectObservable(dead).toBe(letters);
      expectSubscriptions(work.subscriptions).toBe(workSubs);
    }),
  );

  it(
    'comes to the help of a close without one',
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('   -m------');
      const close = hot('   --x-----');
      const again = hot('   ---x----');
      const ended = '       -----(so)';
      system.actor(() => undefined, { name: 'o' });
      const stuck = system.actor((_: string) => NEVER, { name: 's' });
      inbox.subscribe((m) => stuck.send(m));
      close.subscribe(() => void system.close());
      again.subscribe(() => void system.close({ timeout: 2 }));
      expectObservable(ends(system)).toBe(ended);
    }),
  );
});

describe('the Promise of ActorSystem.close', () => {
  /** Closes it after what was set up, and lets its time go by. */
  const closing = async (body: (system: ActorSystem) => void, options?: CloseOptions): Promise<unknown> => {
    const { scheduler, system } = world();
    body(system);
    const promise = options === undefined ? system.close() : system.close(options);
    scheduler.flush();
    return promise;
  };
  const drains = (system: ActorSystem) => system.actor((_: string) => undefined).send('a');
  const isStuck = (system: ActorSystem) => system.actor((_: string) => NEVER).send('a');
  const fails = (system: ActorSystem) => {
    const failing = system.actor((_: string) => {
      throw bad;
    });
    failing.terminated.subscribe();
    failing.send('a');
  };

  it.each<[string, (system: ActorSystem) => void, CloseOptions | undefined, unknown]>([
    ['of an empty system', () => undefined, undefined, undefined],
    ['of an empty system, with a timeout', () => undefined, { timeout: 0 }, 'closed'],
    ['when all have drained', drains, undefined, undefined],
    ['when all have drained in time', drains, { timeout: 10 }, 'closed'],
    ['when one had to be killed', isStuck, { timeout: 10 }, 'killed'],
    ['when one has failed', fails, undefined, undefined],
    ['when one has failed in time', fails, { timeout: 10 }, 'closed'],
  ])('E9.3 resolves %s', async (_, body, options, expected) => {
    await expect(closing(body, options)).resolves.toBe(expected);
  });

  it('E9 resolves when a hook throws, which is reported', async () => {
    const reported = firstValueFrom(unhandledErrors());
    const throws = (system: ActorSystem) => {
      system.actor(() => undefined, {
        afterEnd: () => {
          throw bad;
        },
      });
    };
    await expect(closing(throws, { timeout: 10 })).resolves.toBe('closed');
    await expect(reported).resolves.toBe(bad);
  });

  it('E9 resolves when the last actor has ended, and every named exchange then completes', async () => {
    const { scheduler, system } = world();
    const log: string[] = [];
    const observer = (name: string) => ({
      next: (m: string) => log.push(`${name} ${m}`),
      complete: () => log.push(`${name} |`),
    });
    system.exchange<string>('one').subscribe(observer('one'));
    system.exchange<string>('two').subscribe(observer('two'));
    const unnamed = new Exchange<string>({ system });
    unnamed.subscribe(observer('unnamed'));
    const worker = system.actor((m: string) => system.exchange<string>('one').send(m));
    worker.terminated.subscribe(() => log.push('ended'));
    worker.send('a');
    const promise = system.close().then(() => log.push('resolved'));
    scheduler.flush();
    await promise;
    expect(log).toEqual(['one a', 'ended', 'one |', 'two |', 'resolved']);
    expect(system.snapshot()).toEqual({ name: 'orders', actors: [], exchanges: [] });
    unnamed.send('b');
    expect(log.at(-1)).toBe('unnamed b');
  });

  it('E9 completes the exchanges also when it had to kill', async () => {
    const { scheduler, system } = world();
    const log: string[] = [];
    system.exchange('news').subscribe({ complete: () => log.push('|') });
    isStuck(system);
    const promise = system.close({ timeout: 10 });
    scheduler.flush();
    expect([await promise, log]).toEqual(['killed', ['|']]);
  });

  it('does not resolve while one goes on, without a timeout', async () => {
    const { scheduler, system } = world();
    const log: string[] = [];
    const stuck = system.actor((_: string) => NEVER);
    stuck.send('a');
    const promise = system.close().then(() => log.push('resolved'));
    scheduler.flush();
    // In virtual time nothing else is to come: all that is left are Promises.
    await promisesSettled();
    expect(log).toEqual([]);
    stuck.kill();
    await promise;
    expect(log).toEqual(['resolved']);
  });

  it('resolves for all who close, at the same time and later', async () => {
    const { scheduler, system } = world();
    drains(system);
    const promises = [system.close(), system.close({ timeout: 10 }), system[Symbol.asyncDispose]()];
    scheduler.flush();
    expect(await Promise.all(promises)).toEqual([undefined, 'closed', undefined]);
    expect(await Promise.all([system.close(), system.close({ timeout: 0 })])).toEqual([undefined, 'closed']);
  });

  it("resolves to 'killed' for all who close when the timeout of one has to kill", async () => {
    const { scheduler, system } = world();
    isStuck(system);
    const promises = [system.close({ timeout: 1_000 }), system.close({ timeout: 10 })];
    scheduler.flush();
    expect(await Promise.all(promises)).toEqual(['killed', 'killed']);
  });

  it('resolves when a behavior has closed the system that it lives in', async () => {
    const { scheduler, system } = world();
    const log: unknown[] = [];
    const worker = system.actor((m: string) => {
      log.push(m);
      if (m === 'a') void system.close({ timeout: 10 }).then((outcome) => log.push(outcome));
    });
    ['a', 'b'].forEach((m) => worker.send(m));
    scheduler.flush();
    await worker.join();
    await system.close();
    expect(log).toEqual(['a', 'b', 'closed']);
  });

  it('resolves at the timeout when a behavior waits for the end of its own system', async () => {
    const system = new ActorSystem();
    const log: unknown[] = [];
    const worker = system.actor(async (_: string, { signal }) => {
      signal.addEventListener('abort', () => log.push('aborted'));
      log.push(await system.close({ timeout: 5 }));
    });
    worker.send('a');
    const [termination] = await Promise.all([
      new Promise<Termination>((resolve) => worker.terminated.subscribe(resolve)),
      worker.join(),
    ]);
    await system.close();
    expect([termination.kind, log]).toEqual(['killed', ['aborted', 'killed']]);
  });

  it('E7 leaves no timer behind when all have drained before the timeout', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const system = new ActorSystem();
    drains(system);
    const promise = system.close({ timeout: 60_000 });
    expect(vi.getTimerCount()).toBe(1);
    expect(await promise).toBe('closed');
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each<[string, unknown, new (message: string) => Error, string]>([
    ['options', null, TypeError, 'an object, got `null`'],
    ['options', 5, TypeError, 'an object, got `5` (number)'],
    ['timeout', {}, TypeError, 'a finite number from 0 up, got `undefined`'],
    ['timeout', { timeout: '5' }, TypeError, "a finite number from 0 up, got `'5'` (string)"],
    ['timeout', { timeout: -1 }, RangeError, 'a finite number from 0 up, got `-1` (number)'],
    ['timeout', { timeout: NaN }, RangeError, 'a finite number from 0 up, got `NaN` (number)'],
    ['timeout', { timeout: Infinity }, RangeError, 'a finite number from 0 up, got `Infinity` (number)'],
  ])('is none for wrong %s, which are refused at once: %o', (option, options: any, kind, wanted) => {
    const { system } = world();
    const refused = thrownBy(() => void system.close(options));
    expect(refused).toEqual(new kind(`Expected \`${option}\` to be ${wanted}.`));
    expect(system.actor(() => undefined).status).toBe('running');
  });
});
