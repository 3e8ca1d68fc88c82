import { Envelope } from './envelope.js';

/** What the engine tells an actor. It is nobody's message: it takes no room, and comes before all that waits. */
export abstract class Signal extends Envelope {
  removed = false;
  readonly message = undefined;

  /** There will be no turn, and no dead letter either. */
  abstract override discard(): void;
}
