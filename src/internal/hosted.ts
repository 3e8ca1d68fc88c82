import { wrongType } from './expect.js';
import { SystemCore } from './system-core.js';

/** Where a public system keeps its core. */
export const CORE = Symbol('rx-actors.core');

/** The core of a public system; refuses anything else. */
export function coreOf(system: unknown): SystemCore {
  const core = (system as { [CORE]?: unknown } | null | undefined)?.[CORE];
  if (core instanceof SystemCore) return core;
  throw wrongType('system', 'an ActorSystem', system);
}
