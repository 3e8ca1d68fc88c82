import { isActorError } from 'rx-actors';
/** What an upstream fails with. */
export class UpstreamFault {
  failed = 0;

  /** Below zero, to tell it from the numbers of messages. */
  constructor(readonly id: number) {}

  toString(): string {
    return `the upstream's error ${this.id}`;
  }
}

/** What goes to `config.onUnhandledError`, and what has to. */
export class Reports {
  readonly #faults: UpstreamFault[] = [];
  readonly #reported = new Map<unknown, number>();
  readonly #expected = new Map<unknown, number>();
  readonly #allowed = new Set<unknown>();
  readonly #unheard = new Map<unknown, boolean>();

  newFault(): UpstreamFault {
    const fault = new UpstreamFault(-1 - this.#faults.length);
    this.#faults.push(fault);
    return fault;
  }

  /** Whether it is the error of an upstream that has become a failure. */
  fails(error: unknown): error is UpstreamFault {
    if (!(error instanceof UpstreamFault)) return false;
    error.failed++;
    return true;
  }

  report(error: unknown): void {
    this.#reported.set(error, (this.#reported.get(error) ?? 0) + 1);
  }

  expect(error: unknown): void {
    this.#expected.set(error, (this.#expected.get(error) ?? 0) + 1);
  }

  /** What a child has failed with is to be reported, as its parent's failure: that has ended before it has heard of it. */
  expectUnheard(cause: unknown): void {
    this.#unheard.set(cause, true);
  }

  /** The same of a parent of which it is not known how far it has come. */
  allowUnheard(cause: unknown): void {
    this.#unheard.set(cause, false);
  }

  /** It may be reported, or not. */
  allow(error: unknown): void {
    this.#allowed.add(error);
  }

  *check(): Generator<string, void> {
    for (const fault of this.#faults) {
      if (fault.failed === 0) this.expect(fault);
      else if (fault.failed > 1) yield `F1: ${String(fault)} fails ${fault.failed} times`;
    }
    for (const error of new Set([...this.#reported.keys(), ...this.#expected.keys()])) {
      const reported = this.#reported.get(error) ?? 0;
      const unheard = isActorError(error, 'child-failed') ? this.#unheard.get(error.cause) : undefined;
      const expected = (this.#expected.get(error) ?? 0) + (unheard === true ? 1 : 0);
      if (unheard === false && reported <= 1) continue;
      if (reported === expected || (reported <= 1 && this.#allowed.has(error))) continue;
      yield `F1: ${String(error)} is reported ${reported} times, not ${expected}`;
    }
  }
}
