/// <reference lib="esnext.disposable" preserve="true" />
import { Subscription } from 'rxjs';
import { dispose } from '../internal/dispose.js';

/**
 * One or several attached recipients: unsubscribing detaches them.
 *
 * Use it with `using`, the recipe's context manager: `using exchange.subscribe(a, b)` detaches both at the end of the
 * block, also when the block throws.
 *
 * @public
 */
export class ExchangeSubscription extends Subscription {
  /** Only exchanges make them. */
  protected constructor() {
    super();
  }

  /** Detaches, so that `using` does. */
  [dispose](): void {
    this.unsubscribe();
  }
}
