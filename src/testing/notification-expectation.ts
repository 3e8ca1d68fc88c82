import { difference } from './comparison.js';
import type { Comparing, Expectation } from './expectation.js';
import { drawn, errorNote, INSTEAD, legend, listed } from './drawing.js';
import { frameOf, parseMarbles, valuesOf, type FrameOf } from './frames.js';
import { Letters } from './letters.js';
import { recordingOf } from './recording-of.js';
import type { MarbleRecording } from '../contract/marble-recording.js';
import type { Mismatch } from './mismatch.js';
import type { View } from './views.js';

const whole: View = (value) => value;

/** Certain notifications in certain frames are expected. */
export class NotificationExpectation implements Expectation {
  readonly #what: string;
  readonly #received: readonly FrameOf<unknown>[] | (() => readonly FrameOf<unknown>[]);
  readonly #view: View;
  #expected: readonly FrameOf<unknown>[] | undefined;
  /** The letters of the test, in the order in which they stand there; none when it gave no marbles. */
  #letters: readonly string[] = [];
  #meanings = new Map<string, unknown>();
  #where = new Error();

  /** @param received - What comes, which may be noted later. */
  constructor(what: string, received: readonly FrameOf<unknown>[] | (() => readonly FrameOf<unknown>[]), view = whole) {
    this.#what = what;
    this.#received = received;
    this.#view = view;
  }

  get ready(): boolean {
    return this.#expected !== undefined;
  }

  /** Expects what marbles say. */
  marbles(marbles: string | MarbleRecording<unknown>, values: object | null | undefined, error: unknown): void {
    const recording = recordingOf(marbles, values, error);
    const expected = parseMarbles(recording.text, recording.values, recording.error);
    this.#letters = valuesOf(parseMarbles<string>(recording.text, undefined, undefined));
    this.#meanings = new Map(Object.entries(recording.values ?? {}));
    valuesOf(expected).forEach((value, n) => this.#meanings.set(this.#letters[n], value));
    this.frames(expected);
  }

  /** Expects what another source is being recorded to do. */
  frames(expected: readonly FrameOf<unknown>[]): void {
    this.#where = new Error();
    this.#expected = expected;
  }

  mismatch({ assertDeepEqual, frames }: Comparing): Mismatch | undefined {
    const expected = this.#expected!;
    const received = typeof this.#received === 'function' ? this.#received() : this.#received;
    const patterns = valuesOf(expected);
    let next = 0;
    const viewed = received.map(({ frame, notification: { kind, ...rest } }) => {
      const { value, error } = rest as { value?: unknown; error?: unknown };
      return frameOf(frame, kind, kind === 'N' ? this.#view(value, patterns[next++]) : undefined, error);
    });
    const wrong = difference(assertDeepEqual, viewed, expected);
    if (wrong === undefined) return undefined;

    const letters = new Letters(
      this.#meanings,
      (value, pattern) => difference(assertDeepEqual, this.#view(value, pattern), pattern) === undefined,
      (value) => this.#view(value, undefined),
    );
    const own = patterns.map((value, n) => this.#letters[n] ?? letters.of(value, undefined));
    const theirs = valuesOf(received).map((value, n) => letters.of(value, own[n]));
    const asMarbles = { expected: drawn(expected, own), received: drawn(received, theirs) };
    const error = errorNote(expected, received);
    const notes = [...legend(letters.meanings, new Set([...own, ...theirs])), ...error];
    const unexplained = asMarbles.expected === asMarbles.received && !error.some((note) => note.includes(INSTEAD));
    if (frames || unexplained) {
      notes.push(`Frames expected:${listed(expected)}`, `Frames received:${listed(received)}`);
    }
    return { what: this.#what, ...asMarbles, notes, cause: wrong.cause, where: this.#where };
  }
}
