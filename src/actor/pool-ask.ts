import type { Subscriber } from 'rxjs';
import type { SystemCore } from '../internal/system-core.js';
import type { Actor } from './actor.js';
import type { ActorCell } from './actor-cell.js';
import { Ask, type Answerer, type AskStage } from './ask.js';
import type { Belongings } from './belongings.js';
import type { PoolMember } from './pool-member.js';

/** Who answers one ask of a pool: the pool itself until it is given to a member, then that member. */
class Desk<In, Out> implements Answerer<In> {
  readonly #pool: ActorCell<In, Out>;
  member: PoolMember<In, Out> | undefined;

  constructor(pool: ActorCell<In, Out>) {
    this.#pool = pool;
  }

  /** The pool's: that is who was asked. */
  get name(): string {
    return this.#pool.name;
  }

  get core(): SystemCore {
    return this.#pool.core;
  }

  get face(): Actor<In, unknown> {
    return this.#cell.face;
  }

  get drain(): ActorCell<In, Out>['drain'] {
    return this.#cell.drain;
  }

  get belongings(): Belongings<In> {
    return this.#cell.belongings;
  }

  tellSent(message: unknown): void {
    this.#pool.tellSent(message);
  }

  withdraw(ask: Ask<unknown, unknown>, stage: AskStage): void {
    this.#cell.withdraw(ask, stage);
  }

  get #cell(): ActorCell<In, Out> {
    return this.member?.cell ?? this.#pool;
  }
}

/** A message to a pool with somebody who waits for its outputs. */
export class PoolAsk<In, Out> extends Ask<In, Out> {
  readonly #desk: Desk<In, Out>;

  constructor(pool: ActorCell<In, Out>, message: In, subscriber: Subscriber<Out>) {
    const desk = new Desk<In, Out>(pool);
    super(desk, message, subscriber);
    this.#desk = desk;
  }

  /** Is for a member to answer from here on. */
  give(member: PoolMember<In, Out>): void {
    this.#desk.member = member;
  }

  override fail(reason: unknown): void {
    // Not one that is taken back or turned away: the failure of its own message.
    if (this.stage === 'running') this.#desk.member!.heard = true;
    super.fail(reason);
  }
}
