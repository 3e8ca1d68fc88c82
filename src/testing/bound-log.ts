import { noop, Subscription } from 'rxjs';
import type { Exchange } from '../exchange/exchange.js';
import type { InspectionEvent } from '../contract/inspection-event.js';
import type { ActorSystem } from '../system/actor-system.js';
import { nameOf } from './views.js';

/** Keeps account of what is bound to the exchanges of a system, also to those that are not found by name. */
export class BoundLog extends Subscription {
  readonly #bound = new Map<Exchange<unknown>, unknown[]>();

  constructor(system: ActorSystem) {
    super();
    this.add(
      system.events.subscribe({
        next: (event) => {
          this.#note(event);
        },
        error: noop,
      }),
    );
  }

  /** What is still bound, an exchange a line. */
  get lines(): string[] {
    return [...this.#bound]
      .filter(([, recipients]) => recipients.length > 0)
      .map(([{ name }, recipients]) => `exchange "${name}" is still bound to ${recipients.map(nameOf).join(', ')}`);
  }

  #note(event: InspectionEvent): void {
    if (event.type !== 'attached' && event.type !== 'detached') return;
    const { type, exchange, recipient } = event;
    const recipients = this.#bound.get(exchange) ?? [];
    this.#bound.set(exchange, recipients);
    if (type === 'attached') recipients.push(recipient);
    else recipients.splice(recipients.indexOf(recipient), 1);
  }
}
