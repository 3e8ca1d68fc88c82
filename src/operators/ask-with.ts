import { Observable, Subscriber, type OperatorFunction } from 'rxjs';
import { expectAskOptions, type AskOptions } from '../actor/ask.js';
import type { Askable } from '../contract/askable.js';
import { wrongType } from '../internal/expect.js';
import { Queue } from '../internal/queue.js';

/**
 * Asks an actor with every value of the source, one after another, and emits the replies in the order of the values.
 *
 * Use it where a step of a pipeline belongs to an actor.
 *
 * ```text
 * source -a-b------|
 * a's     --x|
 * b's        --y|
 * result ---x--y---|
 * ```
 *
 * @remarks **Ordering.** The replies to one value come before those to the next, which is asked only when they are
 * complete. **Back-pressure.** One ask is on its way at a time, and it waits for room in a bounded mailbox; values that
 * come meanwhile wait here, however many. **Teardown.** Unsubscribing takes the ask back and unsubscribes the source.
 * **Errors.** The first ask that fails, or the failure of the source, fails the result.
 *
 * @example A pipeline with a step that has a state
 * ```ts
 * import { of } from 'rxjs';
 * import { askWith, statefulActor } from 'rx-actors';
 *
 * const total = statefulActor((sum: number, n: number) => sum + n, 0);
 * of(1, 2, 3).pipe(askWith(total)).subscribe((sum) => console.log(sum));
 * // prints:
 * // 1
 * // 3
 * // 6
 * ```
 *
 * @typeParam In - The values, which are the messages.
 * @typeParam Out - The replies.
 * @param actor - Who is asked.
 * @param options - The options of each ask; `whenFull` is `'wait'` unless it says otherwise.
 * @returns An operator that emits the replies.
 * @throws TypeError or RangeError when `actor` can't be asked, or an option is not what it has to be.
 *
 * @public
 */
export function askWith<In, Out>(actor: Askable<In, Out>, options: AskOptions = {}): OperatorFunction<In, Out> {
  if (typeof (actor as Partial<Askable<In, Out>> | null | undefined)?.ask !== 'function') {
    throw wrongType('actor', 'an object with an `ask` method', actor);
  }
  expectAskOptions(options);
  const each: AskOptions = { whenFull: 'wait', ...options };
  return (source) =>
    new Observable((subscriber) => {
      const asking = new Asking(subscriber, (value: In) => actor.ask(value, each));
      // Before it subscribes: a source that emits at once and for ever has to be stopped meanwhile.
      subscriber.add(asking);
      source.subscribe(asking);
    });
}

/**
 * Asks with one value after another. Not `concatMap`: what waits there is shifted out of an array, which is quadratic,
 * and a reply that comes at once is one stack frame deeper than the reply before.
 */
class Asking<In, Out> extends Subscriber<In> {
  readonly #replies: Subscriber<Out>;
  readonly #ask: (value: In) => Observable<Out>;
  readonly #waiting = new Queue<In>();
  #stage: 'idle' | 'subscribing' | 'asking' = 'idle';
  #completed = false;

  constructor(replies: Subscriber<Out>, ask: (value: In) => Observable<Out>) {
    super();
    this.#replies = replies;
    this.#ask = ask;
  }

  protected override _next(value: In): void {
    this.#waiting.push(value);
    this.#go();
  }

  protected override _error(error: unknown): void {
    this.#replies.error(error);
  }

  protected override _complete(): void {
    // Not the end yet: values that wait are asked with first, so this stays subscribed to their asks.
    this.#completed = true;
    this.#go();
  }

  #go(): void {
    while (this.#stage === 'idle' && !this.closed && this.#waiting.length > 0) {
      this.#stage = 'subscribing';
      const replies = new Replies(this.#replies, () => {
        const subscribing = this.#stage === 'subscribing';
        this.#stage = 'idle';
        this.remove(replies);
        if (!subscribing) this.#go();
      });
      this.add(replies);
      try {
        this.#ask(this.#waiting.shift() as In).subscribe(replies);
      } catch (error) {
        this.#replies.error(error);
      }
      if (this.#stage === 'subscribing') this.#stage = 'asking';
    }
    if (this.#completed && this.#stage === 'idle') this.#replies.complete();
  }
}

/** The replies to one value. */
class Replies<Out> extends Subscriber<Out> {
  readonly #to: Subscriber<Out>;
  readonly #done: () => void;

  constructor(to: Subscriber<Out>, done: () => void) {
    super();
    this.#to = to;
    this.#done = done;
  }

  protected override _next(reply: Out): void {
    this.#to.next(reply);
  }

  protected override _error(error: unknown): void {
    this.#to.error(error);
  }

  protected override _complete(): void {
    this.#done();
    this.unsubscribe();
  }
}
