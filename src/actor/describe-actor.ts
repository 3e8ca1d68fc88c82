import type { ActorSnapshot } from '../contract/actor-snapshot.js';
import type { ActorCell } from './actor-cell.js';

/** How an actor stands, as a plain value. */
export function describeActor<In, Out>({ name, status, mailbox, options, drain }: ActorCell<In, Out>): ActorSnapshot {
  return {
    name,
    status,
    pending: mailbox?.size ?? 0,
    stashed: drain.belongings?.stash?.size ?? 0,
    parent: options?.parent?.name,
    children: drain.belongings?.children?.size ?? 0,
  };
}
