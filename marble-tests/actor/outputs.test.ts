import { of, Subscriber } from 'rxjs';
import { resume } from 'rx-actors';
import { describe, it } from 'vitest';
import { marbles } from '../marbles.js';
import { unhandledErrors } from '../unhandled-errors.js';

const thrown = new Error('thrown');
const bad = new Error('bad');

type What = 'next' | 'error' | 'complete';

/** A Subscriber of somebody's own, which throws out of what it is told; RxJS's own ones never do. */
function handMade(throwsAt: What): Subscriber<string> {
  const throwAt = (what: What): void => {
    if (what === throwsAt) throw thrown;
  };
  return new (class extends Subscriber<string> {
    protected override _next(): void {
      throwAt('next');
    }

    protected override _error(): void {
      throwAt('error');
    }

    protected override _complete(): void {
      throwAt('complete');
    }
  })();
}

/** Echoes its messages and fails with `x`. */
const echo = (m: string) => {
  if (m === 'x') throw bad;
  return of(m);
};

describe('a Subscriber that throws', () => {
  it.each<[what: What, asked: string, outputs: string]>([
    ['next', '    a', '-(ab)|'],
    ['complete', 'a', '-(ab)|'],
    ['error', '   x', '-b---|'],
  ])('F5 at the `%s` of its ask is reported, and the actor goes on', (what, asked, outputs) => {
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot(' -b---|');
      const reported = ' -e----';
      const actor = system.actor(echo, { supervision: resume() });
      expectObservable(actor).toBe(outputs);
      expectObservable(unhandledErrors()).toBe(reported, { e: thrown });
      sent.subscribe({ next: () => actor.ask(asked.trim()).subscribe(handMade(what)) });
      sent.subscribe(actor);
    })();
  });

  it(
    'F5 at an output of the actor is reported, and the actor goes on',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('  -a-b-|');
      const outputs = '   -a-b-|';
      const reported = '  -e-e--';
      const actor = system.actor(echo);
      expectObservable(actor).toBe(outputs);
      expectObservable(unhandledErrors()).toBe(reported, { e: thrown });
      hot('               x     ').subscribe(() => actor.subscribe(handMade('next')));
      sent.subscribe(actor);
    }),
  );

  it(
    'F5 when the actor has been closed is reported, and others learn of the end',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('  -a-|    ');
      const ended = '     ---(t|) ';
      const reported = '  ---e    ';
      const actor = system.actor(echo);
      actor.subscribe(handMade('complete'));
      sent.subscribe(actor);
      expectObservable(actor.terminated).toBe(ended, { t: { kind: 'closed' } });
      expectObservable(unhandledErrors()).toBe(reported, { e: thrown });
    }),
  );

  it(
    'F1 F5 when the actor has failed is reported, and others learn of the end',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('  -a-x    ');
      const ended = '     ---(t|) ';
      const reported = '  ---e    ';
      const actor = system.actor(echo);
      actor.subscribe(handMade('error'));
      sent.subscribe(actor);
      expectObservable(actor.terminated).toBe(ended, { t: { kind: 'failed', error: bad } });
      expectObservable(unhandledErrors()).toBe(reported, { e: thrown });
    }),
  );
});
