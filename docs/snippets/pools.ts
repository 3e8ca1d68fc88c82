import { map, timer } from 'rxjs';
import { actorPool } from 'rx-actors';

/** Stands for something that takes its time: as many milliseconds as it says. */
const work = (ms: number) => timer(ms).pipe(map(() => `${ms} ms`));

const pool = actorPool(work, { size: 2 });
pool.subscribe((done) => console.log(done));
for (const ms of [30, 10, 1]) pool.send(ms);
pool.close();
await pool.join();
// prints:
// 10 ms
// 30 ms
// 1 ms
