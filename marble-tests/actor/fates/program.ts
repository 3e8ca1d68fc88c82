import type { SiblingStrategy } from 'rx-actors';

/** How the work on a message goes. What runs without an Observable makes the nearest of it that is done at once. */
export const WORKS = [
  'nothing',
  'values',
  'sync',
  'slow',
  'never',
  'sloppy',
  'throw',
  'throwText',
  'fail',
  'failLate',
  'return',
] as const;
export type Work = (typeof WORKS)[number];

/** When a message's acts are done: by its behavior, by an observer of its output, of its answer, of its dead letter … */
export const PLACES = ['start', 'output', 'teardown', 'answer', 'letter'] as const;
export type Place = (typeof PLACES)[number];

/** What somebody sends. */
export interface Spec {
  readonly work: Work;
  readonly priority: number;
  readonly place?: Place;
  readonly acts?: readonly Act[];
}

/** `who` and `to` are numbers of actors, modulo how many there are; {@link SELF} is the one that acts. */
export const SELF = -1;

/** What anybody can do at any time. */
export type OpenAct =
  | { readonly do: 'send' | 'offer'; readonly to: number; readonly message: Spec }
  | {
      readonly do: 'ask';
      readonly to: number;
      readonly message: Spec;
      readonly timeout: number | undefined;
      readonly wait: boolean;
      /** Cancels after the first output, as `firstValueFrom` does. */
      readonly first: boolean;
      /** Is cancelled by aborting its signal. */
      readonly signal: boolean;
    }
  | { readonly do: 'cancel'; readonly which: number }
  | { readonly do: 'kill' | 'close' | 'start' | 'error' | 'attach' | 'detach'; readonly who: number }
  | { readonly do: 'publish'; readonly message: Spec }
  | { readonly do: 'complete' };

/** What only a behavior can do, with its context. */
export type ContextAct =
  | {
      readonly do: 'timer';
      readonly key: number;
      readonly delay: number;
      readonly source: boolean;
      readonly message: Spec;
    }
  | { readonly do: 'cancelTimer'; readonly key: number }
  | { readonly do: 'watch'; readonly who: number; readonly message: Spec }
  | { readonly do: 'unwatch'; readonly who: number }
  | { readonly do: 'stash' | 'unstash' | 'become' }
  | { readonly do: 'spawn'; readonly setup: Setup };

export type Act = OpenAct | ContextAct;

/** A program's step: an act, or some time that passes. */
export type Step = OpenAct | { readonly do: 'pass'; readonly time: number };

/** What an actor is made of. */
export const KINDS = ['behavior', 'class', 'drain', 'pipeline', 'stateful', 'generator'] as const;
export type Kind = (typeof KINDS)[number];

export interface SupervisionSetup {
  readonly type: 'stop' | 'resume' | 'restart';
  readonly limit?: number;
  readonly within?: number;
  readonly backoff?: { readonly min: number; readonly max: number };
}

/** How an actor is made. */
export interface Setup {
  readonly kind: Kind;
  readonly capacity: number | undefined;
  readonly overflow: 'drop-newest' | 'drop-oldest' | 'priority';
  readonly supervision: SupervisionSetup;
  /** Whose child it is, modulo how many actors were made before it. */
  readonly parent: number | undefined;
  readonly siblings: SiblingStrategy;
  readonly stashCapacity: number | undefined;
  readonly started: boolean;
  /** Somebody subscribes to its outputs and to its end. */
  readonly observed: boolean;
}

/** How it all ends: everybody is killed, or the system is closed, with a time limit or without. */
export type Finish = 'kill' | 'close' | 'timeout';

export interface Program {
  readonly setups: readonly Setup[];
  readonly steps: readonly Step[];
  readonly finish: Finish;
  /** Somebody listens to `system.events`, which makes a second account. */
  readonly inspected: boolean;
}

/** A message on its way; the same one may go to several actors, through an exchange. */
export interface Message {
  readonly id: number;
  readonly work: Work;
  readonly priority: number;
  readonly place: Place;
  readonly acts: readonly Act[];
}
