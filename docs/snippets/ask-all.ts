import { lastValueFrom, map, timer } from 'rxjs';
import { actor, askAll, askFirst } from 'rx-actors';

const shop = (name: string, price: number, delay: number) =>
  actor((_item: string) => timer(delay).pipe(map(() => ({ name, price }))));

const shops = [shop('quick', 12, 5), shop('cheap', 9, 40)];
const offers = await lastValueFrom(askAll(shops, 'a book', { timeout: 1_000 }));
console.log(offers.map(({ name, price }) => `${name}: ${price}`));
console.log('first:', (await lastValueFrom(askFirst(shops, 'a book'))).name);
// prints:
// [ 'quick: 12', 'cheap: 9' ]
// first: quick
