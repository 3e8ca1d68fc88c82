import { describe, expect, it } from 'vitest';
import { TopicCache } from '../../src/exchange/topic-cache.js';

/** Offers a key until it is drawn: one in sixteen is. */
function keep(cache: TopicCache<object>, ...keys: string[]): void {
  for (const key of keys) {
    for (let time = 0; cache.find(key) === undefined; time++) {
      if (time > 1_000) throw new Error(`${key} is never drawn`);
      cache.offer(key, { key });
    }
  }
}

/** Which keys it still knows the match of; one after the other, because who is asked for stays longer. */
const known = (cache: TopicCache<object>, ...keys: string[]): string[] =>
  keys.filter((key) => cache.find(key)?.match !== undefined);

describe('TopicCache', () => {
  it('finds what was offered, and what it was brought up to date with', () => {
    const cache = new TopicCache();
    keep(cache, 'a.b');
    const found = cache.find('a.b')!;
    expect(found.match).toEqual({ key: 'a.b' });
    const match = {};
    cache.update(found, match);
    expect(cache.find('a.b')!.match).toBe(match);
  });

  it('keeps no more keys than it is told, in two generations', () => {
    const cache = new TopicCache(4);
    keep(cache, 'a', 'b', 'c', 'd');
    expect(known(cache, 'c', 'd')).toEqual(['c', 'd']);
    keep(cache, 'e');
    expect(known(cache, 'a', 'b')).toEqual([]);
    expect(known(cache, 'e', 'c', 'd')).toEqual(['e', 'c', 'd']);
  });

  it('keeps for longer what is asked for', () => {
    const cache = new TopicCache(4);
    keep(cache, 'a', 'b', 'c');
    expect(known(cache, 'a')).toEqual(['a']);
    keep(cache, 'd');
    expect(known(cache, 'b', 'a')).toEqual(['a']);
  });

  it.each([0, 1])('keeps none when it has no room for two: %d', (capacity) => {
    const cache = new TopicCache(capacity);
    for (let time = 0; time < 1_000; time++) cache.offer(`k${time % 2}`, {});
    expect(known(cache, 'k0', 'k1')).toEqual([]);
  });

  it.each<[what: string, pattern: string, outdated: string[]]>([
    ['a pattern without wildcards: the key that it is', 'a.x', ['a.x']],
    ['one with them: the keys that have its rarest word', 'a.x.#', ['a.x', 'a.a.y']],
    ['a word that a key has twice, which counts as one', '*.w.e', ['e.e.w']],
    ['one word: the keys that have it', '*.x', ['a.x', 'b.x', 'c.x']],
    ['one whose words no key has: none', 'a.z.*', []],
    ['one with an empty word, which is a word like others: none', '.*', []],
    ['one of wildcards alone: all', '#', ['a.x', 'b.x', 'c.x', 'a.a.y', 'e.e.w', 'f.w']],
  ])('outdates with %s', (_, pattern, outdated) => {
    const keys = ['a.x', 'b.x', 'c.x', 'a.a.y', 'e.e.w', 'f.w'];
    const cache = new TopicCache();
    keep(cache, ...keys);
    cache.changed(pattern, pattern.split('.'));
    const still = known(cache, ...keys);
    expect(keys.filter((key) => !still.includes(key))).toEqual(outdated);
  });
});
