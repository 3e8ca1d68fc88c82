import { ActorSystem, Exchange, getExchange } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { thrownBy } from '../recorder.js';

/** The message of the error that a function throws, with its class before it. */
const refusal = (body: () => unknown): string => String(thrownBy(body));

describe('bad input', () => {
  it.each([
    [undefined, '`undefined`'],
    [null, '`null`'],
    [3, '`3` (number)'],
    [Symbol('news'), '`Symbol(news)`'],
    [{}, 'an object'],
    [['news'], 'an array'],
  ])('refuses %o as a name', (name: any, got) => {
    const expected = `TypeError: Expected \`name\` to be a string, got ${got}.`;
    const system = new ActorSystem();
    expect(refusal(() => getExchange(name))).toBe(expected);
    expect(refusal(() => system.exchange(name))).toBe(expected);
    if (name !== undefined) expect(refusal(() => new Exchange({ name }))).toBe(expected);
  });

  it.each([
    [-1, 'RangeError', '`-1` (number)'],
    [1.5, 'RangeError', '`1.5` (number)'],
    [NaN, 'RangeError', '`NaN` (number)'],
    [Infinity, 'RangeError', '`Infinity` (number)'],
    ['1', 'TypeError', "`'1'` (string)"],
    [null, 'TypeError', '`null`'],
    [true, 'TypeError', '`true` (boolean)'],
  ])('refuses %o as replay', (replay: any, kind, got) => {
    const expected = `${kind}: Expected \`replay\` to be a whole number from 0 up, got ${got}.`;
    const system = new ActorSystem();
    expect(refusal(() => system.exchange('news', { replay }))).toBe(expected);
    expect(refusal(() => new Exchange({ replay }))).toBe(expected);
    expect(system.exchange('news').subscriberCount).toBe(0);
  });

  it.each([
    [null, '`null`'],
    [3, '`3` (number)'],
    [{}, 'an object'],
    [{ send: 1 }, 'an object'],
    [() => undefined, 'a function'],
  ])('refuses %o as unrouted', (unrouted: any, got) => {
    const expected = `TypeError: Expected \`unrouted\` to be an object with a \`send\` method, got ${got}.`;
    expect(refusal(() => new ActorSystem().exchange('news', { unrouted }))).toBe(expected);
    expect(refusal(() => new Exchange({ unrouted }))).toBe(expected);
  });

  it.each([null, 3, 'replay', true])('refuses %o as options, also of an exchange that exists', (options: any) => {
    const system = new ActorSystem();
    const expected = /^TypeError: Expected `options` to be an object, got `.*`/;
    expect(refusal(() => new Exchange(options))).toMatch(expected);
    expect(refusal(() => system.exchange('news', options))).toMatch(expected);
    system.exchange('old');
    expect(refusal(() => system.exchange('old', options))).toMatch(expected);
  });

  it('makes nothing under a name whose options are refused', () => {
    const system = new ActorSystem();
    expect(() => system.exchange('news', { replay: -1 })).toThrow(RangeError);
    expect(() => system.exchange('news', { replay: 2 })).not.toThrow();
  });

  it.each([
    [3, '`3` (number)'],
    [{}, 'an object'],
    [null, '`null`'],
  ])('refuses %o as a system', (system: any, got) => {
    expect(refusal(() => new Exchange({ system }))).toBe(
      `TypeError: Expected \`system\` to be an ActorSystem, got ${got}.`,
    );
  });

  it.each([
    [undefined, '`undefined`'],
    [null, '`null`'],
    [3, '`3` (number)'],
    [{}, 'an object'],
    [{ send: 'no function' }, 'an object'],
    [() => undefined, 'a function'],
  ])('refuses to attach %o', (task: any, got) => {
    const exchange = new Exchange();
    expect(refusal(() => exchange.attach(task))).toBe(
      `TypeError: Expected \`recipient\` to be an object with a \`send\` or a \`postMessage\` method, got ${got}.`,
    );
    expect(exchange.subscriberCount).toBe(0);
  });

  it.each([
    [3, '`3` (number)'],
    ['task', "`'task'` (string)"],
    [true, '`true` (boolean)'],
  ])('refuses to subscribe %o', (target: any, got) => {
    const exchange = new Exchange();
    expect(refusal(() => exchange.subscribe(target))).toBe(
      `TypeError: Expected \`observer\` to be an observer, a function or an object with a \`send\` method, got ${got}.`,
    );
    expect(exchange.subscriberCount).toBe(0);
  });

  it('refuses to subscribe a function or options among several recipients', () => {
    const exchange = new Exchange();
    const subscribe = (...targets: unknown[]): unknown =>
      (exchange as { subscribe(...targets: unknown[]): unknown }).subscribe(...targets);
    const recipient = { send: () => undefined };
    const callable = Object.assign(() => undefined, recipient);
    const several: [targets: unknown[], index: number, got: string][] = [
      [[recipient, { signal: new AbortController().signal }, recipient], 1, 'an object'],
      [[recipient, { signal: new AbortController().signal, next: () => undefined }], 1, 'an object'],
      [[() => undefined, callable], 0, 'a function'],
      [[callable, () => undefined], 1, 'a function'],
      [[{ next: () => undefined }, { next: () => undefined }], 0, 'an object'],
    ];
    for (const [targets, index, got] of several) {
      expect(refusal(() => subscribe(...targets))).toBe(
        `TypeError: Expected \`recipients[${index}]\` to be an object with a \`send\` method, got ${got}.`,
      );
    }
    expect(exchange.subscriberCount).toBe(0);
  });
});
