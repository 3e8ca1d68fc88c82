import { concat, ignoreElements, map, NEVER, Observable, of, throwError, timer, type ObservableInput } from 'rxjs';
import type { ActorContext } from 'rx-actors';
import type { Entry } from './entry.js';
import type { Player } from './player.js';
import type { Message, Place, Work } from './program.js';
import type { Stage } from './stage.js';

/** What a player does with its messages, watched by the model. */
export class Turn {
  readonly #player: Player;
  readonly #stage: Stage;

  constructor(player: Player) {
    this.#player = player;
    this.#stage = player.stage;
  }

  /** The behavior of an actor that can do anything. */
  behave(message: Message, context: ActorContext<Message>, behavior = 0): ObservableInput<number> | void {
    const player = this.#player;
    const { incarnation } = player;
    if (behavior !== incarnation.behavior) player.complain(`F2: the behavior is ${behavior}`);
    return this.#with(message, context, (entry) => this.#work(entry));
  }

  /** What is done at once, and what it has to emit. */
  handle(message: Message, context?: ActorContext<Message>): number | undefined {
    return this.#with(message, context, (entry) => {
      const { work } = entry.message;
      if (work === 'throw' || work === 'fail' || work === 'failLate') throw this.#fault(entry);
      if (work === 'throwText') throw this.#fault(entry, true);
      const dropped = this.#player.interrupted || entry.stashing;
      this.#done(entry, ['output', 'teardown', 'answer']);
      if (dropped) return undefined;
      this.#player.incarnation.state = entry.id;
      return work === 'nothing' || work === 'return' ? undefined : entry.id;
    });
  }

  /** Notes what goes out. */
  put(entry: Entry, value: number): void {
    entry.outputs.push(value);
    this.#player.outputs.push(value);
  }

  #with<R>(message: Message, context: ActorContext<Message> | undefined, then: (entry: Entry) => R): R | undefined {
    const entry = this.#begin(message);
    if (entry === undefined) return undefined;
    try {
      this.#stage.perform(entry, 'start', this.#player, context);
      return then(entry);
    } finally {
      entry.stashing = false;
      this.#player.current = undefined;
    }
  }

  #begin(message: Message): Entry | undefined {
    const player = this.#player;
    const entry = player.entries.get(message.id);
    if (entry === undefined) {
      player.complain(`E8: ${message.id} is processed, but was never sent`);
      return undefined;
    }
    if (this.#stage.depth > 0) player.complain(`O3: ${entry.id} is processed on the stack of a sender`);
    if (player.running > 0 || player.current !== undefined) player.complain(`O2: ${entry.id} starts beside another`);
    if (player.termination !== undefined) player.complain(`E3: ${entry.id} starts after the end`);
    if (entry.decided) player.complain(`E8: ${entry.id} starts, but was ${entry.fate}`);
    if (player.notice === entry.id) player.notice = undefined;
    else {
      player.incarnation.checkTurn();
      player.mailbox.take(entry.id);
    }
    entry.starts++;
    player.current = entry;
    return entry;
  }

  #work(entry: Entry): ObservableInput<number> | void {
    const { id, message } = entry;
    const { work } = message;
    if (work === 'throw') throw this.#fault(entry);
    if (work === 'throwText') throw this.#fault(entry, true);
    if (work === 'nothing' || work === 'return') {
      this.#done(entry);
      return undefined;
    }
    const stashing = entry.stashing;
    if (stashing) this.#player.incarnation.putAside(entry);
    if (work !== 'values') return this.#watched(entry, stashing);
    const values = this.#values(entry);
    // An array in the eyes of the engine, which says when it has been read to its end.
    return Object.assign([id, id], { [Symbol.iterator]: () => values });
  }

  *#values(entry: Entry): Generator<number, undefined> {
    for (const value of [entry.id, entry.id]) {
      this.put(entry, value);
      yield value;
    }
    this.#done(entry);
    return undefined;
  }

  #watched(entry: Entry, stashed: boolean): Observable<number> {
    const player = this.#player;
    return new Observable<number>((subscriber) => {
      if (stashed) player.complain(`M1: what was returned for ${entry.id} is followed, though it was put aside`);
      player.running++;
      subscriber.add(() => {
        player.running--;
        this.#stage.perform(entry, 'teardown', player);
      });
      subscriber.add(
        this.#source(entry).subscribe({
          next: (value) => {
            if (!subscriber.closed) this.put(entry, value);
            subscriber.next(value);
          },
          error: (error: unknown) => {
            subscriber.error(error);
          },
          complete: () => {
            if (!subscriber.closed) this.#done(entry);
            subscriber.complete();
          },
        }),
      );
    });
  }

  #source(entry: Entry): Observable<number> {
    const { id } = entry;
    const { scheduler } = this.#stage;
    const later = (delay: number) => timer(delay, scheduler).pipe(map(() => id));
    const fails = throwError(() => this.#fault(entry));
    const sources: Partial<Record<Work, () => Observable<number>>> = {
      slow: () => concat(of(id), later(2)),
      never: () => concat(of(id), NEVER),
      fail: () => concat(of(id), fails),
      failLate: () => concat(later(1).pipe(ignoreElements()), fails),
      sloppy: () =>
        new Observable((subscriber) => {
          /* eslint-disable rxjs-x/no-redundant-notify -- that is what is sloppy about it */
          subscriber.next(id);
          subscriber.complete();
          subscriber.next(id);
          subscriber.complete();
          subscriber.error(id);
          /* eslint-enable rxjs-x/no-redundant-notify */
        }),
    };
    return sources[entry.message.work]?.() ?? of(id, id);
  }

  /** An error like no other, or a text like no other. */
  #fault(entry: Entry, text = false): unknown {
    const player = this.#player;
    const what = `${player.name} fails with ${entry.id}`;
    entry.error = text ? what : new Error(what);
    // Killed while its behavior was on the stack: the message is 'killed', and what it throws is reported.
    if (player.interrupted) this.#stage.reports.expect(entry.error);
    // So is what a work fails with whose teardown then kills its actor.
    if (entry.message.place === 'teardown') this.#stage.reports.allow(entry.error);
    return entry.error;
  }

  /** Its work is done; unless what is to be done at one of these places may make it otherwise. */
  #done(entry: Entry, later: readonly Place[] = ['output', 'teardown']): void {
    const { message } = entry;
    if (this.#player.interrupted || entry.decided) return;
    if (entry.stashing) this.#player.incarnation.putAside(entry);
    else if (message.acts.length > 0 && later.includes(message.place)) entry.done = true;
    else entry.decide('processed');
  }
}
