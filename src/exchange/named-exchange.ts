import { expectString, wrongType } from '../internal/expect.js';
import type { SystemCore } from '../internal/system-core.js';
import { Exchange, KIND } from './exchange.js';
import { expectExchangeOptions, type ExchangeOptions, type NewExchangeOptions } from './exchange-options.js';

/** A class of exchanges. */
interface ExchangeClass<T, E extends Exchange<T>> {
  readonly prototype: E;
  new (options: NewExchangeOptions<T>): E;
}

/** The exchange of that name and kind in a system; made when there is none. */
export function namedExchange<T, E extends Exchange<T>>(
  kind: ExchangeClass<T, E>,
  core: SystemCore,
  name: string,
  options: ExchangeOptions<T> | undefined,
): E {
  expectString('name', name);
  if (options !== undefined) expectExchangeOptions(options);
  const existing = core.exchanges.get(name) as E | undefined;
  if (existing === undefined) {
    core.expectNotEnded();
    const exchange = new kind({
      ...options,
      name,
      system: core.face as NonNullable<NewExchangeOptions<T>['system']>,
    });
    core.register(name, exchange);
    return exchange;
  }
  // Not its class, which may be one of its own: what counts is whether it has topics.
  if (existing[KIND] !== kind.prototype[KIND]) {
    throw wrongType(`exchange "${name}"`, kind.prototype[KIND], existing);
  }
  if (options !== undefined) existing.expectOptions(options);
  return existing;
}

/** The plain exchange of that name in a system. */
export function plainExchange<T>(core: SystemCore, name: string, options: ExchangeOptions<T> | undefined): Exchange<T> {
  return namedExchange<T, Exchange<T>>(Exchange, core, name, options);
}
