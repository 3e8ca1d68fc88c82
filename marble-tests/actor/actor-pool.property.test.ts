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
  throwError,
  timer,
  type Subscription,
} from 'rxjs';
import { restart, resume, stop, type Actor, type ActorContext, type ActorSystem, type Supervision } from 'rx-actors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ActorPool } from '../../src/actor/actor-pool.js';
import { placeOf } from '../../src/actor/jump-hash.js';
import type { PoolRouting } from '../../src/actor/routing.js';
import { marbles } from '../marbles.js';

const WORKS = [
  ...(['nothing', 'array', 'sync', 'slow', 'slow', 'never', 'throw', 'failLate'] as const),
  ...(['killSelf', 'closeSelf', 'sendSelf', 'sendPool', 'closePool', 'killPool'] as const),
];
type Work = (typeof WORKS)[number];
const ROUTINGS = ['round-robin', 'least-pending', 'hash'] as const;

interface Message {
  readonly id: number;
  /** What `{ hash }` goes by; it throws for 'bad'. */
  readonly key: string;
  readonly work: Work;
}

const message = { work: fc.constantFrom(...WORKS), key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'bad') };
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('send' as const), ...message }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('ask' as const),
      ...message,
      timeout: fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined }),
      wait: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('offer' as const),
      ...message,
      cancels: fc.option(fc.nat(20), { nil: undefined }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('cancel' as const), which: fc.nat(20) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('pass' as const), time: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('resize' as const), size: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('killMember' as const), which: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('error' as const, 'close' as const, 'kill' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
type StepThat<Does extends Step['do']> = Extract<Step, { do: Does }>;

const setup = fc.record({
  size: fc.integer({ min: 1, max: 4 }),
  routing: fc.constantFrom(...ROUTINGS),
  capacity: fc.option(fc.integer({ min: 1, max: 3 }), { nil: Infinity }),
  startsAt: fc.constantFrom(0, 2, 6),
  supervision: fc.constantFrom<Supervision>(
    stop(),
    resume(),
    restart(),
    restart({ limit: 1, within: 10 }),
    restart({ backoff: { min: 1, max: 4 } }),
  ),
});
type Setup = typeof setup extends fc.Arbitrary<infer T> ? T : never;

/** What the model knows of a member. */
interface Member {
  readonly place: number;
  /** The messages that wait there, in order. */
  readonly queue: number[];
  /** The message that it is at. */
  at: number | undefined;
  /** Messages for its place are for its successor. */
  refuses: boolean;
  self: Actor<Message, unknown> | undefined;
}

/** The model: which message waits where, who is in line, and what has become of each. */
class Model {
  readonly line: Message[] = [];
  readonly fates = new Map<number, string[]>();
  readonly all: Member[] = [];
  readonly #places: Member[] = [];
  readonly #where = new Map<number, Member>();
  readonly #setup: Setup;
  #last = -1;

  constructor(setup: Setup) {
    this.#setup = setup;
    this.resize(setup.size);
  }

  get size(): number {
    return this.#places.length;
  }

  get waiting(): number {
    return this.all.reduce((sum, { queue }) => sum + queue.length, 0);
  }

  get full(): boolean {
    return this.waiting >= this.#setup.capacity || this.line.length > 0;
  }

  resize(size: number): void {
    while (this.#places.length < size) this.#places.push(this.#make(this.#places.length));
    this.#places.splice(size);
  }

  #make(place: number): Member {
    const member: Member = { place, queue: [], at: undefined, refuses: false, self: undefined };
    this.all.push(member);
    return member;
  }

  route(message: Message): void {
    const place = this.#placeFor(message);
    if (this.#places[place].refuses) this.#places[place] = this.#make(place);
    this.put(message.id, this.#places[place]);
  }

  put(id: number, member: Member): void {
    member.queue.push(id);
    this.#where.set(id, member);
  }

  #placeFor({ key }: Message): number {
    const { routing } = this.#setup;
    if (routing === 'hash') return key === 'bad' ? 0 : placeOf(key, this.size);
    const inTurn = this.#places.map((_, step) => (this.#last + 1 + step) % this.size);
    const load = (place: number) => this.#places[place].queue.length + (this.#places[place].at === undefined ? 0 : 1);
    const least = Math.min(...inTurn.map(load));
    this.#last = routing === 'round-robin' ? inTurn[0] : inTurn.find((place) => load(place) === least)!;
    return this.#last;
  }

  /** Lets in who is first in line. */
  admit(): void {
    while (this.line.length > 0 && this.waiting < this.#setup.capacity) this.route(this.line.shift()!);
  }

  memberOf(id: number): Member | undefined {
    return this.#where.get(id);
  }

  start(id: number): void {
    const member = this.memberOf(id)!;
    member.queue.splice(member.queue.indexOf(id), 1);
    member.at = id;
    this.admit();
  }

  /** It waits no more, or is not worked on any more. */
  leave(id: number): void {
    const member = this.memberOf(id);
    if (member?.at === id) member.at = undefined;
    if (member?.queue.includes(id) === true) member.queue.splice(member.queue.indexOf(id), 1);
    const inLine = this.line.findIndex((message) => message.id === id);
    if (inLine >= 0) this.line.splice(inLine, 1);
  }

  decide(id: number, fate: string): void {
    this.leave(id);
    this.fates.set(id, [...(this.fates.get(id) ?? []), fate]);
  }
}

/** Runs a program against one pool and its model, and writes down what goes against the laws. */
class Run {
  readonly complaints: string[] = [];
  readonly #model: Model;
  readonly #setup: Setup;
  readonly #pool: ActorPool<Message, number>;
  readonly #subscriptions: Subscription[] = [];
  /** Offers that have not been told that they were taken. */
  readonly #offers = new Set<number>();
  #ids = 0;
  #ongoing = 0;

  constructor(system: ActorSystem, setup: Setup) {
    this.#setup = setup;
    this.#model = new Model(setup);
    const hash = ({ key }: Message): string => {
      if (key === 'bad') throw new Error('bad');
      return key;
    };
    const routing: PoolRouting<Message> = setup.routing === 'hash' ? { hash } : setup.routing;
    const { size, capacity, supervision } = setup;
    system.deadLetters.subscribe(({ message, reason }) => {
      const { id, key } = message as Message;
      this.#model.decide(id, reason);
      // It was taken for its turn, and failed there without one.
      if (reason === 'failed' && setup.routing === 'hash' && key === 'bad') this.#model.admit();
    });
    this.#pool = new ActorPool((message: Message, context) => this.#behave(message, context) as Observable<number>, {
      system,
      size,
      routing,
      supervision,
      ...(capacity !== Infinity && { mailbox: { capacity } }),
    });
    this.#pool.subscribe({ error: () => undefined });
    if (setup.startsAt === 0) this.#pool.start();
    else timer(setup.startsAt).subscribe(() => this.#pool.start());
  }

  get #open(): boolean {
    return this.#pool.status === 'created' || this.#pool.status === 'running';
  }

  take(step: Step): void {
    const open = this.#open;
    if (step.do === 'send') this.#send(this.#message(step));
    else if (step.do === 'ask') this.#ask(step);
    else if (step.do === 'offer') this.#offer(step);
    else if (step.do === 'cancel') this.#cancel(step.which);
    else if (step.do === 'killMember') this.#killMember(step.which);
    else if (step.do === 'error') this.#pool.error('upstream');
    else if (step.do === 'close') this.#pool.close();
    else if (step.do === 'kill') this.#pool.kill();
    else if (step.do === 'resize') {
      this.#pool.resize(step.size);
      if (open) this.#model.resize(step.size);
    }
    this.#check(step.do);
  }

  /** What has to hold once the pool has been killed and time has run out. */
  checkEnd(system: ActorSystem): void {
    for (let id = 1; id <= this.#ids; id++) {
      const fates = this.#model.fates.get(id) ?? [];
      if (fates.length !== 1) this.#complain(`E8: message ${id} has the fates [${fates.join()}]`);
    }
    if (this.#ongoing > 0) this.#complain('E3: work goes on after the end');
    if (this.#subscriptions.some(({ closed }) => !closed)) this.#complain('A2: an ask or an offer hangs');
    if (system.actors.length > 0) this.#complain('E9: an actor is still listed');
    this.#check('the end');
  }

  #complain(what: string): void {
    this.complaints.push(what);
  }

  #message({ work, key }: { readonly work: Work; readonly key: string }): Message {
    return { id: ++this.#ids, work, key };
  }

  #check(after: string): void {
    const { waiting, size, line } = this.#model;
    if (this.#pool.pending !== waiting) this.#complain(`M1: ${this.#pool.pending} wait after ${after}, not ${waiting}`);
    if (this.#open && this.#pool.size !== size) this.#complain(`its size is not ${size}`);
    const inLine = line.filter(({ id }) => this.#offers.has(id)).length;
    if (inLine !== this.#offers.size)
      this.#complain(`M2: ${this.#offers.size} offers wait after ${after}, not ${inLine}`);
  }

  #send(message: Message): void {
    const takes = this.#open && !this.#model.full;
    if (takes) this.#model.route(message);
    if (this.#pool.trySend(message) !== takes) this.#complain(`M1: trySend of ${message.id} is ${!takes}`);
  }

  #killMember(which: number): void {
    const alive = this.#model.all.filter(({ self }) => self !== undefined && self.status !== 'closed');
    if (alive.length === 0) return;
    const member = alive[which % alive.length];
    member.refuses = true;
    member.self!.kill('outside');
  }

  #behave({ id, work }: Message, context: ActorContext<Message>): unknown {
    const { self } = context;
    const member = this.#model.memberOf(id)!;
    if (member.self === undefined) {
      member.self = self;
      // The room of one that has ended is given away then.
      self.terminated.subscribe(() => {
        member.refuses = true;
        if (this.#pool.status === 'running') this.#model.admit();
      });
    }
    if (member.self !== self) this.#complain(`${id} is at another member than its place's`);
    if (!self.name.endsWith(`-${member.place + 1}`))
      this.#complain(`${id} is at ${self.name}, not ${member.place + 1}`);
    if (member.queue[0] !== id) this.#complain(`O1: ${id} comes before ${String(member.queue[0])}`);
    if (member.at !== undefined) this.#complain(`O2: ${id} starts beside ${String(member.at)}`);
    this.#model.start(id);
    const processed = <T>(value?: T): T | undefined => {
      this.#model.decide(id, 'processed');
      return value;
    };
    if (work === 'throw') {
      this.#model.leave(id);
      throw new Error(`${id} throws`);
    }
    if (work === 'killSelf' || work === 'killPool') {
      if (work === 'killSelf') {
        member.refuses = true;
        self.kill(id);
      } else {
        this.#pool.kill(id);
      }
      return undefined;
    }
    if (work === 'closeSelf') {
      member.refuses = true;
      self.close();
    }
    if (work === 'closePool') this.#pool.close();
    if (work === 'sendPool') this.#send(this.#message({ work: 'nothing', key: 'a' }));
    if (work === 'sendSelf') {
      const message = this.#message({ work: 'nothing', key: 'a' });
      if (self.status === 'running') this.#model.put(message.id, member);
      self.send(message);
    }
    const works: Partial<Record<Work, Observable<number>>> = {
      sync: of(id, id),
      slow: concat(of(id), timer(2).pipe(map(() => id))),
      never: concat(of(id), NEVER),
      failLate: concat(
        timer(1).pipe(ignoreElements()),
        throwError(() => undefined),
      ),
    };
    const source = works[work];
    if (source === undefined) return work === 'array' ? processed([id, id]) : processed();
    return new Observable<number>((subscriber) => {
      this.#ongoing++;
      subscriber.add(() => {
        this.#ongoing--;
        this.#model.leave(id);
      });
      subscriber.add(
        concat(source, EMPTY).subscribe({
          next: (value) => subscriber.next(value),
          error: (error: unknown) => subscriber.error(error),
          complete: () => {
            if (!subscriber.closed) processed();
            subscriber.complete();
          },
        }),
      );
    });
  }

  #ask(step: StepThat<'ask'>): void {
    const { timeout, wait } = step;
    const message = this.#message(step);
    const { id } = message;
    if (this.#open) {
      if (!this.#model.full) this.#model.route(message);
      else if (wait) this.#model.line.push(message);
    }
    let over = false;
    const giveUp = () => {
      if (!over && !this.#model.fates.has(id)) {
        this.#model.decide(id, 'cancelled');
        this.#model.admit();
      }
      over = true;
    };
    const subscription = this.#pool
      .ask(message, { ...(timeout !== undefined && { timeout }), whenFull: wait ? 'wait' : 'drop' })
      .subscribe({
        error: (error: unknown) => {
          const name = error instanceof Error ? error.name : undefined;
          if (name === 'AskTimeoutError') giveUp();
          over = true;
          const reasons: Record<string, RegExp | undefined> = {
            AskTimeoutError: /^cancelled$/,
            ActorClosedError: /^(closed|killed)$/,
            MailboxFullError: /^overflow$/,
          };
          const expected = reasons[name ?? ''] ?? /^failed$/;
          if (!expected.test(String(this.#model.fates.get(id)))) this.#complain(`A2: ${id} is told ${String(name)}`);
        },
        complete: () => {
          over = true;
          if (String(this.#model.fates.get(id)) !== 'processed') this.#complain(`A1: the ask of ${id} completes early`);
        },
      });
    subscription.add(giveUp);
    this.#subscriptions.push(subscription);
  }

  #cancel(which: number): void {
    this.#subscriptions[which % this.#subscriptions.length]?.unsubscribe();
  }

  #offer(step: StepThat<'offer'>): void {
    const message = this.#message(step);
    const { id } = message;
    if (this.#open) {
      if (this.#model.full) this.#model.line.push(message);
      else this.#model.route(message);
    }
    this.#offers.add(id);
    const withdrawn = () => {
      if (this.#offers.delete(id)) this.#model.decide(id, 'never sent');
    };
    const subscription = this.#pool.offer(message).subscribe({
      next: () => {
        this.#offers.delete(id);
        // Where members are chosen by how many messages they have, the model would have to know this message is on its way.
        if (step.cancels !== undefined && this.#setup.routing !== 'least-pending') this.#cancel(step.cancels);
      },
      error: withdrawn,
    });
    subscription.add(withdrawn);
    this.#subscriptions.push(subscription);
  }
}

/** What goes against the laws in one program. */
function complaintsOf(options: Setup, program: readonly Step[]): string[] {
  const complaints: string[] = [];
  marbles(({ system, flush }) => {
    const run = new Run(system, options);
    let now = 1;
    for (const each of program) {
      if (each.do === 'pass') now += each.time;
      else timer(now).subscribe(() => run.take(each));
    }
    timer(now + 10).subscribe(() => run.take({ do: 'kill' }));
    flush();
    run.checkEnd(system);
    complaints.push(...run.complaints);
  })();
  return complaints;
}

describe('any program', () => {
  const { onUnhandledError } = config;
  beforeAll(() => {
    // The errors of upstreams of ended pools.
    config.onUnhandledError = () => undefined;
  });
  afterAll(() => {
    config.onUnhandledError = onUnhandledError;
  });

  it.each(ROUTINGS)(
    'E8 O1 O2 M1 M2 gives every message of a pool one fate, at the right member, in order, routed by %s',
    { timeout: 120_000 },
    (routing) => {
      fc.assert(
        fc.property(setup, fc.array(step, { minLength: 1, maxLength: 40 }), (options, program) => {
          expect(complaintsOf({ ...options, routing }, program)).toEqual([]);
        }),
        { numRuns: 1_500 },
      );
    },
  );
});
