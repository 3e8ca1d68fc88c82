/**
 * Traffic as marbles: what `displayMarbles` has recorded, or the same read from a file.
 *
 * Use it to let a test repeat what a program did: `send(recipient, recording)` sends it again, `toBe(recording)` expects it.
 *
 * @remarks `JSON.stringify(recorder)` gives one that can be kept, as far as its values survive JSON.
 *
 * @typeParam T - The values.
 *
 * @public
 */
export interface MarbleRecording<out T> {
  /** The diagram. */
  readonly text: string;
  /** What its letters stand for; by default they stand for themselves. */
  readonly values?: Readonly<Record<string, T>>;
  /** What `#` stands for. */
  readonly error?: unknown;
}
