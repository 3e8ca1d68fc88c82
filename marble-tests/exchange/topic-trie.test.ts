import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TopicTrie } from '../../src/exchange/topic-trie.js';
import { retained } from '../retained.js';
import { matches, topicRules } from './topic-rules.js';

interface Value {
  readonly name: string;
}

/** A key that is not known is cached by lot: so often asked for, it is for certain. */
const UNTIL_CACHED = 300;
const LONGEST_KEY = 255;

const value = (name: string): Value => ({ name });
const names = (values: readonly Value[]): string[] => values.map(({ name }) => name).sort();

/** The last answer of many for one key. */
function matchOften(trie: TopicTrie<Value>, key: string): readonly Value[] {
  let last = trie.match(key);
  for (let time = 1; time < UNTIL_CACHED; time++) last = trie.match(key);
  return last;
}

/** A trie that makes a new list for every key that it does not have cached, so that one sees whether it has. */
function watched(cachedKeys?: number): TopicTrie<Value> {
  const trie = new TopicTrie<Value>(cachedKeys === undefined ? {} : { cachedKeys });
  trie.add('#', value('a'));
  trie.add('#.#', value('b'));
  return trie;
}

/** Runs with how often a Map was asked; every node with two children is such a Map. */
function countLooks(run: () => void): number {
  const { get } = Map.prototype;
  let looks = 0;
  Map.prototype.get = function (this: Map<unknown, unknown>, key: unknown): unknown {
    looks++;
    return get.call(this, key);
  };
  try {
    run();
  } finally {
    Map.prototype.get = get;
  }
  return looks;
}

/** Runs with how many words were cut out of keys. */
function countWords(run: () => void): number {
  const { substring } = String.prototype;
  let words = 0;
  String.prototype.substring = function (this: string, start: number, end?: number): string {
    words++;
    return substring.call(this, start, end);
  };
  try {
    run();
  } finally {
    String.prototype.substring = substring;
  }
  return words;
}

/** Runs with how many steps collections took: one for each look-up, and one for each place of a list that is searched or copied. */
function countSteps(run: () => void): number {
  let steps = 0;
  const counted: [prototype: object, methods: string[]][] = [
    [Array.prototype, ['indexOf', 'slice']],
    [WeakMap.prototype, ['get', 'set']],
    [Set.prototype, ['has', 'add']],
  ];
  const restore = counted.flatMap(([prototype, methods]) =>
    methods.map((method) => {
      const original = Reflect.get(prototype, method) as (...args: unknown[]) => unknown;
      Reflect.set(prototype, method, function (this: object, ...args: unknown[]): unknown {
        steps += Array.isArray(this) ? this.length : 1;
        return Reflect.apply(original, this, args);
      });
      return () => Reflect.set(prototype, method, original);
    }),
  );
  try {
    run();
  } finally {
    for (const each of restore) each();
  }
  return steps;
}

describe.each(topicRules)('the rules of topics: $source', ({ keys, matches: table }) => {
  it.each(table)('X5.1 X5.2 X5.3 %o matches %o and no other', (pattern, matched) => {
    const trie = new TopicTrie<Value>();
    trie.add(pattern, value(pattern));
    expect(keys.filter((key) => trie.match(key).length > 0)).toEqual(keys.filter((key) => matched.includes(key)));
  });

  it('X5 holds with all patterns in one trie, cached and not, and with half of them after the others have gone', () => {
    const bound = table.map(([pattern, matched]) => ({ pattern, matched, value: value(pattern) }));
    for (const cachedKeys of [0, 4096]) {
      const trie = new TopicTrie<Value>({ cachedKeys });
      const check = (left: typeof bound): void => {
        for (const key of keys) {
          const expected = names(left.filter(({ matched }) => matched.includes(key)).map((each) => each.value));
          expect([key, names(trie.match(key))]).toEqual([key, expected]);
          expect([key, names(matchOften(trie, key))]).toEqual([key, expected]);
        }
      };
      for (const each of bound) trie.add(each.pattern, each.value);
      check(bound);
      for (const [index, each] of bound.entries()) if (index % 2 === 0) trie.remove(each.pattern, each.value);
      check(bound.filter((_, index) => index % 2 === 1));
      for (const each of bound) trie.remove(each.pattern, each.value);
      check([]);
      expect(trie.size).toBe(0);
    }
  });

  it('X5 is what the rules of the model give', () => {
    for (const [pattern, matched] of table)
      expect(keys.filter((key) => matches(pattern, key)).sort()).toEqual([...matched].sort());
  });
});

describe('TopicTrie', () => {
  it('matches nothing while it is empty', () => {
    const trie = new TopicTrie<Value>();
    expect([trie.size, trie.match(''), trie.match('a.b')]).toEqual([0, [], []]);
  });

  it('X5 gives a value once that is bound by several matching patterns, until the last of them has gone', () => {
    const trie = new TopicTrie<Value>();
    const both = value('both');
    const other = value('other');
    for (const pattern of ['a.*', 'a.#', '#.b']) trie.add(pattern, both);
    trie.add('a.b', other);
    expect([trie.size, names(trie.match('a.b')), names(trie.match('a'))]).toEqual([4, ['both', 'other'], ['both']]);
    trie.remove('a.#', both);
    trie.remove('a.*', both);
    expect([trie.size, names(trie.match('a.b')), names(trie.match('a'))]).toEqual([2, ['both', 'other'], []]);
    trie.remove('#.b', both);
    expect([trie.size, names(trie.match('a.b'))]).toEqual([1, ['other']]);
  });

  it('counts the same pair once, and removes it at once', () => {
    const trie = new TopicTrie<Value>();
    const twice = value('twice');
    trie.add('a.*', twice);
    trie.add('a.*', twice);
    expect([trie.size, names(trie.match('a.b'))]).toEqual([1, ['twice']]);
    trie.remove('a.*', twice);
    expect([trie.size, trie.match('a.b')]).toEqual([0, []]);
  });

  it.each([['a.c'], ['a'], ['a.b.c'], ['a.*'], ['#'], ['']])(
    'takes nothing out for the pattern %o, which is not bound',
    (pattern) => {
      const trie = new TopicTrie<Value>();
      const bound = value('bound');
      trie.add('a.b', bound);
      trie.remove(pattern, bound);
      trie.remove('a.b', value('bound'));
      expect([trie.size, names(trie.match('a.b'))]).toEqual([1, ['bound']]);
    },
  );

  it('keeps the patterns that begin like one that goes, and those that it begins like', () => {
    const patterns = ['a', 'a.b', 'a.b.c', 'a.b.*', 'a.b.#', 'a.d.c', 'e.b.c', ''];
    for (const gone of patterns) {
      const trie = new TopicTrie<Value>({ cachedKeys: 0 });
      const values = new Map(patterns.map((pattern) => [pattern, value(pattern)]));
      for (const [pattern, each] of values) trie.add(pattern, each);
      trie.remove(gone, values.get(gone)!);
      const left = patterns.filter((pattern) => pattern !== gone);
      for (const key of ['a', 'a.b', 'a.b.c', 'a.d.c', 'e.b.c', '']) {
        expect(names(trie.match(key))).toEqual(left.filter((pattern) => matches(pattern, key)).sort());
      }
    }
  });

  it('gives a list that does not change any more', () => {
    const trie = new TopicTrie<Value>();
    const [first, second, third] = ['first', 'second', 'third'].map(value);
    trie.add('a', first);
    trie.add('a', second);
    const one = trie.match('a');
    trie.add('*', third);
    const two = trie.match('a');
    trie.remove('a', first);
    trie.remove('a', second);
    trie.remove('*', third);
    expect([names(one), names(two), trie.match('a')]).toEqual([['first', 'second'], ['first', 'second', 'third'], []]);
  });

  it('X5 gives a value once that is bound by several shorter lists than another', () => {
    const trie = new TopicTrie<Value>();
    const [one, two, three] = ['one', 'two', 'three'].map(value);
    for (const each of [one, two]) trie.add('a.b', each);
    for (const pattern of ['a.*', '*.b', '#']) trie.add(pattern, three);
    expect(names(trie.match('a.b'))).toEqual(['one', 'three', 'two']);
  });

  it('finds what comes after all the words beside it have gone', () => {
    const trie = new TopicTrie<Value>({ cachedKeys: 0 });
    const bound = value('bound');
    for (let round = 0; round < 3; round++) {
      for (const pattern of ['a.x', 'a.y', 'a.z']) trie.add(pattern, bound);
      for (const pattern of ['a.x', 'a.y', 'a.z']) trie.remove(pattern, bound);
      trie.add('a.y', bound);
      expect(['a.x', 'a.y', 'a.z'].map((key) => trie.match(key).length)).toEqual([0, 1, 0]);
      trie.remove('a.y', bound);
    }
  });

  it('gives many values of one pattern, and of several, each once', () => {
    const trie = new TopicTrie<Value>();
    const values = Array.from({ length: 100 }, (_, index) => value(`v${index}`));
    for (const [index, each] of values.entries()) {
      if (index < 60) trie.add('a.#', each);
      if (index >= 30) trie.add('#.b', each);
      if (index % 3 === 0) trie.add('a.b', each);
    }
    expect(names(trie.match('a.b'))).toEqual(names(values));
    for (const each of values.slice(10, 50)) trie.remove('a.#', each);
    for (const each of values.slice(10, 20)) trie.add('a.#', each);
    expect(names(trie.match('a'))).toEqual(names([...values.slice(0, 20), ...values.slice(50, 60)]));
  });

  it('takes values of any kind, such as no text can be made of, too', () => {
    const trie = new TopicTrie<object>();
    const values = Array.from({ length: 3 }, () => Object.create(null) as object);
    for (const each of values) trie.add('a.*', each);
    trie.add('*.b', values[1]);
    expect([trie.match('a.c'), trie.match('a.b')].map((matched) => new Set(matched))).toEqual(
      Array(2).fill(new Set(values)),
    );
  });

  it('gives the values of a pattern in order, before and after one comes or goes', () => {
    const trie = new TopicTrie<{ readonly place: number }>({ compare: (a, b) => a.place - b.place });
    const values = Array.from({ length: 5 }, (_, place) => ({ place }));
    const places = (): number[] => trie.match('a').map(({ place }) => place);
    for (const place of [3, 1, 4]) trie.add('a', values[place]);
    expect(places()).toEqual([1, 3, 4]);
    for (const place of [2, 0]) trie.add('a', values[place]);
    expect(places()).toEqual([0, 1, 2, 3, 4]);
    trie.remove('a', values[0]);
    expect(places()).toEqual([1, 2, 3, 4]);
  });

  it('asks for the order of the values of a pattern once, until one of them comes or goes', () => {
    let asked = 0;
    const compare = (a: { place: number }, b: { place: number }): number => {
      asked++;
      return a.place - b.place;
    };
    const trie = new TopicTrie<{ place: number }>({ compare, cachedKeys: 0 });
    for (const place of [2, 1, 3]) trie.add('a.*', { place });
    const askedFor = (): number => {
      const before = asked;
      for (let time = 0; time < 5; time++) trie.match('a.b');
      return asked - before;
    };
    expect([askedFor() > 0, askedFor()]).toEqual([true, 0]);
    trie.add('a.*', { place: 0 });
    expect([askedFor() > 0, askedFor()]).toEqual([true, 0]);
  });

  it('gives values in the order that is asked for, whichever way they came and went', () => {
    const order = fc.array(fc.nat(60), { maxLength: 80, size: 'max' });
    fc.assert(
      fc.property(order, order, order, (ones, others, gone) => {
        const trie = new TopicTrie<{ readonly place: number }>({ compare: (a, b) => a.place - b.place });
        const values = Array.from({ length: 61 }, (_, place) => ({ place }));
        const places = (key: string): number[] => trie.match(key).map(({ place }) => place);
        const sorted = (each: Iterable<number>): number[] => [...new Set(each)].sort((a, b) => a - b);
        for (const place of ones) trie.add('a.*', values[place]);
        for (const place of others) trie.add('*.b', values[place]);
        expect([places('a.c'), places('a.b')]).toEqual([sorted(ones), sorted([...ones, ...others])]);
        for (const place of gone) trie.remove('a.*', values[place]);
        const left = ones.filter((place) => !gone.includes(place));
        expect([places('a.c'), places('a.b')]).toEqual([sorted(left), sorted([...left, ...others])]);
      }),
    );
  });
});

describe('TopicTrie under random programs', () => {
  const VALUES = 4;
  const topics = fc
    .array(fc.constantFrom('a', 'b', '', '*', '#', '##', '__proto__'), { maxLength: 5 })
    .map((words) => words.join('.'));
  const steps = fc.array(
    fc.record({ do: fc.constantFrom('add', 'add', 'remove', 'match'), topic: topics, index: fc.nat(20) }),
    { maxLength: 60, size: 'max' },
  );
  const keys = fc.array(topics, { minLength: 1, maxLength: 6 });

  it.each([0, 2, 8, 4096])('X5.1 X5.2 X5.3 behaves like the rules with %i cached keys', (cachedKeys) => {
    fc.assert(
      fc.property(steps, keys, (program, often) => {
        const trie = new TopicTrie<Value>({ cachedKeys });
        const values = Array.from({ length: VALUES }, (_, index) => value(`v${index}`));
        let bound: (readonly [pattern: string, value: Value])[] = [];
        const check = (key: string): void => {
          const expected = new Set(bound.filter(([pattern]) => matches(pattern, key)).map(([, each]) => each));
          expect([key, names(trie.match(key))]).toEqual([key, names([...expected])]);
        };
        for (const { do: what, topic, index } of program) {
          if (what === 'match') check(topic);
          else {
            // Something that is in, where there is so much, is more worth taking out than anything.
            const any = [topic, values[index % VALUES]] as const;
            const [pattern, each] = what === 'remove' ? (bound.at(index) ?? any) : any;
            trie[what === 'add' ? 'add' : 'remove'](pattern, each);
            bound = bound.filter((pair) => pair[0] !== pattern || pair[1] !== each);
            if (what === 'add') bound.push([pattern, each]);
          }
          expect(trie.size).toBe(bound.length);
          // These are asked for after each step, so that they get into the cache, and must not be out of date in it.
          for (const key of often) for (let time = 0; time < 8; time++) trie.match(key);
          for (const key of often) check(key);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('the cost of a match', () => {
  const hashes = (count: number, between = ''): string => Array<string>(count).fill(`#${between}`).join('.');
  const key = (count: number): string => Array<string>(count).fill('a').join('.');

  it('X5.6 looks at each node once a word at the most, however many # there are', () => {
    const trie = new TopicTrie<Value>({ cachedKeys: 0 });
    for (let count = 1; count <= 200; count++)
      for (const end of ['x', 'y']) trie.add(`${hashes(count)}.${end}`, value(end));
    let matched: readonly Value[] | undefined;
    const looks = countLooks(() => (matched = trie.match(key(200))));
    expect(matched).toEqual([]);
    expect(looks).toBeGreaterThanOrEqual(200 * 200);
    expect(looks).toBeLessThanOrEqual(200 * 200 + 10);
  });

  it('X5.6 does so with words between them that all match', () => {
    const trie = new TopicTrie<Value>({ cachedKeys: 0 });
    for (let count = 1; count <= 100; count++) {
      for (const end of ['a', 'x']) trie.add(`${hashes(count, '.a')}.${end}`, value(`${count}${end}`));
      for (const end of ['x', 'y'])
        trie.add(`${hashes(count - 1, '.a')}${count > 1 ? '.' : ''}#.${end}`, value('none'));
    }
    let matched: readonly Value[] = [];
    const looks = countLooks(() => (matched = trie.match(key(200))));
    expect(matched).toHaveLength(100);
    expect(looks).toBeLessThanOrEqual(200 * 200 + 10);
  });

  it.each([
    [[], 1],
    [['a.x', 'a.y'], 2],
    [['a.b.x', '*.b.c.x'], 4],
    [['a.*'], 3],
    [['x.#'], 1],
    [['a.#'], 6],
  ])('X5.6 reads no more of a key than some pattern begins like: with %j, %i words', (patterns, words) => {
    const trie = new TopicTrie<Value>({ cachedKeys: 0 });
    for (const pattern of patterns) trie.add(pattern, value(pattern));
    expect(countWords(() => trie.match('a.b.c.d.e.f'))).toBe(words);
  });

  describe.each([[[]], [['']], [['a.x']], [['a.x', 'a.y']], [['a.b.x']], [['*.x', 'x']], [['a.b']]])(
    'beside %j',
    (others) => {
      it.each(['', 'a', 'a.b', 'a.b.c.d', 'a.*.c.*', '*.b.*.d', '*.*', '#', 'a.#', '#.b', 'a.b.#.d'])(
        'X5.6 is the same after %o has come and gone',
        (pattern) => {
          const trie = new TopicTrie<Value>({ cachedKeys: 0 });
          for (const other of others) trie.add(other, value(other));
          const cost = (): number => countWords(() => trie.match('a.b.c.d.e.f'));
          const before = cost();
          const passing = value('passing');
          trie.add(pattern, passing);
          trie.remove(pattern, passing);
          expect(cost()).toBe(before);
        },
      );
    },
  );

  it('is the same for one more value of a pattern, however many it has', () => {
    const COUNT = 500;
    const trie = new TopicTrie<Value>({ cachedKeys: 0 });
    const values = Array.from({ length: COUNT }, (_, index) => value(`v${index}`));
    // Somebody holds a list: only the first change after that is made to a copy.
    const cost = (run: (each: Value) => void): number =>
      countSteps(() => {
        trie.match('a');
        for (const each of values) run(each);
      }) / COUNT;
    expect(cost((each) => trie.add('a', each))).toBeLessThan(5);
    expect(trie.match('a')).toHaveLength(COUNT);
    expect(cost((each) => trie.add('a', each))).toBeLessThan(5);
    expect(cost((each) => trie.remove('a', each))).toBeLessThan(5);
    expect(trie.size).toBe(0);
  });

  it.each([
    ['a', '*', '#'],
    ['*', '#', 'a'],
    ['#', 'a', '*'],
  ])('is that of the few, where few values come to the many of %o', (many, few, fewer) => {
    const trie = new TopicTrie<Value>({ cachedKeys: 0 });
    for (let index = 0; index < 500; index++) trie.add(many, value(`v${index}`));
    for (let index = 0; index < 3; index++) trie.add(few, value(`w${index}`));
    trie.add(fewer, value('x'));
    let matched: readonly Value[] = [];
    const steps = countSteps(() => (matched = trie.match('a')));
    expect(matched).toHaveLength(504);
    expect(steps).toBeLessThan(10);
  });

  it('X5 takes patterns and keys of 10,000 words', () => {
    const trie = new TopicTrie<Value>();
    const patterns = [key(10_000), hashes(10_000), `${key(9_999)}.*`, `#.${key(9_999)}`, `${key(9_999)}.b`];
    const values = patterns.map((_, index) => value(`${index}`));
    for (const [index, pattern] of patterns.entries()) trie.add(pattern, values[index]);
    const deep = `${key(5_000)}.${key(5_000)}`;
    // The pattern of 10,000 # is one step a word and node: a short key shows it.
    trie.remove(patterns[1], values[1]);
    expect(names(trie.match(deep))).toEqual(['0', '2', '3']);
    trie.add(patterns[1], values[1]);
    expect(names(trie.match('a.b.c'))).toEqual(['1']);
    for (const [index, pattern] of patterns.entries()) trie.remove(pattern, values[index]);
    expect([trie.size, trie.match(deep)]).toEqual([0, []]);
  });
});

describe('the cache of a TopicTrie', () => {
  it('answers a key that comes again with the same list, as long as nothing changes for it', () => {
    const trie = watched();
    const kept = matchOften(trie, 'a.b');
    expect(trie.match('a.b')).toBe(kept);
    // None of these matches that key, and there is a word in each that it does not have.
    const other = value('other');
    for (const pattern of ['a', 'a.c', '*.c', 'a.b.c', 'a.*.c', '#.d.#', '']) {
      trie.add(pattern, other);
      expect(trie.match('a.b')).toBe(kept);
      trie.remove(pattern, other);
    }
  });

  it.each(['a.b', 'a.*', '*.b', 'a.#', '#.b', '#.a.#', '*.*', '#', '#.#'])(
    'follows what comes and goes under %o',
    (pattern) => {
      const trie = watched();
      const [third, fourth] = ['c', 'd'].map(value);
      matchOften(trie, 'a.b');
      trie.add(pattern, third);
      expect(names(matchOften(trie, 'a.b'))).toEqual(['a', 'b', 'c']);
      trie.add(pattern, fourth);
      expect(names(matchOften(trie, 'a.b'))).toEqual(['a', 'b', 'c', 'd']);
      trie.remove(pattern, third);
      expect(names(matchOften(trie, 'a.b'))).toEqual(['a', 'b', 'd']);
      trie.remove(pattern, fourth);
      expect(names(matchOften(trie, 'a.b'))).toEqual(['a', 'b']);
    },
  );

  it('follows what comes under a pattern also for keys that came after the last change', () => {
    const trie = watched();
    const [third, fourth] = ['c', 'd'].map(value);
    matchOften(trie, 'a.1');
    trie.add('a.*', third);
    matchOften(trie, 'a.2');
    trie.add('a.*', fourth);
    expect(names(trie.match('a.2'))).toEqual(['a', 'b', 'c', 'd']);
  });

  it('knows of a pattern with wildcards which keys it cannot concern, by its rarest word', () => {
    const trie = watched();
    const keys = Array.from({ length: 100 }, (_, index) => `user.${index}.joined`);
    const kept = keys.map((key) => matchOften(trie, key));
    trie.add('user.7.*', value('other'));
    expect(keys.filter((key, index) => trie.match(key) !== kept[index])).toEqual(['user.7.joined']);
    trie.add('*.8.#', value('other'));
    expect(keys.filter((key, index) => trie.match(key) !== kept[index])).toEqual(['user.7.joined', 'user.8.joined']);
  });

  it('has a key that it knew at once again, when its list has changed', () => {
    const trie = watched();
    matchOften(trie, 'a.b');
    for (let time = 0; time < 100; time++) {
      const passing = value('passing');
      trie.add('a.*', passing);
      expect(trie.match('a.b')).toBe(trie.match('a.b'));
      trie.remove('a.*', passing);
      expect(trie.match('a.b')).toBe(trie.match('a.b'));
    }
  });

  it.each([0, 1, 2, 10, 64])('has %i keys at the most', (cachedKeys) => {
    const trie = watched(cachedKeys);
    const keys = Array.from({ length: 1_000 }, (_, index) => `key.${index}`);
    const last = new Map(keys.map((key) => [key, matchOften(trie, key)]));
    // A list that is not cached is made anew. The newest first: whatever this itself puts in pushes out the oldest.
    const cached = keys.reverse().filter((key) => trie.match(key) === last.get(key)).length;
    expect(cached).toBeLessThanOrEqual(cachedKeys);
    expect(cached).toBeGreaterThanOrEqual(cachedKeys < 2 ? 0 : cachedKeys / 2 - 1);
  });

  it('has 4,096 keys at the most unless told otherwise', () => {
    const trie = watched();
    const keys = Array.from({ length: 6_000 }, (_, index) => `key.${index}`);
    const last = new Map(keys.map((key) => [key, matchOften(trie, key)]));
    const cached = keys.reverse().filter((key) => trie.match(key) === last.get(key)).length;
    expect(cached).toBeLessThanOrEqual(4_096);
    expect(cached).toBeGreaterThanOrEqual(2_048);
  });

  it('has no key that is longer than 255 characters', () => {
    const trie = watched();
    for (const length of [1, LONGEST_KEY, LONGEST_KEY + 1, 10_000]) {
      const key = 'k'.repeat(length);
      const kept = matchOften(trie, key);
      expect([length, trie.match(key) === kept]).toEqual([length, length <= LONGEST_KEY]);
    }
  });

  it('has few of the keys that come but once', () => {
    const trie = watched();
    const keys = Array.from({ length: 1_600 }, (_, index) => `once.${index}`);
    const first = keys.map((key) => trie.match(key));
    const cached = keys.filter((key, index) => trie.match(key) === first[index]).length;
    expect(cached).toBeGreaterThan(50);
    expect(cached).toBeLessThan(200);
  });

  it('does not lose a key that comes often to keys that come but once', () => {
    const trie = watched(16);
    const kept = matchOften(trie, 'hot');
    let lost = 0;
    for (let index = 0; index < 20_000; index++) {
      trie.match(`once.${index}`);
      if (trie.match('hot') !== kept) lost++;
    }
    expect(lost).toBe(0);
  });

  it('comes to know a key that comes at every second, third or eighth message', () => {
    for (const every of [2, 3, 8, 16]) {
      const trie = watched(1024);
      for (let index = 0; index < 500 * every; index++)
        trie.match(index % every === 0 ? 'hot' : `once.${every}.${index}`);
      expect(trie.match('hot')).toBe(trie.match('hot'));
    }
  });
});

describe('what a TopicTrie leaves behind', () => {
  const MEGABYTE = 2 ** 20;
  const long = (index: number): Value => ({ name: `${index}`.padEnd(1_000, '.') });

  it('E9 keeps neither nodes nor values of what was taken out', () => {
    const trie = new TopicTrie<object>();
    for (let index = 0; index < 20; index++) trie.add(`user.other-${index}.x`, {});
    const churn = (from: number): TopicTrie<object> => {
      for (let id = from; id < from + 10_000; id++) {
        const bound = Array.from({ length: 100 }, () => id);
        const patterns = [`user.${id}`, `user.${id}.a.b.c.d`, `user.${id}.#`, `*.${id}.a.*.*`, `#.${id}`];
        for (const pattern of patterns) trie.add(pattern, bound);
        for (let time = 0; time < 10; time++) trie.match(`user.${id}.a.b.c.d`);
        for (const pattern of patterns) trie.remove(pattern, bound);
      }
      return trie;
    };
    // By then there are as many keys in the cache as there may be.
    churn(10_000);
    expect(retained(() => churn(20_000))).toBeLessThan(MEGABYTE / 2);
    expect(trie.size).toBe(20);
  });

  it.each(['a', 'b', '*', '#'])('E9 keeps no word that stood behind %o', (first) => {
    const trie = new TopicTrie<object>();
    for (const pattern of ['a', 'c', 'd']) trie.add(pattern, {});
    const left = retained(() => {
      const pattern = `${first}.${'long'.repeat(MEGABYTE)}`;
      const bound = {};
      trie.add(pattern, bound);
      trie.match(pattern);
      trie.remove(pattern, bound);
      return trie;
    });
    expect(left).toBeLessThan(MEGABYTE);
  });

  it('E9 keeps no long text that a key was cut out of', () => {
    const trie = watched(1000);
    const left = retained(() => {
      for (let index = 0; index < 400; index++) {
        const text = long(index).name.repeat(20).concat(`a.key.behind.it.all.${index}`);
        matchOften(trie, text.slice(20_000));
      }
      return trie;
    });
    expect(left).toBeLessThan(MEGABYTE);
  });
});
