import { Observable, Subscription, tap, timer } from 'rxjs';
import type { ActorContext, Termination } from 'rx-actors';
import type { Entry } from './entry.js';
import type { Player } from './player.js';
import type { ContextAct, Message } from './program.js';
import { Turn } from './turn.js';

interface Timer {
  readonly entry: Entry;
  /** Tells the model when the timer fires, if its source doesn't. */
  readonly companion: Subscription;
}

interface Watch {
  readonly target: Player;
}

type Of<What extends ContextAct['do']> = Extract<ContextAct, { readonly do: What }>;

/** Its timer has no message: it says when the engine has cancelled all timers. */
const SENTINEL = 'sentinel';

/** What belongs to one incarnation of a player: what it has put aside, its timers, its watches, its state. */
export class Incarnation {
  /** The state of a stateful actor or of a generator: the last message that it has taken in. */
  state = 0;
  /** How often `become` was called. */
  behavior = 0;
  #stash: Entry[] = [];
  readonly #timers = new Map<number, Timer>();
  readonly #watches = new Set<Watch>();
  /** Children whose failure is to be heard of by a notice that waits. */
  readonly #noticed = new Set<Player>();
  #settingUp = false;
  /** Those that have to end before the next message. */
  #dying: Player[] = [];

  constructor(readonly player: Player) {}

  /** A restart. */
  renew(): void {
    const { player } = this;
    this.state = 0;
    this.behavior = 0;
    player.blames.clear();
    this.#watches.clear();
    this.#noticed.clear();
    const entries = this.#stash.splice(0);
    player.mailbox.putBack(entries.map(({ id, message }) => ({ id, priority: message.priority })));
    this.#dying = player.children.filter(({ termination }) => termination === undefined);
  }

  /** It is restarting, and waits for its children to end. */
  get waits(): boolean {
    return this.#dying.some(({ termination }) => termination === undefined);
  }

  over(): void {
    this.#watches.clear();
    for (const child of this.#noticed) this.player.blames.add(child);
    this.#timersDropped();
  }

  /** A message is about to be handled that waited in the mailbox. */
  checkTurn(): void {
    const { player } = this;
    if (this.waits) player.complain('F6: it goes on before its children have ended');
    if ([...this.#watches].some(({ target }) => target.termination !== undefined))
      player.complain('F6: the notice of a watch comes too late');
    if (player.blames.size > 0) player.complain('F6: the failure of a child comes too late');
  }

  /* Putting aside */

  stash(entry: Entry, context: ActorContext<Message>): void {
    const { player } = this;
    if (context.stashed !== this.#stash.length) player.complain(`M1: ${context.stashed} are put aside`);
    const { stashCapacity = Infinity } = player.setup;
    try {
      context.stash();
      if (this.#stash.length >= stashCapacity) player.complain('M1: the stash takes too many');
      entry.stashing = true;
    } catch (error) {
      if (this.#stash.length < stashCapacity) player.complain(`M1: the stash throws ${String(error)}`);
      entry.error = error;
      throw error;
    }
  }

  /** The behavior has returned. */
  putAside(entry: Entry): void {
    entry.stashing = false;
    if (!entry.decided) this.#stash.push(entry);
  }

  unstashAll(context: ActorContext<Message>): void {
    const entries = this.#stash.splice(0);
    this.player.mailbox.putBack(entries.map(({ id, message }) => ({ id, priority: message.priority })));
    context.unstashAll();
  }

  become(context: ActorContext<Message>): void {
    const { player } = this;
    const { kind } = player.setup;
    const turn = new Turn(player);
    const behavior = this.behavior + 1;
    try {
      context.become((message, own) => turn.behave(message, own, behavior));
      this.behavior = behavior;
    } catch (error) {
      if (kind === 'behavior' || kind === 'class') player.complain(`F2: become throws ${String(error)}`);
    }
  }

  unstash(entry: Entry): void {
    this.#stash = this.#stash.filter((each) => each !== entry);
  }

  /* Timers */

  /** It has used timers. */
  timed = false;

  startTimer({ key, delay, source, message: spec }: Of<'timer'>, { timers }: ActorContext<Message>): void {
    const { player } = this;
    const { stage } = player;
    const message = stage.message(spec);
    const entry = player.expect(message, 'timer');
    this.#checkTimer(key, timers);
    const firing = timer(delay, stage.scheduler);
    const fired = (): void => {
      if (!entry.decided) player.entered(entry);
    };
    timers.start(key, message, source ? firing.pipe(tap({ complete: fired })) : delay);
    // Behind the engine's own, so that it comes after it at the same instant.
    const companion = source ? Subscription.EMPTY : firing.subscribe(fired);
    this.#cancelled(key);
    this.#timers.set(key, { entry, companion });
    this.timed = this.#settingUp = true;
    timers.start(
      SENTINEL,
      message,
      new Observable(() => () => {
        if (!this.#settingUp) this.#timersDropped();
      }),
    );
    this.#settingUp = false;
  }

  cancelTimer({ key }: Of<'cancelTimer'>, { timers }: ActorContext<Message>): void {
    this.#checkTimer(key, timers);
    timers.cancel(key);
    this.#cancelled(key);
  }

  #checkTimer(key: number, timers: ActorContext<Message>['timers']): void {
    const entry = this.#timers.get(key)?.entry;
    const expected = entry !== undefined && !entry.decided && entry.starts === 0;
    if (timers.has(key) !== expected)
      this.player.complain(`T1: the timer ${key} is ${expected ? 'gone' : 'still there'}`);
  }

  #cancelled(key: number): void {
    const cancelled = this.#timers.get(key);
    if (cancelled === undefined) return;
    this.#timers.delete(key);
    const { companion, entry } = cancelled;
    companion.unsubscribe();
    if (!entry.decided && entry.starts === 0) this.player.takenBack(entry, 'taken back');
  }

  #timersDropped(): void {
    for (const key of [...this.#timers.keys()]) this.#cancelled(key);
  }

  /* Watches */

  watch({ who, message: spec }: Of<'watch'>, context: ActorContext<Message>): void {
    const { player } = this;
    const { stage } = player;
    const target = stage.player(who, player);
    if (target === player) return;
    const watch: Watch = { target };
    this.#watches.add(watch);
    context.watch(target.actor, (termination: Termination) => {
      if (!this.#watches.delete(watch)) player.complain('F6: a watch fires that is over');
      this.#noticed.delete(target);
      if (termination !== target.termination) player.complain('F6: a watch tells another end');
      const message = stage.message(spec);
      player.expect(message, 'notice');
      player.notice = message.id;
      return message;
    });
  }

  unwatch({ who }: Of<'unwatch'>, context: ActorContext<Message>): void {
    const { player } = this;
    const target = player.stage.player(who, player);
    const watches = [...this.#watches].filter((watch) => watch.target === target);
    for (const watch of watches) this.#watches.delete(watch);
    if (context.unwatch(target.actor) !== watches.length > 0) player.complain('F6: unwatch is wrong about watches');
    if (this.#noticed.delete(target)) player.blames.add(target);
  }

  /** A failure has ended a child. */
  childFailed(child: Player): void {
    const watched = [...this.#watches].some(({ target }) => target === child);
    (watched ? this.#noticed : this.player.blames).add(child);
  }
}
