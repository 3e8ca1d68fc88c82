/** So many keys are kept unless another number is asked for. */
const CAPACITY = 4096;
/** Longer keys are not kept; a routing key of AMQP 0-9-1 has no more. */
const LONGEST_KEY = 255;

/** Every key is under this word, too, which stands for itself in no pattern. */
const ALL = '#';

/** What one key has matched. */
export class CachedMatch<M extends object> {
  readonly key: string;
  /** Nothing once it is out of date. */
  match: M | undefined;

  constructor(key: string, match: M) {
    this.key = key;
    this.match = match;
  }
}

/**
 * What keys have matched, for those that come again: at most `capacity` keys of no more than 255 characters, in two
 * generations of half of them each. Once the young one is full it becomes the old one, and what nobody has asked for
 * meanwhile is let go.
 *
 * Of the keys that it does not know it keeps one in sixteen, by lot: those that come but once, because there is an id in
 * them, cost little and do not crowd out the others, whose lot is soon drawn.
 */
export class TopicCache<M extends object> {
  readonly #half: number;
  #young = new Generation<M>();
  #old = new Generation<M>();
  #lot = 1;
  /** How often a key was put in or brought up to date. */
  #changes = 0;

  constructor(capacity = CAPACITY) {
    this.#half = Math.floor(capacity / 2);
  }

  /** What a key has matched, if that is known; it may be out of date. */
  find(key: string): CachedMatch<M> | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.#put(old);
    return old;
  }

  /** Brings up to date what `find` has found. */
  update(cached: CachedMatch<M>, match: M): void {
    cached.match = match;
    this.#changes++;
  }

  /** Offers what a key has matched that `find` did not know. */
  offer(key: string, match: M): void {
    // A linear congruential generator, because with a plain count a key that comes at every second message may never be drawn.
    this.#lot = (Math.imul(this.#lot, 1664525) + 1013904223) | 0;
    if (this.#lot >>> 28 > 0 || key.length > LONGEST_KEY || this.#half === 0) return;
    // A copy, because V8 keeps the whole of a text for a key that was cut out of it.
    this.#put(new CachedMatch(key.split('').join(''), match));
  }

  /** A value has come or gone under a pattern: whatever that matches is out of date, and nothing of it is held. */
  changed(pattern: string, words: readonly string[]): void {
    if (words.some(isWildcard)) {
      this.#young.outdateAll(words, this.#changes);
      this.#old.outdateAll(words, this.#changes);
    } else {
      this.#young.outdate(pattern);
      this.#old.outdate(pattern);
    }
  }

  #put(cached: CachedMatch<M>): void {
    if (this.#young.size === this.#half) {
      this.#old = this.#young;
      this.#young = new Generation();
    }
    this.#young.put(cached);
    this.#changes++;
  }
}

class Generation<M extends object> {
  readonly #byKey = new Map<string, CachedMatch<M>>();
  /** An index, and what is not in it yet: it is not made unless patterns with wildcards come and go. */
  readonly #byWord = new Map<string, Having<M>>();
  #notIndexed: CachedMatch<M>[] = [];

  get size(): number {
    return this.#byKey.size;
  }

  get(key: string): CachedMatch<M> | undefined {
    return this.#byKey.get(key);
  }

  put(cached: CachedMatch<M>): void {
    this.#byKey.set(cached.key, cached);
    this.#notIndexed.push(cached);
  }

  outdate(key: string): void {
    const cached = this.#byKey.get(key);
    if (cached !== undefined) cached.match = undefined;
  }

  /** Outdates all keys that have one word of a pattern, the word that the fewest have. */
  outdateAll(words: readonly string[], changes: number): void {
    if (this.size === 0) return;
    this.#index();
    let fewest = this.#byWord.get(ALL)!;
    for (const word of words) {
      if (isWildcard(word)) continue;
      const having = this.#byWord.get(word);
      if (having === undefined) return;
      if (having.keys.length < fewest.keys.length) fewest = having;
    }
    if (fewest.outdatedAt === changes) return;
    fewest.outdatedAt = changes;
    for (const cached of fewest.keys) cached.match = undefined;
  }

  #index(): void {
    for (const cached of this.#notIndexed) {
      for (const word of [ALL, ...cached.key.split('.')]) {
        const having = this.#byWord.get(word);
        if (having === undefined) this.#byWord.set(word, { keys: [cached], outdatedAt: -1 });
        else if (having.keys[having.keys.length - 1] !== cached) having.keys.push(cached);
      }
    }
    this.#notIndexed = [];
  }
}

/** The keys that have a word. */
interface Having<M extends object> {
  readonly keys: CachedMatch<M>[];
  /** After how many changes they were outdated; unless there are more by now, they still are. */
  outdatedAt: number;
}

function isWildcard(word: string): boolean {
  return word === '*' || word === '#';
}
