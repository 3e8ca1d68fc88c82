import {
  expectAbortSignal,
  expectFunction,
  expectNumber,
  expectObject,
  expectOverflow,
  expectString,
  wrongType,
} from '../internal/expect.js';

/**
 * How a recipient is attached.
 *
 * @typeParam T - The messages of the exchange.
 *
 * @public
 */
export interface AttachOptions<in T> {
  /**
   * Makes it compete with the other members of the group: each message goes to one of them, to the one with the least to do
   * where all are actors or have a `buffer`, else in turns. One that is closing or has ended gets none. With `replay`, the
   * first member gets what is kept, and those who join it what nobody has had yet.
   *
   * @defaultValue none: it gets every message
   */
  readonly group?: string;
  /**
   * Lets through only the messages for which it returns `true`. One that throws is reported as the recipient's failure.
   *
   * @defaultValue none: all are let through
   */
  readonly filter?: (message: T) => boolean;
  /**
   * Makes what the recipient is sent out of each message. One that throws is reported as the recipient's failure.
   *
   * @defaultValue none: it is sent the message itself
   */
  readonly map?: (message: T) => unknown;
  /**
   * Detaches it with the first message that it takes.
   *
   * @defaultValue `false`
   */
  readonly once?: boolean;
  /**
   * Detaches it when it is aborted; when that has happened already, it is not attached at all.
   *
   * @defaultValue none
   */
  readonly signal?: AbortSignal;
  /**
   * How many messages may wait here for a recipient that takes its time; a whole number from 1 up. The next one is handed
   * over when an actor has room for it, or when the Promise that `send()` has returned is settled. What happens at the
   * limit is for `overflow` to say. What waits when the recipient is detached or ends is a dead letter (`'closed'`). Nothing
   * waits for an exchange, which takes everything at once.
   *
   * @defaultValue none wait: every message is sent at once
   */
  readonly buffer?: number;
  /**
   * Which message a full buffer drops: the newest or the one that has waited longest. Either becomes a dead letter
   * (`'overflow'`), and is counted by `exchange.dropped`.
   *
   * @defaultValue `'drop-newest'`
   */
  readonly overflow?: 'drop-newest' | 'drop-oldest';
}

/** Refuses options that could only do harm later. */
export function expectAttachOptions<T>(options: AttachOptions<T>): void {
  expectObject('options', options);
  const { group, filter, map, once, signal, buffer, overflow } = options;
  if (group !== undefined) expectString('group', group);
  if (filter !== undefined) expectFunction('filter', filter);
  if (map !== undefined) expectFunction('map', map);
  if (once !== undefined && typeof once !== 'boolean') throw wrongType('once', 'a boolean', once);
  if (signal !== undefined) expectAbortSignal('signal', signal);
  if (buffer !== undefined) expectNumber('buffer', buffer, 1, true);
  if (overflow !== undefined) expectOverflow(overflow);
  if (overflow !== undefined && buffer === undefined) {
    throw new TypeError('Expected `buffer` beside `overflow`, got none.');
  }
}

/** The first option by which one would be attached otherwise than it is; `undefined` when there is none. */
export function otherAttachOption<T>(
  wanted: AttachOptions<T>,
  had: AttachOptions<T>,
): keyof AttachOptions<T> | undefined {
  const keys = Object.keys({ ...wanted, ...had }) as (keyof AttachOptions<T>)[];
  return keys.find((key) => (wanted[key] ?? DEFAULTS[key]) !== (had[key] ?? DEFAULTS[key]));
}

const DEFAULTS: AttachOptions<never> = { once: false, overflow: 'drop-newest' };
