import { take } from 'rxjs';
import { Actor, Exchange, type Recipient } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { marbles } from '../marbles.js';
import { listener, recipient } from '../recorder.js';

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
