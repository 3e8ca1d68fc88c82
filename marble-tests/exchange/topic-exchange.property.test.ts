import fc from 'fast-check';
import { TopicExchange, type Recipient } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { matches } from './topic-rules.js';

const RECIPIENTS = 4;

interface Step {
  readonly what: 'bind' | 'unbind' | 'detach' | 'publish';
  readonly who: number;
  readonly topic: string;
}

const steps = (most: number): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.record({
      what: fc.constantFrom<Step['what'][]>('bind', 'bind', 'bind', 'unbind', 'detach', 'publish', 'publish'),
      who: fc.nat(RECIPIENTS - 1),
      topic: fc.constantFrom('', 'a', 'a.b', 'b', '*', 'a.*', '#', 'a.#', '#.b'),
    }),
    { maxLength: most, size: 'max' },
  );

/** Runs a program; whoever gets a message takes the next step of `during`, which is made to come to an end. */
function run(make: (got: (who: number, key: string) => void) => (step: Step) => void, program: Step[], during: Step[]) {
  const log: string[] = [];
  const waiting = [...during];
  const take = make((who, key) => {
    log.push(`${who}:${key}`);
    const step = waiting.shift();
    if (step !== undefined) take(step);
  });
  for (const step of program) take(step);
  return log;
}

function exchange(got: (who: number, key: string) => void): (step: Step) => void {
  const topics = new TopicExchange<string>();
  const recipients = Array.from({ length: RECIPIENTS }, (_, who): Recipient<string> => ({
    send: (key) => got(who, key),
  }));
  return ({ what, who, topic }) => {
    if (what === 'bind') topics.bind(topic, recipients[who]);
    // To bind it again gives the same subscription.
    else if (what === 'unbind') topics.bind(topic, recipients[who]).unsubscribe();
    else if (what === 'detach') topics.detach(recipients[who]);
    else topics.publish(topic, topic);
  };
}

/** The same as plainly as it can be said: a list of who is bound, in the order in which they came. */
function model(got: (who: number, key: string) => void): (step: Step) => void {
  let bound: { readonly who: number; readonly patterns: Set<string> }[] = [];
  const published: string[] = [];
  let busy = false;
  const deliver = (): void => {
    busy = true;
    for (let key = published.shift(); key !== undefined; key = published.shift()) {
      for (const each of bound.filter(({ patterns }) => [...patterns].some((pattern) => matches(pattern, key))))
        if (bound.includes(each)) got(each.who, key);
    }
    busy = false;
  };
  return ({ what, who, topic }) => {
    const own = bound.find((each) => each.who === who);
    if (what === 'publish') {
      published.push(topic);
      if (!busy) deliver();
    } else if (what === 'bind') {
      if (own === undefined) bound = [...bound, { who, patterns: new Set([topic]) }];
      else own.patterns.add(topic);
    } else {
      if (what === 'unbind') own?.patterns.delete(topic);
      else own?.patterns.clear();
      bound = bound.filter(({ patterns }) => patterns.size > 0);
    }
  };
}

describe('a topic exchange under random programs', () => {
  it('X5 O5 O7 does what a plain list does, also when recipients bind, detach and publish while they are served', () => {
    fc.assert(
      fc.property(steps(30), steps(15), (program, during) => {
        expect(run(exchange, program, during)).toEqual(run(model, program, during));
      }),
    );
  });
});
