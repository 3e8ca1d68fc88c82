import { getExchange } from 'rx-actors';

const numbers = getExchange<number>('numbers');
// The first one sends while it handles a message; the second one sees the same order all the same.
numbers.subscribe((n) => {
  console.log('first:', n);
  if (n === 1) numbers.send(10);
});
numbers.subscribe((n) => console.log('second:', n));
numbers.send(1);
numbers.send(2);
// prints:
// first: 1
// second: 1
// first: 10
// second: 10
// first: 2
// second: 2
