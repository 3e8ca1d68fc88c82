import type { Subscriber, TeardownLogic } from 'rxjs';
import { reportError } from '../internal/report-error.js';
import type { ActorCell } from './actor-cell.js';
import type { ActorPoolOptions } from './actor-pool.js';
import type { AskOptions } from './ask.js';
import { cellOf } from './cell-of.js';
import type { Termination } from '../contract/termination.js';
import { discard, messageOf, Misfit } from './envelope.js';
import type { Life } from './life.js';
import type { Handler } from './owner.js';
import { PoolAsk } from './pool-ask.js';
import { PoolError } from './pool-error.js';
import { PoolMailbox, type Distribution } from './pool-mailbox.js';
import { replaceMailbox } from './replace-mailbox.js';
import { PoolMember, type Membership } from './pool-member.js';
import { routerOf, type Router } from './routing.js';

/**
 * The members of a pool, and the life of the actor that the pool is: it has no turn of its own, its mailbox gives every
 * message to a member, and it ends when all of them have.
 */
export class PoolMembers<In, Out> implements Life<Out>, Distribution, Membership<In, Out> {
  readonly over = false;
  readonly mailbox: PoolMailbox<In>;
  readonly byLoad: boolean;
  readonly #router: Router<In>;
  /** Those that messages are routed to, each in its place. */
  readonly #members: PoolMember<In, Out>[] = [];
  /** Those that are to be closed, once the pool has begun: before, they would end without having done what they were given. */
  readonly #leaving: PoolMember<In, Out>[] = [];
  #begun = false;

  constructor(
    readonly pool: ActorCell<In, Out>,
    readonly behavior: Handler<In>,
    readonly options: ActorPoolOptions<In>,
  ) {
    const { size, mailbox, routing = 'round-robin' } = options;
    this.mailbox = new PoolMailbox<In>(mailbox, this);
    this.byLoad = routing === 'least-pending';
    this.#router = routerOf(routing);
    pool.drain.handle(() => undefined, this);
    pool.drain.take(false);
    this.resize(size);
    replaceMailbox(pool, this.mailbox);
  }

  get size(): number {
    return this.#members.length;
  }

  /** How much all of them have to do. */
  get load(): number {
    return this.pool.refusing ? Infinity : this.#members.reduce((sum, member) => sum + member.load, 0);
  }

  /** Those that have not ended yet, the ones that were taken out included. */
  get #cells(): ActorCell<In, Out>[] {
    const { faces } = this.pool.drain.belongings!.children!;
    return faces.map((face) => cellOf<In, Out>(face));
  }

  resize(size: number): void {
    if (this.pool.refusing) return;
    const members = this.#members;
    // Whoever hears of a new member may end the pool.
    while (members.length < size && !this.pool.refusing) members.push(this.#make(members.length));
    this.#leaving.push(...members.splice(size));
    if (this.#begun) this.#takeLeave();
  }

  #make(place: number): PoolMember<In, Out> {
    const member = new PoolMember<In, Out>(this, place);
    if (this.#begun) member.cell.start();
    return member;
  }

  /* What comes in */

  route(entry: unknown): void {
    let place = 0;
    let taken = entry;
    try {
      place = this.#router(messageOf(entry) as In, this.#members);
    } catch (error) {
      // As with a `compare` that throws, the message fails at its turn.
      taken = new Misfit(entry, error);
    }
    const member = this.#memberAt(place);
    if (member === undefined) discard(this.pool, entry, 'closed', () => this.pool.closedError());
    else member.take(taken);
  }

  /** The member in a place. One that was killed or closed on its own is replaced when its place is needed. */
  #memberAt(place: number): PoolMember<In, Out> | undefined {
    const member = this.#members[place];
    if (!member.cell.refusing) return member;
    if (this.pool.drain.over) return undefined;
    // A system that closes makes no new actors, though it lets the pool drain.
    if (this.pool.core.closed) return this.#members.find(({ cell }) => !cell.refusing);
    const successor = (this.#members[place] = this.#make(place));
    return successor.cell.refusing ? undefined : successor;
  }

  fail(error: unknown): void {
    if (this.#memberAt(0) === undefined) {
      reportError(error);
      return;
    }
    const cells = this.#cells.filter(({ drain }) => !drain.over);
    const shared = new PoolError(error, cells.length);
    for (const { mailbox, drain } of cells) {
      mailbox!.pushError(shared);
      drain.wake();
    }
  }

  ask(message: In, subscriber: Subscriber<Out>, options: AskOptions | undefined): TeardownLogic {
    const { pool, mailbox } = this;
    if (options?.signal?.aborted === true) {
      subscriber.error(options.signal.reason);
      return undefined;
    }
    const ask = new PoolAsk<In, Out>(pool, message, subscriber);
    if (options?.whenFull === 'wait' && mailbox.full && !pool.refusing) {
      ask.stage = 'lining-up';
      mailbox.wait(ask);
    } else {
      pool.post(ask);
    }
    if (ask.stage === 'over') return undefined;
    if (options !== undefined) ask.limit(options);
    return ask;
  }

  /* Its life */

  begin(): void {
    this.#begun = true;
    for (const { cell } of [...this.#members, ...this.#leaving]) cell.start();
    this.#takeLeave();
  }

  #takeLeave(): void {
    for (const { cell } of this.#leaving.splice(0).reverse()) cell.close();
  }

  drained(): void {
    const cells = this.#cells.reverse();
    for (const cell of cells) cell.close();
    if (cells.length === 0) this.pool.drain.finished();
  }

  drop(): void {
    // The members are children: they end with the pool without being told here.
  }

  ended({ heard }: PoolMember<In, Out>, termination: Termination): void {
    const { pool } = this;
    if (pool.drain.over) return;
    // With what the member failed with: to those who look on, the pool is one actor.
    if (termination.kind === 'failed') pool.end(termination, heard);
    // In a turn of its own, so that whoever watches the last member hears of its end before that of the pool.
    else if (pool.refusing) pool.drain.wakeToEnd();
    else this.mailbox.admit();
  }
}
