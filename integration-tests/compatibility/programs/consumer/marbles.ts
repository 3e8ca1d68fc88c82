import { map, timer } from 'rxjs';
import { marbles } from 'rx-actors/testing';

const order = (expected: string) =>
  marbles(({ hot, cold, system, expectObservable, expectSubscriptions }) => {
    const inbox = hot('-ab------|   ');
    const work = cold(' --x|         ');
    const workSubs = ['-^--!        ', ' ----^--!     '];

    const worker = system.actor((_: string) => work);
    inbox.subscribe(worker);
    expectObservable(worker).toBe(expected);
    expectSubscriptions(work.subscriptions).toBe(workSubs.map((marble) => marble.trim()));
  });

const delivery = marbles(({ hot, system, probe, expectMessages }) => {
  const everyone = probe<string>();
  const lines = system.exchange<string>('lines');
  lines.attach(everyone);
  hot('                    -a-b-').subscribe(lines);
  expectMessages(everyone).toBe('-a-b-');
});

const asking = marbles(({ system, expectObservable }) => {
  const slow = system.actor((text: string) => timer(3).pipe(map(() => text)));
  expectObservable(slow.ask('a')).toBe('---(a|)');
});

/** Marble tests pass and fail as they have to. */
export function inVirtualTime(): void {
  order('---x--x--|')();
  delivery();
  asking();
  console.log('these hold');
  try {
    order('--x---x--|')();
  } catch {
    console.log('this does not');
  }
}
