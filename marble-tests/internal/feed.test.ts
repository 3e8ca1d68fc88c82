import { concat, map, NEVER, Observable, of, Subscriber, take, tap, VirtualTimeScheduler } from 'rxjs';
import { Actor, ActorSystem } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { Feed } from '../../src/internal/feed.js';
import { coreOf } from '../../src/internal/hosted.js';
import { marbles } from '../marbles.js';
import { listener, observer } from '../recorder.js';
import { unhandledErrors } from '../unhandled-errors.js';

describe('Feed', () => {
  it(
    'is hot: tells whoever listens at the time',
    marbles(({ hot, expectObservable }) => {
      const values = hot(' -a-b-c-');
      const late = '       --^-!--';
      const expected1 = '  -a-b-c-';
      const expected2 = '  ---b---';
      const feed = new Feed<string>();
      values.subscribe((value) => feed.tell(value));
      expectObservable(feed.values).toBe(expected1);
      expectObservable(feed.values, late).toBe(expected2);
    }),
  );

  it(
    'completes for all, also for whoever comes later; what is told then is not heard',
    marbles(({ hot, expectObservable }) => {
      const values = hot(' -a-b-');
      const end = hot('    --x---');
      const expected = '   -a|   ';
      const late = '       ---^  ';
      const expected2 = '  ---|  ';
      const feed = new Feed<string>();
      values.subscribe((value) => feed.tell(value));
      end.subscribe(() => feed.complete());
      expectObservable(feed.values).toBe(expected);
      expectObservable(feed.values, late).toBe(expected2);
    }),
  );

  it('tells all the same order, also when one of them brings forth the next values', () => {
    const feed = new Feed<string>();
    const log: string[] = [];
    const told: boolean[] = [];
    feed.values.subscribe(
      listener(log, '1', (value) => {
        if (value === 'a') ['b', 'c'].forEach((next) => feed.tell(next));
        if (value === 'b') feed.tell('d');
        told.push(log.includes(`2:${value}`));
      }),
    );
    feed.values.subscribe(listener(log, '2'));
    feed.tell('a');
    expect(log).toEqual(['1:a', '2:a', '1:b', '2:b', '1:c', '2:c', '1:d', '2:d']);
    expect(told).toEqual([false, false, false, false]);
  });

  it('greets one who comes with a value of its own, before what that brings forth; the others hear only that', () => {
    const feed = new Feed<string>();
    const log: string[] = [];
    feed.values.subscribe(listener(log, '1'));
    const next = listener<string>(log, '2');
    const greeted = new Observable<string>((subscriber) => feed.greet(subscriber, 'hello')).pipe(
      tap((value) => {
        if (value === 'hello') feed.tell('a');
      }),
    );
    const subscription = greeted.subscribe(next);
    feed.tell('b');
    subscription.unsubscribe();
    feed.tell('c');
    expect(log).toEqual(['2:hello', '1:a', '2:a', '1:b', '2:b', '1:c']);
  });

  it('tells 10,000 values of which each comes forth from the one before, on one level of the stack', () => {
    const feed = new Feed<number>();
    let last = 0;
    feed.values.subscribe((value) => {
      last = value;
      if (value < 10_000) feed.tell(value + 1);
    });
    feed.tell(1);
    expect(last).toBe(10_000);
  });

  it(
    'unwinds nobody when a listener throws: it is reported each time, and the others hear all',
    marbles(({ hot, expectObservable }) => {
      const values = hot(' -a-b-');
      const reported = '   -e-e-';
      const expected = '   -a-b-';
      const errors = unhandledErrors();
      const feed = new Feed<string>();
      feed.values.subscribe(() => {
        throw 'error';
      });
      values.subscribe((value) => feed.tell(value));
      expectObservable(feed.values).toBe(expected);
      expectObservable(errors).toBe(reported, { e: 'error' });
    }),
  );

  it(
    'tells the others what a Subscriber throws at that RxJS does not guard',
    marbles(({ hot, expectObservable }) => {
      const values = hot(' -a-b-');
      const reported = '   -e-e-';
      const expected = '   -a-b-';
      class Throwing extends Subscriber<string> {
        protected override _next(): void {
          throw 'error';
        }
      }
      const errors = unhandledErrors();
      const feed = new Feed<string>();
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- nobody else throws unguarded
      feed.values.subscribe(new Throwing());
      values.subscribe((value) => feed.tell(value));
      expectObservable(feed.values).toBe(expected);
      expectObservable(errors).toBe(reported, { e: 'error' });
    }),
  );

  it('completes behind what was told before, also when one of them brings forth the end', () => {
    const feed = new Feed<string>();
    const log: string[] = [];
    feed.values.subscribe(
      observer(log, '1', (value) => {
        if (value !== 'a') return;
        feed.tell('b');
        feed.complete();
        feed.tell('c');
        feed.values.subscribe(observer(log, '3'));
      }),
    );
    feed.values.subscribe(observer(log, '2'));
    feed.tell('a');
    feed.complete();
    expect(log).toEqual(['1:a', '2:a', '1:b', '2:b', '3:b', '1:|', '2:|', '3:|']);
  });

  it('tells the others first what is under way, also when one is greeted meanwhile', () => {
    const feed = new Feed<string>();
    const log: string[] = [];
    feed.values.subscribe(
      listener(log, '1', (value) => {
        if (value !== 'a') return;
        feed.tell('b');
        new Observable<string>((subscriber) => feed.greet(subscriber, 'hello')).subscribe(listener(log, '3'));
      }),
    );
    feed.values.subscribe(listener(log, '2'));
    feed.tell('a');
    expect(log).toEqual(['1:a', '3:hello', '2:a', '1:b', '2:b', '3:b']);
  });

  it('completes once it has told what was under way when one of them brought forth the end', () => {
    const feed = new Feed<string>();
    const log: string[] = [];
    feed.values.subscribe(
      observer(log, '1', (value) => {
        if (value === 'a') feed.tell('b');
        if (value === 'b') feed.complete();
      }),
    );
    feed.values.subscribe(observer(log, '2'));
    feed.tell('a');
    expect(log).toEqual(['1:a', '2:a', '1:b', '2:b', '1:|', '2:|']);
  });

  it(
    'completes for all when one throws at the end, which is reported',
    marbles(({ hot, expectObservable }) => {
      const end = hot('    ---x');
      const reported = '   ---e';
      const expected = '   ---|';
      const errors = unhandledErrors();
      const feed = new Feed<string>();
      feed.values.subscribe().add(() => {
        throw 'error';
      });
      end.subscribe(() => feed.complete());
      expectObservable(feed.values).toBe(expected);
      expectObservable(errors.pipe(map((error) => (error as { errors: unknown[] }).errors))).toBe(reported, {
        e: ['error'],
      });
    }),
  );

  it('tells nothing more to one who leaves while it is told, nor what waits', () => {
    const feed = new Feed<string>();
    const log: string[] = [];
    const second = feed.values.subscribe(listener(log, '2'));
    second.unsubscribe();
    feed.values.subscribe(
      listener(log, '1', (value) => {
        if (value !== 'a') return;
        feed.tell('b');
        third.unsubscribe();
      }),
    );
    const third = feed.values.subscribe(listener(log, '3'));
    feed.tell('a');
    expect(log).toEqual(['1:a', '1:b']);
  });

  it('tells one who comes while a value is told what comes behind it', () => {
    const feed = new Feed<string>();
    const log: string[] = [];
    feed.values.subscribe(
      listener(log, '1', (value) => {
        if (value !== 'a') return;
        feed.values.subscribe(observer(log, '2'));
        feed.tell('b');
      }),
    );
    feed.tell('a');
    feed.complete();
    expect(log).toEqual(['1:a', '1:b', '2:b', '2:|']);
  });

  it('lets what waits go when the last one leaves', () => {
    const feed = new Feed<string>();
    const log: string[] = [];
    const only = feed.values.subscribe(
      listener(log, '1', () => {
        feed.tell('b');
        only.unsubscribe();
      }),
    );
    feed.tell('a');
    feed.values.subscribe(listener(log, '2'));
    feed.tell('c');
    expect(log).toEqual(['1:a', '2:c']);
  });

  describe('says whether anybody listens', () => {
    const watched = () => {
      const log: boolean[] = [];
      const feed: Feed<string> = new Feed<string>((observed) => log.push(observed));
      return { feed, log };
    };

    it('when the first one comes and when the last one has left', () => {
      const { feed, log } = watched();
      const subscriptions = [1, 2, 3].map(() => feed.values.subscribe());
      expect([feed.observed, log]).toEqual([true, [true]]);
      subscriptions.forEach((subscription) => subscription.unsubscribe());
      expect([feed.observed, log]).toEqual([false, [true, false]]);
      feed.values.subscribe().unsubscribe();
      expect(log).toEqual([true, false, true, false]);
    });

    it('when an operator leaves by itself', () => {
      const { feed, log } = watched();
      feed.values.pipe(take(1)).subscribe();
      feed.tell('a');
      expect([feed.observed, log]).toEqual([false, [true, false]]);
    });

    it('when a throwing operator has left', () => {
      const { feed, log } = watched();
      const errors: unknown[] = [];
      const broken = feed.values.pipe(
        map(() => {
          throw 'error';
        }),
      );
      broken.subscribe({ error: (error: unknown) => errors.push(error) });
      feed.tell('a');
      expect([feed.observed, log, errors]).toEqual([false, [true, false], ['error']]);
    });

    it('when one comes that has left already', () => {
      const { feed, log } = watched();
      const gone = new Observable<string>((subscriber) => {
        subscriber.unsubscribe();
        feed.values.subscribe(subscriber);
      });
      gone.subscribe();
      expect([feed.observed, log.at(-1)]).toEqual([false, false]);
    });

    it('when one leaves because another comes in its place', () => {
      const { feed, log } = watched();
      const first = feed.values.subscribe();
      first.add(() => feed.values.subscribe());
      first.unsubscribe();
      expect([feed.observed, log]).toEqual([true, [true, false, true]]);
    });

    it('when it completes, and no longer for one who comes later', () => {
      const { feed, log } = watched();
      [1, 2].forEach(() => feed.values.subscribe());
      feed.complete();
      expect([feed.observed, log]).toEqual([false, [true, false]]);
      feed.values.subscribe();
      expect([feed.observed, log.at(-1)]).toEqual([false, false]);
    });
  });
});

describe('SystemCore.inspect', () => {
  const world = () => {
    const scheduler = new VirtualTimeScheduler();
    const system = new ActorSystem({ scheduler });
    return { scheduler, system, core: coreOf(system) };
  };

  it('is not there while nobody listens, so that nothing is made of what happens', () => {
    const { system, core, scheduler } = world();
    const worker = system.actor((_: string) => undefined);
    system.deadLetters.subscribe();
    system.failures.subscribe();
    worker.send('a');
    expect(core.inspect).toBeUndefined();
    const listening = [system.events.subscribe(), system.metrics$.subscribe()];
    expect(core.inspect).toBeTypeOf('function');
    listening[0].unsubscribe();
    expect(core.inspect).toBeTypeOf('function');
    listening[1].unsubscribe();
    expect(core.inspect).toBeUndefined();
    scheduler.flush();
    expect(worker.pending).toBe(0);
  });

  it('is there for a subscription, not for the Observable', () => {
    const { system, core } = world();
    const { events } = system;
    const never = concat(NEVER, events).subscribe();
    concat(of(1), system.metrics$).pipe(take(1)).subscribe();
    expect([core.inspect, events === system.events]).toEqual([undefined, true]);
    never.unsubscribe();
  });

  it('looks at no clock for a message while nobody listens', () => {
    const counted = (listening: boolean): number => {
      const { system, scheduler } = world();
      const worker = new Actor<string>({ system });
      worker.start();
      if (listening) system.events.subscribe();
      let looks = 0;
      const now = scheduler.now.bind(scheduler);
      scheduler.now = () => {
        looks++;
        return now();
      };
      for (let n = 0; n < 100; n++) worker.send('a');
      scheduler.flush();
      return looks;
    };
    expect(counted(true)).toBeGreaterThanOrEqual(300);
    expect(counted(false)).toBeLessThan(50);
  });
});
