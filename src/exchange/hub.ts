import { fromEvent, Subscription, type Observable, type ObservableInput } from 'rxjs';
import type { Recipient } from '../contract/recipient.js';
import { ExchangeClosedError } from '../errors/exchange-closed-error.js';
import { wrongType } from '../internal/expect.js';
import { fromSource } from '../internal/from-source.js';
import { Queue } from '../internal/queue.js';
import { reportError } from '../internal/report-error.js';
import type { SystemCore } from '../internal/system-core.js';
import { Attachment } from './attachment.js';
import {
  Binding,
  End,
  isSubscriber,
  LISTENER,
  OBSERVER,
  RECIPIENT,
  release,
  SPECIAL,
  SUBSCRIBER,
  tellEnd,
} from './binding.js';
import { giveOnce, type BindingList } from './binding-list.js';
import { Relayed, type Publication } from './delivery.js';
import type { Exchange } from './exchange.js';
import type { NewExchangeOptions } from './exchange-options.js';
import type { ExchangeSubscription } from './exchange-subscription.js';
import { Replay } from './replay.js';
import { Roster, type RosterHost } from './roster.js';

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
  readonly #replay: Replay<T> | undefined;
  /** A message is being handed on: what is sent meanwhile waits. */
  #delivering = false;
  #waiting: Queue<T | End | Relayed> | undefined;
  #warned = false;
  /** What the exchange is subscribed to. */
  #consumed: Subscription | undefined;

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
    const { replay = 0, replayWindow } = options;
    if (replay > 0) this.#replay = new Replay(replay, replayWindow, core.timers);
  }

  /** The last message that somebody who comes late would get. */
  get current(): T | undefined {
    return this.#replay?.messages.at(-1);
  }

  /** Takes one message; with `publication` it has come through another exchange. */
  send(message: T, publication: Publication | undefined): void {
    if (this.#delivering) {
      (this.#waiting ??= new Queue()).push(publication === undefined ? message : new Relayed(message, publication));
      return;
    }
    if (this.end !== undefined) {
      this.core.deadLetter(message, this.face, 'closed');
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
    const subscription = (values as Observable<T>).subscribe({
      next: (message) => {
        this.send(message, undefined);
      },
      error: reportError,
    });
    consumed.add(subscription);
    return subscription;
  }

  clearReplay(): void {
    for (const message of this.#replay?.clear() ?? []) this.core.deadLetter(message, this.face, 'unrouted');
  }

  /* Delivery */

  #publish(message: T, given: Publication | undefined): void {
    this.core.inspect?.({ type: 'published', exchange: this.face, message });
    const { list } = this.roster;
    this.#replay?.push(message);
    const publication = given ?? (list.linked ? new Set<unknown>([this.face]) : undefined);
    if (!list.give(message, this.#report, publication)) this.#untaken(message);
  }

  /** Nobody took a message. A late subscriber may still take one that is kept; what newer ones push out nobody will. */
  #untaken(message: T): void {
    const { unrouted } = this.options;
    if (unrouted !== undefined) {
      try {
        unrouted.send(message);
      } catch (error) {
        this.deliveryFailed(unrouted, error, message);
      }
      return;
    }
    const lost = this.#replay === undefined ? { message } : this.#replay.missed();
    if (lost !== undefined) this.core.deadLetter(lost.message, this.face, 'unrouted');
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
    if (this.end !== undefined) this.core.deadLetter(message, this.face, 'closed');
    else this.#publish(message, relayed ? next.publication : undefined);
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

  observe(target: unknown): Subscription {
    if (target != null && typeof target !== 'function' && typeof target !== 'object') {
      throw wrongType('observer', 'an observer, a function or an object with a `send` method', target);
    }
    if (isSubscriber(target)) {
      const binding = new Binding(this.roster, SUBSCRIBER, target);
      target.add(binding);
      this.#start(binding);
      return target;
    }
    const binding = new Binding(this.roster, typeof target === 'function' ? LISTENER : OBSERVER, target ?? {});
    this.#start(binding);
    return binding;
  }

  /** Subscribes an observer; one that comes after the end gets what is kept, and the end. */
  #start(binding: Binding): void {
    if (binding.closed) return;
    if (this.end === undefined) {
      this.roster.add(binding);
    } else {
      this.#giveReplay(binding);
      tellEnd(binding, this.end);
      binding.unsubscribe();
    }
  }

  bound(binding: Binding): void {
    const { count, counts, sources } = this.roster;
    const { recipient } = binding;
    if (count > (this.options.maxSubscribers ?? this.core.maxSubscribers)) this.#warn(count);
    this.core.inspect?.({ type: 'attached', exchange: this.face, recipient });
    if (this.#replay === undefined && counts === undefined && sources === undefined) return;
    // What is sent meanwhile is newer than what is replayed: it waits.
    const atRest = !this.#delivering;
    this.#delivering = true;
    try {
      this.#giveReplay(binding);
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

  #giveReplay(binding: Binding): void {
    for (const message of this.#replay?.take() ?? []) {
      if (binding.closed) return;
      giveOnce(binding, message, this.#report, undefined);
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
    this.#consumed?.unsubscribe();
    roster.counts = undefined;
    for (const binding of roster.clear()) {
      if (tell) tellEnd(binding, end);
      release(binding);
    }
    roster.sources?.look(false);
    if (counts?.observed === true) counts.tell(0);
    counts?.complete();
  }

  expectOpen(): void {
    const { end, face } = this;
    if (end !== undefined) throw new ExchangeClosedError(face.name, end.failed ? { cause: end.error } : undefined);
  }
}
