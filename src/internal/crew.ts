import { Dispatcher } from './dispatcher.js';
import { Registry } from './registry.js';
import type { SystemCore } from './system-core.js';

/** What the actors of one system share: who gets a turn when, and who lives there. */
export class Crew {
  readonly dispatcher: Dispatcher;
  readonly residents = new Registry();

  constructor({ scheduler, timers }: SystemCore) {
    this.dispatcher = new Dispatcher(scheduler, timers);
  }
}

/** The crew of a system. Made here, not by the core, so that a bundle with exchanges alone does not carry it. */
export function crewOf(core: SystemCore): Crew {
  return (core.crew ??= new Crew(core));
}
