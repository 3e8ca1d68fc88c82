import { Observable, type Subscriber, type TeardownLogic } from 'rxjs';
import type { AskOptions } from './ask.js';

/** Who can be asked. */
interface Answerer<In, Out> {
  ask(message: In, subscriber: Subscriber<Out>, options: AskOptions | undefined): TeardownLogic;
}

// One function for all: RxJS calls it as a method of the Observable that is subscribed.
function ask<Out>(this: Observable<Out>, subscriber: Subscriber<Out>): TeardownLogic {
  const { answerer, message, options } = this as Question<unknown, Out>;
  return answerer.ask(message, subscriber, options);
}

/** A message that is sent whenever it is subscribed. It carries what a closure would, for less. */
export class Question<In, Out> extends Observable<Out> {
  constructor(
    readonly answerer: Answerer<In, Out>,
    readonly message: In,
    readonly options: AskOptions | undefined,
  ) {
    super(ask);
  }
}
