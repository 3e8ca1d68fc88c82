import { ActorSystem } from 'rx-actors';

const system = new ActorSystem({ maxSubscribers: 2, warn: (message) => console.log(message) });
const prices = system.exchange<number>('prices');
const ticker = system.exchange<number>('ticker', { maxSubscribers: Infinity });

// A page that subscribes whenever it is shown, and forgets to unsubscribe.
function show(): void {
  prices.subscribe((price) => console.log('price', price));
  ticker.subscribe((price) => console.log('ticker', price));
}
for (let visit = 1; visit <= 5; visit++) show();
// prints:
// exchange "prices" has 3 subscribers: it may be that some are never detached. Its option `maxSubscribers` sets how many are expected.
