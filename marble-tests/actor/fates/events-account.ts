import type { InspectionEvent } from 'rx-actors';
import type { Entry } from './entry.js';
import type { Player } from './player.js';
import type { Message } from './program.js';
import type { Stage } from './stage.js';

type Type = InspectionEvent['type'];

/** Counts what `system.events` tells, and holds it against what the model has seen. */
export class EventsAccount {
  readonly #counts = new Map<object, Map<number | undefined, Map<Type, number>>>();

  constructor(stage: Stage) {
    stage.system.events.subscribe((event) => {
      this.#add(event);
    });
  }

  #add(event: InspectionEvent): void {
    const subject = 'actor' in event ? event.actor : 'exchange' in event ? event.exchange : event.recipient;
    const id = 'message' in event ? (event.message as Message | undefined)?.id : undefined;
    const byId = this.#counts.get(subject) ?? new Map<number | undefined, Map<Type, number>>();
    const byType = byId.get(id) ?? new Map<Type, number>();
    this.#counts.set(subject, byId.set(id, byType.set(event.type, (byType.get(event.type) ?? 0) + 1)));
  }

  #count(subject: object, id: number | undefined, type: Type): number {
    return this.#counts.get(subject)?.get(id)?.get(type) ?? 0;
  }

  check(stage: Stage): void {
    for (const player of stage.players) {
      for (const entry of player.entries.values()) this.#checkEntry(player, entry);
      this.#expect(player, undefined, 'spawned', 1);
      this.#expect(player, undefined, 'closed', 1);
    }
    for (const id of stage.publications.keys()) {
      const published = this.#count(stage.exchange, id, 'published');
      if (published > 1) stage.complain(`E8: ${id} is told as published ${published} times`);
    }
  }

  #checkEntry(player: Player, entry: Entry): void {
    const { id, via, fate } = entry;
    const sent = entry.taken || via === 'notice';
    this.#expect(player, id, 'sent', sent ? 1 : 0);
    this.#expect(player, id, 'started', entry.starts);
    if (!this.#unsure(entry)) this.#expect(player, id, 'processed', fate === 'processed' ? 1 : 0);
    this.#expect(player, id, 'failed', entry.failures);
    this.#expect(player, id, 'dead-letter', entry.letters);
  }

  /** Done with, but its asker left before he was told so. */
  #unsure({ answer, fate }: Entry): boolean {
    return answer?.outcome === 'cancelled' && answer.late && fate === 'processed';
  }

  #expect(player: Player, id: number | undefined, type: Type, expected: number): void {
    const told = this.#count(player.actor, id, type);
    if (told !== expected)
      player.complain(`E8: ${id ?? 'the actor'} is told as ${type} ${told} times, not ${expected}`);
  }
}
