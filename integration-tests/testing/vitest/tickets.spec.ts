import { AskTimeoutError, askWith, displayMarbles, resume, type MarbleRecorder } from 'rx-actors';
import { delay, of } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { marbles } from './marbles.js';

interface Ticket {
  readonly id: number;
  readonly title: string;
}

let issued = 0;

/** The behavior of a desk that takes 2 ms for a ticket. */
const issue = (title: string) => of<Ticket>({ id: ++issued, title }).pipe(delay(2));

describe('a ticket desk', () => {
  it(
    'gives every caller a ticket, one after another',
    marbles(({ send, system, expectObservable }) => {
      const desk = system.actor(issue);
      send(desk, '                -ab----|');
      const ticket = { id: expect.any(Number) as number };
      expectObservable(desk).toBe('---a-b-|', { a: { ...ticket, title: 'a' }, b: { ...ticket, title: 'b' } });
    }),
  );

  it(
    'subscribes to the next piece of work when the one before is done',
    marbles(({ cold, send, system, expectSubscriptions }) => {
      const work = cold('--|');
      const desk = system.actor((_: string) => work);
      send(desk, '                               -ab---');
      expectSubscriptions(work.subscriptions).toBe(['-^-!', '---^-!']);
    }),
  );

  it(
    'tells the archive of each',
    marbles(({ send, system, probe, expectMessages }) => {
      const archive = probe<Ticket>();
      const desk = system.actor(issue);
      desk.subscribe(archive);
      send(desk, '                 -a');
      expectMessages(archive).toBe('---t', { t: expect.objectContaining({ title: 'a' }) as Ticket });
    }),
  );

  it(
    'counts',
    marbles(({ send, system, expectState }) => {
      const count = system.statefulActor((sum: number, _: string) => sum + 1, 0);
      send(count, '            --a-b-|');
      expectState(count).toBe('0-1-2-|', { 0: 0, 1: 1, 2: 2 });
    }),
  );

  it(
    'is left with what comes after it has closed',
    marbles(({ send, system, expectDeadLetters, expectTerminated }) => {
      const desk = system.actor(issue, { name: 'desk' });
      send(desk, '                       -|');
      send(desk, '                       --a-b');
      expectTerminated(desk).toBe('      -c');
      const closed = { reason: 'closed', recipient: 'desk' } as const;
      expectDeadLetters(desk).toBe('     --a-b', { a: { ...closed, message: 'a' }, b: closed });
      expectDeadLetters().toBe('         --a-b');
    }),
  );

  it(
    'survives what it fails with',
    marbles(({ send, system, expectFailures, expectObservable }) => {
      const parser = system.actor((text: string) => of(JSON.parse(text) as unknown), { supervision: resume() });
      send(parser, '                 -a-b', { a: '{', b: '1' });
      expectObservable(parser).toBe('---b', { b: 1 });
      expectFailures(parser).toBe('  -a', { a: { error: expect.any(SyntaxError), message: '{', directive: 'resume' } });
    }),
  );

  it(
    'leaves nothing behind',
    marbles(
      ({ send, system, probe, hot }) => {
        const lines = system.exchange<string>('lines');
        const desk = system.actor(issue);
        const binding = lines.subscribe(desk, probe<string>());
        send(lines, '-a-b');
        hot('        ------x').subscribe(() => {
          binding.unsubscribe();
          desk.close();
        });
      },
      { mayRemain: 'nothing' },
    ),
  );
});

describe('a probe', () => {
  it(
    'replies, ignores and fails as it is told',
    marbles(({ hot, probe, expectMessages, expectObservable }) => {
      const database = probe((id: string) => of(`row ${id}`));
      const lost = new Error('connection lost');
      hot('--i').subscribe(() => database.ignore());
      hot('------f').subscribe(() => database.failWith(lost));
      const rows = (ids: string) => hot(ids).pipe(askWith(database, { timeout: 2 }));
      expectObservable(rows('  -a')).toBe('-a', { a: 'row a' });
      expectObservable(rows('  ---b')).toBe('-----#', {}, expect.any(AskTimeoutError));
      expectObservable(rows('  -------c')).toBe('-------#', {}, lost);
      expectMessages(database).toBe('-a-b---c');
    }),
  );
});

describe('recorded traffic', () => {
  let recorder: MarbleRecorder<string>;

  it(
    'is recorded in one run',
    marbles(({ send, system }) => {
      const lines = system.exchange<string>('lines');
      recorder = displayMarbles(lines);
      send(lines, '-a- 20ms (bc)--a|');
    }),
  );

  it(
    'is sent again in another',
    marbles(({ send, system, expectObservable }) => {
      const lines = system.exchange<string>('lines');
      send(lines, recorder);
      expectObservable(lines).toBe(recorder);
      expectObservable(lines).toBe('-a- 20ms (bc)--a|');
    }),
  );
});
