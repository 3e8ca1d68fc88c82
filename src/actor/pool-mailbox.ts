import type { Observable } from 'rxjs';
import { WaitingLine } from '../internal/waiting-line.js';
import type { MailboxOptions } from './actor-options.js';
import type { UpstreamError } from './envelope.js';
import { Mailbox, type Waiter } from './mailbox.js';
import { SizeFeed } from './size-feed.js';

/** Where the mailbox of a pool puts what comes. */
export interface Distribution {
  /** Gives an entry to a member. */
  route(entry: unknown): void;
  /** Has the failure of an upstream met behind everything that waits at the members. */
  fail(error: unknown): void;
}

/**
 * The mailbox of a pool. Nothing waits in it: it hands everything on to the members, knows how many messages wait there
 * all in all, and has the line of those who wait for room.
 */
export class PoolMailbox<In> extends Mailbox<In> {
  readonly #members: Distribution;
  readonly #line = new WaitingLine<Waiter>();
  #waiting = 0;
  #feed: SizeFeed | undefined;
  #admitting = false;
  #shut = false;

  constructor(options: MailboxOptions<In> | undefined, members: Distribution) {
    super(options);
    this.#members = members;
  }

  override get size(): number {
    return this.#waiting;
  }

  /** Room that those in line are about to get is nobody else's. */
  override get full(): boolean {
    return super.full || this.#line.size > 0;
  }

  override push(entry: unknown): void {
    this.#members.route(entry);
  }

  override pushError({ error }: UpstreamError): void {
    this.#members.fail(error);
  }

  override wait(waiter: Waiter): void {
    this.#line.push(waiter);
  }

  override giveUp(waiter: Waiter): void {
    this.#line.remove(waiter);
  }

  override shut(): void {
    this.#shut = true;
  }

  override turnAway(): Waiter | undefined {
    return this.#line.shift();
  }

  override get sizes(): Observable<number> {
    return (this.#feed ??= new SizeFeed(() => this.size)).values;
  }

  override end(): void {
    this.#feed?.complete();
  }

  /** More messages wait at the members than before, or fewer. */
  count(change: number): void {
    this.#waiting += change;
    this.#feed?.tell();
  }

  /** Lets in the first in line, for as long as there is room. */
  admit(): void {
    if (this.#admitting) return;
    this.#admitting = true;
    while (!this.#shut && this.#line.size > 0 && !super.full) {
      const waiter = this.#line.shift()!;
      this.push(waiter.entry);
      // Only now: it may offer again, and must find the pool as full as it is.
      waiter.admitted();
    }
    this.#admitting = false;
  }
}
