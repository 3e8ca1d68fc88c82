import { noop, type Subscriber } from 'rxjs';
import type { BehaviorFailure } from '../contract/failure.js';
import { ActorExit } from '../errors/actor-exit.js';
import { ActorFailedError } from '../errors/actor-failed-error.js';
import { attempt } from '../internal/attempt.js';
import type { Dispatcher, Runnable } from '../internal/dispatcher.js';
import { reportError } from '../internal/report-error.js';
import type { Actor } from './actor.js';
import { Belongings } from './belongings.js';
import { Context } from './context.js';
import { reasonOf } from './discard.js';
import type { KilledTermination, Termination } from '../contract/termination.js';
import { discard, Envelope, NOTHING, type Asked, type Deliveries } from './envelope.js';
import { Extras } from './drain-extras.js';
import { follow, isThenable } from './follow.js';
import { Lane } from './lane.js';
import type { Life, LifeHost } from './life.js';
import type { Handler, Owner } from './owner.js';
import { stop } from './supervision.js';
import { Supervisor } from './supervisor.js';
import { Work, type Employer } from './work.js';

/** What a handler returns when its message is not done with until {@link Drain.release}. */
export const HELD = Symbol('held');

// What keeps the next message from being taken.
/** A turn is under way. */
const QUEUED = 1;
/** A turn is on the stack. */
const IN_TURN = 2;
/** The work of a message goes on. */
const BUSY = 4;
/** Waits before a restart: for a time, or for its children to end. */
const BACKING_OFF = 8;
/** Not started. */
const UNSTARTED = 16;
/** A `run()` of the actor's own is not ready for a message. */
const NO_TAKER = 32;
/** Ended, or about to end once what is on the stack has returned. */
const OVER = 64;
// What has to be seen to before the next message.
/** An incarnation has to begin. */
const UNBEGUN = 128;
/** No message of this incarnation has been taken yet. */
const FRESH = 256;
/** The message that is being handled is to be put aside. */
const STASHING = 512;
/** Somebody listens to what happens. */
const INSPECTED = 1024;
/** A sibling wants it to begin anew, as soon as what is on the stack has returned. */
const RENEWING = 2048;

/** A turn runs or is bound to come, or none may: nobody need ask for one. */
const SPOKEN_FOR = QUEUED | IN_TURN | BUSY | BACKING_OFF | UNSTARTED | OVER;
const TAKES_NONE = BUSY | BACKING_OFF | NO_TAKER | OVER | UNBEGUN;

/**
 * Drains the mailbox of one actor: takes its turns, one message at a time, follows the work that a message leads to, and
 * sees to what fails.
 *
 * A message whose work is done when the behavior returns costs a loop iteration. What goes on after that is an inner of
 * the {@link Lane}'s `concatMap`, and the next message waits until it has completed.
 */
export class Drain<In, Out> implements Runnable, Employer<Out>, LifeHost<Out>, Deliveries {
  readonly #owner: Owner<In, Out>;
  #handler: Handler<In>;
  #flags = UNSTARTED | UNBEGUN | FRESH;
  #context: Context<In> | undefined = undefined;
  /** The ask whose message has its turn. */
  #ask: Asked | undefined = undefined;
  #work: Work<Out> | undefined = undefined;
  #extras: Extras<In, Out> | undefined = undefined;

  constructor(owner: Owner<In, Out>, handler: Handler<In>) {
    this.#owner = owner;
    this.#handler = handler;
  }

  get life(): Life<Out> | undefined {
    return this.#extras?.life;
  }

  /** Has messages handled by something else than the actor's `receive`, perhaps as part of a life; before it starts. */
  handle(handler: Handler<In>, life?: Life<Out>): void {
    this.#handler = handler;
    if (life !== undefined) this.#rare.life = life;
  }

  start(): void {
    this.#flags &= ~UNSTARTED;
    if (this.#extras?.life !== undefined || !this.#empty) this.#queue();
  }

  /** A message has come: gets a turn, unless one is bound to come anyway. */
  wake(): void {
    if ((this.#flags & SPOKEN_FOR) === 0 && ((this.#flags & NO_TAKER) === 0 || this.#urgent)) this.#queue();
  }

  /** Gets a turn in which to end, or to have its life come to its end, once nothing waits. */
  wakeToEnd(): void {
    if ((this.#flags & SPOKEN_FOR) === 0) this.#queue();
  }

  #queue(): void {
    this.#flags |= QUEUED;
    this.dispatcher.ready(this);
  }

  /* The turn */

  /** Takes messages one at a time for as long as they are done at once; returns how many. */
  turn(limit: number): number {
    let taken = 0;
    let entry: unknown;
    const inspected = this.#owner.core.inspect === undefined ? 0 : INSPECTED;
    this.#flags = (this.#flags & ~(QUEUED | INSPECTED)) | IN_TURN | inspected;
    this.#extras?.belongings?.idle?.busy();
    do {
      entry = NOTHING;
      if ((this.#flags & (TAKES_NONE | FRESH)) !== 0 && !this.#prepared()) break;
      const { mailbox } = this.#owner;
      if (taken === limit || mailbox === undefined) break;
      entry = mailbox.shift();
      if (entry === NOTHING) break;
      taken++;
      if (entry instanceof Envelope) entry.deliver(this);
      else this.process(entry, undefined);
    } while ((this.#flags & (OVER | STASHING | RENEWING)) === 0);
    this.#flags &= ~IN_TURN;
    if ((this.#flags & OVER) === 0) {
      if ((this.#flags & STASHING) !== 0) this.#putAside(entry);
      if ((this.#flags & RENEWING) !== 0) this.#renew(this.#extras!.renewal);
      this.look();
    } else {
      this.#endComing(entry);
    }
    return taken;
  }

  /** Sees to what has to come before the next message; `false` when that can't be taken yet. */
  #prepared(): boolean {
    if ((this.#flags & (UNBEGUN | BACKING_OFF | OVER)) === UNBEGUN) this.#begin();
    // What the engine has to say needs nobody to take it, and is no message of this incarnation; nor is an upstream's error.
    if ((this.#flags & TAKES_NONE & ~NO_TAKER) === 0 && this.#urgent) return true;
    if ((this.#flags & TAKES_NONE) !== 0) return false;
    if ((this.#owner.mailbox?.size ?? 0) > 0) {
      this.#flags &= ~FRESH;
      this.#extras?.supervisor?.started();
    }
    return true;
  }

  #begin(): void {
    this.#flags &= ~UNBEGUN;
    const extras = this.#extras;
    if (extras === undefined) return;
    const { core, face: actor } = this.#owner;
    extras.supervisor?.begun(core.timers.now());
    if (extras.restarting) core.inspect?.({ type: 'restarted', actor });
    extras.restarting = false;
    try {
      extras.life?.begin();
    } catch (error) {
      this.failed(error);
    }
  }

  process(message: unknown, ask: Asked | undefined): void {
    if (ask !== undefined) this.#ask = ask;
    const context = (ask === undefined ? (this.#context ??= new Context(this.#owner)) : ask.context) as Context<In>;
    let result: unknown;
    if ((this.#flags & INSPECTED) !== 0) {
      this.#tellStart(message);
      // Whoever hears of it may kill the actor: then the message is one that was interrupted.
      if ((this.#flags & OVER) !== 0) return;
    }
    try {
      // Not as a method, nor by `call`: only a plain call lets the compiler put the behavior in its place.
      const handler = this.#handler;
      result = handler(message as In, context);
    } catch (error) {
      this.fail(error, message, ask);
      return;
    }
    if (result !== undefined) {
      this.#follow(result, message, ask);
    } else if (ask !== undefined || this.#extras !== undefined) {
      // Of a bare message to a plain actor nobody has to hear.
      this.#processed(message, ask);
    }
  }

  /** Done with a message, unless its behavior or its teardown has killed the actor: then it is one that was interrupted. */
  #processed(message: unknown, ask: Asked | undefined): void {
    if (this.#interrupted) return;
    if (ask !== undefined) {
      const cancelled = ask.stage === 'over';
      this.#answered(ask);
      // Cancelled by its own asker while it was on the stack, it counts as that.
      if (cancelled) return;
    }
    if ((this.#flags & INSPECTED) !== 0) this.#tellEnd(message);
    this.#settled();
  }

  #tellStart(message: unknown): void {
    const { core, face: actor } = this.#owner;
    const extras = this.#rare;
    extras.startedAt = core.timers.now();
    extras.starting = message;
    core.inspect?.({ type: 'started', actor, message });
    extras.starting = NOTHING;
  }

  /** The message of which it is just told that it is handled now. */
  get starting(): unknown {
    return this.#extras?.starting ?? NOTHING;
  }

  #tellEnd(message: unknown): void {
    if ((this.#flags & STASHING) !== 0) return;
    const { core, face: actor } = this.#owner;
    // Somebody may have begun to listen while the work went on.
    const now = core.timers.now();
    core.inspect?.({ type: 'processed', actor, message, duration: now - (this.#extras!.startedAt ?? now) });
  }

  /** The behavior has killed its own actor: what it was doing for its message does not count as done. */
  get #interrupted(): boolean {
    return this.#extras?.coming !== undefined && !this.#extras.settled;
  }

  #follow(result: unknown, message: unknown, ask: Asked | undefined): void {
    if (result === HELD) return;
    if (this.#unwanted(ask)) {
      // Nobody follows it, yet a Promise that is rejected with nobody there would end the process.
      if (isThenable(result as object)) {
        (result as PromiseLike<unknown>).then(undefined, ask?.stage === 'over' ? noop : reportError);
      }
      return;
    }
    if (Array.isArray(result)) {
      this.#followArray(result as Out[], message, ask);
      return;
    }
    const work = new Work<Out>(this, message, ask);
    this.#work = work;
    follow(result, work);
    // An iterable, or an Observable that is built lazily, has called `stash()`.
    if ((this.#flags & STASHING) !== 0) work.cancel();
    if (work.outcome === 'running') {
      this.#flags |= BUSY;
      if (!isThenable(result as object)) (this.#rare.lane ??= new Lane()).enter(work);
    } else {
      this.#work = undefined;
      this.#settle(work);
    }
  }

  /** What is there already needs neither an Observable nor a place in the lane. */
  #followArray(values: readonly Out[], message: unknown, ask: Asked | undefined): void {
    try {
      for (const value of values) {
        this.#put(value, ask);
        if (this.#unwanted(ask)) return;
      }
    } catch (error) {
      this.fail(error, message, ask);
      return;
    }
    this.#processed(message, ask);
  }

  /** Killed, taken back or put aside while the behavior is on the stack: nobody wants what more it would do. */
  #unwanted(ask: Asked | undefined): boolean {
    return (this.#flags & (OVER | STASHING)) !== 0 || ask?.stage === 'over';
  }

  /** Work has come to its own end; if that is while it is being subscribed, the turn sees to it. */
  ended(work: Work<Out>): void {
    if (this.#work !== work || (this.#flags & BUSY) === 0) return;
    this.#leave();
    this.#settle(work);
    this.occupy(false);
  }

  #settle(work: Work<Out>): void {
    const ask = work.ask;
    if (work.outcome === 'failed') this.fail(work.failure, work.message, ask);
    else if (work.outcome === 'completed') this.#processed(work.message, ask);
  }

  #answered(ask: Asked): void {
    this.#ask = undefined;
    if (ask.stage !== 'stashed') ask.complete();
  }

  /** Should the end be coming, the message on the stack is none that it interrupts. */
  #settled(): void {
    if (this.#extras?.coming !== undefined) this.#extras.settled = true;
  }

  /** Takes back the ask whose message has its turn: its work is stopped, and the actor goes on to the next message. */
  withdraw(ask: Asked): void {
    ask.abort();
    // A life that holds its message may yet fail with it, and is to find that it was cancelled.
    if (this.#ask === ask && (this.#extras?.life?.held ?? NOTHING) === NOTHING) this.#ask = undefined;
    const work = this.#work;
    if (work?.ask !== ask) return;
    work.cancel();
    this.#leave();
    if (this.life?.cancelled?.() !== true) this.occupy(false);
  }

  #leave(): void {
    this.#work = undefined;
    this.#extras?.lane?.leave();
  }

  get dispatcher(): Dispatcher {
    return this.#owner.crew.dispatcher;
  }

  output(value: Out, work: Work<Out>): void {
    if (!this.unwanted) this.#put(value, work.ask);
  }

  #put(value: Out, ask: Asked | undefined): void {
    const sink = this.#extras?.sink;
    if (sink !== undefined) {
      sink.next(value);
      return;
    }
    this.emit(value);
    ask?.next(value);
  }

  /* For its life */

  get name(): string {
    return this.#owner.name;
  }

  /** What the behavior returned for a message goes on, or is being subscribed. */
  get atWork(): boolean {
    return this.#work !== undefined;
  }

  /** A message is being worked on, or a turn is under way. */
  get working(): boolean {
    return (this.#flags & (IN_TURN | BUSY)) !== 0 || (this.life?.held ?? NOTHING) !== NOTHING;
  }

  get over(): boolean {
    return (this.#flags & OVER) !== 0;
  }

  get unwanted(): boolean {
    return (this.#flags & (OVER | STASHING)) !== 0;
  }

  set sink(sink: Subscriber<Out> | undefined) {
    this.#rare.sink = sink;
  }

  emit(value: Out): void {
    this.#owner.outputs?.next(value);
  }

  answer(value: Out): void {
    this.emit(value);
    this.#ask?.next(value);
  }

  take(taking: boolean): void {
    this.#flags = taking ? this.#flags & ~NO_TAKER : this.#flags | NO_TAKER;
    if (taking) this.look();
  }

  occupy(busy: boolean): void {
    this.#flags = busy ? this.#flags | BUSY : this.#flags & ~BUSY;
    this.look();
  }

  release(message: unknown): void {
    if (message !== NOTHING) this.#processed(message, this.#ask);
    else if (this.#ask !== undefined) this.#answered(this.#ask);
  }

  /** Goes on with what is to be done next, in a turn of its own unless that is the end. */
  look(): void {
    if ((this.#flags & SPOKEN_FOR) !== 0) return;
    const { coming, life } = this.#extras ?? {};
    if (coming !== undefined) this.#owner.end(coming);
    else if ((this.#flags & UNBEGUN) !== 0) this.#queue();
    else if (!this.#empty) this.wake();
    else if (!this.#owner.refusing) this.#rest();
    else if (life === undefined) this.#owner.end({ kind: 'closed' });
    else life.drained();
  }

  #rest(): void {
    const extras = this.#extras;
    if (extras === undefined) return;
    extras.lane?.rest();
    extras.belongings?.idle?.idle();
  }

  finished(): void {
    if ((this.#flags & OVER) !== 0) return;
    if ((this.#flags & IN_TURN) === 0) this.#owner.end({ kind: 'closed' });
    else {
      this.finishing();
      this.#flags |= OVER;
    }
  }

  finishing(): void {
    const extras = this.#rare;
    extras.coming = { kind: 'closed' };
    extras.settled = true;
    this.#owner.refuse();
  }

  failed(error: unknown, message: unknown = NOTHING): void {
    this.fail(error, message, message === NOTHING ? undefined : this.#ask);
  }

  stopped(error: unknown): void {
    if ((this.#flags & OVER) !== 0) {
      reportError(error);
      return;
    }
    const actor = this.#owner.face as Actor<unknown, unknown>;
    this.#tellFailure({ actor, error, message: undefined, directive: 'stop' });
    this.#owner.end({ kind: 'failed', error });
  }

  /* Failure */

  fail(error: unknown, message: unknown, ask: Asked | undefined): void {
    if (ask !== undefined) this.#ask = undefined;
    this.#flags &= ~STASHING;
    if ((this.#flags & OVER) !== 0) {
      // Killed or finished while it was on the stack: that has decided, yet what it threw is not to be swallowed.
      if (!(error instanceof ActorExit)) reportError(error);
      this.#rare.settled = false;
      return;
    }
    const { core, face: actor, options } = this.#owner as Owner<unknown, unknown>;
    const { supervision = stop() } = options ?? {};
    const blamed = message !== NOTHING;
    const asked = ask !== undefined && ask.stage !== 'over';
    const fresh = (this.#flags & FRESH) !== 0;
    const over = this.#extras?.life?.over === true;
    const supervisor = (this.#rare.supervisor ??= new Supervisor(supervision, core.random));
    const given = blamed ? message : undefined;
    const { directive, wait } = supervisor.decide(error, given, fresh, over, core.timers.now());
    this.#tellFailure({ actor, error, message: given, directive });
    // One that its asker has cancelled has met its fate already.
    if (blamed && (asked || ask === undefined)) core.deadLetter(message, actor, 'failed');
    if (asked) ask.fail(error);
    if ((this.#flags & OVER) === 0) {
      if (directive === 'stop') this.#owner.end({ kind: 'failed', error }, asked);
      else if (directive === 'restart') this.#restart(error, given, wait, true);
      else if (over) this.#flags |= UNBEGUN | FRESH;
    }
    // Should any of that have ended the actor.
    this.#settled();
  }

  #tellFailure(failure: BehaviorFailure): void {
    const { core } = this.#owner;
    core.inspect?.({ type: 'failed', ...failure });
    core.failed(failure);
  }

  /** Goes on as new once `wait` is over and the children have ended. */
  #restart(error: unknown, message: unknown, wait: number, withSiblings: boolean): void {
    const owner = this.#owner;
    owner.beforeRestart(error, message);
    // Before anybody hears of the restart: to them the mailbox is as full as it will be.
    this.#putBack(this.belongings);
    if (withSiblings) owner.renewSiblings(error);
    this.#dropLife();
    this.#context?.abort(undefined);
    this.#context = undefined;
    this.#flags |= UNBEGUN | FRESH | BACKING_OFF;
    const extras = this.#rare;
    const { belongings, former } = extras;
    extras.restarting = true;
    if (former !== undefined) this.#handler = former;
    belongings?.renew();
    // Whoever has heard of any of that may have ended the actor.
    if ((this.#flags & OVER) !== 0) return;
    let awaited = 2;
    const arrived = (): void => {
      if (--awaited > 0) return;
      this.#flags &= ~BACKING_OFF;
      this.look();
    };
    if (wait > 0) extras.backoff = owner.core.timers.schedule(arrived, wait);
    else arrived();
    if (belongings === undefined) arrived();
    else belongings.endChildren({ kind: 'failed', error }, arrived);
  }

  /** Begins anew because a sibling does: what it is at is interrupted. */
  renew(error: unknown): void {
    if ((this.#flags & IN_TURN) === 0) this.#renew(error);
    else {
      this.#flags |= RENEWING;
      this.#rare.renewal = error;
    }
  }

  #renew(error: unknown): void {
    this.#flags &= ~RENEWING;
    if ((this.#flags & (OVER | UNSTARTED | UNBEGUN)) !== 0) return;
    const interrupted = this.#interruptWork();
    // Its teardown may have ended the actor, which has seen to the message then.
    if ((this.#flags & OVER) !== 0) return;
    this.#flags &= ~BUSY;
    this.#extras?.lane?.leave();
    this.#restart(error, undefined, 0, false);
    const restarted = (): Error => new ActorFailedError(this.name, 'was restarted with its siblings', { cause: error });
    if (interrupted !== NOTHING) discard(this.#owner, interrupted, 'restarted', restarted);
    this.look();
  }

  /** Stops the work that goes on, and gives the entry that it was done for. */
  #interruptWork(): unknown {
    const work = this.#work;
    const entry = work !== undefined ? (work.ask ?? work.message) : (this.#ask ?? this.#extras?.life?.held ?? NOTHING);
    this.#ask?.abort();
    work?.cancel();
    this.#work = this.#ask = undefined;
    return entry;
  }

  #dropLife(): void {
    attempt(() => {
      this.#extras?.life?.drop();
    });
  }

  /* The end */

  /** Stops what is on the stack, if anything is; the end comes once that has returned. */
  interrupt(termination: KilledTermination): boolean {
    if ((this.#flags & IN_TURN) === 0) return false;
    this.#flags |= OVER;
    this.#rare.coming = termination;
    this.#abort(termination.reason);
    this.#work?.cancel();
    return true;
  }

  #endComing(entry: unknown): void {
    const coming = this.#extras?.coming;
    if (coming === undefined) return;
    // What is put aside meets its fate with the others that are.
    if ((this.#flags & STASHING) !== 0) this.#putAside(entry);
    else if (entry !== NOTHING && this.#interrupted) {
      discard(this.#owner, entry, reasonOf(coming), () => this.#owner.closedError(coming));
    }
    this.#owner.end(coming);
  }

  /** Stops whatever goes on, for good, and lets go of everything. */
  halt(termination: Termination): void {
    const extras = this.#extras;
    const work = this.#work;
    const killed = termination.kind === 'killed';
    const closedError = (): Error => this.#owner.closedError(termination);
    this.#flags |= OVER;
    this.#work = undefined;
    this.#abort(killed ? termination.reason : undefined);
    extras?.backoff?.unsubscribe();
    extras?.belongings?.drop();
    extras?.lane?.close();
    if (work !== undefined) {
      this.#ask = undefined;
      // Its teardown has ended the actor, yet what it failed with is not to be swallowed.
      if (work.outcome === 'failed') reportError(work.failure);
      // A Promise has no place in the lane, nor has what is still being subscribed.
      work.cancel();
      discard(this.#owner, work.ask ?? work.message, reasonOf(termination), closedError);
    }
    const held = extras?.life?.held ?? NOTHING;
    this.#dropLife();
    if (killed && held !== NOTHING) discard(this.#owner, this.#ask ?? held, 'killed', closedError);
    else this.release(held);
    extras?.belongings?.stash?.discardAll(this.#owner, reasonOf(termination), closedError);
    this.#context = this.#ask = undefined;
    // A life may be asked for a message even now, and says that there will be none; children have yet to end.
    this.#extras = extras?.remains;
  }

  #abort(reason: unknown): void {
    this.#context?.abort(reason);
    this.#ask?.abort(reason);
  }

  /* What few actors have */

  get belongings(): Belongings<In> | undefined {
    return this.#extras?.belongings;
  }

  /** Made when they are first asked for. */
  get ownBelongings(): Belongings<In> {
    return (this.#rare.belongings ??= new Belongings<In>(this.#owner));
  }

  /** Has the message that is being handled put aside when its behavior has returned. */
  stash(): void {
    const { belongings } = this.#owner;
    if ((this.#flags & IN_TURN) === 0) {
      throw new TypeError('Expected `stash()` to be called while the behavior is called, got a call from later on.');
    }
    belongings.expectRoomAside();
    this.#flags |= STASHING;
    // Not one that has been cancelled meanwhile.
    if (this.#ask?.stage === 'running') this.#ask.stage = 'stashed';
  }

  #putAside(entry: unknown): void {
    this.#flags &= ~STASHING;
    this.#ask = undefined;
    this.belongings!.stash!.put(entry);
  }

  unstashAll(): void {
    if (this.#putBack(this.#owner.belongings)) this.wake();
  }

  #putBack(belongings: Belongings<In> | undefined): boolean {
    const entries = belongings?.stash?.takeAll() ?? [];
    if (entries.length > 0) this.#owner.mailbox!.putBack(entries);
    return entries.length > 0;
  }

  become(behavior: Handler<In>): void {
    if (this.over) throw this.#owner.closedError();
    const extras = this.#rare;
    if (extras.life !== undefined) {
      throw new TypeError(
        `Expected an actor whose messages a behavior or receive() handles, got "${this.name}", which handles them in another way.`,
      );
    }
    extras.former ??= this.#handler;
    this.#handler = behavior;
  }

  /** The engine has something to say, and nothing that a life holds has to be done with before. */
  get #urgent(): boolean {
    return this.#owner.mailbox?.urgent === true && (this.#extras!.life?.held ?? NOTHING) === NOTHING;
  }

  get #empty(): boolean {
    return this.#owner.mailbox?.empty !== false;
  }

  get #rare(): Extras<In, Out> {
    return (this.#extras ??= new Extras());
  }
}
