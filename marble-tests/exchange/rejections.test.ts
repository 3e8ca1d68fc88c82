import { firstValueFrom } from 'rxjs';
import { ActorSystem, Exchange, TopicExchange, type ActorFailure, type AttachOptions } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { promisesSettled } from '../recorder.js';
import { unhandledErrors } from '../unhandled-errors.js';

const bad = new Error('bad');

/** A recipient whose work with `bad` is rejected, behind what others do. */
const rejecting = {
  send: async (message: string): Promise<void> => {
    await Promise.resolve();
    if (message === 'bad') throw bad;
  },
};

/** A system and its failures. */
const world = () => {
  const system = new ActorSystem();
  const failures: ActorFailure[] = [];
  system.failures.subscribe((failure) => failures.push(failure));
  return { system, failures };
};

describe('a recipient whose send returns a Promise that is rejected', () => {
  const ways: Record<string, (exchange: Exchange<string>) => void> = {
    attach: (exchange) => exchange.attach(rejecting),
    'attach, an observer beside it': (exchange) => {
      exchange.attach(rejecting);
      exchange.subscribe();
    },
    subscribe: (exchange) => exchange.subscribe(rejecting, { send: () => undefined }),
    'an exchange beside it': (exchange) => {
      exchange.attach(rejecting);
      exchange.attach(new Exchange<string>({ system: new ActorSystem() }));
    },
  };
  const options: AttachOptions<string>[] = [
    { filter: () => true },
    { map: (message) => message },
    { group: 'g' },
    { once: true },
    { buffer: 1 },
  ];
  for (const each of options) {
    ways[`attach with ${Object.keys(each)[0]}`] = (exchange) => exchange.attach(rejecting, each as object);
  }

  it.each(Object.keys(ways))('O6.1 O6.4 is reported once on system.failures, and stays attached: %s', async (way) => {
    const { system, failures } = world();
    const exchange = new Exchange<string>({ system });
    ways[way](exchange);
    exchange.send('bad');
    expect(failures).toEqual([]);
    await promisesSettled();
    expect(failures).toMatchObject([{ exchange: { name: exchange.name }, error: bad, message: 'bad' }]);
    expect('recipient' in failures[0] && failures[0].recipient).toBe(rejecting);
    expect(exchange.detach(rejecting)).toBe(!way.endsWith('once'));
  });

  it.each([false, true])('O6.4 is reported with the key where it is bound; attached beside it: %s', async (beside) => {
    const { system, failures } = world();
    const exchange = new TopicExchange<string>({ system });
    exchange.bind('#', rejecting);
    if (beside) exchange.attach({ send: () => undefined });
    exchange.publish('a', 'bad');
    await promisesSettled();
    expect(failures).toMatchObject([{ error: bad, message: { key: 'a', message: 'bad' } }]);
  });

  it('O6.4 is reported where it gets what nobody took, and what is replayed', async () => {
    const { system, failures } = world();
    new Exchange<string>({ system, unrouted: rejecting }).send('bad');
    const replaying = new Exchange<string>({ system, replay: 1 });
    replaying.send('bad');
    replaying.attach(rejecting);
    await promisesSettled();
    expect(failures.map(({ error, message }) => [error, message])).toEqual([
      [bad, 'bad'],
      [bad, 'bad'],
    ]);
  });

  it('O6.4 is reported as unhandled where nobody listens to the failures', async () => {
    const reported = firstValueFrom(unhandledErrors());
    const exchange = new Exchange<string>({ system: new ActorSystem() });
    exchange.attach(rejecting);
    exchange.send('bad');
    await expect(reported).resolves.toBe(bad);
  });

  it('O6.1 harms nobody: what it returns beside Promises is let be', async () => {
    const { system, failures } = world();
    const exchange = new Exchange<string>({ system });
    const got: string[] = [];
    for (const returned of [null, 0, 'then', { then: 5 }, Promise.resolve(1)]) {
      exchange.attach({ send: () => returned as unknown as undefined });
    }
    exchange.attach(rejecting);
    exchange.attach({ send: (message) => got.push(message) });
    exchange.send('bad');
    exchange.send('good');
    await promisesSettled();
    expect(got).toEqual(['bad', 'good']);
    expect(failures).toHaveLength(1);
  });
});
