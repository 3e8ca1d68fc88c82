import { Subject } from 'rxjs';
import { Exchange } from 'rx-actors';

/** The first observer answers 1 with 10; what does the second one see? */
function run(numbers: Subject<number>): number[] {
  const seen: number[] = [];
  numbers.subscribe((n) => {
    if (n === 1) numbers.next(10);
  });
  numbers.subscribe((n) => seen.push(n));
  numbers.next(1);
  numbers.next(2);
  return seen;
}

console.log('Subject: ', run(new Subject<number>()));
console.log('Exchange:', run(new Exchange<number>()));
// prints:
// Subject:  [ 10, 1, 2 ]
// Exchange: [ 1, 10, 2 ]
