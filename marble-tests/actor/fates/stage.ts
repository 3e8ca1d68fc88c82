import type { Subscription } from 'rxjs';
import type { TestScheduler } from 'rxjs/testing';
import { isActorError, type ActorContext, type ActorSystem, type Exchange } from 'rx-actors';
import { act, doOpenly } from './acts.js';
import type { Cancel } from './asking.js';
import type { Entry } from './entry.js';
import { enter } from './kinds.js';
import { Player } from './player.js';
import { SELF, type Message, type OpenAct, type Place, type Setup, type Spec } from './program.js';
import { Reports } from './reports.js';

/** A program makes no more actors than this. */
const MOST_PLAYERS = 6;

/** A small system under a program: its actors, its exchange, what is said of them, and what goes against the laws. */
export class Stage {
  readonly complaints: string[] = [];
  readonly players: Player[] = [];
  readonly exchange: Exchange<Message>;
  readonly publications = new Map<number, Player[]>();
  readonly reports = new Reports();
  /** The system is closed; what still lives was killed. */
  closed = false;
  finished = false;
  /** A dead letter is being told: the next one waits. */
  hearing = false;
  /** How many acts are on the stack, and how many there have been. */
  depth = 0;
  performed = 0;
  readonly #cancellable: [Subscription, Cancel][] = [];
  readonly #attached = new Set<Player>();
  readonly #unrouted = new Map<number, number>();
  #publishing = false;
  #completed = false;
  #completing = false;
  #ids = 0;

  constructor(
    readonly system: ActorSystem,
    readonly scheduler: TestScheduler,
  ) {
    system.deadLetters.subscribe(({ message, recipient, reason }) => {
      this.hearing = true;
      const player = this.players.find(({ actor }) => actor === recipient);
      const sent = message as Message;
      if (player !== undefined) player.letter(sent, reason);
      else this.#unrouted.set(sent.id, (this.#unrouted.get(sent.id) ?? 0) + 1);
      this.hearing = false;
    });
    system.failures.subscribe((failure) => {
      const player = this.players.find((each) => 'actor' in failure && each.actor === failure.actor);
      if (player === undefined) this.complain('F1: a failure of nobody');
      else player.failed(failure);
    });
    this.exchange = system.exchange<Message>('exchange');
  }

  get now(): number {
    return this.scheduler.frame;
  }

  complain(what: string): void {
    this.complaints.push(what);
  }

  /** Makes an actor, perhaps as a child of one that is there. */
  enter(setup: Setup): void {
    const { parent } = setup;
    const { length } = this.players;
    this.#enter(setup, parent === undefined || length === 0 ? undefined : this.players[parent % length]);
  }

  #enter(setup: Setup, parent: Player | undefined, context?: ActorContext<Message>): void {
    const player = new Player(this, `p${this.players.length}`, setup, parent);
    this.players.push(player);
    enter(this.system, player, context);
  }

  spawn(setup: Setup, parent: Player, context: ActorContext<Message>): void {
    if (this.players.length < MOST_PLAYERS && !this.closed) this.#enter(setup, parent, context);
  }

  player(which: number, by?: Player): Player {
    return which === SELF ? (by ?? this.players[0]) : this.players[which % this.players.length];
  }

  message({ work, priority, place = 'start', acts = [] }: Spec): Message {
    return { id: ++this.#ids, work, priority, place, acts };
  }

  /* What is done */

  take(step: OpenAct): void {
    this.depth++;
    doOpenly(this, step, undefined);
    this.depth--;
    for (const { actor, mailbox, name } of this.players) {
      if (actor.pending !== mailbox.size)
        this.complain(`M1: ${actor.pending} wait after ${step.do}, not ${mailbox.size} (${name})`);
    }
  }

  /** Does what a message has for this place, once. */
  perform(entry: Entry, place: Place, by: Player, context?: ActorContext<Message>): void {
    const { message } = entry;
    if (message.place !== place || entry.acted) return;
    entry.acted = true;
    for (const each of message.acts) {
      this.performed++;
      this.depth++;
      try {
        act(this, each, by, context);
      } finally {
        this.depth--;
      }
    }
  }

  cancellable(subscription: Subscription, cancel: Cancel): void {
    this.#cancellable.push([subscription, cancel]);
  }

  cancel(which: number): void {
    this.#cancellable[which % this.#cancellable.length]?.[1]();
  }

  /* The exchange */

  publish(message: Message): void {
    const receivers: Player[] = [];
    const { performed } = this;
    const nested = this.#publishing;
    const expected = this.#completed ? [] : [...this.#attached].filter((each) => each.termination === undefined);
    this.publications.set(message.id, receivers);
    this.#publishing = true;
    this.exchange.send(message);
    this.#publishing = nested;
    if (!nested) this.#completed ||= this.#completing;
    // One that is sent while another is on its way waits; and whoever hears of a dead letter may change everything.
    if (nested || performed !== this.performed || namesOf(receivers) === namesOf(expected)) return;
    this.complain(`X4: ${message.id} reaches [${namesOf(receivers)}], not [${namesOf(expected)}]`);
  }

  deliver(player: Player, message: Message): void {
    const receivers = this.publications.get(message.id);
    if (receivers === undefined) this.complain(`X4: ${message.id} is delivered, but was never published`);
    receivers?.push(player);
    player.send(message);
  }

  attach(player: Player): void {
    try {
      this.exchange.attach(player.actor);
      this.#attached.add(player);
    } catch (error) {
      if (!isActorError(error, 'exchange-closed') || !this.#completed)
        this.complain(`X1: attach throws ${String(error)}`);
    }
  }

  detach(player: Player): void {
    this.#attached.delete(player);
    this.exchange.detach(player.actor);
  }

  complete(): void {
    this.exchange.complete();
    if (this.#publishing) this.#completing = true;
    else this.#completed = true;
  }

  /* The end */

  check(): void {
    for (const player of this.players) player.check();
    for (const complaint of this.reports.check()) this.complain(complaint);
    if (this.#cancellable.some(([subscription]) => !subscription.closed)) this.complain('A2: an ask or an offer hangs');
    for (const [id, receivers] of this.publications) {
      const letters = this.#unrouted.get(id) ?? 0;
      if (letters !== (receivers.length > 0 ? 0 : 1))
        this.complain(`X7: ${id} is ${letters} dead letters of the exchange`);
    }
    if (this.system.actors.length > 0) this.complain('E9: an actor is still listed');
    const left = this.exchange.subscriberCount;
    if (left > 0) this.complain(`E9: ${left} actors that have ended are still attached`);
  }
}

const namesOf = (players: readonly Player[]): string => players.map(({ name }) => name).join();
