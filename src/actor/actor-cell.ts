import { Subject, type Observable, type Subscriber, type Subscription, type TeardownLogic } from 'rxjs';
import { ActorClosedError } from '../errors/actor-closed-error.js';
import { ActorExit } from '../errors/actor-exit.js';
import { MailboxFullError } from '../errors/mailbox-full-error.js';
import type { Runnable } from '../internal/dispatcher.js';
import type { EndListener } from '../internal/mortal.js';
import type { Resident } from '../internal/registry.js';
import { reportError } from '../internal/report-error.js';
import type { SystemCore } from '../internal/system-core.js';
import type { DeadLetterReason } from '../contract/dead-letter.js';
import type { Actor } from './actor.js';
import type { ActorOptions } from './actor-options.js';
import { Ask, type AskOptions, type AskStage } from './ask.js';
import { Context, type ActorContext } from './context.js';
import { Ending, type Termination } from './ending.js';
import { Envelope, Misfit, UpstreamError } from './envelope.js';
import { follow } from './follow.js';
import { Lane } from './lane.js';
import type { Life } from './life.js';
import { Mailbox, NOTHING } from './mailbox.js';
import { Offer } from './offer.js';
import { RestartLog } from './restart-log.js';
import { directiveFor, type Directive } from './supervision.js';
import { Work, type Employer } from './work.js';

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

/** What is done with one message; `this` is the actor. */
export type Handler<In> = (this: unknown, message: In, context: ActorContext<In>) => unknown;

/** What a handler returns when its message is not done with until {@link ActorCell.release}. */
export const HELD = Symbol('held');

// What keeps the next message from being taken.
/** A turn is under way. */
const QUEUED = 1;
/** A turn is on the stack. */
const IN_TURN = 2;
/** The work of a message goes on. */
const BUSY = 4;
/** Waits before a restart. */
const BACKING_OFF = 8;
/** Not started. */
const UNSTARTED = 16;
/** A `run()` of the actor's own is not ready for a message. */
const NO_TAKER = 32;
// What the next turn has to see to.
/** An incarnation has to begin first. */
const UNBEGUN = 64;
/** No message of this incarnation has been taken yet. */
const FRESH = 128;
// What holds for good.
/** Closing or closed: takes no message any more. */
const REFUSING = 256;

/** A turn runs or is bound to come, so that nobody need ask for one. */
const SPOKEN_FOR = QUEUED | IN_TURN | BUSY | BACKING_OFF | UNSTARTED;
const TAKES_NONE = BUSY | BACKING_OFF | NO_TAKER | UNBEGUN;

/** What few actors need, so that the others need not carry it. */
class Extras<Out> {
  life: Life<Out> | undefined;
  lane: Lane | undefined;
  restarts: RestartLog | undefined;
  backoff: Subscription | undefined;
  /** Where outputs go instead of to the observers: into the pipeline of a `run()` that drains by the default `run()`. */
  sink: Subscriber<Out> | undefined;
  /** The end that comes once what is on the stack has returned. */
  coming: Termination | undefined;
  /** The message on the stack has met its fate, though the end is coming. */
  settled = false;
  signalled: (() => void) | undefined;
}

/**
 * The engine of one actor: its mailbox, the turn that drains it, how it fails and how it ends.
 *
 * It stands apart from the class `Actor`, so that all the subclasses of that share one hidden class here, where the hot
 * loop is.
 */
export class ActorCell<In, Out> implements Runnable, Resident, Employer<Out> {
  previous: Resident | undefined = undefined;
  following: Resident | undefined = undefined;
  status: ActorStatus = 'created';
  readonly face: Actor<In, Out>;
  readonly core: SystemCore;
  readonly #options: ActorOptions<In> | undefined;
  readonly #name: string | number;
  #flags = UNSTARTED | UNBEGUN | FRESH;
  #handler: Handler<In>;
  #mailbox: Mailbox<In> | undefined = undefined;
  #context: Context<In> | undefined = undefined;
  /** The ask whose message has its turn. */
  #ask: Ask<In, Out> | undefined = undefined;
  #work: Work<Out> | undefined = undefined;
  #outputs: Subject<Out> | undefined = undefined;
  #ending: Ending | undefined = undefined;
  #termination: Termination | undefined = undefined;
  #extras: Extras<Out> | undefined = undefined;

  constructor(face: Actor<In, Out>, core: SystemCore, options: ActorOptions<In> | undefined, handler: Handler<In>) {
    core.expectOpen();
    this.face = face;
    this.core = core;
    this.#options = options;
    this.#name = options?.name ?? core.nextId();
    this.#handler = handler;
    core.actors.add(this);
    if (options?.signal !== undefined) this.#obey(options.signal);
  }

  get name(): string {
    return typeof this.#name === 'string' ? this.#name : `actor-${this.#name}`;
  }

  get pending(): number {
    return this.#mailbox?.size ?? 0;
  }

  get life(): Life<Out> | undefined {
    return this.#extras?.life;
  }

  /** Has messages handled by something else than the actor's `receive`; before it starts. */
  handle(handler: Handler<In>): void {
    this.#handler = handler;
  }

  /** Gives it a life beside its messages, and another way to handle them; before it starts. */
  live(life: Life<Out>, handler: Handler<In>): void {
    this.#rare.life = life;
    this.handle(handler);
  }

  start(): void {
    if (this.status !== 'created') return;
    this.status = 'running';
    this.#flags &= ~UNSTARTED;
    if (this.#extras?.life !== undefined || this.#mailbox?.empty === false) this.#queue();
  }

  /* Sending */

  send(message: In): boolean {
    if ((this.#flags & REFUSING) !== 0) {
      this.core.deadLetter(message, this.face, 'closed');
      return false;
    }
    return this.#enter(message);
  }

  #enter(entry: unknown): boolean {
    const mailbox = (this.#mailbox ??= new Mailbox<In>(this.#options?.mailbox));
    if (mailbox.size >= mailbox.capacity) {
      const overflow = (): Error => new MailboxFullError(this.name, mailbox.capacity);
      if (!mailbox.dropsOldest) {
        this.#discard(entry, 'overflow', overflow);
        return false;
      }
      this.#discard(mailbox.dropOldest(), 'overflow', overflow);
      // Whoever heard of the dropped message may have ended the actor, or filled the room again.
      if (this.#mailbox !== mailbox || mailbox.full) return this.#reenter(entry);
    }
    mailbox.push(entry);
    if ((this.#flags & (SPOKEN_FOR | NO_TAKER)) === 0) this.#queue();
    return true;
  }

  #reenter(entry: unknown): boolean {
    if ((this.#flags & REFUSING) === 0) return this.#enter(entry);
    this.#discard(entry, 'closed', () => this.#closedError());
    return false;
  }

  sendError(error: unknown): void {
    if ((this.#flags & REFUSING) !== 0) {
      reportError(error);
      return;
    }
    (this.#mailbox ??= new Mailbox<In>(this.#options?.mailbox)).pushError(new UpstreamError(error));
    if ((this.#flags & (SPOKEN_FOR | NO_TAKER)) === 0) this.#queue();
  }

  offer(message: In, subscriber: Subscriber<void>): TeardownLogic {
    if ((this.#flags & REFUSING) !== 0) {
      subscriber.error(this.#closedError());
      return;
    }
    const mailbox = (this.#mailbox ??= new Mailbox<In>(this.#options?.mailbox));
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
    const signal = options?.signal;
    if (signal?.aborted === true) {
      subscriber.error(signal.reason);
      return;
    }
    const ask = new Ask(this, message, subscriber);
    if ((this.#flags & REFUSING) !== 0) {
      this.#discard(ask, 'closed', () => this.#closedError());
      return;
    }
    if (options?.whenFull === 'wait' && this.#mailbox?.full === true) {
      ask.stage = 'lining-up';
      this.#mailbox.wait(ask);
    } else if (!this.#enter(ask)) {
      return;
    }
    if (options !== undefined) ask.limit(options);
    return ask;
  }

  /** Takes an ask back whose asker waits no longer. */
  withdraw(ask: Ask<unknown, unknown>, stage: AskStage): void {
    if (stage === 'lining-up') {
      this.#mailbox?.giveUp(ask);
    } else if (stage === 'waiting') {
      this.#mailbox?.remove(ask);
      if (this.status === 'closing' && (this.#flags & SPOKEN_FOR) === 0) this.#queue();
    } else {
      ask.abort();
      if (this.#ask === ask) this.#ask = undefined;
      const work = this.#work;
      if (work?.ask !== ask) return;
      this.#work = undefined;
      work.cancel();
      if ((this.#flags & BUSY) !== 0) this.#goOn();
    }
  }

  /* The turn */

  #queue(): void {
    this.#flags |= QUEUED;
    this.core.dispatcher.ready(this as Runnable);
  }

  /** Takes messages one at a time for as long as they are done at once; returns how many. */
  turn(limit: number): number {
    let taken = 0;
    let entry: unknown = NOTHING;
    this.#flags = (this.#flags & ~QUEUED) | IN_TURN;
    while (this.status !== 'closed') {
      entry = NOTHING;
      if ((this.#flags & (TAKES_NONE | FRESH)) !== 0 && !this.#prepared()) break;
      const mailbox = this.#mailbox;
      if (taken === limit || mailbox === undefined) break;
      entry = mailbox.shift();
      if (entry === NOTHING) break;
      taken++;
      if (entry instanceof Envelope) this.#open(entry);
      else this.#handle(entry as In, undefined);
    }
    this.#flags &= ~IN_TURN;
    if (this.status === 'closed') this.#endComing(entry);
    else this.#turnOver();
    return taken;
  }

  /** Sees to what has to come before the next message; `false` when that can't be taken yet. */
  #prepared(): boolean {
    if ((this.#flags & (UNBEGUN | BACKING_OFF)) === UNBEGUN) this.#begin();
    if ((this.#flags & TAKES_NONE) !== 0 || this.status === 'closed') return false;
    if (this.#mailbox?.empty === false) {
      this.#flags &= ~FRESH;
      this.#extras?.restarts?.started();
    }
    return true;
  }

  #begin(): void {
    this.#flags &= ~UNBEGUN;
    const extras = this.#extras;
    if (extras === undefined) return;
    extras.restarts?.begin(this.core.timers.now());
    try {
      extras.life?.begin();
    } catch (error) {
      this.failed(error);
    }
  }

  #turnOver(): void {
    if ((this.#flags & (BUSY | BACKING_OFF)) !== 0) return;
    const empty = this.#mailbox?.empty !== false;
    if ((this.#flags & UNBEGUN) !== 0 || (!empty && (this.#flags & NO_TAKER) === 0)) this.#queue();
    else if (empty && this.status === 'closing') this.#drained();
  }

  #drained(): void {
    const life = this.#extras?.life;
    if (life === undefined) this.#end({ kind: 'closed' });
    else life.drained();
  }

  /** Gets a turn for what has come meanwhile, now that nothing keeps it from that. */
  #goOn(): void {
    this.#flags &= ~BUSY;
    const coming = this.#extras?.coming;
    if (coming !== undefined) this.#end(coming);
    else if ((this.#flags & SPOKEN_FOR) === 0 && (this.status === 'closing' || (this.#flags & UNBEGUN) !== 0 || this.#mailbox?.empty === false)) this.#queue();
  }

  #open(envelope: Envelope): void {
    if (envelope instanceof Ask) {
      const ask = envelope as Ask<In, Out>;
      ask.stage = 'running';
      this.#ask = ask;
      this.#handle(ask.message, ask);
    } else if (envelope instanceof UpstreamError) {
      this.failed(envelope.error);
    } else {
      const { entry, error } = envelope as Misfit;
      if (entry instanceof Ask) this.#failed(error, entry.message, entry as Ask<In, Out>);
      else this.#failed(error, entry, undefined);
    }
  }

  #handle(message: In, ask: Ask<In, Out> | undefined): void {
    let result: unknown;
    try {
      result = this.#handler.call(this.face, message, ask === undefined ? (this.#context ??= new Context(this)) : ask.context);
    } catch (error) {
      this.#failed(error, message, ask);
      return;
    }
    if (result !== undefined) this.#follow(result, message, ask);
    else if (ask !== undefined) this.#answered(ask);
  }

  #follow(result: unknown, message: In, ask: Ask<In, Out> | undefined): void {
    // Killed or taken back while the behavior was on the stack: nobody wants what it would do.
    if (result === HELD || this.status === 'closed' || ask?.stage === 'over') return;
    if (Array.isArray(result)) {
      for (const value of result) {
        this.#put(value as Out, ask);
        if ((this.status as ActorStatus) === 'closed' || (ask?.stage as string) === 'over') return;
      }
      if (ask !== undefined) this.#answered(ask);
      return;
    }
    const work = new Work<Out>(this, message, ask);
    this.#work = work;
    follow(result, work);
    if (work.outcome === 'running') {
      this.#flags |= BUSY;
      (this.#rare.lane ??= new Lane()).enter(work);
    } else {
      this.#work = undefined;
      this.#settle(work);
    }
  }

  /** Work has come to its own end; if that was while it was being subscribed, the turn sees to it. */
  ended(work: Work<Out>): void {
    if (this.#work !== work || (this.#flags & BUSY) === 0) return;
    this.#work = undefined;
    this.#settle(work);
    if (this.status !== 'closed') this.#goOn();
  }

  #settle(work: Work<Out>): void {
    const ask = work.ask as Ask<In, Out> | undefined;
    if (work.outcome === 'failed') this.#failed(work.failure, work.message, ask);
    else if (work.outcome === 'completed' && ask !== undefined) this.#answered(ask);
  }

  #answered(ask: Ask<In, Out>): void {
    this.#ask = undefined;
    ask.complete();
    this.#settled();
  }

  /** Should the end be coming, the message on the stack is none that it interrupts. */
  #settled(): void {
    if (this.#extras?.coming !== undefined) this.#extras.settled = true;
  }

  output(value: Out, work: Work<Out>): void {
    this.#put(value, work.ask as Ask<In, Out> | undefined);
  }

  #put(value: Out, ask: Ask<In, Out> | undefined): void {
    const sink = this.#extras?.sink;
    if (sink === undefined) this.emit(value, ask);
    else sink.next(value);
  }

  /** Gives an output to the observers and to the one who asked for it. */
  emit(value: Out, ask = this.#ask): void {
    if (this.#outputs !== undefined) {
      try {
        this.#outputs.next(value);
      } catch (error) {
        reportError(error);
      }
    }
    if (ask !== undefined) ask.next(value);
  }

  /* For a life of its own */

  /** Lets messages come, or keeps them waiting. */
  set taking(taking: boolean) {
    if (!taking) {
      this.#flags |= NO_TAKER;
    } else if ((this.#flags & NO_TAKER) !== 0) {
      this.#flags &= ~NO_TAKER;
      this.#goOnUnlessBusy();
    }
  }

  /** Keeps messages waiting while something of its own, such as the priming of a generator, goes on. */
  set busy(busy: boolean) {
    if (busy) this.#flags |= BUSY;
    else this.#goOn();
  }

  #goOnUnlessBusy(): void {
    if ((this.#flags & BUSY) === 0) this.#goOn();
  }

  /** Its message is done with. */
  release(): void {
    if (this.#ask !== undefined) this.#answered(this.#ask);
  }

  /** Sends all outputs there instead of to the observers. */
  set sink(sink: Subscriber<Out> | undefined) {
    this.#rare.sink = sink;
  }

  /** Gets a turn if it needs one to begin anew. */
  checkTurn(): void {
    if (this.status !== 'closed') this.#goOnUnlessBusy();
  }

  /** Looks again whether it has drained. */
  checkDrained(): void {
    if (this.status === 'closing' && (this.#flags & SPOKEN_FOR) === 0) this.#queue();
  }

  /** It has come to an end by itself, or after it was closed: what waits is not processed any more. */
  finished(): void {
    if (this.status === 'closed') return;
    const termination: Termination = { kind: 'closed' };
    if ((this.#flags & (IN_TURN | BUSY)) === 0) {
      this.#end(termination);
      return;
    }
    this.#rare.coming = termination;
    this.#rare.settled = true;
    this.#flags |= REFUSING;
    this.status = (this.#flags & IN_TURN) === 0 ? 'closing' : 'closed';
  }

  /** Failed without a message to blame, or with one that a `run()` held. */
  failed(error: unknown, message: unknown = NOTHING): void {
    this.#failed(error, message, message === NOTHING ? undefined : this.#ask);
  }

  /** Failed for good while it was coming to its end: no supervision could make that better. */
  stopped(error: unknown): void {
    if (this.status === 'closed') return;
    this.core.failed({ actor: this.face as Actor<unknown, unknown>, error, message: undefined, directive: 'stop' });
    this.#end({ kind: 'failed', error });
  }

  /* Failure */

  #failed(error: unknown, message: unknown, ask: Ask<In, Out> | undefined): void {
    if (ask !== undefined) this.#ask = undefined;
    if (this.status === 'closed') {
      // Killed while it was on the stack: the kill has decided, yet what it threw is not to be swallowed.
      if (!(error instanceof ActorExit)) reportError(error);
      return;
    }
    const blamed = message !== NOTHING;
    const { directive, wait } = this.#decide(error, blamed ? message : undefined);
    this.core.failed({ actor: this.face as Actor<unknown, unknown>, error, message: blamed ? message : undefined, directive });
    if (blamed) this.core.deadLetter(message, this.face, 'failed');
    const asked = ask !== undefined && ask.stage !== 'over';
    if (asked) ask.fail(error);
    if ((this.status as ActorStatus) === 'closed') this.#settled();
    else if (directive === 'stop') this.#end({ kind: 'failed', error }, asked);
    else if (directive === 'restart') this.#restart(wait);
    else if (this.#extras?.life?.over === true) this.#flags |= UNBEGUN | FRESH;
  }

  #decide(error: unknown, message: unknown): { directive: Directive['type']; wait: number } {
    const directive = directiveFor(this.#options?.supervision, error, message, reportError);
    const atStart = (this.#flags & FRESH) !== 0 && this.#extras?.life?.over === true;
    if (directive.type === 'resume' && atStart) return { directive: 'stop', wait: 0 };
    if (directive.type !== 'restart') return { directive: directive.type, wait: 0 };
    const restarts = (this.#rare.restarts ??= new RestartLog());
    const wait = restarts.next(directive, atStart, this.core.timers.now(), this.core.random);
    return wait === undefined ? { directive: 'stop', wait: 0 } : { directive: 'restart', wait };
  }

  #restart(wait: number): void {
    this.#dropLife();
    this.#context?.abort(undefined);
    this.#context = undefined;
    this.#flags |= UNBEGUN | FRESH;
    if (wait === 0) return;
    this.#flags |= BACKING_OFF;
    this.#rare.backoff = this.core.timers.schedule(() => {
      this.#flags &= ~BACKING_OFF;
      this.#goOnUnlessBusy();
    }, wait);
  }

  #dropLife(): void {
    try {
      this.#extras?.life?.drop();
    } catch (error) {
      reportError(error);
    }
  }

  /* The end */

  close(): void {
    if (this.status === 'created') {
      this.#end({ kind: 'closed' });
    } else if (this.status === 'running') {
      this.status = 'closing';
      this.#flags |= REFUSING;
      this.checkDrained();
    }
  }

  kill(reason: unknown): void {
    if (this.status === 'closed') return;
    const termination: Termination = { kind: 'killed', reason };
    if ((this.#flags & IN_TURN) === 0) {
      this.#end(termination);
      return;
    }
    // The behavior is on the stack: it is told to stop now, and the rest comes once it has returned.
    this.status = 'closed';
    this.#flags |= REFUSING;
    this.#rare.coming = termination;
    this.#context?.abort(reason);
    this.#ask?.abort(reason);
    this.#work?.cancel();
  }

  #endComing(entry: unknown): void {
    const extras = this.#extras;
    if (extras?.coming === undefined) return;
    if (entry !== NOTHING && !extras.settled) this.#discard(entry, 'killed', () => this.#closedError(extras.coming));
    this.#end(extras.coming);
  }

  #end(termination: Termination, heard = false): void {
    const extras = this.#extras;
    const outputs = this.#outputs;
    const work = this.#work;
    const killed = termination.kind === 'killed';
    const reason = killed ? termination.reason : undefined;
    heard ||= outputs?.observed === true || this.#ending?.heard === true;
    this.status = 'closed';
    this.#flags |= REFUSING;
    this.#termination = termination;
    this.#work = undefined;
    if (extras !== undefined) {
      extras.coming = undefined;
      extras.backoff?.unsubscribe();
      extras.signalled?.();
    }
    this.#context?.abort(reason);
    this.#ask?.abort(reason);
    extras?.lane?.close();
    const closedError = (): ActorClosedError => this.#closedError(termination);
    if (work !== undefined) {
      this.#ask = undefined;
      this.#discard((work.ask ?? work.message) as unknown, 'killed', closedError);
    }
    const held = extras?.life?.held ?? NOTHING;
    this.#dropLife();
    if (held !== NOTHING && killed) this.#discard(this.#ask ?? held, 'killed', closedError);
    else this.release();
    this.#refuseWaiting(killed ? 'killed' : 'closed', closedError);
    this.core.actors.remove(this);
    if (outputs !== undefined) this.#endOutputs(outputs, termination);
    if (termination.kind === 'failed' && !heard) reportError(termination.error);
    this.#mailbox = this.#context = this.#ask = this.#outputs = this.#extras = undefined;
    this.#ending?.settle(termination);
  }

  #refuseWaiting(reason: DeadLetterReason, error: () => Error): void {
    const mailbox = this.#mailbox;
    if (mailbox === undefined) return;
    // First those in line, or they would be let into the room that becomes free.
    for (let waiter = mailbox.turnAway(); waiter !== undefined; waiter = mailbox.turnAway()) {
      if (waiter instanceof Ask) this.#discard(waiter, reason, error);
      else waiter.fail(error());
    }
    for (let entry = mailbox.shift(); entry !== NOTHING; entry = mailbox.shift()) this.#discard(entry, reason, error);
  }

  #endOutputs(outputs: Subject<Out>, termination: Termination): void {
    try {
      if (termination.kind === 'failed') outputs.error(termination.error);
      else outputs.complete();
    } catch (error) {
      reportError(error);
    }
  }

  /** Makes a dead letter of an entry that will not be processed, and tells who asked. */
  #discard(entry: unknown, reason: DeadLetterReason, error: () => Error): void {
    if (entry instanceof Misfit) {
      this.#discard(entry.entry, reason, error);
    } else if (entry instanceof UpstreamError) {
      reportError(entry.error);
    } else if (entry instanceof Ask) {
      this.core.deadLetter(entry.message, this.face, reason);
      entry.fail(error());
    } else {
      this.core.deadLetter(entry, this.face, reason);
    }
  }

  #closedError(termination = this.#termination): ActorClosedError {
    if (termination?.kind === 'failed') return new ActorClosedError(this.name, { cause: termination.error });
    if (termination?.kind === 'killed') return new ActorClosedError(this.name, { cause: termination.reason });
    return new ActorClosedError(this.name);
  }

  #obey(signal: AbortSignal): void {
    const kill = (): void => {
      this.kill(signal.reason);
    };
    if (signal.aborted) {
      kill();
      return;
    }
    signal.addEventListener('abort', kill);
    this.#rare.signalled = () => {
      signal.removeEventListener('abort', kill);
    };
  }

  /* Those who look on */

  observe(subscriber: Subscriber<Out>): TeardownLogic {
    const termination = this.#termination;
    if (termination === undefined) {
      this.#extras?.life?.welcome?.(subscriber);
      return (this.#outputs ??= new Subject()).subscribe(subscriber);
    }
    if (termination.kind === 'failed') subscriber.error(termination.error);
    else subscriber.complete();
    return;
  }

  join(): Promise<void> {
    return (this.#ending ??= new Ending()).join(this.#termination);
  }

  get terminated(): Observable<Termination> {
    return (this.#ending ??= new Ending()).terminated(() => this.#termination);
  }

  watch(listener: EndListener): void {
    if (this.#termination === undefined) (this.#ending ??= new Ending()).add(listener);
    else listener.ended();
  }

  unwatch(listener: EndListener): void {
    this.#ending?.delete(listener);
  }

  get #rare(): Extras<Out> {
    return (this.#extras ??= new Extras());
  }
}
