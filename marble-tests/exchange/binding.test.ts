import { ActorSystem, Exchange } from 'rx-actors';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Binding, RECIPIENT, SPECIAL } from '../../src/exchange/binding.js';
import { lettersOf, listener, recipient } from '../recorder.js';
import { unhandledErrors } from '../unhandled-errors.js';

describe('Binding', () => {
  it('leaves its host and its taker once, however often it is unsubscribed', () => {
    const log: string[] = [];
    const host = { unbind: () => log.push('unbound') };
    const taker = { recipient: undefined, take: () => true, detached: () => log.push('detached') };
    const binding = new Binding(host, SPECIAL, taker);
    binding.unsubscribe();
    binding.unsubscribe();
    expect(log).toEqual(['unbound', 'detached']);
  });

  it('calls nothing of a recipient but send()', () => {
    const log: string[] = [];
    const attached = {
      ...recipient(log, 'it'),
      detached: () => log.push('detached'),
      ended: () => log.push('ended'),
      complete: () => log.push('complete'),
    };
    const exchange = new Exchange<string>({ system: new ActorSystem() });
    exchange.attach(attached);
    exchange.send('a');
    exchange.detach(attached);
    exchange.attach(attached);
    exchange.complete();
    expect(log).toEqual(['it:a']);
    expect(new Binding({ unbind: () => undefined }, RECIPIENT, attached).recipient).toBe(attached);
  });

  it('takes a function for a function, whatever else it has', () => {
    const log: string[] = [];
    const functions = { complete: () => log.push('complete'), error: () => log.push('error') };
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const errors: unknown[] = [];
    unhandledErrors().subscribe((error) => errors.push(error));
    const exchanges = [new Exchange<string>(), new Exchange<string>()];
    for (const exchange of exchanges) exchange.subscribe(Object.assign(listener(log, 'it'), functions));
    exchanges[0].complete();
    exchanges[1].error('down');
    vi.runAllTimers();
    expect([log, errors]).toEqual([[], ['down']]);
  });
});

describe('X6 a link to one that fails', () => {
  it('is one that took the message', () => {
    const system = new ActorSystem();
    const letters = lettersOf(system);
    const failures: unknown[] = [];
    system.failures.subscribe(({ error }) => failures.push(error));
    const [from, to] = [new Exchange<string>({ system }), new Exchange<string>({ system })];
    const filter = (): boolean => {
      throw 'from the filter';
    };
    to.attach({ send: () => undefined }, { filter });
    from.attach(to);
    from.send('a');
    to.send('b');
    expect([failures, letters]).toEqual([['from the filter', 'from the filter'], []]);
  });
});
