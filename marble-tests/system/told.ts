import { map, VirtualTimeScheduler, type Observable } from 'rxjs';
import { ActorSystem, type InspectionEvent } from 'rx-actors';
import { recorded } from '../fates.js';

export const bad = new Error('bad');
const nameOf = (value: unknown): string => String((value as { name?: unknown }).name);

/** An event in a line, its time left out: `sent w a` tells that `a` was sent to the actor `w`. */
export function line(event: InspectionEvent): string {
  switch (event.type) {
    case 'spawned':
      return `spawned ${event.actor.name}`;
    case 'sent':
    case 'started':
      return `${event.type} ${event.actor.name} ${event.message}`;
    case 'processed':
      return `processed ${event.actor.name} ${event.message} ${event.duration}`;
    case 'failed':
      return `failed ${event.actor.name} ${event.message} ${event.directive}`;
    case 'restarted':
      return `restarted ${event.actor.name}`;
    case 'closed':
      return `closed ${event.actor.name} ${event.termination.kind}`;
    case 'dead-letter':
      return `dead ${nameOf(event.recipient)} ${event.message} ${event.reason}`;
    case 'attached':
    case 'detached':
      return `${event.type} ${event.exchange.name} ${nameOf(event.recipient)}`;
    case 'published':
      return `published ${event.exchange.name} ${event.message}`;
    case 'completed':
      return `completed ${event.exchange.name}`;
  }
}

/** What happens in a system from this call on, with the keys of `who` in the place of its values. */
export const detailed = (system: ActorSystem, who: Readonly<Record<string, unknown>>): Observable<unknown> => {
  const called = (value: unknown): unknown => Object.entries(who).find(([, each]) => each === value)?.[0] ?? value;
  const plain = (event: InspectionEvent): unknown =>
    Object.fromEntries(Object.entries(event).map(([key, value]) => [key, called(value)]));
  return recorded(system.events).pipe(map(plain));
};

/** The same, in lines. */
export const told = (system: ActorSystem): Observable<string> => recorded(system.events).pipe(map(line));

/** The same as a list, for a body whose actors are named by it and whose time is its own. */
export function listed(body: (system: ActorSystem) => void): string[] {
  const scheduler = new VirtualTimeScheduler();
  const system = new ActorSystem({ scheduler });
  const events: InspectionEvent[] = [];
  system.events.subscribe((event) => events.push(event));
  body(system);
  scheduler.flush();
  return events.filter(({ type }) => type !== 'spawned').map(line);
}

/** Fails with `x`. */
export const fussy = (m: string): undefined => {
  if (m === 'x') throw bad;
};
