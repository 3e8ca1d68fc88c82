import { auditTime, skip } from 'rxjs';
import { gracefulStop, statefulActor, type StateSnapshot } from 'rx-actors';

// Stands for localStorage, a file, a table.
const storage = new Map<string, string>();

function openCounter() {
  const saved = storage.get('counter');
  const counter = statefulActor((count: number, by: number) => count + by, 0, {
    snapshot: saved === undefined ? undefined : (JSON.parse(saved) as StateSnapshot<number>),
  });
  const save = () => void storage.set('counter', JSON.stringify(counter.snapshot()));
  // While it runs: what changed in the last 100 ms at once. And a last time once it has ended.
  counter.pipe(skip(1), auditTime(100)).subscribe(save);
  counter.terminated.subscribe(save);
  return counter;
}

const first = openCounter();
for (const n of [1, 2, 3]) first.send(n);
await gracefulStop(first, { timeout: 1000 });
console.log(storage.get('counter'));

const second = openCounter();
second.send(4);
await gracefulStop(second, { timeout: 1000 });
console.log(storage.get('counter'));
// prints:
// {"version":1,"state":6}
// {"version":1,"state":10}
