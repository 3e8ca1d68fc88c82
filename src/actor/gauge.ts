import { Observable, type Subscriber } from 'rxjs';
import type { Dispatcher } from '../internal/dispatcher.js';
import type { ActorContext } from './context.js';
import { follow } from './follow.js';
import type { Handler } from './owner.js';
import { Work, type Employer } from './work.js';

/** Hands on what work leads to, whatever kind of thing the behavior returned. */
class Passage<Out> implements Employer<Out> {
  constructor(
    readonly dispatcher: Dispatcher,
    readonly subscriber: Subscriber<Out>,
  ) {}

  output(value: Out): void {
    this.subscriber.next(value);
  }

  ended(work: Work<Out>): void {
    if (work.outcome === 'completed') this.subscriber.complete();
    else this.subscriber.error(work.failure);
  }
}

/** A behavior of which one can tell whether it is at a message. */
export class Gauge<In, Out> {
  /** It is called, or its work goes on. */
  busy = false;
  readonly #behavior: Handler<In>;
  readonly #dispatcher: Dispatcher;

  constructor(behavior: Handler<In>, dispatcher: Dispatcher) {
    this.#behavior = behavior;
    this.#dispatcher = dispatcher;
  }

  handle(message: In, context: ActorContext<In>): unknown {
    this.busy = true;
    let result: unknown;
    try {
      result = this.#behavior(message, context);
    } finally {
      this.busy = false;
    }
    // What is done at once need not be followed.
    if (result === undefined || Array.isArray(result)) return result;
    return new Observable<Out>((subscriber) => {
      const work = new Work<Out>(new Passage(this.#dispatcher, subscriber), message, undefined);
      this.busy = true;
      subscriber.add(() => {
        this.busy = false;
        work.cancel();
      });
      follow(result, work);
    });
  }
}
