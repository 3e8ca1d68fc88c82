import type { Binding, End } from './binding.js';

/** Who has been given a message on its way through exchanges that are attached to exchanges: each gets it once. */
export class Publication extends Set<unknown> {
  /** Somebody who is no exchange has had it, or it is known that nobody has. */
  settled = false;
  /** How many exchanges have not handed it on to all yet. */
  open = 0;
}

/** A message that has come through another exchange, while it waits. */
export class Relayed {
  constructor(
    readonly message: unknown,
    readonly publication: Publication,
  ) {
    publication.open++;
  }
}

/** Tells what went wrong with one binding. */
export type Report = (binding: Binding, error: unknown, message: unknown) => void;

/** What stands between an exchange and a recipient that is not simply sent every message. */
export interface Taker {
  /** Who is attached; `undefined` when it stands for several. */
  readonly recipient: unknown;
  /** How much waits here for the recipient; `undefined` when nothing ever does. */
  readonly load?: number | undefined;
  /**
   * Gets one message; what the recipient throws is for the caller.
   *
   * @returns Whether anybody took it, or had it already.
   */
  take(message: unknown, publication: Publication | undefined, report: Report): boolean;
  /** It is attached no longer. */
  detached?(): void;
  /** The exchange has ended; for one that stands for an observer. */
  ended?(end: End): void;
}
