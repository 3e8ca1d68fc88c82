import { catchError, EMPTY, map, NEVER, VirtualTimeScheduler } from 'rxjs';
import { Actor, ActorSystem, restart, type ActorContext } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { marbles } from '../marbles.js';
import { unhandledErrors } from '../unhandled-errors.js';

/** What an actor tells of its mailbox from now on, and what is done on hearing of it. */
function told(actor: Actor<string>, then?: (pending: number) => void): string[] {
  const seen: string[] = [];
  actor.pending$.subscribe({
    next: (pending) => {
      seen.push(String(pending));
      then?.(pending);
    },
    complete: () => seen.push('|'),
  });
  return seen;
}

/** The numbers as letters of a diagram. */
const digits = map(String);

describe('pending$', () => {
  it(
    'tells how many messages wait: now, then whenever that changes; completes at the end',
    marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
      // The work on a, b and c goes on from 1, 11 and 21.
      const sent = hot('  -a-b--c--------x');
      const work = cold(' ----------|');
      const subs = ['     -^---------!', '-----------^---------!', '---------------------^---------!'];
      const early = '     --^                           ';
      const late = '      ---------^!                   ';
      const pending1 = '  --01--2----1---------0---------|';
      const pending2 = '  ---------2                    ';
      const actor = system.actor((_: string) => work);
      sent.subscribe((m) => {
        if (m === 'x') actor.close();
        else actor.send(m);
      });
      expectSubscriptions(work.subscriptions).toBe(subs);
      expectObservable(actor.pending$.pipe(digits), early).toBe(pending1);
      expectObservable(actor.pending$.pipe(digits), late).toBe(pending2);
    }),
  );

  it(
    'tells of an actor that is sent nothing, once',
    marbles(({ system, expectObservable }) => {
      const actor = system.actor((_: string) => undefined);
      expectObservable(actor.pending$.pipe(digits)).toBe('0');
    }),
  );

  it(
    'tells 0 and completes when the actor has ended',
    marbles(({ hot, system, expectObservable }) => {
      const late = '     ---^   ';
      const pending = '  ---(0|)';
      const actor = system.actor((_: string) => undefined);
      hot('              -x').subscribe(() => actor.kill());
      expectObservable(actor.pending$.pipe(digits), late).toBe(pending);
    }),
  );

  it(
    'M1 counts neither what is being processed, nor a close, nor the error of an upstream',
    marbles(({ hot, cold, system, expectObservable }) => {
      const upstream = hot('  -a-b--#         ');
      const work = cold('     -------|        ');
      const start = '         --^             ';
      const pending = '       --01----0------|';
      const actor = system.actor((_: string) => work);
      actor.subscribe({ error: () => undefined });
      upstream.subscribe(actor);
      expectObservable(actor.pending$.pipe(digits), start).toBe(pending);
    }),
  );

  it(
    'M1 M2 never tells of more than the mailbox may hold: who waits for room is not in it',
    marbles(({ hot, cold, system, expectObservable }) => {
      // d waits for room from 5 on, and gets that of b at 6, which makes no difference.
      const sent = hot('   -a-bcd           ');
      const work = cold('  -----|           ');
      const start = '      --^              ';
      const pending = '    --012------1----0';
      const actor = system.actor((_: string) => work, { mailbox: { capacity: 2 } });
      sent.subscribe((m) => {
        if (m === 'd') actor.offer(m).subscribe();
        else actor.send(m);
      });
      expectObservable(actor.pending$.pipe(digits), start).toBe(pending);
    }),
  );

  it(
    'A3 M1 tells of asks that are cancelled or time out while they wait',
    marbles(
      ({ hot, system, expectObservable }) => {
        const sent = hot('      -a       ');
        const start = '         --^      ';
        const cancelled = '     ---^--!  ';
        const timed = '         ----^    ';
        const pending = '       --012-1-0';
        const actor = system.actor((_: string) => NEVER);
        sent.subscribe((m) => actor.send(m));
        expectObservable(actor.pending$.pipe(digits), start).toBe(pending);
        expectObservable(actor.ask('b'), cancelled).toBe('-');
        expectObservable(actor.ask('c', { timeout: 4 }).pipe(catchError(() => EMPTY)), timed).toBe('--------|');
      },
      { mayRemain: 'anything' },
    ),
  );

  it(
    'F2 tells of what is put aside and comes back, and goes on behind a restart',
    marbles(
      ({ hot, system, expectObservable }) => {
        const sent = hot('   --ab-x');
        const start = '      -----^ ';
        const pending = '    -----(01021)';
        let incarnation = 0;
        const actor = system.actor(
          (m: string, { stash }: ActorContext<string>) => {
            if (m === 'x') throw new Error('bad');
            if (incarnation === 0) stash();
            return incarnation === 0 ? undefined : NEVER;
          },
          { supervision: restart(), beforeRestart: () => incarnation++ },
        );
        sent.subscribe((m) => actor.send(m));
        // "x" comes and goes; then two wait that had been put aside, of which the first is taken.
        expectObservable(actor.pending$.pipe(digits), start).toBe(pending);
      },
      { mayRemain: 'anything' },
    ),
  );

  it('E1 tells of an actor that is not started', () => {
    const actor = new Actor<string>({ system: new ActorSystem() });
    actor.send('a');
    const seen = told(actor);
    actor.send('b');
    actor.close();
    expect(seen).toEqual(['1', '2', '1', '0', '|']);
    expect(told(actor)).toEqual(['0', '|']);
  });

  it('E3 tells of what a kill takes out, before it completes', () => {
    const actor = new Actor<string>({ system: new ActorSystem() });
    for (const m of 'abc') actor.send(m);
    const seen = told(actor);
    actor.kill();
    expect(seen).toEqual(['3', '2', '1', '0', '|']);
  });

  it('M2 tells of nobody who is let in after a close, though whoever is turned away makes room', () => {
    const actor = new Actor<string>({ system: new ActorSystem(), mailbox: { capacity: 1 } }).start();
    const ends: string[] = [];
    const waiting = actor.ask('a').subscribe();
    const seen = told(actor);
    for (const m of ['b', 'c']) {
      actor.offer(m).subscribe({
        next: () => ends.push(`${m} is let in`),
        error: () => {
          ends.push(`${m} is turned away`);
          waiting.unsubscribe();
        },
      });
    }
    actor.close();
    expect({ ends, seen }).toEqual({ ends: ['b is turned away', 'c is turned away'], seen: ['1', '0'] });
  });

  it('O5 tells all observers of the same numbers in the same order, though one of them sends on hearing of them', () => {
    const actor = new Actor<string>({ system: new ActorSystem() });
    const first = told(actor, (pending) => {
      if (pending < 3) actor.send('more');
    });
    const second = told(actor);
    expect(first).toEqual(['0', '1', '2', '3']);
    actor.send('a');
    actor.kill();
    expect(first).toEqual(['0', '1', '2', '3', '4', '3', '2', '1', '0', '|']);
    expect(second).toEqual(['3', '4', '3', '2', '1', '0', '|']);
  });

  it('tells one that subscribes while others hear of a change of that and of all newer ones', () => {
    const actor = new Actor<string>({ system: new ActorSystem() });
    let late: string[] = [];
    const first = told(actor, (pending) => {
      if (pending !== 1) return;
      actor.send('b');
      late = told(actor);
    });
    actor.send('a');
    expect(first).toEqual(['0', '1', '2']);
    expect(late).toEqual(['1', '2']);
  });

  it('tells of the end, though an observer kills the actor on hearing of a change', () => {
    const actor = new Actor<string>({ system: new ActorSystem() });
    const seen = told(actor, (pending) => {
      if (pending === 1) actor.kill();
    });
    const other = told(actor);
    actor.send('a');
    expect([seen, other]).toEqual([
      ['0', '1', '0', '|'],
      ['0', '1', '0', '|'],
    ]);
  });

  it('F5 harms neither the actor nor other observers when one throws, and reports it', () => {
    const errors: unknown[] = [];
    let seen: string[] = [];
    marbles(
      ({ system }) => {
        unhandledErrors().subscribe((error) => errors.push(error));
        const actor = new Actor<string>({ system });
        told(actor, (pending) => {
          if (pending === 1) throw new Error('observer');
        });
        seen = told(actor);
        for (const m of 'ab') actor.send(m);
      },
      { mayRemain: 'anything' },
    )();
    expect(seen).toEqual(['0', '1', '2']);
    expect(errors).toEqual([new Error('observer')]);
  });

  it('O4 tells of 10,000 messages, and no more once it is unsubscribed', () => {
    const scheduler = new VirtualTimeScheduler();
    const actor = new ActorSystem({ scheduler }).actor((_: string) => undefined);
    const seen: number[] = [];
    const subscription = actor.pending$.subscribe((pending) => seen.push(pending));
    for (let n = 0; n < 10_000; n++) actor.send('a');
    scheduler.flush();
    const up = Array.from({ length: 10_001 }, (_, n) => n);
    expect(seen).toEqual([...up, ...up.slice(0, -1).reverse()]);
    subscription.unsubscribe();
    actor.send('a');
    expect(seen).toHaveLength(20_001);
  });
});
