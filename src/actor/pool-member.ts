import { Actor } from './actor.js';
import type { ActorCell } from './actor-cell.js';
import type { ActorOptions } from './actor-options.js';
import { cellOf } from './cell-of.js';
import type { Termination } from '../contract/termination.js';
import type { ActorContext } from './context.js';
import type { LifeHost } from './life.js';
import { Outputs } from './outputs.js';
import type { Handler } from './owner.js';
import { PoolAsk } from './pool-ask.js';
import { unwrapped } from './envelope.js';
import { MemberMailbox, type MemberHost } from './member-mailbox.js';
import type { PoolMailbox } from './pool-mailbox.js';
import { replaceMailbox } from './replace-mailbox.js';
import type { Loaded } from './routing.js';

/** The outputs of a member: they are the pool's. */
class MemberOutputs<Out> extends Outputs<Out> {
  readonly #pool: Pick<LifeHost<Out>, 'emit'>;

  constructor(pool: Pick<LifeHost<Out>, 'emit'>) {
    super();
    this.#pool = pool;
  }

  /** By the pool, which hears of a failure too: no other has to. */
  override get observed(): boolean {
    return true;
  }

  override next(value: Out): void {
    this.#pool.emit(value);
    super.next(value);
  }
}

/** What all the members of one pool have in common. */
export interface Membership<In, Out> {
  readonly pool: ActorCell<In, Out>;
  readonly mailbox: PoolMailbox<In>;
  readonly behavior: Handler<In>;
  /** Whether messages are routed by how many each of them has. */
  readonly byLoad: boolean;
  readonly options: Pick<ActorOptions<In>, 'supervision' | 'stashCapacity' | 'beforeRestart'>;
  /** A member has ended. */
  ended(member: PoolMember<In, Out>, termination: Termination): void;
}

/** Those options of a pool that are meant for its members. */
function optionsOf<In, Out>({ pool, options }: Membership<In, Out>, place: number): ActorOptions<In> {
  const { supervision, stashCapacity, beforeRestart } = options;
  return {
    name: `${pool.name}-${place + 1}`,
    parent: pool.face,
    ...(supervision !== undefined && { supervision }),
    ...(stashCapacity !== undefined && { stashCapacity }),
    ...(beforeRestart !== undefined && { beforeRestart }),
  };
}

/** One member of a pool: an actor, a child of the pool, whose mailbox and outputs are part of the pool's. */
export class PoolMember<In, Out> implements Loaded, MemberHost {
  readonly cell: ActorCell<In, Out>;
  /** The one who asked has heard of the failure of the message that it is at. */
  heard = false;
  readonly #mailbox: MemberMailbox<In>;
  readonly #behavior: Handler<In>;
  /** Its behavior is on the stack; known only where messages are routed by that. */
  #called = false;

  constructor(membership: Membership<In, Out>, place: number) {
    const { pool, mailbox, behavior, byLoad } = membership;
    const cell = cellOf<In, Out>(new Actor<In, Out>(optionsOf(membership, place)));
    this.cell = cell;
    this.#behavior = behavior;
    cell.drain.handle(byLoad ? (message, context) => this.#call(message, context) : behavior);
    this.#mailbox = new MemberMailbox<In>(mailbox, this);
    replaceMailbox(cell, this.#mailbox);
    cell.outputs = new MemberOutputs<Out>(pool.drain);
    cell.watch({
      ended: (termination) => {
        membership.ended(this, termination as Termination);
      },
    });
  }

  get load(): number {
    const mailbox = this.#mailbox;
    return mailbox.size + (this.#called || mailbox.taking || this.cell.drain.atWork ? 1 : 0);
  }

  #call(message: In, context: ActorContext<In>): unknown {
    this.#called = true;
    try {
      return this.#behavior(message, context);
    } finally {
      this.#called = false;
    }
  }

  get over(): boolean {
    return this.cell.drain.over;
  }

  begins(): void {
    // Not when it has ended, and what waited is cleared away.
    if (!this.over) this.heard = false;
  }

  take(entry: unknown): void {
    const { cell } = this;
    const sent = unwrapped(entry);
    if (sent instanceof PoolAsk) sent.give(this);
    // Not through its `send`: the pool has told already that the message was sent.
    this.#mailbox.push(entry);
    cell.drain.wake();
  }
}
