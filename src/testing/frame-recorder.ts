import { noop, Observable, Subscription, type SchedulerLike } from 'rxjs';
import { frameOf, parseSubscription, type FrameOf } from './frames.js';

/** Notes what sources do, and in which frames, until the run ends. */
export class FrameRecorder {
  readonly #scheduler: SchedulerLike;
  readonly #listening = new Subscription();

  constructor(scheduler: SchedulerLike) {
    this.#scheduler = scheduler;
  }

  /** Listens no longer. */
  stop(): void {
    this.#listening.unsubscribe();
  }

  /** Notes what a source emits from now on, as `noted` puts it. */
  now<T>(source: Observable<T>, noted: (value: T) => unknown): FrameOf<unknown>[] {
    const frames: FrameOf<unknown>[] = [];
    this.#listening.add(
      source.subscribe({
        next: (value) => {
          frames.push(frameOf(this.#scheduler.now(), 'N', noted(value)));
        },
        error: noop,
      }),
    );
    return frames;
  }

  /** How to note all that a source does from `^` to `!`, from the beginning to the end where they are not there. */
  during(marbles: string | null): (source: Observable<unknown>) => FrameOf<unknown>[] {
    const { subscribedFrame, unsubscribedFrame } = parseSubscription(marbles);
    return (source) => {
      const frames: FrameOf<unknown>[] = [];
      const subscription = new Subscription();
      this.#listening.add(subscription);
      const begin = (): void => {
        subscription.add(this.#follow(source, frames, 0));
      };
      this.#scheduler.schedule(begin, subscribedFrame === Infinity ? 0 : subscribedFrame);
      if (unsubscribedFrame !== Infinity) {
        this.#scheduler.schedule(() => {
          subscription.unsubscribe();
        }, unsubscribedFrame);
      }
      return frames;
    };
  }

  #follow(source: Observable<unknown>, into: FrameOf<unknown>[], since: number): Subscription {
    const frame = (): number => this.#scheduler.now() - since;
    return source.subscribe({
      next: (value) => {
        into.push(frameOf(frame(), 'N', this.#materialized(value)));
      },
      error: (error: unknown) => {
        into.push(frameOf(frame(), 'E', undefined, error));
      },
      complete: () => {
        into.push(frameOf(frame(), 'C'));
      },
    });
  }

  /** An Observable among the values stands for what it emits, counted from when it came. */
  #materialized(value: unknown): unknown {
    if (!(value instanceof Observable)) return value;
    const inner: FrameOf<unknown>[] = [];
    this.#listening.add(this.#follow(value, inner, this.#scheduler.now()));
    return inner;
  }
}
