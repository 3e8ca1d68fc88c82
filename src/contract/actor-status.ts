/**
 * How far an actor has come.
 *
 * - `'created'`: not started; messages wait.
 * - `'running'`: started.
 * - `'closing'`: closed, still processing what had been sent before.
 * - `'closed'`: ended, for whatever reason.
 *
 * @public
 */
export type ActorStatus = 'created' | 'running' | 'closing' | 'closed';
