import { Envelope, NOTHING, unwrapped } from './envelope.js';
import { Mailbox } from './mailbox.js';
import type { PoolMailbox } from './pool-mailbox.js';

/** Whose mailbox it is. */
export interface MemberHost {
  /** Nothing is processed there any more. */
  readonly over: boolean;
  /** Is about to begin with the next message. */
  begins(): void;
}

/** The mailbox of a member of a pool: it tells the pool's how many messages wait. */
export class MemberMailbox<In> extends Mailbox<In> {
  readonly #pool: PoolMailbox<In>;
  readonly #host: MemberHost;
  #counted = 0;
  /** What has been taken out and is not begun with yet, while its room is given to somebody else. */
  #taken: unknown = NOTHING;

  constructor(pool: PoolMailbox<In>, host: MemberHost) {
    super(undefined);
    this.#pool = pool;
    this.#host = host;
  }

  /** A message is about to be begun with. */
  get taking(): boolean {
    return this.#taken !== NOTHING;
  }

  override push(entry: unknown): void {
    super.push(entry);
    this.#count();
  }

  override putBack(entries: readonly unknown[]): void {
    super.putBack(entries);
    this.#count();
  }

  override shift(): unknown {
    let entry: unknown;
    this.#host.begins();
    do {
      entry = this.#taken = super.shift();
      this.#count();
    } while (entry instanceof Envelope && entry.removed);
    this.#taken = NOTHING;
    return entry;
  }

  override remove(envelope: Envelope): void {
    // Its asker has taken it back on getting its room for another message.
    if (envelope === unwrapped(this.#taken)) envelope.removed = true;
    else super.remove(envelope);
    this.#count();
  }

  #count(): void {
    const change = this.size - this.#counted;
    if (change === 0) return;
    this.#counted += change;
    this.#pool.count(change);
    // What a failure, a kill or the end of the pool leaves of it is decided when it has ended.
    if (change < 0 && !this.#host.over) this.#pool.admit();
  }
}
