import { isActorError } from './library.mjs';

/** One ask, which tells its message what has come of it. */
export class Asking {
  /** Resolves when it is over. */
  over;
  #message;
  #signal;
  #subscription;
  #end;
  #done = false;

  /** @param first - It is content with the first answer, which cancels what would come after that. */
  constructor(actor, message, options, first = false) {
    this.#message = message;
    this.#signal = options?.signal;
    this.over = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.#subscription = actor.ask(message, options).subscribe({
      next: () => {
        if (first) this.cancel();
      },
      error: (error) => {
        this.#failed(error);
      },
      complete: () => {
        this.#finish();
        message.answered();
      },
    });
  }

  /** Takes it back, unless it is over. */
  cancel() {
    if (this.#done) return;
    this.#finish();
    this.#subscription.unsubscribe();
    this.#message.cancel();
  }

  #failed(error) {
    this.#finish();
    const aborted = this.#signal?.aborted === true && error === this.#signal.reason;
    if (aborted || isActorError(error, 'ask-timeout')) this.#message.cancel();
    else this.#message.refused();
  }

  #finish() {
    this.#done = true;
    this.#end();
  }
}
