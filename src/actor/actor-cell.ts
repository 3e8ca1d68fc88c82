import type { Observable, Subscriber, TeardownLogic } from 'rxjs';
import { ActorClosedError } from '../errors/actor-closed-error.js';
import { MailboxFullError } from '../errors/mailbox-full-error.js';
import { crewOf, type Crew } from '../internal/crew.js';
import type { EndListener, Watch } from '../internal/mortal.js';
import { onAbort } from '../internal/on-abort.js';
import type { Resident } from '../internal/registry.js';
import { reportError, reportErrorNow } from '../internal/report-error.js';
import type { SystemCore } from '../internal/system-core.js';
import type { Actor } from './actor.js';
import type { ActorOptions } from './actor-options.js';
import { Ask, type AskOptions, type AskStage } from './ask.js';
import { discard, discardAll, turnAway } from './discard.js';
import { Drain } from './drain.js';
import { Ending, type Termination } from './ending.js';
import { UpstreamError } from './envelope.js';
import { Mailbox } from './mailbox.js';
import { Offer } from './offer.js';
import type { Handler, Owner } from './owner.js';
import { Outputs, tellEnd } from './outputs.js';
import type { Supervision } from './supervision.js';

/**
 * How far an actor has come.
 *
 * - `'created'`: not started; messages wait.
 * - `'running'`: started.
 * - `'closing'`: closed, still processing what had been sent before.
 * - `'closed'`: ended, for whatever reason.
 *
 * @public
 */
export type ActorStatus = 'created' | 'running' | 'closing' | 'closed';

const STATUSES = ['created', 'running', 'closing', 'closed'] as const;
const CREATED = 0;
const RUNNING = 1;
const CLOSING = 2;
const CLOSED = 3;

/**
 * What stands behind one actor: what comes in at its mailbox, how it ends, and who looks on. What is done with the
 * messages is for its {@link Drain}.
 *
 * It stands apart from the class `Actor`, so that all the subclasses of that share one hidden class here, where the hot
 * paths are.
 */
export class ActorCell<In, Out> implements Resident, Owner<In, Out> {
  previous: Resident | undefined = undefined;
  following: Resident | undefined = undefined;
  readonly face: Actor<In, Out>;
  readonly core: SystemCore;
  readonly drain: Drain<In, Out>;
  #stage: number = CREATED;
  mailbox: Mailbox<In> | undefined = undefined;
  outputs: Outputs<Out> | undefined = undefined;
  readonly #options: ActorOptions<In> | undefined;
  readonly #name: string | number;
  #ending: Ending | undefined = undefined;
  #termination: Termination | undefined = undefined;

  constructor(face: Actor<In, Out>, core: SystemCore, options: ActorOptions<In> | undefined, handler: Handler<In>) {
    core.expectOpen();
    this.face = face;
    this.core = core;
    this.drain = new Drain(this, handler);
    this.#options = options;
    this.#name = options?.name ?? core.nextId();
    this.crew.residents.add(this);
    if (options?.signal !== undefined) this.#obey(options.signal);
  }

  get status(): ActorStatus {
    return STATUSES[this.#stage];
  }

  get refusing(): boolean {
    return this.#stage >= CLOSING;
  }

  get name(): string {
    return typeof this.#name === 'string' ? this.#name : `actor-${this.#name}`;
  }

  get crew(): Crew {
    return crewOf(this.core);
  }

  get supervision(): Supervision | undefined {
    return this.#options?.supervision;
  }

  start(): void {
    if (this.#stage !== CREATED) return;
    this.#stage = RUNNING;
    this.drain.start();
  }

  /* What comes in */

  send(message: In): boolean {
    if (!this.refusing) return this.#enter(message);
    this.core.deadLetter(message, this.face, 'closed');
    return false;
  }

  #enter(entry: unknown): boolean {
    const mailbox = this.#openMailbox();
    if (mailbox.full) return this.#overflow(mailbox, entry);
    mailbox.push(entry);
    this.drain.wake();
    return true;
  }

  #overflow(mailbox: Mailbox<In>, entry: unknown): boolean {
    const dropped = mailbox.dropsOldest ? mailbox.dropOldest() : entry;
    discard(this, dropped, 'overflow', () => new MailboxFullError(this.name, mailbox.capacity));
    if (!mailbox.dropsOldest) return false;
    // Whoever heard of the dropped message may have filled its room again, or ended the actor.
    if (!this.refusing) return this.#enter(entry);
    discard(this, entry, 'closed', () => this.closedError());
    return false;
  }

  sendError(error: unknown): void {
    if (this.refusing) {
      reportError(error);
      return;
    }
    this.#openMailbox().pushError(new UpstreamError(error));
    this.drain.wake();
  }

  offer(message: In, subscriber: Subscriber<void>): TeardownLogic {
    if (this.refusing) {
      subscriber.error(this.closedError());
      return undefined;
    }
    const mailbox = this.#openMailbox();
    const offer = new Offer(message, subscriber, mailbox);
    if (mailbox.full) {
      mailbox.wait(offer);
    } else {
      this.#enter(message);
      offer.admitted();
    }
    return offer;
  }

  ask(message: In, subscriber: Subscriber<Out>, options: AskOptions | undefined): TeardownLogic {
    if (options?.signal?.aborted === true) {
      subscriber.error(options.signal.reason);
      return undefined;
    }
    const ask = new Ask(this, message, subscriber);
    if (this.refusing) {
      discard(this, ask, 'closed', () => this.closedError());
      return undefined;
    }
    const mailbox = this.#openMailbox();
    if (mailbox.full && options?.whenFull === 'wait') {
      ask.stage = 'lining-up';
      mailbox.wait(ask);
    } else if (!this.#enter(ask)) {
      return undefined;
    }
    if (options !== undefined) ask.limit(options);
    return ask;
  }

  /** Takes back an ask whose asker waits no longer. */
  withdraw(ask: Ask<unknown, unknown>, stage: AskStage): void {
    if (stage === 'running') {
      this.drain.withdraw(ask);
    } else if (stage === 'lining-up') {
      this.mailbox?.giveUp(ask);
    } else {
      this.mailbox?.remove(ask);
      // It may have been the last thing that a closing actor had waiting.
      if (this.refusing) this.drain.look();
    }
  }

  #openMailbox(): Mailbox<In> {
    return (this.mailbox ??= new Mailbox<In>(this.#options?.mailbox));
  }

  /* The end */

  close(): void {
    if (this.#stage === CREATED) {
      this.end({ kind: 'closed' });
    } else if (!this.refusing) {
      this.refuse();
      if (this.mailbox !== undefined) turnAway(this, this.mailbox, 'closed', () => this.closedError());
      // Not on the stack of whoever closes it: the end is told to observers, and comes in a turn like all else.
      this.drain.wakeToEnd();
    }
  }

  refuse(): void {
    this.#stage = CLOSING;
  }

  kill(reason: unknown): void {
    if (this.#stage === CLOSED) return;
    const termination: Termination = { kind: 'killed', reason };
    if (this.drain.interrupt(termination, reason)) {
      this.#stage = CLOSED;
    } else {
      this.end(termination);
    }
  }

  end(termination: Termination, heard = false): void {
    const { outputs, mailbox } = this;
    heard ||= outputs?.observed === true || this.#ending?.heard === true;
    this.#stage = CLOSED;
    this.#termination = termination;
    this.#ending?.disobey?.();
    this.drain.halt(termination);
    if (mailbox !== undefined) {
      const reason = termination.kind === 'killed' ? 'killed' : 'closed';
      discardAll(this, mailbox, reason, () => this.closedError());
    }
    this.crew.residents.remove(this);
    outputs?.end(termination);
    if (termination.kind === 'failed' && !heard) this.#reportUnlessHeard(termination.error);
    this.mailbox = this.outputs = undefined;
    this.#ending?.settle(termination);
  }

  /** Whoever made the actor has until the next task to look at it, as with the rejection of a Promise. */
  #reportUnlessHeard(error: unknown): void {
    this.core.timers.schedule(() => {
      if (this.#ending?.heard !== true) reportErrorNow(error);
    });
  }

  closedError(termination = this.#termination): ActorClosedError {
    if (termination === undefined || termination.kind === 'closed') return new ActorClosedError(this.name);
    const cause = termination.kind === 'failed' ? termination.error : termination.reason;
    return new ActorClosedError(this.name, { cause });
  }

  #obey(signal: AbortSignal): void {
    const disobey = onAbort(signal, (reason) => {
      this.kill(reason);
    });
    if (!signal.aborted) (this.#ending ??= new Ending()).disobey = disobey;
  }

  /* Who looks on */

  observe(subscriber: Subscriber<Out>): TeardownLogic {
    if (this.#termination !== undefined) {
      (this.#ending ??= new Ending()).heard = true;
      tellEnd(subscriber, this.#termination);
      return undefined;
    }
    this.drain.life?.welcome?.(subscriber);
    return (this.outputs ??= new Outputs()).subscribe(subscriber);
  }

  join(): Promise<void> {
    return (this.#ending ??= new Ending()).join(this.#termination);
  }

  get terminated(): Observable<Termination> {
    return (this.#ending ??= new Ending()).terminated(() => this.#termination);
  }

  watch(listener: EndListener): Watch | undefined {
    if (this.#termination === undefined) return (this.#ending ??= new Ending()).listeners.add(listener);
    listener.ended();
    return undefined;
  }
}
