import { noop } from 'rxjs';
import type { AnyActor } from '../contract/any-actor.js';
import { formatValue } from '../internal/format-value.js';
import type { ActorSystem } from '../system/actor-system.js';
import { BoundLog } from './bound-log.js';
import { unfinished } from './leftovers.js';
import { LeftoversError } from './leftovers-error.js';

/**
 * What may be left over at the end of a run.
 *
 * - `'nothing'`: the test ends what it begins: every actor and every binding.
 * - `'idle'`: actors that have nothing to do, and what is bound to exchanges: the run ends with its system, and they with
 *   it. Work that goes on, messages that wait, and actors that do not end when they are closed, are leaks.
 * - `'anything'`.
 *
 * @public
 */
export type MayRemain = 'nothing' | 'idle' | 'anything';

/** Looks after a run for what it has left behind, and does away with it. */
export class LeakCheck {
  readonly #system: ActorSystem;
  readonly #mayRemain: MayRemain;
  readonly #bound: BoundLog | undefined;

  constructor(system: ActorSystem, mayRemain: MayRemain) {
    this.#system = system;
    this.#mayRemain = mayRemain;
    if (mayRemain === 'nothing') this.#bound = new BoundLog(system);
  }

  /** Looks for what should not be there. */
  check(): void {
    if (this.#mayRemain === 'anything') return;
    const leaks = this.#leaks();
    if (leaks.length > 0) throw new LeftoversError(leaks);
  }

  /** Ends what may be there. */
  close(): void {
    if (this.#mayRemain !== 'anything') for (const actor of this.#system.actors) actor.close();
  }

  /** Looks for what that has not ended. */
  checkClosed(): void {
    if (this.#mayRemain === 'anything') return;
    const stubborn = this.#system.actors.map(({ name }) => `actor "${name}" was closed and has not ended`);
    if (stubborn.length > 0) throw new LeftoversError(stubborn.reverse());
  }

  #leaks(): string[] {
    const busy = unfinished(this.#system);
    const idle: string[] = [];
    if (this.#mayRemain === 'nothing') {
      for (const actor of this.#system.actors)
        if (!busy.has(actor)) idle.unshift(`actor "${actor.name}" has not ended`);
    }
    const bound = this.#bound?.lines ?? [];
    const lost = this.#end(busy.keys());
    const lines = [...busy].map(([actor, left]) =>
      lost.has(actor) ? `${left}: ${lost.get(actor)!.join(', ')}` : left,
    );
    return [...lines, ...idle, ...bound];
  }

  /** Ends actors, and says which messages that costs each: those that it was at, and those that waited. */
  #end(actors: Iterable<AnyActor>): Map<object, string[]> {
    const lost = new Map<object, string[]>();
    const letters = this.#system.deadLetters.subscribe({
      next: ({ recipient, message }) => {
        lost.set(recipient, [...(lost.get(recipient) ?? []), formatValue(message)]);
      },
      error: noop,
    });
    for (const actor of actors) actor.kill();
    letters.unsubscribe();
    return lost;
  }
}
