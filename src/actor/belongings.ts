import type { SystemCore } from '../internal/system-core.js';
import { Children } from './children.js';
import type { Envelope } from './envelope.js';
import type { IdleTimeout } from './idle-timeout.js';
import { Stash } from './stash.js';
import { Timers, type TimersHost } from './timers.js';
import { Watches } from './watches.js';

/** Whose belongings they are. */
export interface BelongingsHost extends TimersHost {
  readonly core: SystemCore;
  /** Puts what the engine has to tell before all messages. */
  notify(signal: Envelope): void;
}

/** What few actors have around them, each part made when it is first used. All but the children belongs to one incarnation. */
export class Belongings<In> {
  readonly #host: BelongingsHost;
  children: Children | undefined;
  timers: Timers<In> | undefined;
  watches: Watches | undefined;
  stash: Stash | undefined;
  idle: IdleTimeout | undefined;

  constructor(host: BelongingsHost) {
    this.#host = host;
  }

  get ownChildren(): Children {
    return (this.children ??= new Children());
  }

  get ownTimers(): Timers<In> {
    return (this.timers ??= new Timers<In>(this.#host));
  }

  get ownWatches(): Watches {
    return (this.watches ??= new Watches((signal) => {
      this.#host.notify(signal);
    }));
  }

  get ownStash(): Stash {
    return (this.stash ??= new Stash());
  }

  /** Nothing of these may reach the next incarnation, or an actor that has ended. */
  drop(): void {
    this.timers?.cancelAll();
    this.watches?.clear();
    this.idle?.cancel();
    this.timers = this.watches = this.idle = undefined;
  }
}
