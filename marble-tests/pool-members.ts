import type { Actor, ActorContext, ActorSystem } from 'rx-actors';

/** The number at the end of the name of the member whose context it is. */
export const numberOf = <In>({ self }: ActorContext<In>): number => Number(self.name.replace(/.*-/, ''));

/** The member with a number, while it lives. */
export const memberOf = (system: ActorSystem, number: number): Actor<unknown, unknown> =>
  system.actors.find(({ name }) => name.endsWith(`-${number}`)) as Actor<unknown, unknown>;
