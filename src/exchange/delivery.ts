import type { Binding } from './binding.js';

/** Who has been given a publication: where exchanges are attached to exchanges, each gets it once. */
export type Publication = Set<unknown>;

/** A message that has come through another exchange, while it waits. */
export class Relayed {
  constructor(
    readonly message: unknown,
    readonly publication: Publication,
  ) {}
}

/** Tells what went wrong with one binding. */
export type Report = (binding: Binding, error: unknown, message: unknown) => void;

/** What stands between an exchange and a recipient that is not simply sent every message. */
export interface Taker {
  /** Who is attached; `undefined` when it stands for several. */
  readonly recipient: unknown;
  /**
   * Gets one message; what the recipient throws is for the caller.
   *
   * @returns Whether anybody took it, or had it already.
   */
  take(message: unknown, publication: Publication | undefined, report: Report): boolean;
  /** It is attached no longer. */
  detached?(): void;
}
