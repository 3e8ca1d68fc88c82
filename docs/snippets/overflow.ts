import { actor, defaultSystem } from 'rx-actors';

defaultSystem.deadLetters.subscribe(({ message, reason }) => console.log(message, 'dropped:', reason));

const newest = actor((n: number) => console.log('got', n), { mailbox: { capacity: 2, overflow: 'drop-oldest' } });
for (const n of [1, 2, 3, 4]) newest.send(n);

const oldest = actor((n: number) => console.log('took', n), { mailbox: { capacity: 2 } });
console.log([5, 6, 7].map((n) => oldest.trySend(n)));
// prints:
// 1 dropped: overflow
// 2 dropped: overflow
// 7 dropped: overflow
// [ true, true, false ]
// got 3
// got 4
// took 5
// took 6
