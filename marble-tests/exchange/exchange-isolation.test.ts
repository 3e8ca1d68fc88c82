import { map } from 'rxjs';
import { Exchange, type Recipient } from 'rx-actors';
import { describe, it } from 'vitest';
import { marbles } from '../marbles.js';
import { reportTo } from '../recorder.js';
import { kinds } from './kinds.js';

describe('O6 one that throws', () => {
  const boom = new Error('boom');
  const thrower: Recipient<string> = {
    send: () => {
      throw boom;
    },
  };

  it.each([0, 1, 2])('O6.1 O6.2 O6.3 reports a recipient at place %i on failures and serves the others', (place) =>
    marbles(({ hot, system, probe, expectMessages }) => {
      const sent = hot('    -a--b-');
      const received = '    -a--b-';
      const failures = '    -f--g-';
      const reported = '    ------';
      const exchange = new Exchange<string>({ system });
      const [first, last, failed, unhandled] = [probe<string>(), probe<string>(), probe(), probe()];
      reportTo(unhandled);
      system.failures.subscribe((failure) => failed.send(failure));
      const all: Recipient<string>[] = [first, last];
      all.splice(place, 0, thrower);
      exchange.subscribe(...all);
      sent.subscribe((message) => exchange.send(message));
      const failure = { exchange, recipient: thrower, error: boom };
      expectMessages(first).toBe(received);
      expectMessages(last).toBe(received);
      expectMessages(failed).toBe(failures, { f: { ...failure, message: 'a' }, g: { ...failure, message: 'b' } });
      expectMessages(unhandled).toBe(reported);
    })(),
  );

  it(
    'O6.3 reports a recipient to config.onUnhandledError when nobody listens to failures',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const sent = hot('    -a--b-|');
      const reported = '    -e--e--';
      const exchange = new Exchange<string>({ system });
      const unhandled = probe();
      reportTo(unhandled);
      exchange.attach(thrower);
      sent.subscribe(exchange);
      expectObservable(exchange).toBe('-a--b-|');
      expectMessages(unhandled).toBe(reported, { e: boom });
    }),
  );

  it.each(['listener', 'observer', 'operator', 'subject'] as const)(
    'O6.1 O6.2 O6.4 reports a %s to config.onUnhandledError and keeps it',
    (kind) =>
      marbles(({ hot, system, probe, expectMessages }) => {
        const sent = hot('    -a--b-');
        const received = '    -a--b-';
        const reported = '    -e--e-';
        const failures = '    ------';
        const exchange = new Exchange<string>({ system });
        const [first, last, failed, unhandled] = [probe<string>(), probe<string>(), probe(), probe()];
        reportTo(unhandled);
        system.failures.subscribe((failure) => failed.send(failure));
        exchange.attach(first);
        kinds[kind](exchange, [], kind, () => {
          throw boom;
        });
        exchange.attach(last);
        sent.subscribe((message) => exchange.send(message));
        expectMessages(first).toBe(received);
        expectMessages(last).toBe(received);
        expectMessages(unhandled).toBe(reported, { e: boom });
        expectMessages(failed).toBe(failures);
      })(),
  );

  it(
    'O6 fails only the pipeline whose operator throws',
    marbles(({ hot, system, expectObservable, probe, expectMessages }) => {
      const sent = hot('    -a--b-|');
      const failing = '     -#-----';
      const received = '    -a--b--';
      const exchange = new Exchange<string>({ system });
      const last = probe<string>();
      expectObservable(
        exchange.pipe(
          map(() => {
            throw 'error';
          }),
        ),
      ).toBe(failing);
      exchange.attach(last);
      sent.subscribe(exchange);
      expectMessages(last).toBe(received);
    }),
  );

  it(
    'O6.1 O6.4 tells the other observers of the end when one throws at it',
    marbles(({ hot, system, probe, expectObservable, expectMessages }) => {
      const exchange = new Exchange<string>({ system });
      const unhandled = probe();
      reportTo(unhandled);
      exchange.subscribe({
        complete: () => {
          throw boom;
        },
      });
      hot('-a-|').subscribe(exchange);
      expectObservable(exchange).toBe('     -a-|');
      expectMessages(unhandled).toBe('      ---e', { e: boom });
    }),
  );

  it(
    'O6.1 O6.4 tells the other observers of the error when one throws at it',
    marbles(({ hot, system, probe, expectObservable, expectMessages }) => {
      const exchange = new Exchange<string>({ system });
      const unhandled = probe();
      reportTo(unhandled);
      exchange.subscribe({
        error: () => {
          throw boom;
        },
      });
      hot('-a-#').subscribe(exchange);
      expectObservable(exchange).toBe('     -a-#');
      expectMessages(unhandled).toBe('      ---e', { e: boom });
    }),
  );

  it(
    'O6 reports the error of an exchange for every observer without an error handler, as RxJS does',
    marbles(({ hot, system, probe, expectMessages }) => {
      const exchange = new Exchange<string>({ system });
      const unhandled = probe();
      reportTo(unhandled);
      exchange.subscribe(() => undefined);
      exchange.subscribe({ complete: () => undefined });
      exchange.subscribe();
      exchange.subscribe({ error: () => undefined });
      hot('-#').subscribe(exchange);
      expectMessages(unhandled).toBe('-(eee)', { e: 'error' });
    }),
  );

  it(
    'O6 goes on when a listener of failures throws, which is reported like any observer',
    marbles(({ hot, system, probe, expectMessages }) => {
      const sent = hot('    -a--b-');
      const received = '    -a--b-';
      const reported = '    -e--e-';
      const exchange = new Exchange<string>({ system });
      const [last, unhandled] = [probe<string>(), probe()];
      const worse = new Error('worse');
      reportTo(unhandled);
      system.failures.subscribe(() => {
        throw worse;
      });
      exchange.subscribe(thrower, last);
      sent.subscribe((message) => exchange.send(message));
      expectMessages(last).toBe(received);
      expectMessages(unhandled).toBe(reported, { e: worse });
    }),
  );

  it(
    'O6 tells every observer of the end when the teardown of one throws, and not the one who ends it',
    marbles(({ hot, system, probe, expectObservable, expectMessages }) => {
      const end = hot('       ---x');
      const subscribed = '    ---|';
      const counts = '        2--(0|)';
      const thrown = '        ----';
      const exchange = new Exchange<string>({ system });
      const caught = probe();
      reportTo(probe());
      exchange
        .subscribe(() => undefined)
        .add(() => {
          throw boom;
        });
      end.subscribe(() => {
        try {
          exchange.complete();
        } catch (error) {
          caught.send(error);
        }
      });
      expectObservable(exchange).toBe(subscribed);
      expectObservable(exchange.subscriberCount$).toBe(counts, { 2: 2, 0: 0 });
      expectMessages(caught).toBe(thrown);
    }),
  );
});
