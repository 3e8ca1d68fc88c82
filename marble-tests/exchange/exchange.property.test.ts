import fc from 'fast-check';
import { map, Subject, type Subscription } from 'rxjs';
import { ActorSystem, Exchange, isActorError, type Recipient } from 'rx-actors';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { reportTo } from '../recorder.js';
import { predict, type Program, type Reaction, type Seen, type Step } from './model.js';

const TARGETS = 5;

/** Runs a program on an exchange. Each target subscribes in a way of its own. */
function observe({ replay, reactions, steps }: Program): Seen {
  const log: string[] = [];
  const deadLetters: string[] = [];
  let failures = 0;
  let unhandled = 0;
  reported = () => unhandled++;
  const system = new ActorSystem();
  system.failures.subscribe(() => failures++);
  system.deadLetters.subscribe(({ message, reason }) => deadLetters.push(`${message} ${reason}`));
  const exchange = new Exchange<number>({ system, replay });
  const turns = reactions.map(() => 0);
  const subscriptions: (Subscription | undefined)[][] = reactions.map(() => []);
  let sent = 0;

  const got = (target: number, message: number): void => {
    log.push(`${target}:${message}`);
    const reaction = reactions[target].at(turns[target]++);
    if (reaction === undefined) return;
    reaction.steps.forEach(run);
    if (reaction.throws) throw new Error('on purpose');
  };
  const recipients = reactions.map((_, target): Recipient<number> => ({ send: (message) => got(target, message) }));
  const subscribe = (target: number): void => {
    const next = (message: number): void => got(target, message);
    const complete = (): unknown => log.push(`${target}:|`);
    // An operator's place cannot be known before it replays, so its subscription is noted by the place it takes.
    const subscriber = [
      () => exchange.subscribe({ next, complete }),
      () => exchange.pipe(map((message) => message)).subscribe({ next, complete }),
      () => {
        const subject = new Subject<number>();
        subject.subscribe({ next, complete });
        return exchange.asObservable().subscribe(subject);
      },
    ][target % 3];
    const before = subscriptions[target];
    const place = before.length;
    before.push(undefined);
    before[place] = subscriber();
  };
  const run = ({ do: what, target }: Step): void => {
    if (what === 'send') exchange.send(sent++);
    else if (what === 'complete') exchange.complete();
    else if (what === 'subscribe') subscribe(target);
    else if (what === 'detach') exchange.detach(recipients[target]);
    else if (what === 'unsubscribe') {
      const index = subscriptions[target].findIndex((each) => each !== undefined && !each.closed);
      if (index >= 0) subscriptions[target][index]?.unsubscribe();
    } else {
      try {
        exchange.attach(recipients[target]);
      } catch (error) {
        if (!isActorError(error, 'exchange-closed')) throw error;
        log.push(`${target} refused`);
      }
    }
  };

  steps.forEach(run);
  vi.runAllTimers();
  return { log, failures, unhandled, deadLetters, count: exchange.subscriberCount };
}

let reported: () => void = () => undefined;

const targets = fc.nat({ max: TARGETS - 1 });
const anyStep = (...weighted: [number, Step['do']][]): fc.Arbitrary<Step> =>
  fc.record({
    do: fc.oneof(...weighted.map(([weight, what]) => ({ weight, arbitrary: fc.constant(what) }))),
    target: targets,
  });
const bySteps = (max: number, step: fc.Arbitrary<Step>) => fc.array(step, { maxLength: max });
const reactionsOf = (step: fc.Arbitrary<Step>): fc.Arbitrary<Reaction[]> =>
  fc.array(
    fc.record({
      steps: bySteps(3, step),
      throws: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.boolean()),
    }),
    { maxLength: 4 },
  );
const programs = (replay: fc.Arbitrary<number>, step: fc.Arbitrary<Step>): fc.Arbitrary<Program> =>
  fc.record({
    replay,
    reactions: fc.array(reactionsOf(step), { minLength: TARGETS, maxLength: TARGETS }),
    steps: bySteps(20, step),
  });

describe('an exchange under random programs', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    reportTo({ send: () => reported() });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('O5 O6 O7 behaves like its model', () => {
    const step = anyStep([4, 'send'], [3, 'attach'], [2, 'detach'], [3, 'subscribe']);
    fc.assert(
      fc.property(programs(fc.constant(0), step), (program) => {
        expect(observe(program)).toEqual(predict(program));
      }),
      { numRuns: 4000 },
    );
  });

  it('O5 O7 X1 X2 behaves like its model with replay and an end', () => {
    const step = anyStep([20, 'send'], [15, 'attach'], [10, 'detach'], [15, 'subscribe'], [1, 'complete']);
    fc.assert(
      fc.property(programs(fc.constantFrom(0, 1, 2, 5), step), (program) => {
        expect(observe(program)).toEqual(predict(program));
      }),
      { numRuns: 4000 },
    );
  });

  it('O7 behaves like its model when observers leave, too', () => {
    const step = anyStep([4, 'send'], [2, 'attach'], [1, 'detach'], [3, 'subscribe'], [3, 'unsubscribe']);
    fc.assert(
      fc.property(programs(fc.constant(0), step), (program) => {
        expect(observe(program)).toEqual(predict(program));
      }),
      { numRuns: 4000 },
    );
  });
});
