import { expectDelay, wrongType } from '../internal/expect.js';
import { ActorSystem } from '../system/actor-system.js';
import { defaultSystem } from '../system/default-system.js';
import { unfinished } from './leftovers.js';
import { LeftoversError } from './leftovers-error.js';
import { nextTask, realNow } from './real-time.js';

/**
 * How long to wait.
 *
 * @public
 */
export interface SettledOptions {
  /**
   * The longest wait, in milliseconds of real time.
   *
   * @defaultValue 1,000
   */
  readonly timeout?: number;
}

/**
 * Waits, in real time, until nobody in a system has anything to do: no work is under way, no message waits.
 *
 * Use it in tests whose time is real, behind what they send: `await settled(system)` rather than a wait that may be too
 * short. In virtual time there is {@link asyncMarbles}.
 *
 * ```text
 * sent     ab
 * work     --x--x|
 * settled  ------(x|)
 * ```
 *
 * @remarks It looks from task to task, so that Promises which are ready have their turn; how long others take is real time.
 * What has yet to begin, such as a timer of an actor, does not count. **Errors.** When the time is over it rejects with a
 * `LeftoversError`, which says who has something left to do.
 *
 * @example An actor that awaits
 * ```ts
 * import { ActorSystem } from 'rx-actors';
 * import { settled } from 'rx-actors/testing';
 *
 * const system = new ActorSystem();
 * const saved: string[] = [];
 * const saver = system.actor(async (line: string) => {
 *   await Promise.resolve();
 *   saved.push(line);
 * });
 * saver.send('a');
 * saver.send('b');
 * await settled(system);
 * console.log(saved);
 * // prints:
 * // [ 'a', 'b' ]
 * ```
 *
 * @param system - The system; by default the one of the free functions.
 * @param options - The longest wait.
 * @returns A Promise that resolves when there is nothing left to do.
 * @throws TypeError or RangeError when an argument is not what it has to be.
 *
 * @public
 */
export function settled(system: ActorSystem = defaultSystem, options: SettledOptions = {}): Promise<void> {
  if (!(system instanceof ActorSystem)) throw wrongType('system', 'an ActorSystem', system);
  const { timeout = 1_000 } = options;
  expectDelay('timeout', timeout);
  return untilIdle(system, timeout);
}

async function untilIdle(system: ActorSystem, timeout: number): Promise<void> {
  const start = realNow();
  for (;;) {
    // First: what was sent just now has its turn in this task.
    await nextTask();
    const left = unfinished(system);
    if (left.size === 0) return;
    if (realNow() - start >= timeout) throw new LeftoversError([...left.values()]);
  }
}
