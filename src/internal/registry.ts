import type { ActorSnapshot } from '../contract/actor-snapshot.js';
import type { AnyActor } from '../contract/any-actor.js';
import type { EndListener, Watch } from './mortal.js';

/** One that lives in a system. The links are its own, so that a place in the {@link Registry} costs two words. */
export interface Resident {
  previous: Resident | undefined;
  following: Resident | undefined;
  /** Its public face. */
  readonly face: AnyActor;
  readonly status: AnyActor['status'];
  /** It ends with another that lives here. */
  readonly isChild: boolean;
  /** How it stands. */
  describe(): ActorSnapshot;
  /** Lets it do what it was sent, then end. */
  close(): void;
  /** Ends it at once. */
  kill(reason: unknown): void;
  /** Adds one who wants to know when it has ended. */
  watch(listener: EndListener): Watch | undefined;
}

/** Who lives in a system: a doubly linked list through its members, constant to enter and to leave. */
export class Registry {
  #newest: Resident | undefined;
  #size = 0;
  #emptied: (() => void)[] | undefined;

  get size(): number {
    return this.#size;
  }

  add(resident: Resident): void {
    const newest = this.#newest;
    resident.following = newest;
    if (newest !== undefined) newest.previous = resident;
    this.#newest = resident;
    this.#size++;
  }

  remove(resident: Resident): void {
    const { previous, following } = resident;
    if (previous !== undefined) previous.following = following;
    else this.#newest = following;
    if (following !== undefined) following.previous = previous;
    resident.previous = resident.following = undefined;
    if (--this.#size === 0 && this.#emptied !== undefined) {
      for (const resolve of this.#emptied.splice(0)) resolve();
    }
  }

  /** Who lives here now, the newest first; they may leave while the caller goes through them. */
  snapshot(): Resident[] {
    const residents: Resident[] = [];
    for (let each = this.#newest; each !== undefined; each = each.following) residents.push(each);
    return residents;
  }

  /** Resolves once nobody lives here any more. */
  empty(): Promise<void> {
    return this.#size === 0 ? Promise.resolve() : new Promise((resolve) => (this.#emptied ??= []).push(resolve));
  }
}
