import { filter, map, type Observable } from 'rxjs';
import { defaultCore } from '../internal/default-core.js';
import { coreOf } from '../internal/hosted.js';
import type { ActorSystem } from './actor-system.js';

/**
 * A message that went through an exchange.
 *
 * @public
 */
export interface Wiretapped {
  /** The name of the exchange. */
  readonly exchange: string;
  /** The message. */
  readonly message: unknown;
  /** When the exchange began to hand it on, in milliseconds by the clock of the system's scheduler. */
  readonly time: number;
}

/**
 * Listens in on every exchange of a system, also on those that are made later.
 *
 * Use it for diagnosis, where one does not know which exchange to look at; `displayMarbles` records it.
 *
 * ```text
 * exchange 'in'   -a-----b--
 * exchange 'out'  ---x------
 * wiretap         -a-x---b--   with the names and the times
 * ```
 *
 * @remarks It stands beside the exchanges, not in them: none counts it as a subscriber, and it hears a message as the
 * exchange begins to hand it on, whether or not anybody takes it. What is sent to an ended exchange is not handed on.
 * **Ordering.** The order in which exchanges hand messages on. A message that one exchange passes to another is heard once
 * from each. **Back-pressure.** None. **Teardown.** It never completes, as the system may be given new exchanges. While
 * nobody is subscribed it costs nothing; while somebody is, the system makes all its `events`, those of actors too.
 * **Errors.** A subscriber that throws harms no exchange.
 *
 * Whoever sends what was heard to an exchange of the same system hears that as well, without end.
 *
 * @example Who talks, and where
 * ```ts
 * import { ActorSystem, wiretap } from 'rx-actors';
 *
 * const system = new ActorSystem();
 * wiretap(system).subscribe(({ exchange, message }) => console.log(exchange, message));
 * system.exchange<number>('prices').send(12);
 * system.exchange<string>('news').send('up');
 * // prints:
 * // prices 12
 * // news up
 * ```
 *
 * @param system - The system; {@link defaultSystem} when it is left out.
 * @returns A hot Observable of what goes through its exchanges.
 * @throws TypeError when it is no system.
 *
 * @see {@link displayMarbles}
 * @public
 */
export function wiretap(system?: ActorSystem): Observable<Wiretapped> {
  const core = system === undefined ? defaultCore : coreOf(system);
  return core.events.values.pipe(
    filter((event) => event.type === 'published'),
    map(({ exchange, message, time }) => ({ exchange: exchange.name, message, time })),
  );
}
