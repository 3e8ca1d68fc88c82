import { Envelope, type Deliveries } from './envelope.js';

/** What the engine tells an actor. It is nobody's message: it takes no room, and comes before all that waits. */
export class Signal extends Envelope {
  removed = false;
  readonly message = undefined;
  readonly #act: (to: Deliveries) => void;

  constructor(act: (to: Deliveries) => void) {
    super();
    this.#act = act;
  }

  deliver(to: Deliveries): void {
    this.#act(to);
  }

  override discard(): void {
    // Nobody has sent it.
  }
}
