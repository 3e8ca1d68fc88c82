import { of } from 'rxjs';
import { askWith, statefulActor } from 'rx-actors';

const total = statefulActor((sum: number, price: number) => sum + price, 0);
of(1, 2, 3)
  .pipe(askWith(total))
  .subscribe((sum) => console.log(sum));
// prints:
// 1
// 3
// 6
