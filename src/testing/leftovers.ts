import type { Actor } from '../actor/actor.js';
import { cellOf } from '../actor/cell-of.js';
import { formatValue } from '../internal/format-value.js';
import type { ActorSystem } from '../system/actor-system.js';

/** The actors of a system that have something left to do, and what, the oldest first. */
export function unfinished(system: ActorSystem): Map<Actor<unknown, unknown>, string> {
  const found = new Map<Actor<unknown, unknown>, string>();
  for (const actor of [...system.actors].reverse()) {
    const left = leftTo(actor);
    if (left.length > 0) found.set(actor, `actor "${actor.name}" ${left.join(', ')}`);
  }
  return found;
}

/** What runs in a system by the names of its timers, an actor a line. */
export function timersIn(system: ActorSystem): string[] {
  return [...system.actors].reverse().flatMap((actor) => {
    const { belongings } = cellOf(actor).drain;
    const keys = (belongings?.timerKeys ?? []).map((key) => formatValue(key));
    if (belongings?.idle !== undefined) keys.push('its receive timeout');
    return keys.length === 0 ? [] : [`actor "${actor.name}": ${keys.join(', ')}`];
  });
}

function leftTo(actor: Actor<unknown, unknown>): string[] {
  const { drain } = cellOf(actor);
  const aside = drain.belongings?.stash?.size ?? 0;
  return [
    ...(actor.status === 'closing' ? ['is closed and has not ended'] : []),
    ...(drain.working ? ['is at work'] : []),
    ...(actor.pending > 0 ? [`has ${messages(actor.pending)} waiting`] : []),
    ...(aside > 0 ? [`has put ${messages(aside)} aside`] : []),
  ];
}

function messages(count: number): string {
  return count === 1 ? '1 message' : `${count} messages`;
}
