// P13: publishing under a key to those that are bound to a pattern which it matches, among ten thousand patterns.

import { timesBetter } from '../harness/bars.mjs';
import { mapValues } from '../harness/map-values.mjs';
import { millionsPerSecond, size } from '../harness/units.mjs';
import { eventemitter2, ours, qlobber } from '../peers/topics.mjs';

const PATTERNS = 10_000;
const KEYS = 1_000;

/**
 * Markets, each with symbols: nine patterns in ten name one price, the others take any price of a symbol, any message of a
 * symbol, or all of a market.
 */
const MARKETS = 100;
const SYMBOLS = 100;

const patterns = Array.from({ length: PATTERNS }, (_, index) => {
  const [market, symbol] = [`m${Math.floor(index / SYMBOLS)}`, `s${index % SYMBOLS}`];
  if (index % 10 > 0) return `${market}.${symbol}.price`;
  return [`*.${symbol}.price`, `${market}.${symbol}.*`, `${market}.#`][(index / 10) % 3];
});

const matching = Array.from(
  { length: KEYS },
  (_, index) => `m${index % MARKETS}.s${Math.floor((index * 7) / 10) % SYMBOLS}.price`,
);
const unmatched = Array.from({ length: KEYS }, (_, index) => `nowhere.s${index % SYMBOLS}.volume`);

export const rows = (scale) => [row('matching', matching, 1e6 * scale), row('that match none', unmatched, 1e6 * scale)];

const row = (which, keys, publishes) => ({
  id: 'P13',
  title: `${size(PATTERNS)} topic patterns, keys ${which}`,
  unit: millionsPerSecond('publishes'),
  bar: timesBetter(5, { than: ['eventemitter2'] }),
  contestants: mapValues({ ours, eventemitter2, qlobber }, (open) => publishing(open, keys, publishes)),
});

class Recipient {
  received = 0;
  receive = (message) => {
    this.received = (this.received + message) | 0;
  };
  send(message) {
    this.received = (this.received + message) | 0;
  }
}

const publishing = (open, keys, publishes) => async () => {
  const bindings = patterns.map((pattern) => ({ pattern, recipient: new Recipient() }));
  const publish = await open(bindings);
  const words = patterns.map((pattern) => pattern.split('.'));
  const routes = keys.map((key) => {
    const parts = key.split('.');
    return bindings.filter((_, index) => matches(words[index], parts));
  });

  return async (share) => {
    const operations = Math.round(publishes * share);
    for (const { recipient } of bindings) recipient.received = 0;
    const start = performance.now();
    for (let message = 0; message < operations; message++) publish(keys[message % KEYS], message);
    const nanoseconds = (performance.now() - start) * 1e6;

    const expected = new Map(bindings.map(({ recipient }) => [recipient, 0]));
    for (let message = 0; message < operations; message++)
      for (const { recipient } of routes[message % KEYS])
        expected.set(recipient, (expected.get(recipient) + message) | 0);
    const wrong = bindings.filter(({ recipient }) => recipient.received !== expected.get(recipient)).length;
    return {
      operations,
      nanoseconds,
      problem: wrong ? `${wrong} of ${PATTERNS} recipients got something else than what they are bound to` : undefined,
    };
  };
};

/** The rule itself, slow and plain. */
function matches(words, parts, word = 0, part = 0) {
  if (word === words.length) return part === parts.length;
  if (words[word] === '#' && matches(words, parts, word + 1, part)) return true;
  if (part === parts.length) return false;
  if (words[word] === '#') return matches(words, parts, word, part + 1);
  return (words[word] === '*' || words[word] === parts[part]) && matches(words, parts, word + 1, part + 1);
}
