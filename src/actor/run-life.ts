import { Observable, Subject, type Subscriber } from 'rxjs';
import { ActorExit } from '../errors/actor-exit.js';
import type { Dispatcher } from '../internal/dispatcher.js';
import { Queue } from '../internal/queue.js';
import { reportError } from '../internal/report-error.js';
import type { ActorContext } from './context.js';
import { HELD } from './drain.js';
import { follow, isThenable } from './follow.js';
import type { Life, LifeHost } from './life.js';
import { NOTHING } from './envelope.js';
import type { Handler } from './owner.js';
import { Work, type Employer } from './work.js';

interface Receiver<In> {
  readonly resolve: (message: In) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * The life of an actor with a `run()` of its own, which takes its messages by `recv()` or from `mailbox`.
 *
 * A message is handed out only when somebody is there to take it. One that `recv()` took counts as processed at the
 * next `recv()`, or when messages are to come in another way; one that was emitted from `mailbox`, when that emission returns.
 */
export class RunLife<In, Out> implements Life<Out>, Employer<Out> {
  over = true;
  held: unknown = NOTHING;
  /** The mailbox as the pipelines of a `run()` see it. */
  readonly mailbox: Observable<In>;
  readonly #host: LifeHost<Out>;
  readonly #run: () => unknown;
  readonly #receive: Handler<In>;
  #inbox = new Subject<In>();
  #receivers = new Queue<Receiver<In>>();
  /** Messages go to `receive`, because the default `run()` is part of this one. */
  #draining: Subscriber<Out> | undefined;
  /** Closed, and everything has been received. */
  #exhausted = false;
  /** The message that it holds is being emitted from `mailbox`. */
  #emitting = false;
  #work: Work<Out> | undefined;

  constructor(host: LifeHost<Out>, run: () => unknown, receive: Handler<In>) {
    this.#host = host;
    this.#run = run;
    this.#receive = receive;
    this.mailbox = new Observable((subscriber) => {
      this.#received();
      const subscription = this.#inbox.subscribe(subscriber);
      this.#look();
      return () => {
        subscription.unsubscribe();
        this.#look();
      };
    });
  }

  begin(): void {
    this.over = false;
    this.#exhausted = false;
    this.#inbox = new Subject();
    this.#look();
    let result: unknown;
    try {
      result = this.#run();
    } catch (error) {
      this.over = true;
      throw error;
    }
    if (result === undefined) {
      if (!this.#wanted) this.#host.finished();
      return;
    }
    const work = (this.#work = new Work<Out>(this, undefined, undefined));
    // What the promise of a run() resolves to is no output: the loop has simply come to its end.
    follow(result !== null && isThenable(result) ? result.then(() => undefined) : result, work);
  }

  /** The handler of an actor that lives so. */
  take(message: In, context: ActorContext<In>): unknown {
    if (this.#draining !== undefined) return this.#receive(message, context);
    const receiver = this.#receivers.shift();
    if (receiver !== undefined) {
      this.#look();
      receiver.resolve(message);
      // Whoever takes messages beside it wants the next one already, which makes this one count as processed.
      if (this.#wanted) return undefined;
      this.held = message;
      return HELD;
    }
    this.held = message;
    this.#emitting = true;
    this.#inbox.next(message);
    this.#emitting = false;
    // The pipeline has failed with it, and that has been seen to.
    if (this.held === NOTHING) return HELD;
    this.held = NOTHING;
    return undefined;
  }

  recv(): Promise<In> {
    this.#release();
    if (this.over || this.#exhausted) return Promise.reject(this.#exit());
    return new Promise((resolve, reject) => {
      this.#receivers.push({ resolve, reject });
      this.#look();
    });
  }

  /** The default `run()`, for one that makes it part of its own: `receive` gets the messages, one at a time. */
  drain(): Observable<Out> {
    return new Observable((subscriber) => {
      if (this.#exhausted) {
        subscriber.complete();
        return undefined;
      }
      this.#received();
      this.#draining = subscriber;
      this.#host.sink = subscriber;
      this.#look();
      return () => {
        this.#draining = undefined;
        this.#host.sink = undefined;
        this.#look();
      };
    });
  }

  get dispatcher(): Dispatcher {
    return this.#host.dispatcher;
  }

  output(value: Out): void {
    this.#host.emit(value);
  }

  ended(work: Work<Out>): void {
    if (this.#work !== work) {
      // Its teardown has ended the actor, yet what it failed with is not to be swallowed.
      if (work.outcome === 'failed') reportError(work.failure);
      return;
    }
    this.#work = undefined;
    this.over = true;
    if (work.outcome === 'completed' || work.failure instanceof ActorExit) {
      this.#host.finished();
    } else {
      const { held } = this;
      this.held = NOTHING;
      this.#host.failed(work.failure, held);
      this.#host.look();
    }
  }

  drained(): void {
    if (this.held !== NOTHING) return;
    this.#exhausted = true;
    this.#dismiss();
    this.#inbox.complete();
    this.#draining?.complete();
    if (this.#work === undefined) this.#host.finished();
  }

  drop(): void {
    this.over = true;
    this.held = NOTHING;
    const work = this.#work;
    this.#work = undefined;
    work?.cancel();
    this.#dismiss();
    // Those who subscribed by hand, not through what run() returned.
    this.#inbox.complete();
  }

  /** Messages are to come in another way: the one that `recv()` took is done with. */
  #received(): void {
    if (!this.#emitting) this.#release();
  }

  #release(): void {
    if (this.held === NOTHING) return;
    const message = this.held;
    this.held = NOTHING;
    this.#host.release(message);
  }

  get #wanted(): boolean {
    if (this.#exhausted) return false;
    return this.#draining !== undefined || this.#receivers.length > 0 || this.#inbox.observed;
  }

  /** Lets messages come for as long as somebody wants them. */
  #look(): void {
    this.#host.take(this.#wanted);
  }

  #dismiss(): void {
    while (this.#receivers.length > 0) this.#receivers.shift()!.reject(this.#exit());
    this.#look();
  }

  #exit(): ActorExit {
    return new ActorExit(this.#host.name);
  }
}
