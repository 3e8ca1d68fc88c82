import { ChildFailedError } from '../errors/child-failed-error.js';
import { reportError } from '../internal/report-error.js';
import { NOTHING, type Deliveries } from './envelope.js';
import { Signal } from './signal.js';

/** The failure of a child, on its way to its parent. */
export class ChildFailure extends Signal {
  readonly #error: ChildFailedError;
  readonly #waiting: Set<ChildFailure>;

  /** @param waiting - Those of the same parent that have not had their turn; it is one of them from here on. */
  constructor(parent: string, child: string, cause: unknown, waiting: Set<ChildFailure>) {
    super();
    this.#error = new ChildFailedError(parent, child, { cause });
    this.#waiting = waiting.add(this);
  }

  deliver(to: Deliveries): void {
    this.#waiting.delete(this);
    to.fail(this.#error, NOTHING, undefined);
  }

  /** Its parent ends before it has heard: nobody else would. */
  override discard(): void {
    reportError(this.#error);
  }
}
