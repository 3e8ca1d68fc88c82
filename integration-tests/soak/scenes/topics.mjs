import { TopicExchange } from '../library.mjs';
import { Reader } from '../reader.mjs';
import { pause } from '../waits.mjs';

const WORDS = ['a', 'b', 'c'];
const PATTERN_WORDS = [...WORDS, '*', '#'];

/** Topics: patterns are bound and unbound, and every key reaches whom the rules say, once. */
export async function topics({ account, system, random }) {
  const exchange = new TopicExchange({ system });
  const bound = new Map();
  const observed = [];
  const steps = random.int(1, 200);
  for (let n = 0; n < steps; n++) {
    const draw = random.next();
    if (draw < 0.1) bind();
    else if (draw < 0.13) observe();
    else if (draw < 0.18) unbind();
    else publish();
    if (random.chance(0.02)) await pause();
  }
  exchange.complete();

  function bind() {
    const reader = bound.size > 0 && random.chance(0.5) ? random.pick([...bound.keys()]) : new Reader(account);
    const pattern = words(PATTERN_WORDS);
    const bindings = bound.get(reader) ?? new Map();
    bindings.set(pattern, exchange.bind(pattern, reader));
    bound.set(reader, bindings);
  }

  function observe() {
    const pattern = words(PATTERN_WORDS);
    const reader = new Reader(account);
    const subscription = exchange.topic(pattern).subscribe((message) => reader.send(message));
    observed.push({ pattern, subscription });
  }

  function unbind() {
    if (observed.length > 0 && random.chance(0.3)) {
      observed.pop().subscription.unsubscribe();
      return;
    }
    if (bound.size === 0) return;
    const [reader, bindings] = random.pick([...bound]);
    if (random.chance(0.5)) {
      exchange.detach(reader);
      bindings.clear();
    } else {
      const [pattern, subscription] = random.pick([...bindings]);
      subscription.unsubscribe();
      bindings.delete(pattern);
    }
    if (bindings.size === 0) bound.delete(reader);
  }

  function publish() {
    const key = words(WORDS);
    const readers = [...bound.values()].filter((bindings) =>
      [...bindings.keys()].some((pattern) => matches(pattern, key)),
    );
    const observers = observed.filter(({ pattern }) => matches(pattern, key));
    const takers = readers.length + observers.length;
    exchange.publish(key, account.message({ number: account.nextNumber() }, Math.max(1, takers)));
  }

  function words(choices) {
    return Array.from({ length: random.int(1, 4) }, () => random.pick(choices)).join('.');
  }
}

/** The rules of AMQP 0-9-1. */
function matches(pattern, key) {
  return matchWords(pattern.split('.'), key.split('.'));
}

function matchWords([word, ...others], key) {
  if (word === undefined) return key.length === 0;
  if (word === '#') return matchWords(others, key) || (key.length > 0 && matchWords([word, ...others], key.slice(1)));
  return key.length > 0 && (word === '*' || word === key[0]) && matchWords(others, key.slice(1));
}
