import { delay, map, NEVER, of } from 'rxjs';
import { Actor, ActorSystem, Exchange, restart, type ActorSnapshot } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { marbles } from '../marbles.js';

const actorOf = (name: string, more: Partial<ActorSnapshot> = {}): ActorSnapshot => ({
  name,
  status: 'running',
  pending: 0,
  stashed: 0,
  parent: undefined,
  children: 0,
  ...more,
});

describe('ActorSystem.snapshot', () => {
  it('is the name alone of a system in which there is nothing', () => {
    expect(new ActorSystem().snapshot()).toEqual({ name: 'system', actors: [], exchanges: [] });
    expect(new ActorSystem({ name: 'orders' }).snapshot()).toEqual({ name: 'orders', actors: [], exchanges: [] });
  });

  it('lists actors of every kind in the order in which they were made, ended ones no more', () => {
    const system = new ActorSystem();
    system.actor(() => undefined, { name: 'a' });
    const ended = system.actor(() => undefined, { name: 'b' });
    system.statefulActor((state: number) => state, 0, { name: 's' });
    system.generatorActor(
      function* () {
        for (;;) yield;
      },
      { name: 'g' },
    );
    new Actor({ system, name: 'c' });
    new Actor({ system: new ActorSystem(), name: 'elsewhere' });
    ended.kill();
    expect(system.snapshot().actors).toEqual(
      ['a', 's', 'g'].map((name) => actorOf(name)).concat(actorOf('c', { status: 'created' })),
    );
  });

  it('has a name for one that was given none', () => {
    const system = new ActorSystem();
    const [one, other] = [system.actor(() => undefined), system.actor(() => undefined)];
    const names = system.snapshot().actors.map(({ name }) => name);
    expect(names).toEqual([one.name, other.name]);
    expect(new Set(names).size).toBe(2);
  });

  it(
    'tells how far an actor has come and how many messages wait, the one that is worked on not counted',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const inbox = hot('  -(abc)--------------');
      const close = hot('  ---------x----------');
      const look = hot('   0-----1---2-----3--4');
      const expected = '   0-----1---2-----3--4';
      const work = cold('   ------|            ');
      const workSubs = [
        '                  -^-----!            ',
        '                  -------^-----!      ',
        '                  -------------^-----!',
      ];
      const worker = system.actor((_: string) => work, { name: 'w' });
      inbox.subscribe((m) => worker.send(m));
      close.subscribe(() => worker.close());
      const seen = look.pipe(
        delay(0),
        map(() => system.snapshot().actors),
      );
      expectObservable(seen).toBe(expected, {
        0: [actorOf('w')],
        1: [actorOf('w', { pending: 2 })],
        2: [actorOf('w', { pending: 1, status: 'closing' })],
        3: [actorOf('w', { status: 'closing' })],
        4: [],
      });
      expectSubscriptions(work.subscriptions).toBe(workSubs);
    }),
  );

  it(
    'tells how many messages are put aside, and of asks as of any message',
    marbles(
      ({ hot, system, expectObservable }) => {
        const inbox = hot('  -a-b-x-c----');
        const asked = '      --^---------';
        const look = hot('   0---1--2---3');
        const expected = '   0---1--2---3';
        const worker = system.actor(
          (m: string, { stash, unstashAll }) => {
            if (m === 'x') {
              unstashAll();
              return NEVER;
            }
            stash();
            return undefined;
          },
          { name: 'w' },
        );
        inbox.subscribe((m) => worker.send(m));
        expectObservable(worker.ask('q'), asked).toBe('-');
        const seen = look.pipe(map(() => system.snapshot().actors));
        expectObservable(seen).toBe(expected, {
          0: [actorOf('w')],
          1: [actorOf('w', { stashed: 3 })],
          2: [actorOf('w', { pending: 4 })],
          3: [actorOf('w', { pending: 4 })],
        });
      },
      { mayRemain: 'anything' },
    ),
  );

  it(
    'tells whose child an actor is and how many children it has, the living ones only',
    marbles(({ hot, system, expectObservable }) => {
      const kill = hot('   --x---');
      const look = hot('   -0-1--');
      const expected = '   -0-1--';
      const parent = system.actor(() => undefined, { name: 'p' });
      const [one, two] = ['one', 'two'].map((name) => system.actor(() => undefined, { name, parent }));
      system.actor(() => undefined, { name: 'grandchild', parent: one });
      kill.subscribe(() => two.kill());
      const seen = look.pipe(map(() => system.snapshot().actors));
      expectObservable(seen).toBe(expected, {
        0: [
          actorOf('p', { children: 2 }),
          actorOf('one', { parent: 'p', children: 1 }),
          actorOf('two', { parent: 'p' }),
          actorOf('grandchild', { parent: 'one' }),
        ],
        1: [
          actorOf('p', { children: 1 }),
          actorOf('one', { parent: 'p', children: 1 }),
          actorOf('grandchild', { parent: 'one' }),
        ],
      });
    }),
  );

  it(
    'F6 shows a closed parent until the last of its children has ended',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      const close = hot('  --x-----');
      const look = hot('   ---0---1');
      const expected = '   ---0---1';
      const work = cold('  ------| ');
      const workSubs = '   ^-----! ';
      const parent = system.actor(() => undefined, { name: 'p' });
      const child = system.actor((_: string) => work, { name: 'c', parent });
      child.send('a');
      close.subscribe(() => parent.close());
      const seen = look.pipe(map(() => system.snapshot().actors));
      expectObservable(seen).toBe(expected, {
        0: [actorOf('p', { status: 'closing', children: 1 }), actorOf('c', { status: 'closing', parent: 'p' })],
        1: [],
      });
      expectSubscriptions(work.subscriptions).toBe(workSubs);
    }),
  );

  it(
    'F4 shows an actor that waits to restart, and what waits for it',
    marbles(({ hot, system, expectObservable }) => {
      const inbox = hot('  -xa--------');
      const look = hot('   ---0----1--');
      const expected = '   ---0----1--';
      const worker = system.actor(
        (m: string) => {
          if (m === 'x') throw new Error('bad');
        },
        { name: 'w', supervision: restart({ backoff: { min: 5, max: 5 } }) },
      );
      inbox.subscribe((m) => worker.send(m));
      const seen = look.pipe(map(() => system.snapshot().actors));
      expectObservable(seen).toBe(expected, { 0: [actorOf('w', { pending: 1 })], 1: [actorOf('w')] });
    }),
  );

  it('lists the exchanges that can be found by name, with how many are attached or subscribed', () => {
    const system = new ActorSystem();
    const news = system.exchange<string>('news');
    const prices = system.exchange<string>('prices');
    const reader = news.subscribe({ send: () => undefined }, { send: () => undefined });
    news.subscribe(() => undefined);
    new Exchange({ system, name: 'not found by its name' });
    expect(system.snapshot().exchanges).toEqual([
      { name: 'news', subscriberCount: 3 },
      { name: 'prices', subscriberCount: 0 },
    ]);
    reader.unsubscribe();
    prices.complete();
    expect(system.snapshot().exchanges).toEqual([{ name: 'news', subscriberCount: 1 }]);
  });

  it('can be taken by a behavior of its own, also while the system closes', async () => {
    const system = new ActorSystem();
    const seen: unknown[] = [];
    const worker = system.actor((_: string) => void seen.push(system.snapshot().actors), { name: 'w' });
    system.exchange('news').subscribe({ complete: () => seen.push(system.snapshot()) });
    worker.send('a');
    worker.send('b');
    await system.close();
    expect(seen).toEqual([
      [actorOf('w', { status: 'closing', pending: 1 })],
      [actorOf('w', { status: 'closing' })],
      { name: 'system', actors: [], exchanges: [] },
    ]);
  });

  it('is a plain value that can be cloned, and that changes no more', () => {
    const system = new ActorSystem({ name: 'orders' });
    const parent = system.actor((_: unknown) => of(1), { name: 'p' });
    const child = system.actor((_: unknown) => undefined, { name: 'c', parent });
    child.send(() => 'no value that could be cloned');
    system.exchange('news').subscribe(() => undefined);
    const snapshot = system.snapshot();
    const clone = structuredClone(snapshot);
    expect(clone).toEqual(snapshot);
    parent.kill();
    system.exchange('news').complete();
    expect(snapshot).toEqual(clone);
    expect(snapshot.actors).toEqual([actorOf('p', { children: 1 }), actorOf('c', { pending: 1, parent: 'p' })]);
    expect(system.snapshot()).toEqual({ name: 'orders', actors: [], exchanges: [] });
  });

  it('lists 10,000 actors and 10,000 messages', () => {
    const system = new ActorSystem();
    for (let n = 0; n < 10_000; n++) new Actor({ system, name: `a${n}` }).send(n);
    const { actors } = system.snapshot();
    expect(actors.map(({ name }) => name)).toEqual(Array.from({ length: 10_000 }, (_, n) => `a${n}`));
    expect(actors.every(({ pending, status }) => pending === 1 && status === 'created')).toBe(true);
  });
});
