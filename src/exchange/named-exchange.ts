import { expectString } from '../internal/expect.js';
import type { SystemCore } from '../internal/system-core.js';
import { Exchange } from './exchange.js';
import { expectExchangeOptions, type ExchangeOptions, type NewExchangeOptions } from './exchange-options.js';

/** The exchange of that name in a system; made when there is none. */
export function namedExchange<T>(core: SystemCore, name: string, options: ExchangeOptions<T> | undefined): Exchange<T> {
  expectString('name', name);
  const existing = core.exchanges.get(name) as Exchange<T> | undefined;
  if (existing === undefined) {
    core.expectOpen();
    if (options !== undefined) expectExchangeOptions(options);
    const exchange = new Exchange<T>({
      ...options,
      name,
      system: core.face as NonNullable<NewExchangeOptions<T>['system']>,
    });
    core.register(name, exchange);
    return exchange;
  }
  if (options !== undefined) expectExchangeOptions(options);
  if (options !== undefined && !existing.matches(options)) {
    throw new TypeError(`Expected the options of exchange "${name}" to be those that it was made with, got others.`);
  }
  return existing;
}
