import fc from 'fast-check';
import {
  concat,
  config,
  EMPTY,
  ignoreElements,
  map,
  NEVER,
  Observable,
  of,
  type Subscription,
  throwError,
  timer,
} from 'rxjs';
import { restart, resume, stop, type Actor, type ActorSystem, type Supervision } from 'rx-actors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { marbles } from '../marbles.js';

const WORKS = [
  ...(['nothing', 'array', 'sync', 'slow', 'never', 'throw', 'fail', 'failLate'] as const),
  ...(['killSelf', 'closeSelf', 'sendSelf'] as const),
];
type Work = (typeof WORKS)[number];

interface Message {
  readonly id: number;
  readonly work: Work;
  readonly sender: string;
}

const work = fc.constantFrom(...WORKS);
const timeout = fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined });
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('send'), work, sender: fc.constantFrom('A', 'B') }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('ask'), work, timeout, wait: fc.boolean(), first: fc.boolean() }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('offer'), work }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('cancel'), which: fc.nat(20) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('pass'), time: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('error', 'close', 'kill') }) },
);

interface Step {
  readonly do: string;
  readonly work?: Work;
  readonly sender?: string;
  readonly timeout?: number | undefined;
  readonly wait?: boolean;
  readonly first?: boolean;
  readonly which?: number;
  readonly time?: number;
}

const setup = fc.record({
  capacity: fc.option(fc.integer({ min: 1, max: 3 }), { nil: Infinity }),
  overflow: fc.constantFrom('drop-newest' as const, 'drop-oldest' as const),
  supervision: fc.constantFrom<Supervision>(
    stop(),
    resume(),
    restart(),
    restart({ limit: 2, within: 10 }),
    restart({ backoff: { min: 1, max: 4 } }),
  ),
});

interface Setup {
  readonly capacity: number;
  readonly overflow: 'drop-newest' | 'drop-oldest';
  readonly supervision: Supervision;
}

/** Runs a program against one actor, writes down what becomes of every message, and what goes against the laws. */
class Run {
  readonly complaints: string[] = [];
  readonly #actor: Actor<Message, number>;
  readonly #setup: Setup;
  readonly #fates = new Map<number, string[]>();
  readonly #started: Message[] = [];
  readonly #subscriptions: Subscription[] = [];
  /** Taken by the mailbox, neither started nor decided yet; of those that wait for room it is not known. */
  readonly #waiting = new Set<number>();
  readonly #liningUp = new Set<number>();
  #ids = 0;
  #running = 0;

  constructor(system: ActorSystem, setup: Setup) {
    this.#setup = setup;
    const { capacity, overflow, supervision } = setup;
    system.deadLetters.subscribe(({ message, reason }) => this.#decide((message as Message).id, reason));
    this.#actor = system.actor((message: Message) => this.#behave(message) as Observable<number>, {
      mailbox: { ...(capacity !== Infinity && { capacity }), overflow },
      supervision,
    });
    this.#actor.subscribe({ error: () => undefined });
  }

  take(step: Step): void {
    if (step.do === 'send') this.#send(this.#message(step, step.sender!));
    else if (step.do === 'ask') this.#ask(this.#message(step, step.wait ? 'line' : 'asker'), step);
    else if (step.do === 'offer') this.#offer(this.#message(step, 'line'));
    else if (step.do === 'cancel') this.#subscriptions[step.which! % this.#subscriptions.length]?.unsubscribe();
    else if (step.do === 'error') this.#actor.error('upstream');
    else if (step.do === 'close') this.#actor.close();
    else if (step.do === 'kill') this.#actor.kill();
    this.#checkMailbox(step.do);
  }

  /** What has to hold once the actor has been killed and time has run out. */
  checkEnd(system: ActorSystem): void {
    for (let id = 1; id <= this.#ids; id++) {
      const fates = this.#fates.get(id) ?? [];
      if (fates.length !== 1) this.#complain(`E8: message ${id} has the fates [${fates.join()}]`);
    }
    for (const sender of ['A', 'B', 'asker', 'line', 'itself']) {
      const ids = this.#started.filter((message) => message.sender === sender).map(({ id }) => id);
      if (ids.some((id, index) => id <= (ids[index - 1] ?? 0)))
        this.#complain(`O1: ${sender}'s start as ${ids.join()}`);
    }
    if (this.#running > 0) this.#complain('E3: work goes on after the end');
    if (this.#subscriptions.some(({ closed }) => !closed)) this.#complain('A2: an ask or an offer hangs');
    if (this.#actor.pending > 0) this.#complain('E8: messages still wait');
    if (system.actors.length > 0) this.#complain('E9: the actor is still listed');
  }

  #complain(what: string): void {
    this.complaints.push(what);
  }

  #message(step: Step, sender: string): Message {
    return { id: ++this.#ids, work: step.work!, sender };
  }

  #decide(id: number, fate: string): void {
    this.#waiting.delete(id);
    this.#liningUp.delete(id);
    this.#fates.set(id, [...(this.#fates.get(id) ?? []), fate]);
  }

  #checkMailbox(after: string): void {
    const { pending } = this.#actor;
    const [least, most] = [this.#waiting.size, this.#waiting.size + this.#liningUp.size];
    if (pending > this.#setup.capacity) this.#complain(`M1: ${pending} wait after ${after}`);
    if (pending < least || pending > most) this.#complain(`M1: pending is ${pending} after ${after}, not ${least}`);
  }

  #behave({ id, work, sender }: Message): unknown {
    if (this.#running > 0) this.#complain(`O2: ${id} starts beside another`);
    this.#waiting.delete(id);
    this.#liningUp.delete(id);
    this.#started.push({ id, work, sender });
    const processed = <T>(value?: T): T | undefined => {
      this.#decide(id, 'processed');
      return value;
    };
    if (work === 'nothing') return processed();
    if (work === 'array') return processed([id, id]);
    if (work === 'throw') throw new Error(`${id} throws`);
    if (work === 'killSelf') {
      this.#actor.kill(id);
      return;
    }
    if (work === 'closeSelf') {
      this.#actor.close();
      return processed();
    }
    if (work === 'sendSelf') {
      this.#send({ id: ++this.#ids, work: 'nothing', sender: 'itself' });
      return processed();
    }
    const works: Record<typeof work, Observable<number>> = {
      sync: of(id, id),
      slow: concat(of(id), timer(2).pipe(map(() => id))),
      never: concat(of(id), NEVER),
      fail: concat(
        of(id),
        throwError(() => `${id} fails`),
      ),
      failLate: concat(
        timer(1).pipe(ignoreElements()),
        throwError(() => undefined),
      ),
    };
    return new Observable<number>((subscriber) => {
      this.#running++;
      subscriber.add(() => this.#running--);
      subscriber.add(
        concat(works[work], EMPTY).subscribe({
          next: (value) => subscriber.next(value),
          error: (error: any) => subscriber.error(error),
          complete: () => {
            if (!subscriber.closed) processed();
            subscriber.complete();
          },
        }),
      );
    });
  }

  #send(message: Message): void {
    const taken = this.#mailboxTakes();
    if (taken) this.#waiting.add(message.id);
    if (this.#actor.trySend(message) !== taken) this.#complain(`M1: trySend of ${message.id} is ${!taken}`);
  }

  #mailboxTakes(): boolean {
    const { capacity, overflow } = this.#setup;
    const open = this.#actor.status === 'running';
    return open && (this.#actor.pending < capacity || overflow === 'drop-oldest');
  }

  #ask(message: Message, { timeout, wait = false, first = false }: Step): void {
    const { id } = message;
    if (wait && this.#actor.status === 'running' && this.#actor.pending >= this.#setup.capacity) this.#liningUp.add(id);
    else if (this.#mailboxTakes()) this.#waiting.add(id);
    let over = false;
    const giveUp = () => {
      if (!over && !this.#fates.has(id)) this.#decide(id, 'cancelled');
      over = true;
    };
    const subscription = this.#actor
      .ask(message, { ...(timeout !== undefined && { timeout }), whenFull: wait ? 'wait' : 'drop' })
      .subscribe({
        next: () => first && subscription.unsubscribe(),
        error: (error: unknown) => {
          const name = error instanceof Error ? error.name : undefined;
          if (name === 'AskTimeoutError') giveUp();
          over = true;
          const reasons: Record<string, RegExp | undefined> = {
            AskTimeoutError: /^cancelled$/,
            ActorClosedError: /closed|killed/,
            MailboxFullError: /overflow/,
          };
          const expected = reasons[name ?? ''] ?? /failed/;
          if (!expected.test(String(this.#fates.get(id)))) this.#complain(`A2: ${id} is told ${name}`);
        },
        complete: () => {
          over = true;
          if (String(this.#fates.get(id)) !== 'processed') this.#complain(`A1: the ask of ${id} completes early`);
        },
      });
    subscription.add(giveUp);
    this.#subscriptions.push(subscription);
  }

  #offer(message: Message): void {
    const { id } = message;
    let offered = true;
    const withdrawn = () => {
      if (offered) this.#decide(id, 'never sent');
      offered = false;
    };
    const subscription = this.#actor.offer(message).subscribe({
      next: () => {
        offered = false;
        this.#waiting.add(id);
      },
      error: withdrawn,
    });
    subscription.add(withdrawn);
    this.#subscriptions.push(subscription);
  }
}

describe('any program', () => {
  const { onUnhandledError } = config;
  beforeAll(() => {
    // The errors of upstreams of ended actors.
    config.onUnhandledError = () => undefined;
  });
  afterAll(() => {
    config.onUnhandledError = onUnhandledError;
  });

  it(
    'E8 gives every message one fate, in order, one at a time, and leaves nothing behind',
    { timeout: 120_000 },
    () => {
      fc.assert(
        fc.property(setup, fc.array(step, { minLength: 1, maxLength: 40 }), (options, program) => {
          const complaints: string[] = [];
          marbles(({ system, flush }) => {
            const run = new Run(system, options);
            let now = 1;
            for (const each of program as Step[]) {
              if (each.do === 'pass') now += each.time!;
              else timer(now).subscribe(() => run.take(each));
            }
            timer(now + 10).subscribe(() => run.take({ do: 'kill' }));
            flush();
            run.checkEnd(system);
            complaints.push(...run.complaints);
          })();
          expect(complaints).toEqual([]);
        }),
        { numRuns: 3000 },
      );
    },
  );
});
