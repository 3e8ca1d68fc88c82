import { defaultSystem, getExchange } from 'rx-actors';

defaultSystem.deadLetters.subscribe(({ message, reason }) => console.log('dead letter:', message, reason));

const prices = getExchange<number>('prices today');
prices.send(1);
prices.subscribe({ next: (price) => console.log('price', price), complete: () => console.log('closed') });
prices.send(2);
prices.complete();
prices.send(3);
console.log('the name is free:', getExchange<number>('prices today') !== prices);
// prints:
// dead letter: 1 unrouted
// price 2
// closed
// dead letter: 3 closed
// the name is free: true
