import type { ActorCell } from './actor-cell.js';
import type { AnyActor } from '../contract/any-actor.js';

/** Where an actor keeps its engine. */
export const CELL = Symbol('rx-actors.cell');

/** The engine of an actor; `undefined` when it is none of ours. */
export function cellOf<In, Out>(actor: AnyActor): ActorCell<In, Out> {
  return (actor as { readonly [CELL]?: unknown })[CELL] as ActorCell<In, Out>;
}
