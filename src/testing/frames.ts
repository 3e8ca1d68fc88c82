import type { ObservableNotification } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';

/** A notification, and the frame in which it came: what RxJS parses a marble diagram into. */
export interface FrameOf<T> {
  readonly frame: number;
  readonly notification: ObservableNotification<T>;
}

/** When something was subscribed and unsubscribed; `Infinity` for never. */
export interface SubscriptionFrames {
  readonly subscribedFrame: number;
  readonly unsubscribedFrame: number;
}

/** A notification in the shape that RxJS gives it, because some comparisons count keys. */
export function frameOf<T>(frame: number, kind: 'N' | 'E' | 'C', value?: T, error?: unknown): FrameOf<T> {
  return { frame, notification: { kind, value, error } as ObservableNotification<T> };
}

/** Reads a diagram as RxJS's run mode does, within a run and outside. */
export function parseMarbles<T>(
  marbles: string,
  values: Readonly<Record<string, T>> | undefined,
  error: unknown,
): FrameOf<T>[] {
  return inUnits(() => TestScheduler.parseMarbles(marbles, values, error, true, true));
}

/** Reads a diagram of a subscription likewise. */
export function parseSubscription(marbles: string | null): SubscriptionFrames {
  return inUnits(() => TestScheduler.parseMarblesAsSubscriptions(marbles, true));
}

/** The values among notifications. */
export function valuesOf<T>(frames: readonly FrameOf<T>[]): T[] {
  return frames.flatMap(({ notification }) => (notification.kind === 'N' ? [notification.value] : []));
}

/** The error that notifications end with. */
export function errorIn(frames: readonly FrameOf<unknown>[]): { readonly error: unknown } | undefined {
  const last = frames.at(-1)?.notification;
  return last?.kind === 'E' ? { error: last.error as unknown } : undefined;
}

/** Whether a value is the notifications of an inner Observable. */
export function isFrames(value: unknown): value is FrameOf<unknown>[] {
  return (
    Array.isArray(value) &&
    value.every((each) => typeof each === 'object' && each !== null && 'frame' in each && 'notification' in each)
  );
}

/* eslint-disable @typescript-eslint/no-deprecated -- It is TestScheduler's own, documented, and not the deprecated one of its base class. */
/** Outside of a run a character would be ten frames. */
export function inUnits<R>(work: () => R): R {
  const factor = TestScheduler.frameTimeFactor;
  TestScheduler.frameTimeFactor = 1;
  try {
    return work();
  } finally {
    TestScheduler.frameTimeFactor = factor;
  }
}
