import type { Observable } from 'rxjs';
import type { AnyActor } from './any-actor.js';
import type { Askable } from './askable.js';
import type { Recipient } from './recipient.js';

/**
 * What one can do with an actor from outside, wherever it lives: the face that actors and pools have, and what stands for
 * one in a thread or in another process.
 *
 * Use it as the type of a parameter or a field, so that an actor may move without its users noticing.
 *
 * @example A service that does not know where its database is
 * ```ts
 * import { firstValueFrom, of } from 'rxjs';
 * import { actor, type ActorRef } from 'rx-actors';
 *
 * class Users {
 *   constructor(private readonly database: ActorRef<number, string>) {}
 *   name(id: number): Promise<string> {
 *     return firstValueFrom(this.database.ask(id, { timeout: 1_000 }));
 *   }
 * }
 * const users = new Users(actor((id: number) => of(`user ${id}`)));
 * console.log(await users.name(7));
 * // prints:
 * // user 7
 * ```
 *
 * @typeParam In - The messages.
 * @typeParam Out - The outputs.
 *
 * @public
 */
export interface ActorRef<in In, out Out> extends Observable<Out>, AnyActor, Recipient<In>, Askable<In, Out> {
  /**
   * Sends one message and says whether it was taken.
   *
   * @param message - The message.
   * @returns `false` when it was not.
   */
  trySend(message: In): boolean;
  /**
   * Sends one message once there is room for it.
   *
   * @param message - The message.
   * @returns A cold Observable that emits once and completes when it was taken.
   */
  offer(message: In): Observable<void>;
}
