import { RestartLog } from './restart-log.js';
import { directiveFor, type Directive, type Supervision } from './supervision.js';

/** What is to be done about a failure; a restart after a wait, in milliseconds. */
export interface Decision {
  readonly directive: Directive['type'];
  readonly wait: number;
}

const STOP: Decision = { directive: 'stop', wait: 0 };
const RESUME: Decision = { directive: 'resume', wait: 0 };

/** Decides about the failures of one actor, and remembers what it has decided. */
export class Supervisor {
  readonly #supervision: Supervision;
  readonly #random: () => number;
  readonly #restarts = new RestartLog();

  constructor(supervision: Supervision, random: () => number) {
    this.#supervision = supervision;
    this.#random = random;
  }

  /** An incarnation begins. */
  begun(now: number): void {
    this.#restarts.begin(now);
  }

  /** An incarnation has got as far as its first message. */
  started(): void {
    this.#restarts.started();
  }

  /**
   * @param fresh - The incarnation has had no message yet.
   * @param over - Nothing is left of it: one that resumes begins anew, too, and would only fail again if it has had none.
   */
  decide(error: unknown, message: unknown, fresh: boolean, over: boolean, now: number): Decision {
    const directive = directiveFor(this.#supervision, error, message);
    if (directive.type === 'stop') return STOP;
    if (directive.type === 'resume') return fresh && over ? STOP : RESUME;
    const wait = this.#restarts.next(directive, fresh, now, this.#random);
    return wait === undefined ? STOP : { directive: 'restart', wait };
  }
}
