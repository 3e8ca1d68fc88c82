import { asyncScheduler, isObservable, type Observable, type TimestampProvider } from 'rxjs';
import { describeValue } from '../internal/describe-value.js';
import { expectNumber, expectObject, expectString, wrongType } from '../internal/expect.js';
import { MOST_LETTERS } from '../internal/marble-letters.js';
import { SourceRecorder, type MarbleRecorder } from './marble-recorder.js';

/**
 * How `displayMarbles` records and draws.
 *
 * @public
 */
export interface DisplayMarblesOptions {
  /**
   * How long one character of the diagram stands for, in milliseconds; a number from 0.001 up. Times are rounded to the
   * nearest frame. A test that the diagram is pasted into takes one millisecond of virtual time for a character, so that
   * it is `frame` times as fast.
   *
   * @defaultValue 1
   */
  readonly frame?: number;
  /**
   * How many notifications are recorded, the end included; a whole number from 1 up to 10,000. When one more comes, the
   * recorder stops, and says so in its `notes`.
   *
   * @defaultValue 1,000
   */
  readonly limit?: number;
  /**
   * Whose clock is read: a scheduler, or anything else with `now()` in milliseconds.
   *
   * @defaultValue RxJS's `asyncScheduler`, which is the real time, and the virtual one in `TestScheduler.run`
   */
  readonly scheduler?: TimestampProvider;
  /**
   * Stands above the picture.
   *
   * @defaultValue the name of an exchange or an actor, nothing for another source
   */
  readonly title?: string;
}

/**
 * Records what goes through an exchange, or any other Observable, as a marble diagram.
 *
 * Use it for diagnosis: let it look on while a program does what it should not, then paste `text` and `values` into a
 * test, or look at `svg`.
 *
 * ```text
 * sent      -a--b--(cd)--|
 * recorder  ^------!           stopped here
 * text      -a--b
 * ```
 *
 * @remarks **Ordering.** It sees what every subscriber sees, in that order. The time begins when it is called.
 * **Back-pressure.** None. **Teardown.** It stays subscribed until it is stopped, the source ends, or more than `limit`
 * has come; an object that it has recorded stays referenced. **Errors.** The error of the source is recorded, and so has
 * been heard.
 *
 * It is a subscriber like others: a cold Observable runs once more for it, an exchange counts it, and what nobody else
 * takes is no dead letter. To look on unseen, record {@link wiretap}.
 *
 * @example What ran, to paste into a test
 * ```ts
 * import { VirtualTimeScheduler } from 'rxjs';
 * import { ActorSystem, displayMarbles } from 'rx-actors';
 *
 * const scheduler = new VirtualTimeScheduler();
 * const system = new ActorSystem({ scheduler });
 * const prices = system.exchange<number>('prices');
 * using recorder = displayMarbles(prices, { scheduler });
 * scheduler.schedule(() => prices.send(12), 2);
 * scheduler.schedule(() => [13, 12].forEach((price) => prices.send(price)), 5);
 * scheduler.schedule(() => prices.complete(), 260);
 * scheduler.flush();
 * console.log(recorder.text, recorder.values);
 * // prints:
 * // --a--(ba) 251ms | { a: 12, b: 13 }
 * ```
 *
 * @typeParam T - The values.
 * @param source - What to record: an exchange, the outputs of an actor, or any Observable.
 * @param options - Milliseconds per character, limit, clock and title.
 * @returns The recorder, which is recording.
 * @throws TypeError or RangeError when the source is no Observable, or an option is not what it has to be.
 *
 * @see {@link DisplayMessages} to see messages at once, one by one.
 * @public
 */
export function displayMarbles<T>(source: Observable<T>, options: DisplayMarblesOptions = {}): MarbleRecorder<T> {
  if (!isObservable(source)) throw wrongType('source', 'an Observable', source);
  expectObject('options', options);
  const { frame = 1, limit = 1_000, scheduler = asyncScheduler, title = nameOf(source) } = options;
  expectNumber('frame', frame, 0.001, false);
  expectNumber('limit', limit, 1, true);
  if (limit > MOST_LETTERS) {
    throw new RangeError(
      `Expected \`limit\` to be at most 10,000, so that there is a letter for every value, got ${describeValue(limit)}.`,
    );
  }
  expectString('title', title);
  if (typeof (scheduler as Partial<TimestampProvider> | null)?.now !== 'function') {
    throw wrongType('scheduler', 'an RxJS scheduler', scheduler);
  }
  return new SourceRecorder(source, { frame, limit, clock: scheduler, title });
}

function nameOf(source: object): string {
  const { name } = source as { name?: unknown };
  return typeof name === 'string' ? name : '';
}
