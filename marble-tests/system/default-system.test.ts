import { actor, ActorSystem, defaultSystem, Exchange, generatorActor, getExchange, statefulActor } from 'rx-actors';
import { describe, expect, it } from 'vitest';

describe('defaultSystem', () => {
  it('is the system of whatever is given none', () => {
    const made = [
      actor(() => undefined),
      statefulActor((sum: number, n: number) => sum + n, 0),
      generatorActor(function* () {
        for (;;) yield;
      }),
    ];
    expect(defaultSystem).toBeInstanceOf(ActorSystem);
    expect(defaultSystem.name).toBe('default');
    expect(made.every((each) => (defaultSystem.actors as unknown[]).includes(each))).toBe(true);
    made.forEach((each) => each.kill());
    expect(made.some((each) => (defaultSystem.actors as unknown[]).includes(each))).toBe(false);
  });

  it('has the exchanges that getExchange finds', () => {
    const exchange = getExchange('default-system/news');
    expect(defaultSystem.exchange('default-system/news')).toBe(exchange);
    expect(new ActorSystem().exchange('default-system/news')).not.toBe(exchange);
    exchange.complete();
  });

  it('shows the dead letters of whatever is given no system', () => {
    const got: unknown[] = [];
    const subscription = defaultSystem.deadLetters.subscribe((letter) => got.push(letter));
    const exchange = new Exchange<string>();
    exchange.send('a');
    subscription.unsubscribe();
    exchange.send('b');
    expect(got).toEqual([{ message: 'a', recipient: exchange, reason: 'unrouted' }]);
  });

  it('names what has no name uniquely', () => {
    const names = Array.from({ length: 100 }, () => new Exchange().name);
    expect(new Set(names).size).toBe(100);
  });
});
