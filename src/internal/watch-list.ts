import { attempt } from './attempt.js';
import type { EndListener, Watch } from './mortal.js';

/** One place in the list. */
class Place implements Watch {
  previous: Place | undefined;
  following: Place | undefined = undefined;

  constructor(
    readonly list: WatchList,
    readonly listener: EndListener,
    previous: Place | undefined,
  ) {
    this.previous = previous;
  }

  cancel(): void {
    this.list.remove(this);
  }
}

/**
 * Who waits for an end, in the order in which they came. A linked list, because a Set that is added to and deleted from
 * beside many others copies itself over and over in V8.
 */
export class WatchList {
  #first: Place | undefined;
  #last: Place | undefined;

  add(listener: EndListener): Watch {
    const place = new Place(this, listener, this.#last);
    if (this.#last === undefined) this.#first = place;
    else this.#last.following = place;
    this.#last = place;
    return place;
  }

  remove(place: Place): void {
    const { previous, following } = place;
    // Once removed, or once all have been told, it is linked to nothing.
    if (previous === undefined && this.#first !== place) return;
    if (previous === undefined) this.#first = following;
    else previous.following = following;
    if (following === undefined) this.#last = previous;
    else following.previous = previous;
    place.previous = place.following = undefined;
  }

  /** Tells everybody, once. */
  tell(termination: unknown): void {
    for (let place = this.#first; place !== undefined; place = this.#first) {
      this.remove(place);
      const { listener } = place;
      attempt(() => {
        listener.ended(termination);
      });
    }
  }
}
