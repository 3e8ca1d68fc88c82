import { getExchange } from 'rx-actors';

const prices = getExchange<number>('latest-price', { replay: 1 });
prices.send(11);
prices.send(12);
prices.subscribe((price) => console.log('late, but knows', price));
prices.send(13);
// prints:
// late, but knows 12
// late, but knows 13
