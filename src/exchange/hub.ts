import { fromEvent, noop, Subscriber, Subscription, type Observable, type ObservableInput } from 'rxjs';
import type { Recipient } from '../contract/recipient.js';
import { ExchangeClosedError } from '../errors/exchange-closed-error.js';
import { attempt } from '../internal/attempt.js';
import { wrongType } from '../internal/expect.js';
import { fromSource } from '../internal/from-source.js';
import type { EndListener, Watch } from '../internal/mortal.js';
import { Queue } from '../internal/queue.js';
import { reportError } from '../internal/report-error.js';
import type { SystemCore } from '../internal/system-core.js';
import { WatchList } from '../internal/watch-list.js';
import { Attachment } from './attachment.js';
import {
  Binding,
  End,
  isSubscriber,
  LINK,
  LISTENER,
  OBSERVER,
  RECIPIENT,
  release,
  SPECIAL,
  SUBSCRIBER,
  tellEnd,
} from './binding.js';
import { giveOnce, type BindingList } from './binding-list.js';
import { Publication, Relayed } from './delivery.js';
import type { Exchange } from './exchange.js';
import type { NewExchangeOptions } from './exchange-options.js';
import type { ExchangeSubscription } from './exchange-subscription.js';
import { Replay } from './replay.js';
import { Roster, type RosterHost } from './roster.js';
import { unsubscribeWith } from './subscribe-options.js';
import { Unrouted } from './unrouted.js';

/**
 * What stands behind one exchange: in which order messages are handed on and to whom, and how it ends.
 *
 * It stands apart from the class `Exchange`, whose documentation and many faces would hide it.
 */
export class Hub<T> implements RosterHost {
  readonly face: Exchange<unknown>;
  readonly core: SystemCore;
  readonly options: NewExchangeOptions<T>;
  readonly roster: Roster;
  end: End | undefined;
  /** How many messages had to wait and were dropped. */
  dropped = 0;
  readonly #onEnd: (end: End) => void;
  readonly #unrouted: Unrouted<T>;
  readonly #replay: Replay<T> | undefined;
  /** A message is being handed on: what is sent meanwhile waits. */
  #delivering = false;
  /** How many messages have been handed on. */
  #published = 0;
  #waiting: Queue<T | End | Relayed> | undefined;
  #warned = false;
  /** What the exchange is subscribed to. */
  #consumed: Subscription | undefined;
  /** Who wants to know of the end: the exchanges that this one is attached to. */
  #watches: WatchList | undefined;

  constructor(
    face: Exchange<T>,
    core: SystemCore,
    options: NewExchangeOptions<T>,
    list: BindingList,
    onEnd: (end: End) => void,
  ) {
    this.face = face as Exchange<unknown>;
    this.core = core;
    this.options = options;
    this.roster = new Roster(this, list);
    this.#onEnd = onEnd;
    this.#unrouted = new Unrouted(this);
    const { replay = 0, replayWindow } = options;
    if (replay > 0) this.#replay = new Replay(replay, replayWindow, core.timers);
  }

  /** The last message that somebody who comes late would get. */
  get current(): T | undefined {
    return this.#replay?.newest?.message;
  }

  get serving(): number {
    return this.#delivering ? this.#published : 0;
  }

  /** Takes one message; with `publication` it has come through another exchange. */
  send(message: T, publication: Publication | undefined): void {
    if (this.#delivering) {
      (this.#waiting ??= new Queue()).push(publication === undefined ? message : new Relayed(message, publication));
      return;
    }
    this.#delivering = true;
    try {
      this.#publish(message, publication);
    } finally {
      this.#deliverWaiting();
    }
  }

  consume(source: ObservableInput<T> | EventTarget, type: string | undefined): Subscription {
    const values =
      type === undefined ? fromSource(source as ObservableInput<T>) : fromEvent(source as EventTarget, type);
    if (this.end !== undefined) return Subscription.EMPTY;
    const consumed = (this.#consumed ??= new Subscription());
    const next = (message: T): void => {
      this.face.next(message);
    };
    const subscriber = new Subscriber<T>({ next, error: reportError, complete: noop });
    // First: what the source emits at once may bring about the end.
    consumed.add(subscriber);
    return (values as Observable<T>).subscribe(subscriber);
  }

  clearReplay(): void {
    for (const message of this.#replay?.clear() ?? []) this.#unrouted.missed(message);
  }

  /* Delivery */

  #publish(message: T, given: Publication | undefined): void {
    if (this.end !== undefined) {
      if (given !== undefined) given.settled = true;
      this.core.deadLetter(message, this.face, 'closed');
      return;
    }
    this.core.inspect?.({ type: 'published', exchange: this.face, message });
    const { list } = this.roster;
    this.#published++;
    const kept = this.#replay?.push(message, this.#unrouted.missed);
    const publication = given ?? (list.linked ? new Publication([this.face]) : undefined);
    if (publication !== undefined) publication.open++;
    const taken = list.give(message, this.#report, publication);
    if (publication !== undefined) publication.open--;
    // In a ring of exchanges each has somebody to give it to, and it may have reached nobody when the last one is done.
    if (!taken || (publication?.open === 0 && !publication.settled)) this.#unrouted.give(message, publication, kept);
  }

  /** Hands on what came while something else was being handed on; then the exchange is at rest. */
  #deliverWaiting(): void {
    const waiting = this.#waiting;
    try {
      while (waiting !== undefined && waiting.length > 0) this.#deliver(waiting.shift() as T | End | Relayed);
    } finally {
      this.#delivering = false;
    }
  }

  #deliver(next: T | End | Relayed): void {
    if (next instanceof End) {
      if (this.end === undefined) this.over(next, true);
      return;
    }
    const relayed = next instanceof Relayed;
    const message = relayed ? (next.message as T) : next;
    const publication = relayed ? next.publication : undefined;
    if (publication !== undefined) publication.open--;
    this.#publish(message, publication);
  }

  readonly #report = (binding: Binding, error: unknown, message: unknown): void => {
    const { kind, recipient } = binding;
    if ((kind & (RECIPIENT | SPECIAL)) !== 0) this.deliveryFailed(recipient, error, message);
    else reportError(error);
  };

  /* Who is attached */

  unbound({ recipient }: Binding): void {
    this.core.inspect?.({ type: 'detached', exchange: this.face, recipient });
    this.#tellCount();
  }

  overflowed(message: unknown, recipient: unknown): void {
    this.dropped++;
    this.core.deadLetter(message, recipient as Recipient<never>, 'overflow');
  }

  unreached(message: unknown, recipient: unknown): void {
    this.core.deadLetter(message, recipient as Recipient<never>, 'closed');
  }

  deliveryFailed(recipient: unknown, error: unknown, message: unknown): void {
    const failure = { exchange: this.face, recipient: recipient as Recipient<never>, error, message };
    if (!this.core.failed(failure)) reportError(error);
  }

  attachAll(recipients: readonly object[]): ExchangeSubscription {
    const bindings: Binding[] = [];
    try {
      for (const recipient of recipients) {
        // What is replayed to one may make it end the exchange.
        this.expectOpen();
        bindings.push(this.roster.attach(recipient, undefined));
      }
    } catch (error) {
      new Attachment(bindings).unsubscribe();
      throw error;
    }
    return new Attachment(bindings);
  }

  observe(target: unknown, signal?: AbortSignal): Subscription {
    if (target != null && typeof target !== 'function' && typeof target !== 'object') {
      throw wrongType('observer', 'an observer, a function or an object with a `send` method', target);
    }
    if (isSubscriber(target)) {
      const binding = new Binding(this.roster, SUBSCRIBER, target);
      target.add(binding);
      unsubscribeWith(signal, target);
      this.#start(binding);
      return target;
    }
    const binding = new Binding(this.roster, typeof target === 'function' ? LISTENER : OBSERVER, target ?? {});
    unsubscribeWith(signal, binding);
    this.#start(binding);
    return binding;
  }

  /** Subscribes an observer; one that comes after the end gets what is kept, and the end. */
  #start(binding: Binding): void {
    if (binding.closed) return;
    if (this.end === undefined) {
      this.roster.add(binding);
    } else {
      this.#giveReplay(binding, false);
      tellEnd(binding, this.end);
      binding.unsubscribe();
    }
  }

  bound(binding: Binding, joins: boolean): void {
    const { count, counts, sources } = this.roster;
    const { recipient } = binding;
    if (count > (this.options.maxSubscribers ?? this.core.maxSubscribers)) this.#warn(count);
    this.core.inspect?.({ type: 'attached', exchange: this.face, recipient });
    if (this.#replay === undefined && counts === undefined && sources === undefined) return;
    // What is sent meanwhile is newer than what is replayed: it waits.
    const atRest = !this.#delivering;
    this.#delivering = true;
    try {
      this.#giveReplay(binding, joins);
      this.#tellCount();
    } finally {
      if (atRest) this.#deliverWaiting();
    }
  }

  #warn(count: number): void {
    if (this.#warned) return;
    this.#warned = true;
    this.core.warn(
      `exchange "${this.face.name}" has ${count} subscribers: it may be that some are never detached. ` +
        'Its option `maxSubscribers` sets how many are expected.',
    );
  }

  /** Gives what is kept to one who comes late; to one who joins others only what none of them can have had. */
  #giveReplay(binding: Binding, joins: boolean): void {
    for (const kept of this.#replay?.all ?? []) {
      const { message, fate } = kept;
      if (binding.closed) return;
      if (fate === 'forgotten' || (joins && fate !== 'missed') || !this.roster.list.wants(binding, message)) continue;
      // It has been here, and does not come back by a ring of exchanges.
      const publication = (binding.kind & LINK) === 0 ? undefined : new Publication([this.face]);
      if (kept.giveLate(() => giveOnce(binding, message, this.#report, publication))) this.#unrouted.missed(message);
    }
  }

  #tellCount(): void {
    const { count, counts, sources } = this.roster;
    if (counts?.observed === true) counts.tell(count);
    sources?.look(count > 0);
  }

  /* The end */

  finish(end: End): void {
    if (this.#delivering) (this.#waiting ??= new Queue()).push(end);
    else if (this.end === undefined) this.over(end, true);
  }

  over(end: End, tell: boolean): void {
    const { roster } = this;
    const { counts } = roster;
    this.end = end;
    this.core.inspect?.({ type: 'completed', exchange: this.face });
    // The name first: an observer that hears of the end may want the next exchange of that name.
    if (this.core.exchanges.get(this.face.name) === (this.face as unknown)) this.core.exchanges.delete(this.face.name);
    this.#onEnd(end);
    // A teardown of a source may throw, and everybody is to hear of the end.
    attempt(() => {
      this.#consumed?.unsubscribe();
    });
    roster.counts = undefined;
    for (const binding of roster.clear()) {
      if (tell) tellEnd(binding, end);
      release(binding);
      this.core.inspect?.({ type: 'detached', exchange: this.face, recipient: binding.recipient });
    }
    roster.sources?.look(false);
    if (counts?.observed === true) counts.tell(0);
    counts?.complete();
    this.#watches?.tell(end);
  }

  /** Adds one who wants to know of the end; tells it at once when that has come. */
  watch(listener: EndListener): Watch | undefined {
    const { end } = this;
    if (end === undefined) return (this.#watches ??= new WatchList()).add(listener);
    listener.ended(end);
    return undefined;
  }

  expectOpen(): void {
    const { end, face } = this;
    if (end !== undefined) throw new ExchangeClosedError(face.name, end.failed ? { cause: end.error } : undefined);
  }
}
