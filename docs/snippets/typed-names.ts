import { getExchange } from 'rx-actors';

declare module 'rx-actors' {
  interface ExchangeTypes {
    prices: { readonly symbol: string; readonly price: number };
  }
}

getExchange('prices').subscribe(({ symbol, price }) => console.log(symbol, price));
getExchange('prices').send({ symbol: 'ACME', price: 12 });
// prints:
// ACME 12
