import type { Observer, SchedulerLike } from 'rxjs';
import type { Recipient } from '../contract/recipient.js';
import { wrongType } from '../internal/expect.js';
import { parseMarbles, type FrameOf } from './frames.js';
import type { SendMarbles } from './marble-helpers.js';
import { recordingOf } from './recording-of.js';
import type { MarbleRecording } from '../contract/marble-recording.js';

/** Sends what marbles say. */
export class Sender {
  readonly #scheduler: SchedulerLike;
  /** What waits for time to begin, so that all who listen from the beginning on do by then. */
  #early: (() => void)[] | undefined = [];

  constructor(scheduler: SchedulerLike) {
    this.#scheduler = scheduler;
  }

  begin(): void {
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const begin of early) begin();
  }

  readonly send: SendMarbles = <T>(
    recipient: Recipient<T>,
    marbles: string | MarbleRecording<T>,
    values?: Readonly<Record<string, T>>,
    error?: unknown,
  ): void => {
    const recording = recordingOf(marbles, values, error);
    if (recording.text.includes('^')) throw new Error('Expected marbles without "^": they begin when they are sent.');
    const frames = parseMarbles(recording.text, recording.values, recording.error);
    const observer = observerOf(recipient, frames);
    const begin = (): void => {
      for (const { frame, notification } of frames) {
        this.#scheduler.schedule(() => {
          if (notification.kind === 'N') recipient.send(notification.value);
          else if (notification.kind === 'E') observer.error!(notification.error);
          else observer.complete!();
        }, frame);
      }
    };
    if (this.#early === undefined) begin();
    else this.#early.push(begin);
  };
}

/** The recipient as an observer that can be given the end that the marbles have. */
function observerOf(recipient: object, frames: readonly FrameOf<unknown>[]): Partial<Observer<unknown>> {
  const observer = recipient as Partial<Observer<unknown>>;
  for (const [kind, method] of [
    ['C', 'complete'],
    ['E', 'error'],
  ] as const) {
    const wanted = frames.some(({ notification }) => notification.kind === kind);
    if (wanted && typeof observer[method] !== 'function') {
      throw wrongType('recipient', `one with a \`${method}\` method, because the marbles have an end`, recipient);
    }
  }
  return observer;
}
