import type { Actor, ActorFailure, Termination } from 'rx-actors';
import { isActorError } from 'rx-actors';
import { Entry, type Via } from './entry.js';
import { Incarnation } from './incarnation.js';
import { MailboxModel, type MailboxHost } from './mailbox-model.js';
import type { Message, Setup, SupervisionSetup } from './program.js';
import type { Stage } from './stage.js';

/** One actor of a program, with what a model knows of it. Each complaint begins with the law that is broken. */
export class Player implements MailboxHost {
  readonly capacity: number;
  readonly overflow: Setup['overflow'];
  actor!: Actor<Message, number>;
  readonly entries = new Map<number, Entry>();
  readonly children: Player[] = [];
  readonly mailbox: MailboxModel;
  readonly incarnation = new Incarnation(this);
  /** What its work has emitted, and what its observer has seen. */
  readonly outputs: number[] = [];
  readonly seen: number[] = [];
  readonly terminations: Termination[] = [];
  termination: Termination | undefined;
  /** How its observer was told of the end. */
  told: { readonly error: unknown } | 'complete' | undefined;
  /** The message whose behavior is on the stack. */
  current: Entry | undefined;
  /** Works that have been subscribed and not torn down; bodies of generators that have not ended. */
  running = 0;
  bodies = 0;
  /** Killed while its behavior was on the stack. */
  interrupted = false;
  closeAsked = false;
  killAsked = false;
  restarts = 0;
  lastFailure: { readonly error: unknown; readonly directive: string; readonly heard: boolean } | undefined;
  /** The message that a watch has just made. */
  notice: number | undefined;
  /** Children whose failures it has yet to hear of. */
  readonly blames = new Set<Player>();
  readonly #restartTimes: number[] = [];

  constructor(
    readonly stage: Stage,
    readonly name: string,
    readonly setup: Setup,
    readonly parent: Player | undefined,
  ) {
    this.overflow = setup.overflow;
    this.capacity = setup.capacity ?? Infinity;
    this.mailbox = new MailboxModel(this);
    parent?.children.push(this);
  }

  complain(what: string): void {
    this.stage.complain(`${what} (${this.name})`);
  }

  /* What comes in */

  /** It takes messages, room or not. */
  get open(): boolean {
    return this.actor.status === 'created' || this.actor.status === 'running';
  }

  get admits(): boolean {
    return this.open;
  }

  admitted(id: number): void {
    this.entries.get(id)!.taken = true;
  }

  /** Its mailbox has no room. While a dead letter is told the model has not heard of those that come of it. */
  get full(): boolean {
    return this.stage.hearing ? this.actor.pending >= this.capacity : this.mailbox.full;
  }

  /** Its mailbox would take a message now. */
  get takes(): boolean {
    return this.open && (!this.mailbox.full || this.overflow === 'drop-oldest');
  }

  expect(message: Message, via: Via): Entry {
    if (this.entries.has(message.id)) this.complain(`X6: ${message.id} comes twice`);
    const entry = new Entry(message, via);
    this.entries.set(message.id, entry);
    return entry;
  }

  send(message: Message): void {
    const entry = this.expect(message, 'send');
    const { takes, stage } = this;
    const performed = stage.performed;
    entry.sending = true;
    const taken = this.actor.trySend(message);
    entry.sending = false;
    // Whoever hears of a message that is dropped may have changed everything.
    if (taken !== takes && stage.performed === performed) this.complain(`M1: trySend of ${message.id} is ${taken}`);
    if (taken) this.entered(entry);
  }

  entered(entry: Entry): void {
    entry.taken = true;
    this.mailbox.push(entry.id, entry.message.priority);
  }

  /** Takes an entry out that is its sender's to take back. */
  takenBack(entry: Entry, fate: string): void {
    if (!entry.decided) entry.decide(fate);
    this.mailbox.takeOut(entry.id);
    this.incarnation.unstash(entry);
  }

  fail(): void {
    const error = this.stage.reports.newFault();
    if (this.open) this.mailbox.push(error.id, Infinity);
    this.actor.error(error);
  }

  /* What becomes of it */

  letter(message: Message, reason: string): void {
    const entry = this.entries.get(message.id);
    if (entry === undefined) {
      this.complain(`E8: a dead letter of ${String(message.id)}, which was never sent`);
      return;
    }
    entry.letters++;
    // It was on its way in when somebody, who heard of the one that it drops, ended the actor.
    if (entry.via === 'timer' && entry.fate === 'taken back' && reason === 'closed') entry.fates.pop();
    entry.decide(reason);
    if (reason === 'overflow' && this.mailbox.has(entry.id)) this.mailbox.dropOldest(entry.id);
    else this.mailbox.drop(entry.id);
    this.incarnation.unstash(entry);
    this.stage.perform(entry, 'letter', this);
  }

  failed({ error, message, ...failure }: ActorFailure): void {
    const directive = 'directive' in failure ? failure.directive : 'none';
    const entry = message === undefined ? undefined : this.entries.get((message as Message).id);
    const expected = this.#expectedDirective(this.setup.supervision);
    if (directive !== expected) this.complain(`F3: the directive is ${directive}, not ${expected}`);
    if (entry !== undefined) {
      entry.failures++;
      if (error !== entry.error) this.complain(`F1: ${entry.id} fails with ${String(error)}`);
    } else if (message !== undefined) this.complain('F1: an unknown message fails');
    else this.#unblamed(error);
    const heard = entry?.answer?.outcome === 'waiting';
    this.lastFailure = { error, directive, heard };
  }

  /** The error of an upstream, or the failure of a child. */
  #unblamed(error: unknown): void {
    if (this.stage.reports.fails(error)) {
      this.mailbox.take(error.id);
      return;
    }
    const child = [...this.blames].find(({ termination }) => {
      return termination?.kind === 'failed' && termination.error === (error as Error).cause;
    });
    if (!isActorError(error, 'child-failed')) this.complain(`F1: it fails with ${String(error)}`);
    else if (child === undefined && this.actor.status === 'running') this.complain('F6: a child fails out of turn');
    if (child !== undefined) this.blames.delete(child);
  }

  #expectedDirective({ type, limit = Infinity, within = Infinity }: SupervisionSetup): string {
    if (type !== 'restart') return type;
    const now = this.stage.now;
    const recent = this.#restartTimes.filter((time) => now - time < within);
    if (recent.length >= limit) return 'stop';
    this.#restartTimes.push(now);
    return 'restart';
  }

  /* How it goes on, and ends */

  restarted(): void {
    this.restarts++;
    this.incarnation.renew();
  }

  get family(): Player[] {
    return [this, ...this.children.flatMap((child) => child.family)];
  }

  kill(reason: unknown): void {
    this.killAsked = true;
    for (const each of this.family) if (each.current !== undefined) each.interrupted = true;
    this.actor.kill(reason);
  }

  close(): void {
    this.closeAsked = true;
    this.actor.close();
  }

  /** It has ended, says its hook; nobody else knows. */
  ended(termination: Termination): void {
    if (this.termination !== undefined) this.complain('E4: it ends twice');
    this.termination = termination;
    this.incarnation.over();
    const living = this.children.filter((child) => child.termination === undefined);
    if (living.length > 0) this.complain(`F6: it ends before ${living.map(({ name }) => name).join()}`);
    if (this.running > 0) this.complain('E3: its work goes on after its end');
    if (this.bodies > 0) this.complain('E5: its generator goes on after its end');
    if (this.current !== undefined) this.complain('E3: it ends while its behavior is on the stack');
    for (const entry of this.entries.values()) {
      if (entry.via === 'timer' && !entry.decided && entry.starts === 0) this.takenBack(entry, 'taken back');
      // One who gives up may end the actor by that, and say so later; a dead letter waits until those before have been heard.
      const undecided = entry.sending || entry.answer?.outcome === 'waiting' || this.stage.hearing;
      if (entry.fate === '' && !undecided) this.complain(`E8: ${entry.id} has no fate when it ends`);
    }
    for (const child of this.blames) {
      if (child.termination?.kind === 'failed') this.stage.reports.expectUnheard(child.termination.error);
    }
    const { parent } = this;
    if (termination.kind !== 'failed') return;
    if (termination.error !== this.lastFailure?.error || this.lastFailure?.directive !== 'stop') {
      this.complain(`F1: it ends with ${String(termination.error)}`);
    }
    if (parent?.open === true) parent.incarnation.childFailed(this);
    // One that drains hears of it, or is killed before.
    else if (parent !== undefined && parent.termination === undefined)
      this.stage.reports.allowUnheard(termination.error);
    const heard = this.#heard;
    if (heard === undefined) this.stage.reports.allow(termination.error);
    else if (!heard) this.stage.reports.expect(termination.error);
  }

  /** Somebody hears of its failure; `undefined` when it depends on how far its parent has come. */
  get #heard(): boolean | undefined {
    if (this.setup.observed || this.lastFailure?.heard === true) return true;
    const { parent } = this;
    if (parent === undefined || parent.actor.status === 'closed') return false;
    return parent.open ? true : undefined;
  }

  /** What is to be held against it when all is over. */
  check(): void {
    const { termination, seen, outputs, setup, told } = this;
    for (const entry of this.entries.values()) {
      if (entry.fates.length !== 1 && !(entry.fates.length === 0 && entry.done))
        this.complain(`E8: ${entry.id} has the fates [${entry.fates.join()}]`);
      if (entry.failures > 1) this.complain(`E8: ${entry.id} fails ${entry.failures} times`);
      if (entry.fate === 'failed' && entry.failures !== 1) this.complain(`E8: ${entry.id} is no failure`);
      const { misled, answer } = entry;
      if (misled !== undefined) this.complain(`A2: the ask of ${entry.id} ${misled}`);
      const mute = setup.kind === 'pipeline' || setup.kind === 'drain';
      if (answer?.outcome === 'complete' && answer.values.join() !== (mute ? '' : entry.outputs.join()))
        this.complain(`A1: the ask of ${entry.id} gets ${answer.values.join()}`);
    }
    if (termination === undefined) {
      this.complain('E9: it has not ended');
      return;
    }
    if (this.actor.status !== 'closed' || this.actor.pending !== 0) this.complain('E4: it is not closed at the end');
    if (!this.#foreseen(termination.kind)) this.complain(`E4: it ends ${termination.kind}, which nobody has asked for`);
    if (!setup.observed) return;
    if (seen.join() !== outputs.join()) this.complain(`A1: observers see ${seen.join()}, not ${outputs.join()}`);
    if (this.terminations.length !== 1 || this.terminations[0] !== termination)
      this.complain(`E4: terminated emits ${this.terminations.length} times`);
    const error = typeof told === 'object' ? told : undefined;
    if (told === undefined || (error !== undefined) !== (termination.kind === 'failed'))
      this.complain('E4: its observer is not told how it ends');
  }

  #foreseen(kind: Termination['kind']): boolean {
    const { parent, stage } = this;
    if (kind === 'failed') return this.lastFailure?.directive === 'stop';
    if (kind === 'closed' ? this.closeAsked || stage.closed : this.killAsked || stage.finished) return true;
    if (parent === undefined) return false;
    if (kind === 'closed') return parent.#foreseen(kind);
    return parent.#foreseen(kind) || parent.#foreseen('failed') || parent.restarts > 0;
  }
}
