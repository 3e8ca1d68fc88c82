/** Which of its keys each pattern matches; the others it does not. */
export interface TopicRules {
  readonly source: string;
  readonly keys: readonly string[];
  readonly matches: readonly (readonly [pattern: string, keys: readonly string[]])[];
}

const some = ['a.b.c', 'a.b', 'a.b.b', 'b.c.c', 'a.a.a.a.a', 'b.b.c', 'tea.black', 'tea.green', 'is.there.any.body'];
const single = ['alone', 'with-dash'];
const nonEmpty = [...some, ...single];
const all = ['', ...nonEmpty];

/**
 * What RabbitMQ's own suite expects of its topic exchange, turned round and with other words: the test `topic` of
 * https://github.com/rabbitmq/rabbitmq-server/blob/main/deps/rabbit/test/routing_SUITE.erl.
 */
const rabbitMQ: TopicRules = {
  source: 'the suite of RabbitMQ',
  keys: all,
  matches: [
    ['', ['']],
    ['#', all],
    ['#.#', all],
    ['#.#.#', all],
    ['*', single],
    ['*.#', nonEmpty],
    ['#.*.#', nonEmpty],
    ['*.#.#', nonEmpty],
    ['*.*', ['a.b', 'tea.black', 'tea.green']],
    ['*.*.*', ['a.b.c', 'a.b.b', 'b.c.c', 'b.b.c']],
    ['a.b.c', ['a.b.c']],
    ['a.b.b', ['a.b.b']],
    ['a.b.b.c', []],
    ['b.b.c', ['b.b.c']],
    ['a.b', ['a.b']],
    ['b.c', []],
    ['tea.green', ['tea.green']],
    ['with-dash', ['with-dash']],
    ['a.*', ['a.b']],
    ['a.*.c', ['a.b.c']],
    ['*.b.c', ['a.b.c', 'b.b.c']],
    ['a.#', ['a.b.c', 'a.b', 'a.b.b', 'a.a.a.a.a']],
    ['a.#.#', ['a.b.c', 'a.b', 'a.b.b', 'a.a.a.a.a']],
    ['a.#.b', ['a.b', 'a.b.b']],
    ['#.b', ['a.b', 'a.b.b']],
    ['#.b.#', ['a.b.c', 'a.b', 'a.b.b', 'b.c.c', 'b.b.c']],
  ],
};

/** The example of AMQP 0-9-1, section 3.1.3.3: https://www.rabbitmq.com/resources/specs/amqp0-9-1.pdf. */
const specification: TopicRules = {
  source: 'the specification',
  keys: ['usd.stock', 'eur.stock.db', 'stock.nasdaq'],
  matches: [['*.stock.#', ['usd.stock', 'eur.stock.db']]],
};

/** The animals of RabbitMQ's tutorial on topics: https://www.rabbitmq.com/tutorials/tutorial-five-javascript. */
const tutorial: TopicRules = {
  source: 'the tutorial of RabbitMQ',
  keys: [
    'quick.orange.rabbit',
    'lazy.orange.elephant',
    'quick.orange.fox',
    'lazy.brown.fox',
    'lazy.pink.rabbit',
    'quick.brown.fox',
    'orange',
    'quick.orange.new.rabbit',
    'lazy.orange.new.rabbit',
  ],
  matches: [
    ['*.orange.*', ['quick.orange.rabbit', 'lazy.orange.elephant', 'quick.orange.fox']],
    ['*.*.rabbit', ['quick.orange.rabbit', 'lazy.pink.rabbit']],
    ['lazy.#', ['lazy.orange.elephant', 'lazy.brown.fox', 'lazy.pink.rabbit', 'lazy.orange.new.rabbit']],
  ],
};

/** A word may be empty, also at the ends; the empty key has none. RabbitMQ splits keys so in rabbit_db_topic_exchange.erl. */
const emptyWords: TopicRules = {
  source: 'empty words',
  keys: ['', '.', '..', 'a', 'a.', '.a', 'a..', 'a..b', '..a'],
  matches: [
    ['', ['']],
    ['.', ['.']],
    ['*', ['a']],
    ['*.*', ['.', 'a.', '.a']],
    ['*.*.*', ['..', 'a..', 'a..b', '..a']],
    ['a.*', ['a.']],
    ['*.a', ['.a']],
    ['a.', ['a.']],
    ['a.#', ['a', 'a.', 'a..', 'a..b']],
    ['#.a', ['a', '.a', '..a']],
    ['a.*.b', ['a..b']],
    ['a.#.b', ['a..b']],
    ['a..b', ['a..b']],
    ['#.', ['.', '..', 'a.', 'a..']],
    ['.#', ['.', '..', '.a', '..a']],
    ['#..#', ['.', '..', 'a.', '.a', 'a..', 'a..b', '..a']],
    ['*.', ['.', 'a.']],
  ],
};

const zeroOrMore: TopicRules = {
  source: '# for no word, one and more',
  keys: ['a', 'd', 'a.d', 'a.b.d', 'a.b.c.d', 'a.d.d', 'd.a', 'a.d.b'],
  matches: [
    ['a.#.d', ['a.d', 'a.b.d', 'a.b.c.d', 'a.d.d']],
    ['#.a.#.d.#', ['a.d', 'a.b.d', 'a.b.c.d', 'a.d.d', 'a.d.b']],
    ['#.*.d', ['a.d', 'a.b.d', 'a.b.c.d', 'a.d.d']],
    ['*.#.d', ['a.d', 'a.b.d', 'a.b.c.d', 'a.d.d']],
    ['#.*.*.#', ['a.d', 'a.b.d', 'a.b.c.d', 'a.d.d', 'd.a', 'a.d.b']],
    ['#.d.#.d', ['a.d.d']],
    ['a.#.#.*', ['a.d', 'a.b.d', 'a.b.c.d', 'a.d.d', 'a.d.b']],
    ['#.a', ['a', 'd.a']],
  ],
};

/** Only a whole word is a wildcard; in a key nothing is. */
const literals: TopicRules = {
  source: 'words that stand for themselves',
  keys: ['##', '**', '#', '*', 'a#b', 'a*', '#a', 'axb', 'ab', 'x', '##.x', 'A', 'a', ' a'],
  matches: [
    ['##', ['##']],
    ['**', ['**']],
    ['#.##', ['##']],
    ['a#b', ['a#b']],
    ['a*', ['a*']],
    ['#a', ['#a']],
    ['##.*', ['##.x']],
    ['*', ['##', '**', '#', '*', 'a#b', 'a*', '#a', 'axb', 'ab', 'x', 'A', 'a', ' a']],
    ['a', ['a']],
  ],
};

const names = [
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'toString',
  'prototype',
  'undefined',
  'null',
  '0',
  '-1',
  '1e3',
];

/** Words that mean something to JavaScript, or are not ASCII. */
const strangeWords: TopicRules = {
  source: 'strange words',
  keys: [...names, '__proto__.x', 'x.__proto__', 'größe', 'gro\u0308ße', '🦊', '🦊.日本', '\ud83e', '\0', 'a\nb'],
  matches: [
    ...names.map((name) => [name, [name]] as const),
    ['__proto__.*', ['__proto__.x']],
    ['#.__proto__', ['__proto__', 'x.__proto__']],
    ['valueOf', []],
    ['größe', ['größe']],
    ['🦊', ['🦊']],
    ['🦊.#', ['🦊', '🦊.日本']],
    ['*.日本', ['🦊.日本']],
    ['\ud83e', ['\ud83e']],
    ['\0', ['\0']],
    ['a\nb', ['a\nb']],
  ],
};

/** What topics match: the rules of AMQP 0-9-1, as RabbitMQ has them. */
export const topicRules: readonly TopicRules[] = [
  rabbitMQ,
  specification,
  tutorial,
  emptyWords,
  zeroOrMore,
  literals,
  strangeWords,
];

/** The rules themselves, as plainly as they can be said. */
export function matches(pattern: string, key: string): boolean {
  const [wanted, words] = [pattern, key].map((text) => (text === '' ? [] : text.split('.')));
  const matchFrom = (place: number, at: number): boolean => {
    if (place === wanted.length) return at === words.length;
    const more = at < words.length;
    if (wanted[place] === '#') return matchFrom(place + 1, at) || (more && matchFrom(place, at + 1));
    return more && (wanted[place] === '*' || wanted[place] === words[at]) && matchFrom(place + 1, at + 1);
  };
  return matchFrom(0, 0);
}
