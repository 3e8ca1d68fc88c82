/**
 * What waits in a mailbox and is more than a bare message: an ask, the error of an upstream, a message that could not
 * be put in its place. Bare messages wait as they are and need no wrapper.
 */
export abstract class Envelope {
  /** Taken out of the mailbox from the middle; its place is skipped. */
  abstract removed: boolean;
  /** The message that it carries. */
  abstract readonly message: unknown;
}

/** The error of an upstream that has the actor as its observer. It carries no message and takes no room. */
export class UpstreamError extends Envelope {
  removed = false;
  readonly message = undefined;

  constructor(readonly error: unknown) {
    super();
  }
}

/** A message whose `compare` threw: it fails at its turn. */
export class Misfit extends Envelope {
  constructor(
    /** The message, bare or in an envelope of its own. */
    readonly entry: unknown,
    readonly error: unknown,
  ) {
    super();
  }

  get removed(): boolean {
    return this.entry instanceof Envelope && this.entry.removed;
  }

  get message(): unknown {
    return messageOf(this.entry);
  }
}

/** The message of an entry, bare or in an envelope. */
export function messageOf(entry: unknown): unknown {
  return entry instanceof Envelope ? entry.message : entry;
}
