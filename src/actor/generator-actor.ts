import { expectFunction } from '../internal/expect.js';
import { Actor } from './actor.js';
import type { ActorOptions } from './actor-options.js';
import { cellOf } from './cell-of.js';
import { GeneratorLife } from './generator-life.js';

/**
 * A generator that is an actor's behavior: each `yield` waits for the next message and gives it back.
 *
 * @public
 */
export type GeneratorBody<In, Out> = () =>
  Generator<Out | undefined, void, In> | AsyncGenerator<Out | undefined, void, In>;

/**
 * Makes an actor out of a generator function, and starts it.
 *
 * Use it for a behavior with stages: what comes next is where the generator stands.
 *
 * ```text
 * sent    -a--b--|
 * body    ^yield, a in, yield A, b in, yield B, finally
 * outputs -A--B--|
 * ```
 *
 * @remarks The generator is run up to its first `yield` before the first message. Each message resumes it; what the
 * `yield` that ends the message's turn yields is the output, `undefined` is none. What the first `yield` yields is an
 * output of no message. When the generator returns, the actor ends.
 *
 * **Ordering.** An async generator is resumed with the next message only once it has yielded. **Teardown.** Closing
 * resumes the last `yield` with a return behind the waiting messages, so that `finally` blocks run, and waits for them;
 * so does killing, at once and without waiting. **Errors.** A generator that throws is over: `resume()` and `restart()`
 * both begin a new one.
 *
 * @example The recipe's printer
 * ```ts
 * import { generatorActor } from 'rx-actors';
 *
 * const printer = generatorActor(function* (): Generator<undefined, void, string> {
 *   try {
 *     for (;;) console.log('got', yield);
 *   } finally {
 *     console.log('actor terminating');
 *   }
 * });
 * printer.send('hello');
 * printer.send('world');
 * printer.close();
 * await printer.join();
 * // prints:
 * // got hello
 * // got world
 * // actor terminating
 * ```
 *
 * @typeParam In - The messages, inferred from what `yield` gives.
 * @typeParam Out - The outputs, inferred from what is yielded.
 * @param body - The generator function, sync or async; called anew for every incarnation.
 * @param options - Name, system, mailbox, supervision, and a signal that kills it.
 * @returns The actor, started.
 * @throws TypeError or RangeError when an argument is not what it has to be.
 * @throws SystemClosedError when the system is closed.
 *
 * @see {@link https://tc39.es/ecma262/#sec-generator.prototype.return | Generator.prototype.return} for how it is ended.
 * @public
 */
export function generatorActor<In, Out = never>(
  body: GeneratorBody<In, Out>,
  options?: ActorOptions<In>,
): Actor<In, Out> {
  expectFunction('body', body);
  const made = new Actor<In, Out>(options);
  const { drain } = cellOf<In, Out>(made);
  const life = new GeneratorLife(drain, body);
  drain.handle((message) => life.handle(message), life);
  return made.start();
}
