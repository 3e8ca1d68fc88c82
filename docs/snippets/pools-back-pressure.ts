import { concatMap, from, tap, timer } from 'rxjs';
import { actorPool } from 'rx-actors';

const pool = actorPool(
  (n: number) => {
    console.log('work on', n);
    return timer(20);
  },
  { size: 2, mailbox: { capacity: 1 } },
);

from([1, 2, 3, 4])
  .pipe(concatMap((n) => pool.offer(n).pipe(tap(() => console.log(n, 'was taken')))))
  .subscribe({ complete: () => pool.close() });
await pool.join();
// prints:
// 1 was taken
// 2 was taken
// work on 1
// 3 was taken
// work on 2
// 4 was taken
// work on 3
// work on 4
