import { describe, expect, it } from 'vitest';
import { Binding, LINK, LISTENER, OBSERVER, RECIPIENT, SPECIAL, type BindingHost } from '../../src/exchange/binding.js';
import { BindingList } from '../../src/exchange/binding-list.js';

/** A list of bindings of these kinds, and what they get, as `number:message`. */
function listOf(kinds: readonly number[], then: (n: number) => void = () => undefined) {
  const list = new BindingList();
  const host: BindingHost = { unbind: (binding) => void list.remove(binding) };
  const log: string[] = [];
  const reported: unknown[] = [];
  const bindings = kinds.map((kind, n) => {
    const note = (message: unknown) => {
      log.push(`${n}:${String(message)}`);
      then(n);
    };
    const take = (message: unknown) => {
      note(message);
      return true;
    };
    const targets = new Map<number, unknown>([
      [RECIPIENT, { send: note }],
      [LISTENER, note],
      [OBSERVER, { next: note }],
      [SPECIAL, { recipient: undefined, take }],
    ]);
    const binding = new Binding(host, kind, targets.get(kind));
    list.add(binding);
    return binding;
  });
  const give = (message: string) => list.give(message, (_, error) => reported.push(error), undefined);
  return { list, bindings, log, reported, give };
}

const many = (kind: number, count: number): number[] => Array.from({ length: count }, () => kind);

describe('BindingList', () => {
  it.each([
    ['recipients', many(RECIPIENT, 3)],
    ['listeners', many(LISTENER, 3)],
    ['observers', many(OBSERVER, 3)],
    ['takers', many(SPECIAL, 3)],
    ['all kinds', [SPECIAL, OBSERVER, LISTENER, RECIPIENT]],
  ])('gives a message to all in order, and passes over those that have left: %s', (_, kinds) => {
    const { bindings, log, reported, give } = listOf(kinds);
    expect(give('a')).toBe(true);
    bindings[1].unsubscribe();
    expect(give('b')).toBe(true);
    const all = kinds.map((_kind, n) => n);
    expect(log).toEqual([...all.map((n) => `${n}:a`), ...all.filter((n) => n !== 1).map((n) => `${n}:b`)]);
    expect(reported).toEqual([]);
  });

  it('says whether anybody took it', () => {
    const { list, bindings, give } = listOf([RECIPIENT]);
    expect([list.size, give('a')]).toEqual([1, true]);
    bindings[0].unsubscribe();
    expect([list.size, give('b')]).toEqual([0, false]);
  });

  it('takes one out once', () => {
    const { list, bindings } = listOf([RECIPIENT, RECIPIENT]);
    expect([list.remove(bindings[0]), list.remove(bindings[0]), list.size]).toEqual([true, false, 1]);
  });

  it('lets holes at its end go at once, and closes up the others once they are many', () => {
    const { list, bindings, give, log, reported } = listOf(many(RECIPIENT, 300));
    const add = (): Binding => {
      const binding = new Binding({ unbind: () => undefined }, RECIPIENT, { send: () => log.push('new') });
      list.add(binding);
      return binding;
    };
    for (const binding of bindings.slice(200)) binding.unsubscribe();
    const behind = add();
    expect(behind.place).toBe(200);
    list.remove(behind);
    // 20 stay, and 5 + 32 holes among them.
    for (const binding of bindings.slice(0, 180)) binding.unsubscribe();
    expect(add().place).toBeLessThanOrEqual(20 + 5 + 32);
    give('a');
    expect(log).toEqual(
      [...bindings.keys()]
        .slice(180, 200)
        .map((n) => `${n}:a`)
        .concat('new'),
    );
    expect(reported).toEqual([]);
  });

  it('lets a few holes be', () => {
    const { bindings } = listOf(many(RECIPIENT, 100));
    for (const binding of bindings.slice(0, 30)) binding.unsubscribe();
    expect(bindings[99].place).toBe(99);
  });

  it.each([
    ['recipients', RECIPIENT],
    ['listeners', LISTENER],
    ['observers', OBSERVER],
    ['takers', SPECIAL],
  ])('closes up nothing while a message is on its way, but behind it: %s', (_, kind) => {
    const places: number[] = [];
    const { bindings, log, give } = listOf(many(kind, 200), (n) => {
      if (n > 0) return;
      for (const binding of bindings.slice(1, 150)) binding.unsubscribe();
      places.push(bindings[199].place);
    });
    give('a');
    expect(log).toEqual(['0:a', ...[...bindings.keys()].slice(150).map((n) => `${n}:a`)]);
    places.push(bindings[199].place);
    expect(places).toEqual([199, 50]);
  });

  it('knows whether there may be an exchange among them', () => {
    const { list } = listOf(many(RECIPIENT, 2));
    expect(list.linked).toBe(false);
    const taker = { recipient: undefined, take: () => true };
    list.add(new Binding({ unbind: () => undefined }, SPECIAL | LINK, taker));
    expect(list.linked).toBe(true);
  });

  it('gives its bindings up one by one, passes over those that have left meanwhile, and is empty', () => {
    const { list, bindings, log, reported, give } = listOf(many(RECIPIENT, 4));
    bindings[1].unsubscribe();
    const cleared: number[] = [];
    for (const binding of list.clear()) {
      cleared.push(bindings.indexOf(binding));
      bindings[2].unsubscribe();
    }
    expect([cleared, list.size, give('a'), log, reported]).toEqual([[0, 3], 0, false, [], []]);
  });
});
