import type { Actor } from '../actor/actor.js';
import type { ActorStatus } from '../actor/actor-cell.js';
import { cellOf } from '../actor/cell-of.js';
import type { Exchange } from '../exchange/exchange.js';
import { crewOf } from '../internal/crew.js';
import type { SystemCore } from '../internal/system-core.js';

/**
 * One actor of a {@link SystemSnapshot}.
 *
 * @public
 */
export interface ActorSnapshot {
  /** Its name. */
  readonly name: string;
  /** How far it has come. */
  readonly status: ActorStatus;
  /** How many messages wait. */
  readonly pending: number;
  /** How many messages it has put aside. */
  readonly stashed: number;
  /** The name of the actor that it is a child of. */
  readonly parent: string | undefined;
  /** How many children it has. */
  readonly children: number;
}

/**
 * One exchange of a {@link SystemSnapshot}.
 *
 * @public
 */
export interface ExchangeSnapshot {
  /** Its name. */
  readonly name: string;
  /** How many recipients are attached and observers subscribed. */
  readonly subscriberCount: number;
}

/**
 * Who is in a system, as a plain value that can be cloned, logged and sent.
 *
 * @public
 */
export interface SystemSnapshot {
  /** The name of the system. */
  readonly name: string;
  /** The actors that have not ended, in the order in which they were made. */
  readonly actors: readonly ActorSnapshot[];
  /** The exchanges that can be found by name, in the order in which they were made. */
  readonly exchanges: readonly ExchangeSnapshot[];
}

/** Who is in a system now. */
export function snapshotOf(core: SystemCore): SystemSnapshot {
  const actors = crewOf(core)
    .residents.snapshot()
    .reverse()
    .map(({ face }) => snapshotOfActor(face as Actor<unknown, unknown>));
  const exchanges = ([...core.exchanges.values()] as unknown as Exchange<unknown>[]).map(
    ({ name, subscriberCount }) => ({ name, subscriberCount }),
  );
  return { name: core.name, actors, exchanges };
}

function snapshotOfActor(actor: Actor<unknown, unknown>): ActorSnapshot {
  const { belongings } = cellOf(actor).drain;
  const { name, status, pending } = actor;
  return {
    name,
    status,
    pending,
    stashed: belongings?.stash?.size ?? 0,
    parent: cellOf(actor).options?.parent?.name,
    children: belongings?.children?.size ?? 0,
  };
}
