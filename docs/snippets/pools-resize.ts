import { map, timer } from 'rxjs';
import { actorPool } from 'rx-actors';

const pool = actorPool((n: number) => timer(20).pipe(map(() => n)), { size: 1 });
pool.subscribe((n) => console.log('done:', n));

for (const n of [1, 2]) pool.send(n);
pool.resize(3);
for (const n of [3, 4]) pool.send(n);
pool.resize(1);
console.log('members:', pool.size, 'waiting:', pool.pending);
pool.close();
await pool.join();
// prints:
// members: 1 waiting: 4
// done: 1
// done: 3
// done: 4
// done: 2
