import { actor } from 'rx-actors';
import { of } from 'rxjs';

const nothing = actor((n: number) => console.log('got', n));
const observable = actor((n: number) => of(n, n * 10));
const promise = actor(async (n: number) => Promise.resolve(n * 100));
const iterable = actor(function* (n: number) {
  yield n * 1000;
  yield n * 10_000;
});

for (const each of [observable, promise, iterable]) each.subscribe((output) => console.log(output));
for (const each of [nothing, observable, promise, iterable]) each.send(1);
// prints:
// got 1
// 1
// 10
// 1000
// 10000
// 100
