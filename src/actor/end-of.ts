import { noop } from 'rxjs';
import type { AnyActor } from '../contract/any-actor.js';
import { isMortal, WATCH, type EndListener, type Watch } from '../internal/mortal.js';

/** Tells of the end of an actor: of ours at once, of a reference to one elsewhere as that does by `terminated`. */
export function endOf(actor: AnyActor, listener: EndListener): Watch | undefined {
  if (isMortal(actor)) return actor[WATCH](listener);
  const subscription = actor.terminated.subscribe({
    next: (termination) => {
      listener.ended(termination);
    },
    // It will never be known.
    error: noop,
  });
  return {
    cancel: () => {
      subscription.unsubscribe();
    },
  };
}
