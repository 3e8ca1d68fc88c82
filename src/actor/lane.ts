import { concatMap, identity, Observable, Subject, type Subscriber, type Subscription } from 'rxjs';

/** Work that goes on after it has been subscribed. */
interface Ongoing {
  /** Stops it. */
  cancel(): void;
}

/**
 * Where the work of an actor goes on once its turn is over: a Subject drained with `concatMap`.
 *
 * The mailbox keeps the backlog and hands over one message at a time, so that the buffer of `concatMap` stays empty.
 * That buffer is what makes a plain `subject.pipe(concatMap(f))` hang behind some 800 messages: it is emptied from the
 * finalizer of the inner before, one stack frame deeper each time. What it is good at is left to it: order, and a
 * teardown that reaches the running work.
 *
 * It is built when the first message needs it; an actor that is always done at once never pays for it.
 */
export class Lane {
  readonly #turns = new Subject<Observable<never>>();
  readonly #drained: Subscription = this.#turns.pipe(concatMap(identity)).subscribe();
  #work: Ongoing | undefined;
  #occupied: Subscriber<never> | undefined;
  readonly #stop = (): void => {
    this.#work?.cancel();
  };
  /** A busy time: from work that goes on to the moment when nothing waits. An inner for each work would cost as much as the work. */
  readonly #inner = new Observable<never>((lane) => {
    this.#occupied = lane;
    return this.#stop;
  });

  /** Has a place for work until {@link leave}. */
  enter(work: Ongoing): void {
    this.#work = work;
    if (this.#occupied === undefined) this.#turns.next(this.#inner);
  }

  /** The work has ended, in whichever way. */
  leave(): void {
    this.#work = undefined;
  }

  /** Nothing waits: the lane is free. */
  rest(): void {
    const occupied = this.#occupied;
    this.#occupied = undefined;
    occupied?.complete();
  }

  /** Stops what goes on and takes nothing more. */
  close(): void {
    this.#drained.unsubscribe();
  }
}
