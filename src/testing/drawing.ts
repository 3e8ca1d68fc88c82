import type { ObservableNotification } from 'rxjs';
import { formatValue } from '../internal/format-value.js';
import { marbleColumns } from '../internal/marble-columns.js';
import { marbleText } from '../internal/marble-text.js';
import { errorIn, isFrames, valuesOf, type FrameOf, type SubscriptionFrames } from './frames.js';
import { Letters } from './letters.js';

/** Notifications as marbles; `letters` stand for the values, in their order. */
export function drawn(frames: readonly FrameOf<unknown>[], letters: readonly string[]): string {
  let next = 0;
  const entries = frames.map(({ frame, notification }) =>
    notification.kind === 'N'
      ? { kind: 'N' as const, value: letters[next++], time: frame }
      : { ...notification, time: frame },
  );
  return marbleText(marbleColumns(entries, 1), String).text;
}

/** A subscription as marbles. */
export function drawnSubscription({ subscribedFrame, unsubscribedFrame }: SubscriptionFrames): string {
  const marbles = [
    { kind: 'N', value: '^', time: subscribedFrame },
    { kind: 'N', value: '!', time: unsubscribedFrame },
  ] as const;
  return marbleText(
    marbleColumns(
      marbles.filter(({ time }) => time !== Infinity),
      1,
    ),
    String,
  ).text;
}

/** Notifications in numbers, for those who want them. */
export function listed(frames: readonly FrameOf<unknown>[]): string {
  return frames.length === 0
    ? ' none'
    : frames.map(({ frame, notification }) => `\n  ${frame}: ${inWords(notification)}`).join('');
}

function inWords(notification: ObservableNotification<unknown>): string {
  if (notification.kind === 'C') return '|';
  return notification.kind === 'N' ? formatValue(notification.value) : `# ${formatValue(notification.error)}`;
}

/** What letters stand for, where it is not themselves. */
export function legend(meanings: ReadonlyMap<string, unknown>, used: ReadonlySet<string>): string[] {
  return [...meanings]
    .filter(([letter, meaning]) => used.has(letter) && meaning !== letter)
    .map(([letter, meaning]) => `  ${letter} = ${shown(meaning)}`);
}

/** What `#` stands for; nothing when nothing has failed. */
export function errorNote(expected: readonly FrameOf<unknown>[], received: readonly FrameOf<unknown>[]): string[] {
  const [own, theirs] = [errorIn(expected), errorIn(received)].map((end) => end && formatValue(end.error));
  if (theirs === undefined) return [];
  return [own === undefined || own === theirs ? `  # = ${theirs}` : `  # = ${theirs}${INSTEAD}${own}`];
}

/** Says that the marbles are the same and what they stand for is not. */
export const INSTEAD = ', expected ';

/** An inner Observable as marbles of its own, a matcher of Jest or Vitest in its own words. */
function shown(meaning: unknown): string {
  const { toAsymmetricMatcher } = (meaning ?? {}) as { toAsymmetricMatcher?: () => unknown };
  if (typeof toAsymmetricMatcher === 'function') return String(toAsymmetricMatcher.call(meaning));
  if (!isFrames(meaning)) return formatValue(meaning);
  const meanings = new Map<string, unknown>();
  const letters = new Letters(
    meanings,
    () => false,
    (value) => value,
  );
  const text = drawn(
    meaning,
    valuesOf(meaning).map((value) => letters.of(value, undefined)),
  );
  const inner = legend(letters.meanings, new Set(letters.meanings.keys())).map((line) => line.trim());
  return [`"${text}"`, ...inner].join(', ');
}
