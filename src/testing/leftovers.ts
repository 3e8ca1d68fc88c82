import type { ActorCell } from '../actor/actor-cell.js';
import { cellOf } from '../actor/cell-of.js';
import type { AnyActor } from '../contract/any-actor.js';
import { formatValue } from '../internal/format-value.js';
import type { ActorSystem } from '../system/actor-system.js';

/** The actors of a system that have something left to do, and what, the oldest first. */
export function unfinished(system: ActorSystem): Map<AnyActor, string> {
  const found = new Map<AnyActor, string>();
  for (const actor of [...system.actors].reverse()) {
    const left = leftTo(actor);
    if (left.length > 0) found.set(actor, `actor "${actor.name}" ${left.join(', ')}`);
  }
  return found;
}

/** What runs in a system by the names of its timers, an actor a line. */
export function timersIn(system: ActorSystem): string[] {
  return [...system.actors].reverse().flatMap((actor) => {
    const belongings = drainOf(actor)?.belongings;
    const keys = (belongings?.timerKeys ?? []).map((key) => formatValue(key));
    if (belongings?.idle !== undefined) keys.push('its receive timeout');
    return keys.length === 0 ? [] : [`actor "${actor.name}": ${keys.join(', ')}`];
  });
}

/** Nothing for a reference to an actor elsewhere. */
function drainOf(actor: AnyActor): ActorCell<unknown, unknown>['drain'] | undefined {
  return (cellOf(actor) as ActorCell<unknown, unknown> | undefined)?.drain;
}

function leftTo(actor: AnyActor): string[] {
  const drain = drainOf(actor);
  const aside = drain?.belongings?.stash?.size ?? 0;
  return [
    ...(actor.status === 'closing' ? ['is closed and has not ended'] : []),
    ...(drain?.working === true ? ['is at work'] : []),
    ...(actor.pending > 0 ? [`has ${messages(actor.pending)} waiting`] : []),
    ...(aside > 0 ? [`has put ${messages(aside)} aside`] : []),
  ];
}

function messages(count: number): string {
  return count === 1 ? '1 message' : `${count} messages`;
}
