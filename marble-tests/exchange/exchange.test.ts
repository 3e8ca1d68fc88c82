/* eslint-disable rxjs-x/no-redundant-notify, rxjs-x/no-subject-unsubscribe -- ends are repeated on purpose */
import { map, Subject, take } from 'rxjs';
import { Actor, Exchange, ExchangeClosedError, type Recipient } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { marbles } from '../marbles.js';
import { listener, observer, recipient, reportTo, thrownBy } from '../recorder.js';

describe('Exchange.send', () => {
  it(
    'gives every message to whoever is attached or subscribed',
    marbles(({ hot, system, probe, expectMessages, expectObservable, expectSubscriptions }) => {
      const sent = hot('         -a--b--c---|');
      const sentSubs = '         ^----------!';
      const attached = '         -a--b--c----';
      const subscribed = '       -a--b--c---|';
      const late = '             -----^------';
      const lateSubscribed = '   -------c---|';
      const exchange = new Exchange<string>({ system });
      const recipient = probe<string>();
      exchange.attach(recipient);
      sent.subscribe(exchange);
      expectMessages(recipient).toBe(attached);
      expectObservable(exchange).toBe(subscribed);
      expectObservable(exchange, late).toBe(lateSubscribed);
      expectSubscriptions(sent.subscriptions).toBe(sentSubs);
    }),
  );

  it.each(['----', '---|', '-a--', '-a-|', '(abc)|', 'a-b-c-d-e-f-g-#'])('hands on %s as it comes', (messages) =>
    marbles(({ hot, system, expectObservable }) => {
      const exchange = new Exchange<string>({ system });
      hot(messages).subscribe(exchange);
      expectObservable(exchange).toBe(messages);
    })(),
  );

  it(
    'ends a subscription at its unsubscription',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot(' -a--b--c-|');
      const sub = '      ---^-!    ';
      const expected = ' ----b-----';
      const exchange = new Exchange<string>({ system });
      sent.subscribe(exchange);
      expectObservable(exchange, sub).toBe(expected);
    }),
  );

  it('hands on 10,000 messages in order', () => {
    const exchange = new Exchange<number>();
    const got: number[] = [];
    exchange.attach({ send: (message) => got.push(message) });
    const messages = Array.from({ length: 10_000 }, (_, index) => index);
    messages.forEach((message) => exchange.send(message));
    expect(got).toEqual(messages);
  });

  it('hands one message to 10,000 of each kind, in order', () => {
    const exchange = new Exchange<string>({ maxSubscribers: Infinity });
    const got: number[] = [];
    for (let index = 0; index < 40_000; index += 4) {
      exchange.attach({ send: () => got.push(index) });
      exchange.subscribe(() => got.push(index + 1));
      exchange.subscribe({ next: () => got.push(index + 2) });
      exchange.pipe(take(2)).subscribe(() => got.push(index + 3));
    }
    exchange.send('a');
    expect(exchange.subscriberCount).toBe(40_000);
    expect(got).toEqual(Array.from({ length: 40_000 }, (_, index) => index));
  });

  it('survives 10,000 messages of which each is sent by the recipient of the one before', () => {
    const exchange = new Exchange<number>();
    let last = 0;
    exchange.attach({
      send: (message) => {
        last = message;
        if (message < 10_000) exchange.send(message + 1);
      },
    });
    exchange.send(1);
    expect(last).toBe(10_000);
  });
});

/** Everything that can stand at the other end of a binding; what it gets is noted, then something is done. */
const kinds = {
  recipient: (exchange: Exchange<string>, log: string[], name: string, then?: (message: string) => void) =>
    exchange.attach(recipient(log, name, then)),
  listener: (exchange: Exchange<string>, log: string[], name: string, then?: (message: string) => void) =>
    exchange.subscribe(listener(log, name, then)),
  observer: (exchange: Exchange<string>, log: string[], name: string, then?: (message: string) => void) =>
    exchange.subscribe(observer(log, name, then)),
  operator: (exchange: Exchange<string>, log: string[], name: string, then?: (message: string) => void) =>
    exchange.pipe(map((message) => message)).subscribe(listener(log, name, then)),
  subject: (exchange: Exchange<string>, log: string[], name: string, then?: (message: string) => void) => {
    const subject = new Subject<string>();
    subject.subscribe(listener(log, name, then));
    return exchange.subscribe(subject);
  },
} as const;
type Kind = keyof typeof kinds;
const everyKind = Object.keys(kinds) as Kind[];

describe('O5 one total order', () => {
  it('O5.3 serves bindings in the order in which they came, whatever their kind', () => {
    const exchange = new Exchange<string>();
    const log: string[] = [];
    const order = [...everyKind, ...[...everyKind].reverse()];
    for (const kind of order) kinds[kind](exchange, log, kind);
    exchange.send('a');
    expect(log).toEqual(order.map((kind) => `${kind}:a`));
  });

  it(
    'O5.1 shows everybody the same order when a recipient answers by sending',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const sent = hot('  -a---b---|');
      const seen = '      -(ax)(bx)|';
      const attached = '  -(ax)(bx)-';
      const exchange = new Exchange<string>({ system });
      const [first, last] = [probe<string>(), probe<string>()];
      exchange.attach(first);
      exchange.attach({ send: (message) => message !== 'x' && exchange.send('x') });
      exchange.attach(last);
      sent.subscribe(exchange);
      expectMessages(first).toBe(attached);
      expectMessages(last).toBe(attached);
      expectObservable(exchange).toBe(seen);
    }),
  );

  it.each(everyKind)('O5.1 shows everybody the same order when a %s sends', (kind) => {
    const exchange = new Exchange<string>();
    const log: string[] = [];
    kinds.recipient(exchange, log, 'first');
    kinds[kind](exchange, log, 'sender', (message) => {
      if (message === 'a') ['x', 'y'].forEach((each) => exchange.send(each));
    });
    kinds.listener(exchange, log, 'last');
    exchange.send('a');
    exchange.send('b');
    expect(log).toEqual(
      ['a', 'x', 'y', 'b'].flatMap((message) => ['first', 'sender', 'last'].map((name) => `${name}:${message}`)),
    );
  });

  it.each([
    [
      'Subject of RxJS',
      () => new Subject<string>(),
      ['first:a', 'sender:a', 'first:x', 'sender:x', 'last:x', 'last:a'],
    ],
    ['Exchange', () => new Exchange<string>(), ['first:a', 'sender:a', 'last:a', 'first:x', 'sender:x', 'last:x']],
  ])('O5.1 differs from a Subject where a subscriber sends: %s', (_, make, expected) => {
    const subject: Subject<string> = make();
    const log: string[] = [];
    subject.subscribe(listener(log, 'first'));
    subject.subscribe(listener(log, 'sender', (message) => message === 'a' && subject.next('x')));
    subject.subscribe(listener(log, 'last'));
    subject.next('a');
    expect(log).toEqual(expected);
  });

  it(
    'O5.2 gives complete() its place behind what was sent before',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const sent = hot('     -a-----b');
      const subscribed = '   -(axy|)';
      const attached = '     -(axy)-';
      const letters = '      -z-----b';
      const exchange = new Exchange<string>({ system });
      const [recipient, dead] = [probe<string>(), probe()];
      system.deadLetters.subscribe(({ message, reason }) => dead.send(`${message} ${reason}`));
      exchange.subscribe((message) => {
        if (message !== 'a') return;
        exchange.send('x');
        exchange.send('y');
        exchange.complete();
        exchange.complete();
        exchange.send('z');
      });
      exchange.attach(recipient);
      sent.subscribe((message) => exchange.send(message));
      expectObservable(exchange).toBe(subscribed);
      expectMessages(recipient).toBe(attached);
      expectMessages(dead).toBe(letters, { z: 'z closed', b: 'b closed' });
    }),
  );

  it(
    'O5.2 gives error() its place behind what was sent before',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot('     -a-----b');
      const subscribed = '   -(ax#)';
      const exchange = new Exchange<string>({ system });
      exchange.attach({
        send: (message) => {
          if (message !== 'a') return;
          exchange.send('x');
          exchange.error('error');
        },
      });
      sent.subscribe((message) => exchange.send(message));
      expectObservable(exchange).toBe(subscribed);
    }),
  );

  it('O5.4 keeps the orders of two exchanges apart: sending to another one is at once', () => {
    const [ours, other] = [new Exchange<string>(), new Exchange<string>()];
    const log: string[] = [];
    ours.subscribe(listener<string>(log, 'ours', (message) => other.send(message)));
    ours.subscribe(listener(log, 'last'));
    other.subscribe(listener(log, 'other'));
    ours.send('a');
    expect(log).toEqual(['ours:a', 'other:a', 'last:a']);
  });
});

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

describe('O7 coming and going during a send', () => {
  it.each(everyKind)('O7.1 gives a %s that comes during a send the next message', (kind) =>
    marbles(({ hot, system, probe, expectMessages }) => {
      const sent = hot('    -a-b-');
      const coming = '      ---b-';
      const exchange = new Exchange<string>({ system });
      const came = probe<string>();
      let here = false;
      exchange.attach({
        send: () => {
          if (!here) kinds[kind](exchange, [], kind, (message) => came.send(message));
          here = true;
        },
      });
      sent.subscribe((message) => exchange.send(message));
      expectMessages(came).toBe(coming);
    })(),
  );

  it.each(everyKind)('O7.2 does not call a %s any more that another one detaches before its turn', (kind) => {
    const exchange = new Exchange<string>();
    const log: string[] = [];
    exchange.subscribe(listener(log, 'first', () => later.unsubscribe()));
    const later = kinds[kind](exchange, log, 'later');
    exchange.subscribe(listener(log, 'last'));
    exchange.send('a');
    expect(log).toEqual(['first:a', 'last:a']);
    expect(exchange.subscriberCount).toBe(2);
  });

  it.each(everyKind)('O7.2 serves everybody else when a %s that had its turn is detached', (kind) => {
    const exchange = new Exchange<string>();
    const log: string[] = [];
    const earlier = kinds[kind](exchange, log, 'earlier');
    exchange.subscribe(listener(log, 'detacher', () => earlier.unsubscribe()));
    exchange.subscribe(listener(log, 'last'));
    exchange.send('a');
    exchange.send('b');
    expect(log).toEqual(['earlier:a', 'detacher:a', 'last:a', 'detacher:b', 'last:b']);
  });

  it.each(everyKind)('O7.2 serves everybody else when a %s detaches itself', (kind) => {
    const exchange = new Exchange<string>();
    const log: string[] = [];
    exchange.subscribe(listener(log, 'first'));
    const self = kinds[kind](exchange, log, 'self', () => self.unsubscribe());
    exchange.subscribe(listener(log, 'last'));
    exchange.send('a');
    exchange.send('b');
    expect(log).toEqual(['first:a', 'self:a', 'last:a', 'first:b', 'last:b']);
  });

  it('O7 treats one that is detached and attached again during a send as a new one', () => {
    const exchange = new Exchange<string>();
    const log: string[] = [];
    const again = recipient<string>(log, 'again');
    exchange.subscribe(
      listener(log, 'first', (message) => {
        if (message !== 'a') return;
        exchange.detach(again);
        exchange.attach(again);
      }),
    );
    exchange.attach(again);
    exchange.subscribe(listener(log, 'last'));
    exchange.send('a');
    exchange.send('b');
    expect(log).toEqual(['first:a', 'last:a', 'first:b', 'last:b', 'again:b']);
  });

  it('O7.1 leaves messages that wait behind the current one to whoever came during it', () => {
    const exchange = new Exchange<string>();
    const log: string[] = [];
    exchange.subscribe(
      listener(log, 'first', (message) => {
        if (message !== 'a') return;
        exchange.send('b');
        exchange.subscribe(listener(log, 'late'));
      }),
    );
    exchange.send('a');
    expect(log).toEqual(['first:a', 'first:b', 'late:b']);
  });

  it(
    'O7 ends take(1) with its message',
    marbles(({ hot, system, expectObservable }) => {
      const exchange = new Exchange<string>({ system });
      const sent = hot('    -a---b-|  ');
      const first = '       -(a|)     ';
      const all = '         -a---b-|  ';
      const counts = '      21-----(0|)';
      sent.subscribe(exchange);
      expectObservable(exchange.pipe(take(1))).toBe(first);
      expectObservable(exchange).toBe(all);
      expectObservable(exchange.subscriberCount$).toBe(counts, { 2: 2, 1: 1, 0: 0 });
    }),
  );
});

describe('X7 what nobody takes', () => {
  it(
    'X7.2 becomes a dead letter without unrouted',
    marbles(({ hot, system, probe, expectMessages }) => {
      const sent = hot('       -a-b-c-');
      const attached = '       --x-y--';
      const received = '       ---b---';
      const letters = '        -a---c-';
      const exchange = new Exchange<string>({ system });
      const [recipient, dead] = [probe<string>(), probe()];
      system.deadLetters.subscribe((letter) => dead.send(letter));
      hot(attached).subscribe((at) => (at === 'x' ? exchange.attach(recipient) : exchange.detach(recipient)));
      sent.subscribe((message) => exchange.send(message));
      const letter = { recipient: exchange, reason: 'unrouted' };
      expectMessages(recipient).toBe(received);
      expectMessages(dead).toBe(letters, { a: { message: 'a', ...letter }, c: { message: 'c', ...letter } });
    }),
  );

  it(
    'X7.1 goes to unrouted, and is no dead letter then',
    marbles(({ hot, system, probe, expectMessages }) => {
      const sent = hot('       -a-b-c-');
      const attached = '       --x-y--';
      const received = '       ---b---';
      const rest = '           -a---c-';
      const letters = '        -------';
      const [recipient, unrouted, dead] = [probe<string>(), probe<string>(), probe()];
      const exchange = new Exchange<string>({ system, unrouted });
      system.deadLetters.subscribe((letter) => dead.send(letter));
      hot(attached).subscribe((at) => (at === 'x' ? exchange.attach(recipient) : exchange.detach(recipient)));
      sent.subscribe((message) => exchange.send(message));
      expectMessages(recipient).toBe(received);
      expectMessages(unrouted).toBe(rest);
      expectMessages(dead).toBe(letters);
    }),
  );

  it(
    'X7 reports an unrouted recipient that throws, as any recipient',
    marbles(({ hot, system, probe, expectMessages }) => {
      const boom = new Error('boom');
      const unrouted: Recipient<string> = {
        send: () => {
          throw boom;
        },
      };
      const exchange = new Exchange<string>({ system, unrouted });
      const failed = probe();
      system.failures.subscribe((failure) => failed.send(failure));
      hot('                    -a-').subscribe((message) => exchange.send(message));
      expectMessages(failed).toBe('-f-', { f: { exchange, recipient: unrouted, error: boom, message: 'a' } });
    }),
  );

  it(
    'X7 keeps the order when the unrouted recipient sends to the exchange',
    marbles(({ hot, system, probe, expectMessages }) => {
      const rest = probe<string>();
      const exchange: Exchange<string> = new Exchange<string>({
        system,
        unrouted: {
          send: (message) => {
            if (message === 'a') ['x', 'y'].forEach((each) => exchange.send(each));
            rest.send(message);
          },
        },
      });
      hot('                  -a----b').subscribe((message) => exchange.send(message));
      expectMessages(rest).toBe('-(axy)b');
    }),
  );
});

describe('the end of an exchange', () => {
  it(
    'X1.3 makes dead letters of what is sent later',
    marbles(({ hot, system, probe, expectMessages, expectObservable }) => {
      const sent = hot('     -a-b-');
      const end = hot('      --x--');
      const subscribed = '   -a|  ';
      const letters = '      ---b-';
      const exchange = new Exchange<string>({ system });
      const dead = probe();
      system.deadLetters.subscribe((letter) => dead.send(letter));
      sent.subscribe((message) => exchange.send(message));
      end.subscribe(() => exchange.complete());
      expectObservable(exchange).toBe(subscribed);
      expectMessages(dead).toBe(letters, { b: { message: 'b', recipient: exchange, reason: 'closed' } });
    }),
  );

  it('X1.4 refuses to attach, and says so', () => {
    const ended = new Exchange<string>({ name: 'news' });
    ended.complete();
    const refused = thrownBy(() => ended.attach({ send: () => undefined }));
    expect(refused).toBeInstanceOf(ExchangeClosedError);
    expect(refused).toMatchObject({ exchange: 'news', code: 'exchange-closed', name: 'ExchangeClosedError' });
    expect(() => ended.subscribe({ send: () => undefined })).toThrow(ExchangeClosedError);
    expect(() => ended.subscribe({ send: () => undefined }, { send: () => undefined })).toThrow(ExchangeClosedError);
    expect(ended.subscriberCount).toBe(0);
  });

  it('X1 names the error that ended the exchange as the cause', () => {
    const failed = new Exchange<string>();
    const cause = new Error('down');
    failed.error(cause);
    expect(thrownBy(() => failed.attach({ send: () => undefined }))).toMatchObject({ cause });
  });

  it(
    'tells an observer that comes too late at once',
    marbles(({ system, expectObservable }) => {
      const [ended, failed] = [new Exchange<string>({ system }), new Exchange<string>({ system })];
      ended.complete();
      failed.error('error');
      expectObservable(ended, '--^').toBe(' --|');
      expectObservable(failed, '--^').toBe('--#');
    }),
  );

  it(
    'X3.3 never closes a recipient',
    marbles(({ hot, system, expectObservable }) => {
      const sent = hot(' -a-|    ');
      const direct = '   -----b--';
      const expected = ' -a---b--';
      const exchange = new Exchange<string>({ system });
      const echo = system.actor((message: string) => [message]);
      exchange.subscribe(echo);
      sent.subscribe(exchange);
      hot(direct).subscribe((message) => echo.send(message));
      expectObservable(echo).toBe(expected);
    }),
  );

  it('X3.3 leaves another exchange open that is attached as a recipient', () => {
    const [from, to] = [new Exchange<string>(), new Exchange<string>()];
    const log: string[] = [];
    to.subscribe(observer(log, 'to'));
    from.subscribe(to);
    from.send('a');
    from.complete();
    to.send('b');
    expect(log).toEqual(['to:a', 'to:b']);
  });

  it('closes the subscriptions and runs their teardowns', () => {
    const exchange = new Exchange<string>();
    const log: string[] = [];
    const subscriptions = everyKind.map((kind) => kinds[kind](exchange, log, kind));
    subscriptions.forEach((subscription, index) => subscription.add(() => log.push(everyKind[index])));
    exchange.complete();
    expect(subscriptions.every(({ closed }) => closed)).toBe(true);
    expect(new Set(log.filter((entry) => !entry.includes('|')))).toEqual(new Set(everyKind));
    expect(exchange.observed).toBe(false);
  });

  it('tells every observer, also when one of them unsubscribes another at the end', () => {
    const exchange = new Exchange<string>();
    let told = 0;
    const subscriptions = Array.from({ length: 100 }, (_, index) =>
      exchange.subscribe({
        complete: () => {
          told++;
          if (index === 70) subscriptions[99].unsubscribe();
        },
      }),
    );
    exchange.complete();
    expect(told).toBe(99);
    expect(exchange.subscriberCount).toBe(0);
  });

  it('is told to an observer that subscribes during it', () => {
    const exchange = new Exchange<string>();
    const log: string[] = [];
    exchange.subscribe({ complete: () => exchange.subscribe(observer(log, 'during')) });
    exchange.complete();
    expect(log).toEqual(['during:|']);
    expect(exchange.subscriberCount).toBe(0);
  });

  it('takes complete(), error() and unsubscribe() only once', () => {
    const exchange = new Exchange<string>();
    const log: string[] = [];
    exchange.subscribe(observer(log, 'a'));
    exchange.complete();
    exchange.error(new Error('late'));
    exchange.complete();
    exchange.unsubscribe();
    exchange.subscribe(observer(log, 'b'));
    expect(log).toEqual(['a:|', 'b:|']);
  });

  it('comes without a word by unsubscribe(), also during a send', () => {
    const exchange = new Exchange<string>();
    const log: string[] = [];
    exchange.subscribe(observer(log, 'first', () => exchange.unsubscribe()));
    exchange.subscribe(observer(log, 'last'));
    exchange.send('a');
    expect(log).toEqual(['first:a']);
    expect(exchange.subscriberCount).toBe(0);
  });
});

describe('attach and detach', () => {
  it('X3.5 gives the same binding for a recipient that is attached twice', () => {
    const exchange = new Exchange<string>();
    const log: string[] = [];
    const task = recipient<string>(log, 'task');
    const binding = exchange.attach(task);
    expect(exchange.attach(task)).toBe(binding);
    expect(exchange.subscribe(task)).toBe(binding);
    exchange.send('a');
    binding.unsubscribe();
    exchange.send('b');
    expect(log).toEqual(['task:a']);
    expect(exchange.attach(task)).not.toBe(binding);
  });

  it('says whether it detached, and never throws', () => {
    const exchange = new Exchange<string>();
    const task = recipient<string>([], 'task');
    exchange.attach(task);
    expect([exchange.detach(task), exchange.detach(task)]).toEqual([true, false]);
    for (const stranger of [undefined, null, 3, 'task', {}]) expect(exchange.detach(stranger as any)).toBe(false);
    exchange.complete();
    expect(exchange.detach(task)).toBe(false);
  });

  it('X3.3 attaches a function that has a send() as a recipient', () => {
    const exchange = new Exchange<string>();
    const log: string[] = [];
    const task = Object.assign(listener(log, 'called'), recipient<string>(log, 'sent'));
    exchange.subscribe(task);
    exchange.send('a');
    expect(log).toEqual(['sent:a']);
  });

  it('calls send() on the recipient itself', () => {
    class Task {
      readonly got: string[] = [];
      send(message: string): void {
        this.got.push(message);
      }
    }
    const exchange = new Exchange<string>();
    const task = new Task();
    exchange.attach(task);
    exchange.send('a');
    expect(task.got).toEqual(['a']);
  });

  it(
    'X4.4 detaches an actor that has ended, however it ended',
    marbles(({ hot, cold, system, expectObservable }) => {
      const end = hot('    --c-k-f-');
      const counts = '     4-3-2-1-';
      const exchange = new Exchange<string>({ system });
      const boom = new Error('boom');
      const idle = system.actor(() => undefined);
      const busy = system.actor(() => cold('------------|'));
      const failing = system.actor((message: string) => {
        if (message === 'f') throw boom;
      });
      failing.terminated.subscribe();
      exchange.subscribe(idle, busy, failing, { send: () => undefined });
      busy.send('work');
      end.subscribe((at) => {
        if (at === 'c') idle.close();
        else if (at === 'k') busy.kill();
        else failing.send('f');
      });
      expectObservable(exchange.subscriberCount$).toBe(counts, { 4: 4, 3: 3, 2: 2, 1: 1 });
    }),
  );

  it('X4.4 detaches an ended actor from every exchange, and does not take it again', () => {
    const exchanges = Array.from({ length: 10 }, () => new Exchange<string>());
    exchanges.push(new Exchange<string>({ replay: 1 }));
    const actor = new Actor<string>();
    actor.kill();
    const bindings = exchanges.map((exchange) => exchange.attach(actor));
    expect(exchanges.map(({ subscriberCount }) => subscriberCount)).toEqual(exchanges.map(() => 0));
    expect(bindings.every(({ closed }) => closed)).toBe(true);
  });

  it(
    'E9 keeps an actor attached until it has ended: closing ones drain',
    marbles(({ hot, cold, system, expectObservable }) => {
      const sent = hot('    -a----b--');
      const close = hot('   --x      ');
      const expected = '    ----a|   ';
      const counts = '      1----0   ';
      const exchange = new Exchange<string>({ system });
      const slow = system.actor((message: string) => cold('---m|', { m: message }));
      exchange.attach(slow);
      sent.subscribe((message) => exchange.send(message));
      close.subscribe(() => slow.close());
      expectObservable(slow).toBe(expected);
      expectObservable(exchange.subscriberCount$).toBe(counts, { 1: 1, 0: 0 });
    }),
  );
});
