import type { Actor, ActorSystem, DeadLetterReason, Recipient } from 'rx-actors';
import type { Line } from './lines.js';

/** What became of the messages to one actor. */
export interface Account {
  readonly name: string;
  readonly sent: number;
  readonly processed: number;
  /** By reason, in the order of `reasons`. */
  readonly deadLetters: readonly number[];
  /** Every message has met one fate. */
  readonly addsUp: boolean;
}

/** The ways in which a message to an actor can end beside being processed. */
export const reasons: readonly DeadLetterReason[] = ['failed', 'overflow', 'closed', 'killed'];

/** Keeps count of the dead letters of a system. */
export class Ledger {
  readonly #counts = new Map<Recipient<never>, Map<DeadLetterReason, number>>();

  constructor(system: ActorSystem) {
    system.deadLetters.subscribe(({ recipient, reason }) => {
      const counts = this.#counts.get(recipient) ?? new Map<DeadLetterReason, number>();
      this.#counts.set(recipient, counts.set(reason, (counts.get(reason) ?? 0) + 1));
    });
  }

  account(actor: Actor<Line, unknown>, sent: number, processed: number): Account {
    const counts = this.#counts.get(actor);
    const deadLetters = reasons.map((reason) => counts?.get(reason) ?? 0);
    const ended = deadLetters.reduce((sum, n) => sum + n, processed);
    return { name: actor.name, sent, processed, deadLetters, addsUp: ended === sent };
  }
}
