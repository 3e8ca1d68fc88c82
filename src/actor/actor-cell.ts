import type { Observable, Subscriber, TeardownLogic } from 'rxjs';
import type { ActorSnapshot } from '../contract/actor-snapshot.js';
import type { ActorStatus } from '../contract/actor-status.js';
import type { KilledTermination, Termination } from '../contract/termination.js';
import { ActorClosedError } from '../errors/actor-closed-error.js';
import { MailboxFullError } from '../errors/mailbox-full-error.js';
import { attempt } from '../internal/attempt.js';
import { crewOf, type Crew } from '../internal/crew.js';
import type { EndListener, Watch } from '../internal/mortal.js';
import { onAbort } from '../internal/on-abort.js';
import type { Resident } from '../internal/registry.js';
import { reportErrorNow } from '../internal/report-error.js';
import type { SystemCore } from '../internal/system-core.js';
import type { Actor } from './actor.js';
import type { ActorOptions } from './actor-options.js';
import { Ask, type AskOptions, type AskStage } from './ask.js';
import { cellOf } from './cell-of.js';
import type { Belongings } from './belongings.js';
import type { Child } from './children.js';
import { describeActor } from './describe-actor.js';
import { discardAll, reasonOf, turnAway } from './discard.js';
import { Drain } from './drain.js';
import { Ending } from './ending.js';
import { discard, messageOf, UpstreamError, type Envelope } from './envelope.js';
import { Mailbox } from './mailbox.js';
import { Offer } from './offer.js';
import type { Handler, Owner } from './owner.js';
import { Outputs, tellEnd } from './outputs.js';

const STATUSES = ['created', 'running', 'closing', 'closing', 'closed'] as const;
const CREATED = 0;
const RUNNING = 1;
const CLOSING = 2;
/** Nothing is processed any more; its children have yet to end. */
const ENDING = 3;
const CLOSED = 4;

/**
 * What stands behind one actor: what comes in at its mailbox, how it ends, and who looks on. What is done with the
 * messages is for its {@link Drain}.
 *
 * It stands apart from the class `Actor`, so that all the subclasses of that share one hidden class here, where the hot
 * paths are.
 */
export class ActorCell<In, Out> implements Resident, Child, Owner<In, Out> {
  previous: Resident | undefined = undefined;
  following: Resident | undefined = undefined;
  readonly face: Actor<In, Out>;
  readonly core: SystemCore;
  readonly drain: Drain<In, Out>;
  #stage: number = CREATED;
  mailbox: Mailbox<In> | undefined = undefined;
  outputs: Outputs<Out> | undefined = undefined;
  readonly options: ActorOptions<In> | undefined;
  readonly #name: string | number;
  #ending: Ending | undefined = undefined;

  constructor(face: Actor<In, Out>, core: SystemCore, options: ActorOptions<In> | undefined, handler: Handler<In>) {
    core.expectOpen();
    this.face = face;
    this.core = core;
    this.drain = new Drain(this, handler);
    this.options = options;
    this.#name = options?.name ?? core.nextId();
  }

  /** Goes to live where it belongs; once its face knows it, because others hear of it. */
  moveIn(): void {
    const { core, face: actor, options } = this;
    if (options?.parent !== undefined) cellOf(options.parent).belongings.adopt(this);
    this.crew.residents.add(this);
    core.inspect?.({ type: 'spawned', actor, parent: options?.parent });
    if (options?.signal !== undefined) this.#obey(options.signal);
  }

  get status(): ActorStatus {
    return STATUSES[this.#stage];
  }

  describe(): ActorSnapshot {
    return describeActor(this);
  }

  get load(): number {
    return this.refusing ? Infinity : (this.mailbox?.size ?? 0) + (this.drain.working ? 1 : 0);
  }

  get isChild(): boolean {
    return this.options?.parent !== undefined;
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
    // It is in the mailbox by now: whoever hears of it may send more, or end the actor.
    if (this.core.inspect !== undefined) this.tellSent(messageOf(entry));
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

  tellSent(message: unknown): void {
    this.core.inspect?.({ type: 'sent', actor: this.face, message });
  }

  post(envelope: Envelope): void {
    if (this.refusing) discard(this, envelope, 'closed', () => this.closedError());
    else this.#enter(envelope);
  }

  takeOut(envelope: Envelope): void {
    this.mailbox!.remove(envelope);
    // It may have been the last thing that waited: a closing actor ends then, any other rests.
    this.drain.look();
  }

  notify(signal: Envelope): void {
    // Also while its end is under way, which then discards the signal with all else that waits.
    this.#openMailbox().pushSignal(signal);
    this.drain.wake();
  }

  sendError(error: unknown): void {
    this.postError(new UpstreamError(error));
  }

  postError(error: UpstreamError): void {
    if (this.refusing) {
      error.discard();
      return;
    }
    this.#openMailbox().pushError(error);
    this.drain.wake();
  }

  offer(message: In, subscriber: Subscriber<void>): TeardownLogic {
    if (this.refusing) {
      subscriber.error(this.closedError());
      return undefined;
    }
    const mailbox = this.#openMailbox();
    const offer = new Offer(message, subscriber, mailbox, this);
    if (mailbox.full) {
      mailbox.wait(offer);
    } else {
      this.#enter(message);
      offer.taken();
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
      this.mailbox!.giveUp(ask);
    } else if (stage === 'stashed') {
      this.drain.belongings!.stash!.remove(ask);
    } else {
      this.takeOut(ask);
    }
  }

  #openMailbox(): Mailbox<In> {
    return (this.mailbox ??= new Mailbox<In>(this.options?.mailbox));
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
    // Who is turned away may take back what waits: nobody is to get that room.
    this.mailbox?.shut();
  }

  kill(reason: unknown): void {
    const termination: KilledTermination = { kind: 'killed', reason };
    if (this.#stage >= ENDING) {
      // Those that a graceful end still waits for are waited for no longer.
      this.drain.belongings?.children?.hurry(termination);
    } else if (this.drain.interrupt(termination)) {
      this.#stage = this.#lastStage;
      this.mailbox?.shut();
    } else {
      this.end(termination);
    }
  }

  renew(error: unknown): void {
    this.drain.renew(error);
  }

  beforeRestart(error: unknown, message: unknown): void {
    const { beforeRestart } = this.options ?? {};
    if (beforeRestart === undefined) return;
    attempt(() => {
      beforeRestart(error, message);
    });
  }

  renewSiblings(error: unknown): void {
    const { parent } = this.options ?? {};
    if (parent !== undefined) cellOf(parent).drain.belongings!.renewSiblings(this, error);
  }

  /** Nothing is processed from here on; the end itself comes when the last child has ended. */
  end(termination: Termination, heard = false): void {
    const { mailbox } = this;
    heard ||= this.outputs?.observed === true;
    this.#stage = this.#lastStage;
    this.#ending?.disobey?.();
    mailbox?.shut();
    this.drain.halt(termination);
    if (mailbox !== undefined) {
      discardAll(this, mailbox, reasonOf(termination), () => this.closedError(termination));
    }
    const { belongings } = this.drain;
    if (belongings === undefined) this.#over(termination, heard);
    else {
      belongings.endChildren(termination, (last) => {
        this.#over(last, heard);
      });
    }
  }

  /** What comes next once nothing is processed any more. */
  get #lastStage(): number {
    return (this.drain.belongings?.children?.size ?? 0) > 0 ? ENDING : CLOSED;
  }

  #over(termination: Termination, heard: boolean): void {
    const { outputs, mailbox } = this;
    const { afterEnd, parent } = this.options ?? {};
    const own = (this.#ending ??= new Ending());
    this.#stage = CLOSED;
    own.termination = termination;
    this.crew.residents.remove(this);
    this.core.inspect?.({ type: 'closed', actor: this.face, termination });
    if (afterEnd !== undefined)
      attempt(() => {
        afterEnd(termination);
      });
    outputs?.end(termination);
    mailbox?.end();
    this.mailbox = this.outputs = undefined;
    own.settle(termination);
    if (parent !== undefined && cellOf(parent).childEnded(this, termination)) heard = true;
    if (termination.kind === 'failed' && !heard) this.#reportUnlessHeard(termination.error);
  }

  /** Whoever made the actor has until the next task to look at it, as with the rejection of a Promise. */
  #reportUnlessHeard(error: unknown): void {
    this.core.timers.schedule(() => {
      if (!this.#ending!.heard) reportErrorNow(error);
    });
  }

  closedError(termination = this.#termination): ActorClosedError {
    if (termination === undefined || termination.kind === 'closed') return new ActorClosedError(this.name);
    const cause = termination.kind === 'failed' ? termination.error : termination.reason;
    return new ActorClosedError(this.name, { cause });
  }

  get #termination(): Termination | undefined {
    return this.#ending?.termination;
  }

  #obey(signal: AbortSignal): void {
    const disobey = onAbort(signal, (reason) => {
      this.kill(reason);
    });
    (this.#ending ??= new Ending()).disobey = disobey;
  }

  /* What it has around it */

  expectAlive(): void {
    if (this.drain.over) throw this.closedError();
  }

  get belongings(): Belongings<In> {
    this.expectAlive();
    return this.drain.ownBelongings;
  }

  /** @returns Whether this actor hears of a failure. */
  childEnded(child: Child, termination: Termination): boolean {
    const { belongings, over } = this.drain;
    const tells = termination.kind === 'failed' && !over;
    if (tells) belongings!.childFailed(child, termination.error);
    belongings!.children!.remove(child);
    return tells;
  }

  /* Who looks on */

  observe(subscriber: Subscriber<Out>): TeardownLogic {
    const termination = this.#termination;
    if (termination !== undefined) {
      this.#ending!.heard = true;
      tellEnd(subscriber, termination);
      return undefined;
    }
    this.drain.life?.welcome?.(subscriber);
    return (this.outputs ??= new Outputs()).subscribe(subscriber);
  }

  join(): Promise<void> {
    return (this.#ending ??= new Ending()).join();
  }

  get terminated(): Observable<Termination> {
    return (this.#ending ??= new Ending()).terminated;
  }

  watch(listener: EndListener): Watch | undefined {
    const termination = this.#termination;
    if (termination === undefined) return (this.#ending ??= new Ending()).listen(listener);
    listener.ended(termination);
    return undefined;
  }

  /** How many messages wait: now, and whenever that changes. */
  pending(subscriber: Subscriber<number>): TeardownLogic {
    if (this.#stage < ENDING) return this.#openMailbox().sizes.subscribe(subscriber);
    subscriber.next(0);
    subscriber.complete();
    return undefined;
  }
}
