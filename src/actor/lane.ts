import { concatMap, identity, Observable, Subject, type Subscription } from 'rxjs';

/** Work that goes on after it has been subscribed. */
interface Ongoing {
  /** Runs when the work has ended, in whichever way. */
  add(teardown: () => void): void;
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
  readonly #work = new Subject<Observable<never>>();
  readonly #drained: Subscription = this.#work.pipe(concatMap(identity)).subscribe();

  /** Occupies the lane until the work has ended. */
  enter(work: Ongoing): void {
    this.#work.next(
      new Observable((lane) => {
        work.add(() => {
          lane.complete();
        });
        return () => {
          work.cancel();
        };
      }),
    );
  }

  /** Stops what runs and takes nothing more. */
  close(): void {
    this.#drained.unsubscribe();
  }
}
