import { throwError } from 'rxjs';
import { Exchange, restart, resume, stop, type ActorFailure } from 'rx-actors';
import { describe, it } from 'vitest';
import { marbles } from '../marbles.js';
import { reportTo } from '../recorder.js';

const boom = new Error('boom');

describe('ActorSystem.failures', () => {
  it.each([
    ['stop', stop(), '  -a------'],
    ['resume', resume(), '-a--b--c'],
    ['restart', restart(), '-a--b--c'],
  ] as const)('shows what a behavior throws and what is done about it: %s', (directive, supervision, expected) =>
    marbles(({ hot, system, probe, expectMessages }) => {
      const sent = hot('-a--b--c');
      const failed = probe<ActorFailure>();
      const failing = system.actor<string>(
        () => {
          throw boom;
        },
        { supervision },
      );
      failing.terminated.subscribe();
      system.failures.subscribe((failure) => failed.send(failure));
      sent.subscribe((message) => failing.send(message));
      const failure = (message: string) => ({ actor: failing, error: boom, message, directive }) as ActorFailure;
      expectMessages(failed).toBe(expected.trim(), { a: failure('a'), b: failure('b'), c: failure('c') });
    })(),
  );

  it(
    'shows work that fails later, and a recipient that throws',
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot('   -a-----');
      const failures = '   -d-f---';
      const exchange = new Exchange<string>({ system });
      const thrower = {
        send: () => {
          throw boom;
        },
      };
      const slow = system.actor((_: string) => cold('--#', {}, boom), { supervision: resume() });
      exchange.subscribe(thrower, slow);
      sent.subscribe((message) => exchange.send(message));
      expectObservable(system.failures).toBe(failures, {
        d: { exchange, recipient: thrower, error: boom, message: 'a' },
        f: { actor: slow, error: boom, message: 'a', directive: 'resume' },
      });
    }),
  );

  it(
    'never shows a failure of another system',
    marbles(({ hot, system, expectObservable, probe, expectMessages }) => {
      const other = new Exchange<string>();
      const unhandled = probe();
      reportTo(unhandled);
      other.attach({
        send: () => {
          throw boom;
        },
      });
      hot('                              -a-').subscribe((message) => other.send(message));
      expectObservable(system.failures).toBe('---');
      expectMessages(unhandled).toBe('    -e-', { e: boom });
    }),
  );

  it(
    'O6.2 O6.3 reports once, to failures alone, while somebody listens there',
    marbles(({ hot, system, probe, expectObservable, expectMessages }) => {
      const sent = hot('   -a-b-c-');
      const listen = '     --^-!--';
      const failures = '   ---b---';
      const reported = '   -e---e-';
      const exchange = new Exchange<string>({ system });
      const unhandled = probe();
      reportTo(unhandled);
      const thrower = {
        send: () => {
          throw boom;
        },
      };
      exchange.attach(thrower);
      sent.subscribe((message) => exchange.send(message));
      expectObservable(system.failures, listen).toBe(failures, {
        b: { exchange, recipient: thrower, error: boom, message: 'b' },
      });
      expectMessages(unhandled).toBe(reported, { e: boom });
    }),
  );

  it(
    'passes on what is thrown as it is, be it undefined',
    marbles(({ hot, system, expectObservable }) => {
      const odd = system.actor((message: unknown) => throwError(() => message), { supervision: resume() });
      hot('                                  -n-u-', { n: null, u: undefined }).subscribe((message) =>
        odd.send(message),
      );
      expectObservable(system.failures).toBe('-n-u-', {
        n: { actor: odd, error: null, message: null, directive: 'resume' },
        u: { actor: odd, error: undefined, message: undefined, directive: 'resume' },
      });
    }),
  );
});
