import { asapScheduler, asyncScheduler, of, queueScheduler, VirtualTimeScheduler, type SchedulerLike } from 'rxjs';
import { Actor, ActorSystem, AskTimeoutError, SystemClosedError } from 'rx-actors';
import { describe, expect, it, vi } from 'vitest';
import { marbles } from '../marbles.js';
import { listener, reportTo, thrownBy } from '../recorder.js';

describe('ActorSystem', () => {
  it('makes everything that the free functions make, in itself', () => {
    const system = new ActorSystem({ name: 'orders' });
    const made = [
      system.actor(() => undefined, { name: 'a' }),
      system.statefulActor((sum: number, n: number) => sum + n, 0, { name: 's' }),
      system.generatorActor(
        function* () {
          for (;;) yield;
        },
        { name: 'g' },
      ),
    ];
    expect(made.every((each) => each instanceof Actor)).toBe(true);
    expect(system.actors.map(({ name }) => name)).toEqual(['g', 's', 'a']);
    expect(system.exchange('news').name).toBe('news');
    expect(system.name).toBe('orders');
    made.forEach((each) => each.kill());
    expect(system.actors).toEqual([]);
  });

  it('shares nothing with another system', () => {
    const [one, other] = [new ActorSystem(), new ActorSystem()];
    const log: string[] = [];
    one.exchange<string>('news').subscribe(listener(log, 'one'));
    other.exchange<string>('news').subscribe(listener(log, 'other'));
    other.deadLetters.subscribe(({ message }) => log.push(`other dead:${message}`));
    one.exchange<string>('news').send('a');
    const idle = one.actor(() => undefined);
    idle.kill();
    idle.send('b');
    expect(one.exchange('news')).not.toBe(other.exchange('news'));
    expect(log).toEqual(['one:a']);
    expect(other.actors).toEqual([]);
  });

  it(
    'T1.1 runs on virtual time, timeouts included',
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot('    -a 1s b');
      const worked = '      - 1m a 59999ms b';
      const late = '        - 2s ^';
      const asked = '       - 4s #';
      const slow = system.actor((m: string) => cold('1m (m|)', { m }), { name: 'slow' });
      sent.subscribe((m) => slow.send(m));
      expectObservable(slow).toBe(worked);
      expectObservable(slow.ask('c', { timeout: 2000 }), late).toBe(asked, null, new AskTimeoutError('slow', 2000));
    }),
  );

  it('T1.1 works on any VirtualTimeScheduler, and does nothing before it is flushed', () => {
    const scheduler = new VirtualTimeScheduler();
    const system = new ActorSystem({ scheduler });
    const log: string[] = [];
    const worker = system.actor(listener<string>(log, 'worker'));
    worker.send('a');
    expect(log).toEqual([]);
    scheduler.flush();
    expect(log).toEqual(['worker:a']);
  });

  it.each<[string, SchedulerLike]>([
    ['asapScheduler', asapScheduler],
    ['asyncScheduler', asyncScheduler],
  ])('works on %s', async (_, scheduler) => {
    const system = new ActorSystem({ scheduler });
    const log: string[] = [];
    const worker = system.actor(listener<string>(log, 'worker'));
    ['a', 'b'].forEach((message) => worker.send(message));
    expect(log).toEqual([]);
    await system.close();
    expect(log).toEqual(['worker:a', 'worker:b']);
  });

  it('refuses queueScheduler, and says why', () => {
    const refused = thrownBy(() => new ActorSystem({ scheduler: queueScheduler }));
    expect(refused).toBeInstanceOf(TypeError);
    expect((refused as Error).message).toMatch(/`scheduler`.*queueScheduler.*stack/);
  });

  it.each([
    ['options', null, '`null`'],
    ['options', 3, '`3` (number)'],
    ['name', { name: 3 }, '`3` (number)'],
    ['name', { name: null }, '`null`'],
    ['scheduler', { scheduler: {} }, 'an object'],
    ['scheduler', { scheduler: 3 }, '`3` (number)'],
    ['scheduler', { scheduler: null }, '`null`'],
    ['random', { random: 0.5 }, '`0.5` (number)'],
  ])('refuses a wrong %s: %o', (option, options: any, got) => {
    const refused = thrownBy(() => new ActorSystem(options));
    expect(refused).toBeInstanceOf(TypeError);
    expect((refused as Error).message).toMatch(new RegExp(`^Expected \`${option}\` to be `));
    expect((refused as Error).message).toContain(`got ${got}.`);
  });
});

describe('ActorSystem.close', () => {
  it('resolves for an empty system', async () => {
    await expect(new ActorSystem().close()).resolves.toBeUndefined();
  });

  it('E9.1 lets every actor process what was sent to it before, whatever its state', async () => {
    const system = new ActorSystem();
    const log: string[] = [];
    const idle = system.actor(() => undefined);
    const busy = system.actor(async (message: string) => {
      log.push(message);
    });
    const created = new Actor({ system });
    const closing = system.actor(listener<string>(log, 'closing'));
    const ended = system.actor(() => undefined);
    ['a', 'b', 'c'].forEach((message) => busy.send(message));
    closing.send('d');
    closing.close();
    ended.kill();
    await system.close();
    expect(log.sort()).toEqual(['a', 'b', 'c', 'closing:d']);
    expect([idle, busy, created, closing, ended].map(({ status }) => status)).toEqual(Array(5).fill('closed'));
    expect(system.actors).toEqual([]);
  });

  it('E9 completes the exchanges, last of all', async () => {
    const system = new ActorSystem();
    const log: string[] = [];
    const exchange = system.exchange<string>('news');
    exchange.subscribe({ next: (message) => log.push(message), complete: () => log.push('|') });
    const reporter = system.actor((message: string) => exchange.send(`reported ${message}`));
    reporter.send('a');
    await system.close();
    expect(log).toEqual(['reported a', '|']);
  });

  it('is the same when it is called twice, before and after the end', async () => {
    const system = new ActorSystem();
    const log: string[] = [];
    const worker = system.actor(listener<string>(log, 'worker'));
    worker.send('a');
    await Promise.all([system.close(), system.close()]);
    await system.close();
    expect(log).toEqual(['worker:a']);
  });

  it('E9.3 never rejects: neither for an actor that fails while it drains', async () => {
    const system = new ActorSystem();
    system.failures.subscribe();
    const failing = system.actor(() => {
      throw new Error('boom');
    });
    failing.terminated.subscribe();
    failing.send('a');
    await expect(system.close()).resolves.toBeUndefined();
  });

  it('E9.3 never rejects: nor for an observer that throws at the end', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    reportTo({ send: () => undefined });
    const system = new ActorSystem();
    const ended: string[] = [];
    system.exchange('one').subscribe({
      complete: () => {
        throw new Error('boom');
      },
    });
    system.exchange('two').subscribe({ complete: () => ended.push('two') });
    await expect(system.close()).resolves.toBeUndefined();
    expect(ended).toEqual(['two']);
    vi.runAllTimers();
    vi.useRealTimers();
  });

  it('E9.3 never rejects: nor for a teardown that throws at the end, which is reported', async () => {
    const errors: unknown[] = [];
    reportTo({ send: (error) => errors.push(error) });
    const system = new ActorSystem();
    const ended: string[] = [];
    const subscription = system.exchange('one').subscribe(() => undefined);
    subscription.add(() => {
      throw new Error('boom');
    });
    system.exchange('two').subscribe({ complete: () => ended.push('two') });
    await expect(system.close()).resolves.toBeUndefined();
    expect(ended).toEqual(['two']);
    await vi.waitFor(() => expect(errors).toHaveLength(1));
  });

  it('refuses to make anything new, also while it still drains', async () => {
    const system = new ActorSystem({ name: 'orders' });
    const refusals: unknown[] = [];
    const worker = system.actor(() => {
      refusals.push(thrownBy(() => system.actor(() => undefined)));
    });
    worker.send('a');
    await system.close();
    refusals.push(thrownBy(() => system.actor(() => of(1))));
    refusals.push(thrownBy(() => new Actor({ system })));
    refusals.push(thrownBy(() => system.exchange('news')));
    expect(refusals).toHaveLength(4);
    for (const refusal of refusals) {
      expect(refusal).toBeInstanceOf(SystemClosedError);
      expect(refusal).toMatchObject({ system: 'orders', code: 'system-closed' });
    }
  });

  it('is what `await using` calls', async () => {
    let worker: Actor<string> | undefined;
    const log: string[] = [];
    {
      await using system = new ActorSystem();
      worker = system.actor(listener<string>(log, 'worker'));
      worker.send('a');
    }
    expect(worker.status).toBe('closed');
    expect(log).toEqual(['worker:a']);
  });

  it('leaves other systems alone', async () => {
    const [one, other] = [new ActorSystem(), new ActorSystem()];
    const worker = other.actor(() => undefined);
    const exchange = other.exchange('news');
    await one.close();
    expect(worker.status).toBe('running');
    expect(other.exchange('news')).toBe(exchange);
    await other.close();
  });
});
