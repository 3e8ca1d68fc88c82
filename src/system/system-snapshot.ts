import type { ActorSnapshot } from '../contract/actor-snapshot.js';
import type { Exchange } from '../exchange/exchange.js';
import { crewOf } from '../internal/crew.js';
import type { SystemCore } from '../internal/system-core.js';

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
    .map((resident) => resident.describe());
  const exchanges = ([...core.exchanges.values()] as unknown as Exchange<unknown>[]).map(
    ({ name, subscriberCount }) => ({ name, subscriberCount }),
  );
  return { name: core.name, actors, exchanges };
}
