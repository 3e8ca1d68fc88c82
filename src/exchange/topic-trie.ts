import { TopicCache } from './topic-cache.js';

/** Lists of no more values than this are searched from end to end, longer ones have an index. */
const FEW = 16;
/** So many gaps, and one more for each child, are let be before a node is rid of them. */
const GAPS_LET_BE = 8;
const NONE: readonly never[] = [];

type Compare<V> = (a: V, b: V) => number;

/** How a {@link TopicTrie} answers. */
export interface TopicTrieOptions<V> {
  /** In which order values are given; any by default. It is asked when they are gathered, not at each match. */
  readonly compare?: Compare<V>;
  /** For how many keys the answer is kept; 4096 by default. */
  readonly cachedKeys?: number;
}

/**
 * Values bound under patterns, and which of them a key matches, by the rules for topics of AMQP 0-9-1 as RabbitMQ has them:
 * words stand between dots, `*` is any one word, `#` any number of words; there is no other wildcard. The empty key and
 * the empty pattern have no words at all.
 *
 * It is a trie of words. A match walks all ways through it at once, one word after another, so that a word costs at most
 * one step for each node, however many `#` there are, and no number of words overflows the stack. For a key that comes
 * again the answer is cached.
 */
export class TopicTrie<V extends object> {
  readonly #root = new Node<V>('');
  readonly #cache: TopicCache<readonly V[]>;
  readonly #compare: Compare<V> | undefined;
  #size = 0;
  /** Where a walk has come to, none twice. This and the three below are empty between two matches, so that they hold nothing. */
  #reached: Node<V>[] = [];
  /** Where it was one word before. */
  #left: Node<V>[] = [];
  /** Every `#` that it has come by: from each of them it goes on at every word. */
  readonly #hashes: Node<V>[] = [];
  /** What it has ended with. */
  readonly #matched: Values<V>[] = [];

  constructor(options: TopicTrieOptions<V> = {}) {
    this.#cache = new TopicCache(options.cachedKeys);
    this.#compare = options.compare;
  }

  /** How many pairs of a pattern and a value there are. */
  get size(): number {
    return this.#size;
  }

  /** Binds a value under a pattern; the same pair again changes nothing. */
  add(pattern: string, value: V): void {
    const words = wordsOf(pattern);
    let node = this.#root;
    for (const word of words) node = node.child(word) ?? node.grow(word);
    if (!(node.values ??= new Values()).add(value)) return;
    this.#size++;
    this.#cache.changed(pattern, words);
  }

  /** Takes a pair out, and the nodes that nothing else needs; a pair that is not in changes nothing. */
  remove(pattern: string, value: V): void {
    const words = wordsOf(pattern);
    let node = this.#root;
    let stays = node;
    let branch = words[0];
    for (const word of words) {
      if (node.values !== undefined || node.branches > 1) {
        stays = node;
        branch = word;
      }
      const child = node.child(word);
      if (child === undefined) return;
      node = child;
    }
    if (node.values?.remove(value) !== true) return;
    this.#size--;
    if (node.values.list.length === 0) {
      node.values = undefined;
      if (node.branches === 0 && branch !== undefined) stays.cut(branch);
    }
    this.#cache.changed(pattern, words);
  }

  /**
   * The values under all patterns that a key matches, each once.
   *
   * What is given does not change any more, whatever is bound later, and is not to be changed.
   */
  match(key: string): readonly V[] {
    const cached = this.#cache.find(key);
    if (cached?.match !== undefined) return cached.match;
    this.#walk(key);
    const values = this.#gather();
    if (cached === undefined) this.#cache.offer(key, values);
    else this.#cache.update(cached, values);
    return values;
  }

  #walk(key: string): void {
    const hashes = this.#hashes;
    this.#reach(this.#root);
    let start = key === '' ? 1 : 0;
    while (start <= key.length && this.#reached.length + hashes.length > 0) {
      const dot = key.indexOf('.', start);
      const end = dot < 0 ? key.length : dot;
      const word = key.substring(start, end);
      start = end + 1;
      const left = this.#reached;
      this.#reached = this.#left;
      this.#left = left;
      // Those that are met now match words behind this one.
      for (let index = 0, met = hashes.length; index < met; index++) this.#follow(hashes[index], word);
      for (let node = left.pop(); node !== undefined; node = left.pop()) this.#follow(node, word);
    }
  }

  #follow(node: Node<V>, word: string): void {
    if (node.literals > 0) {
      const child = node.literal(word);
      if (child !== undefined) this.#reach(child);
    }
    if (node.star !== undefined) this.#reach(node.star);
  }

  /** Comes to a node, and to each `#` right behind it, which may match no word as well. */
  #reach(node: Node<V>): void {
    this.#reached.push(node);
    for (let { hash } = node; hash !== undefined && !hash.met; hash = hash.hash) {
      hash.met = true;
      this.#hashes.push(hash);
    }
  }

  /** Ends a walk: gives the values of where it has come to. */
  #gather(): readonly V[] {
    const matched = this.#matched;
    for (let node = this.#reached.pop(); node !== undefined; node = this.#reached.pop()) {
      if (node.values !== undefined) matched.push(node.values);
    }
    for (let node = this.#hashes.pop(); node !== undefined; node = this.#hashes.pop()) {
      if (node.values !== undefined) matched.push(node.values);
      node.met = false;
    }
    if (matched.length < 2) return matched.pop()?.lend(this.#compare) ?? NONE;
    const values = union(matched);
    while (matched.pop() !== undefined);
    if (this.#compare !== undefined && !isInOrder(values, this.#compare)) values.sort(this.#compare);
    return values;
  }
}

/** Where the words of some pattern lead. */
class Node<V extends object> {
  /** The values of the pattern that ends here; never empty. */
  values: Values<V> | undefined = undefined;
  star: Node<V> | undefined = undefined;
  hash: Node<V> | undefined = undefined;
  /** How many children there are by words that stand for themselves. */
  literals = 0;
  /** The child while there is but one: few nodes have more, and the smallest Map takes more than a node. */
  #only: Node<V> | undefined = undefined;
  /** A child that has gone leaves a gap: a Map that the same word is deleted from over and over becomes slow in V8. */
  #children: Map<string, Node<V> | undefined> | undefined = undefined;
  /** A `#` that the walk under way has come by. */
  met = false;
  readonly #word: string;

  constructor(word: string) {
    this.#word = word;
  }

  get branches(): number {
    return this.literals + (this.star === undefined ? 0 : 1) + (this.hash === undefined ? 0 : 1);
  }

  literal(word: string): Node<V> | undefined {
    if (this.#children !== undefined) return this.#children.get(word);
    return this.#only !== undefined && this.#only.#word === word ? this.#only : undefined;
  }

  child(word: string): Node<V> | undefined {
    if (word === '*') return this.star;
    return word === '#' ? this.hash : this.literal(word);
  }

  /** Makes the child that there is not yet. */
  grow(word: string): Node<V> {
    const child = new Node<V>(word);
    if (word === '*') this.star = child;
    else if (word === '#') this.hash = child;
    else if (++this.literals === 1) this.#only = child;
    else {
      if (this.#only !== undefined) this.#children = new Map([[this.#only.#word, this.#only]]);
      this.#only = undefined;
      this.#children!.set(word, child);
    }
    return child;
  }

  /** Takes a child out. */
  cut(word: string): void {
    if (word === '*') this.star = undefined;
    else if (word === '#') this.hash = undefined;
    else if (--this.literals === 0) this.#only = this.#children = undefined;
    else {
      this.#children!.set(word, undefined);
      if (this.#children!.size - this.literals > this.literals + GAPS_LET_BE) this.#closeUp();
    }
  }

  #closeUp(): void {
    const children = this.#children!;
    this.#children = new Map();
    for (const [word, child] of children) if (child !== undefined) this.#children.set(word, child);
  }
}

/** The values of one pattern, each once. */
class Values<V extends object> {
  list: V[] = [];
  /** Their places once they are many; weak, because what has gone is overwritten and not deleted, as in the Map above. */
  #places: WeakMap<V, number> | undefined = undefined;
  /** Somebody holds the list: the next change is made to a copy. */
  #lent = false;
  /** It may have got out of order since it was lent. */
  #stirred = false;

  lend(compare: Compare<V> | undefined): readonly V[] {
    if (this.#stirred && compare !== undefined && !isInOrder(this.list, compare)) {
      this.list.sort(compare).forEach((value, place) => this.#places?.set(value, place));
    }
    this.#stirred = false;
    this.#lent = true;
    return this.list;
  }

  has(value: V): boolean {
    return this.#place(value) >= 0;
  }

  add(value: V): boolean {
    if (this.has(value)) return false;
    this.#own();
    const place = this.list.push(value) - 1;
    this.#stirred = true;
    this.#places?.set(value, place);
    if (place === FEW) this.#places = new WeakMap(this.list.map((each, index) => [each, index]));
    return true;
  }

  remove(value: V): boolean {
    const place = this.#place(value);
    if (place < 0) return false;
    this.#own();
    const last = this.list.pop()!;
    this.#places?.set(value, -1);
    if (last !== value) {
      this.list[place] = last;
      this.#stirred = true;
      this.#places?.set(last, place);
    }
    return true;
  }

  #place(value: V): number {
    return this.#places === undefined ? this.list.indexOf(value) : (this.#places.get(value) ?? -1);
  }

  #own(): void {
    if (this.#lent) this.list = this.list.slice();
    this.#lent = false;
  }
}

/** The values of several patterns, each once: the longest list, and what the others add to it. */
function union<V extends object>(several: readonly Values<V>[]): V[] {
  let longest = several[0];
  let total = 0;
  for (const values of several) {
    total += values.list.length;
    if (values.list.length > longest.list.length) longest = values;
  }
  const all = new Array<V>(total);
  let length = 0;
  for (const value of longest.list) all[length++] = value;
  const start = length;
  const added = total - start > FEW ? new Set<V>() : undefined;
  for (const values of several) {
    if (values === longest) continue;
    for (const value of values.list) {
      let at = added === undefined ? start : length;
      while (at < length && all[at] !== value) at++;
      if (at < length || longest.has(value) || added?.has(value) === true) continue;
      all[length++] = value;
      added?.add(value);
    }
  }
  if (length < total) all.length = length;
  return all;
}

function isInOrder<V>(values: readonly V[], compare: Compare<V>): boolean {
  for (let index = 1; index < values.length; index++) {
    if (compare(values[index - 1], values[index]) > 0) return false;
  }
  return true;
}

/** The empty pattern has no word; `.` has two, which are empty. */
function wordsOf(pattern: string): string[] {
  return pattern === '' ? [] : pattern.split('.');
}
