import type { Termination } from '../contract/termination.js';
import type { ActorOptions } from './actor-options.js';
import { ChildFailure } from './child-failure.js';
import { Children, type Child } from './children.js';
import type { IdleTimeout } from './idle-timeout.js';
import { Stash } from './stash.js';
import { Timers, type TimersHost } from './timers.js';
import { Watches, type WatchesHost } from './watches.js';

/** Whose belongings they are. */
export interface BelongingsHost extends TimersHost, WatchesHost {
  readonly name: string;
  readonly options: ActorOptions<never> | undefined;
}

/** What few actors have around them, each part made when it is first used. All but the children belongs to one incarnation. */
export class Belongings<In> {
  readonly #host: BelongingsHost;
  children: Children | undefined;
  stash: Stash | undefined;
  idle: IdleTimeout | undefined;
  #timers: Timers<In> | undefined;
  #watches: Watches | undefined;
  readonly #failures = new Set<ChildFailure>();

  constructor(host: BelongingsHost) {
    this.#host = host;
  }

  get timers(): Timers<In> {
    return (this.#timers ??= new Timers<In>(this.#host));
  }

  /** What its timers are known by; none are made for that. */
  get timerKeys(): unknown[] {
    return this.#timers?.keys ?? [];
  }

  get watches(): Watches {
    return (this.#watches ??= new Watches(this.#host));
  }

  /** Refuses to put aside one more message than there may be. */
  expectRoomAside(): void {
    this.stash ??= new Stash();
    this.stash.expectRoom(this.#host.name, this.#host.options?.stashCapacity ?? Infinity);
  }

  adopt(child: Child): void {
    (this.children ??= new Children()).add(child);
  }

  /** A failure has ended a child: a failure of its parent, unless that watches it and lets the notice come. */
  childFailed({ face }: Child, cause: unknown): void {
    const fail = (): void => {
      this.#host.notify(new ChildFailure(this.#host.name, face.name, cause, this.#failures));
    };
    if (this.#watches?.notices(face, fail) !== true) fail();
  }

  /** A child restarts, and takes along those that the strategy says. */
  renewSiblings(child: Child, error: unknown): void {
    const { siblings = 'one-for-one' } = this.#host.options ?? {};
    for (const sibling of this.children!.siblingsOf(child, siblings)) sibling.renew(error);
  }

  /** Nothing of these may reach the next incarnation, failures of children among them. */
  renew(): void {
    this.#timers?.cancelAll();
    this.drop();
    for (const failure of this.#failures) failure.removed = true;
    this.#failures.clear();
  }

  /** Nothing of these may reach an actor that has ended. */
  drop(): void {
    this.#timers?.end();
    this.#watches?.clear();
    this.idle?.cancel();
    this.#watches = this.idle = undefined;
  }

  /** Ends the children, at once when there are none. */
  endChildren(termination: Termination, done: (termination: Termination) => void): void {
    if (this.children === undefined) done(termination);
    else this.children.end(termination, done);
  }
}
