import type { MarbleRecording } from '../contract/marble-recording.js';

/** Takes apart what stands for marbles. */
export function recordingOf<T>(
  marbles: string | MarbleRecording<T>,
  values: object | null | undefined,
  error: unknown,
): MarbleRecording<T> {
  if (typeof marbles !== 'string') return marbles;
  return { text: marbles, ...(values == null ? {} : { values: values as Readonly<Record<string, T>> }), error };
}
