import { release } from './binding.js';
import { ExchangeSubscription } from './exchange-subscription.js';

/**
 * Several bindings in one subscription. It holds them in an array: the teardowns of a Subscription look for each other
 * when one of them is gone, which costs more the more there are.
 */
export class Attachment extends ExchangeSubscription {
  readonly #bindings: readonly ExchangeSubscription[];

  constructor(bindings: readonly ExchangeSubscription[]) {
    super();
    this.#bindings = bindings;
  }

  override unsubscribe(): void {
    for (const binding of this.#bindings) release(binding);
    super.unsubscribe();
  }
}
