import { expectFunction, expectNumber, expectObject, wrongType } from '../internal/expect.js';
import type { ActorCell } from './actor-cell.js';
import type { ActorOptions } from './actor-options.js';

/**
 * What a stateful actor is at one moment: a plain object, to be kept and to start another actor from.
 *
 * @remarks It can be cloned and turned into JSON and back as far as its state and its messages can.
 *
 * @typeParam State - The state.
 * @typeParam In - The messages.
 *
 * @public
 */
export interface StateSnapshot<out State, out In = unknown> {
  /** The `version` of the actor that gave it. */
  readonly version: number;
  /** The state; not a copy. */
  readonly state: State;
  /** The messages that were waiting, in their order; absent when they were not asked for. */
  readonly messages?: readonly In[];
}

/**
 * What is to be in a snapshot.
 *
 * @public
 */
export interface StateSnapshotOptions {
  /**
   * Whether the messages are in it that wait, those included that were put aside and those that somebody has asked.
   *
   * @defaultValue `false`
   */
  readonly messages?: boolean;
}

/**
 * What a stateful actor can be made with.
 *
 * @public
 */
export interface StatefulActorOptions<in In, out State> extends ActorOptions<In> {
  /**
   * Begins with the state of a snapshot instead of `initial`, also after a restart. The messages of the snapshot are
   * sent to the actor before anything else; those that a bounded mailbox has no room for are dropped by its `overflow`
   * policy.
   *
   * What comes out of a storage has no type: `version` is there to tell whether it is what this actor can begin with.
   *
   * @defaultValue none: it begins with `initial`
   */
  readonly snapshot?: StateSnapshot<unknown> | undefined;
  /**
   * Which version of the state this actor works with; a whole number from 0 up. It is in its snapshots. Raise it
   * whenever the state takes another shape.
   *
   * @defaultValue `1`
   */
  readonly version?: number;
  /**
   * Makes the state of a snapshot of another version, older or newer, into one of this version. What it throws, the
   * creation of the actor throws. The messages of such a snapshot are sent as they are.
   *
   * @param state - The state of the snapshot.
   * @param version - The version of the snapshot.
   * @returns The state to begin with.
   *
   * @defaultValue none: snapshots of another version are refused
   */
  readonly migrate?: (state: unknown, version: number) => State;
}

/** The version of the states of an actor that was given none. */
export const FIRST_VERSION = 1;

/** Refuses options that could only do harm later, a snapshot that is none among them. */
export function expectSnapshotOptions({ snapshot, version, migrate }: StatefulActorOptions<never, unknown>): void {
  if (version !== undefined) expectNumber('version', version, 0, true);
  if (migrate !== undefined) expectFunction('migrate', migrate);
  if (snapshot === undefined) return;
  expectObject('snapshot', snapshot);
  expectNumber('snapshot.version', snapshot.version, 0, true);
  if (!('state' in snapshot)) throw new TypeError('Expected `snapshot` to have a `state`, got none.');
  const { messages } = snapshot;
  if (messages !== undefined && !Array.isArray(messages)) throw wrongType('snapshot.messages', 'an array', messages);
}

/** The state that a snapshot leads to. */
export function restoredState<State>(
  snapshot: StateSnapshot<unknown>,
  { version = FIRST_VERSION, migrate }: StatefulActorOptions<never, State>,
): State {
  if (snapshot.version === version) return snapshot.state as State;
  if (migrate !== undefined) return migrate(snapshot.state, snapshot.version);
  throw new RangeError(
    `Expected \`snapshot\` to be of version ${version}, got one of version ${snapshot.version}. Give \`migrate\` to begin with states of other versions.`,
  );
}

/** An actor keeps its options, and is not to keep what it was restored from. */
export function withoutSnapshot<In>(options: StatefulActorOptions<In, unknown>): ActorOptions<In> {
  const kept: ActorOptions<In> & { snapshot?: unknown } = { ...options };
  delete kept.snapshot;
  return kept;
}

/** The messages that wait in the mailbox of an actor. */
export function messagesIn({ mailbox }: ActorCell<never, never>): unknown[] {
  return mailbox?.messages ?? [];
}

/** The messages that an actor has put aside. */
export function messagesAside({ drain }: ActorCell<never, never>): unknown[] {
  return drain.belongings?.stash?.messages ?? [];
}
