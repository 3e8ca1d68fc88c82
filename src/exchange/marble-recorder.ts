/// <reference lib="esnext.disposable" preserve="true" />
import { Subscription, takeWhile, type Observable, type ObservableNotification, type TimestampProvider } from 'rxjs';
import type { MarbleEntry } from '../contract/marble-entry.js';
import type { MarbleRecording } from '../contract/marble-recording.js';
import { dispose } from '../internal/dispose.js';
import { marbleColumns, type MarbleColumn } from '../internal/marble-columns.js';
import { MarbleLetters } from '../internal/marble-letters.js';
import { marbleSvg } from '../internal/marble-svg.js';
import { marbleText, type MarbleText } from '../internal/marble-text.js';

/**
 * What `displayMarbles` has recorded so far: as a marble diagram to paste into a test, as a picture, and as it came.
 *
 * @remarks It is the subscription that records: `closed` once it does not record any more, because it was told to stop,
 * because the source has ended, or because there was more than its limit. What it has recorded stays.
 *
 * A letter may come to stand for another value while it still records: read `text` and `values` together.
 *
 * @typeParam T - The values.
 *
 * @public
 */
export interface MarbleRecorder<T> extends Subscription, Disposable {
  /**
   * The diagram, as RxJS's run mode reads it: `-a--(bc)- 250ms d|`, and `-` when nothing has come. Given to `cold` or
   * `hot` with {@link MarbleRecorder.values} and {@link MarbleRecorder.error}, it emits the same again.
   *
   * @remarks One character is one `frame`, and so is each `ms` of a longer gap, such as `250ms`. What comes within a frame
   * stands in a group, whose characters RxJS counts as time: what comes meanwhile stands right behind the group, as late
   * as {@link MarbleRecorder.notes} say, and what comes after the next pause in its own place again.
   */
  readonly text: string;
  /**
   * What the letters of the diagram stand for: a string that is one ASCII letter or digit stands for itself; every other
   * value gets the next free one of a–z, A–Z, 0–9, the letters from À to ſ, and the syllables from 가.
   *
   * @remarks Equal primitives have the same letter, and so has the same object, however often it comes. Objects are kept
   * as they are: one that is changed later shows as it is then.
   */
  readonly values: Readonly<Record<string, T>>;
  /** What `#` stands for in the diagram; `undefined` when the source has not failed. */
  readonly error: unknown;
  /**
   * The diagram as a picture: an SVG that needs nothing else, to save to a file or to put into a page.
   *
   * @remarks Marbles show their values when one points at them. Below them is the time in milliseconds. Pauses much longer
   * than most are cut short, and dotted.
   */
  readonly svg: string;
  /** Every notification, with its time. */
  readonly entries: readonly MarbleEntry<T>[];
  /** What the diagram does not show, or not quite, in words; empty when it is exact, but for rounding. */
  readonly notes: readonly string[];
  /** Stops recording; the same as `unsubscribe()`. */
  stop(): void;
  /**
   * Gives what `JSON.stringify` keeps: the diagram and what it stands for, for a test that repeats it later. Values have to
   * survive JSON; an error is kept as its message.
   */
  toJSON(): MarbleRecording<T>;
}

/** How to record. */
export interface Recording {
  /** In milliseconds. */
  readonly frame: number;
  readonly limit: number;
  readonly clock: TimestampProvider;
  readonly title: string;
}

/** The recorder behind the face. */
export class SourceRecorder<T> extends Subscription implements MarbleRecorder<T> {
  readonly #recording: Recording;
  readonly #entries: MarbleEntry<T>[] = [];
  readonly #beginning: number;
  /** There was more than the limit. */
  #more = false;

  constructor(source: Observable<T>, recording: Recording) {
    super();
    this.#recording = recording;
    this.#beginning = recording.clock.now();
    // An operator, not an observer: it stops a source that emits at once and for ever.
    const recorded = source.pipe(takeWhile((value) => this.#record({ kind: 'N', value })));
    this.add(
      recorded.subscribe({
        error: (error: unknown) => {
          this.#end({ kind: 'E', error });
        },
        complete: () => {
          this.#end({ kind: 'C' });
        },
      }),
    );
  }

  get text(): string {
    return this.#written.text;
  }

  get values(): Readonly<Record<string, T>> {
    return this.#letters.values;
  }

  get error(): unknown {
    const last = this.#entries.at(-1);
    return last?.kind === 'E' ? (last.error as unknown) : undefined;
  }

  get svg(): string {
    const letters = this.#letters;
    return marbleSvg({
      columns: this.#columns,
      letterOf: (value) => letters.of(value),
      title: this.#recording.title,
      description: this.text,
      notes: this.#more ? [this.#limitNote] : [],
    });
  }

  get entries(): readonly MarbleEntry<T>[] {
    return [...this.#entries];
  }

  get notes(): readonly string[] {
    const { late, delay } = this.#written;
    const notes = this.#more ? [this.#limitNote] : [];
    if (late > 0) {
      notes.push(
        `${late} of ${this.#entries.length} notifications stand up to ${delay} frames late, behind the groups before them. ` +
          'A smaller `frame` makes room for them.',
      );
    }
    return notes;
  }

  stop(): void {
    this.unsubscribe();
  }

  toJSON(): MarbleRecording<T> {
    const { text, values, error } = this;
    if (error === undefined) return { text, values };
    return { text, values, error: error instanceof Error ? error.message : error };
  }

  [dispose](): void {
    this.unsubscribe();
  }

  /** Whether there was room for it. */
  #record(notification: ObservableNotification<T>): boolean {
    this.#more = this.#entries.length === this.#recording.limit;
    if (this.#more) return false;
    // A clock may be set back, time never goes back.
    const now = this.#recording.clock.now() - this.#beginning;
    this.#entries.push({ ...notification, time: Math.max(now, this.#entries.at(-1)?.time ?? 0) });
    return true;
  }

  /** After the limit `takeWhile` completes as well; then there is no room for that. */
  #end(notification: ObservableNotification<T>): void {
    this.#record(notification);
    this.unsubscribe();
  }

  get #limitNote(): string {
    return `Stopped at its limit of ${this.#recording.limit} notifications: more have come.`;
  }

  get #columns(): MarbleColumn<T>[] {
    return marbleColumns(this.#entries, this.#recording.frame);
  }

  get #letters(): MarbleLetters<T> {
    return new MarbleLetters(this.#entries.flatMap((entry) => (entry.kind === 'N' ? [entry.value] : [])));
  }

  get #written(): MarbleText {
    const letters = this.#letters;
    return marbleText(this.#columns, (value: T) => letters.of(value));
  }
}
