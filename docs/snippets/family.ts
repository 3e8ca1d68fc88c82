import { timer } from 'rxjs';
import { actor, isActorError, restart, resume, type Actor } from 'rx-actors';

function work(who: string, job: string): void {
  if (job === 'bad') throw new Error(`${who} can't do that`);
  console.log(who, 'does', job);
}

const staff: Actor<string>[] = [];
const shop = actor(
  (job: string, { spawn, children }) => {
    if (job === 'open') {
      staff.push(spawn((each) => work('oven', each), { name: 'oven', supervision: restart() }));
      staff.push(spawn((each) => work('till', each), { name: 'till' }));
    }
    for (const each of staff) each.send(job);
    if (job === 'good') console.log('still there:', children.map(({ name }) => name).join());
    return timer(1);
  },
  {
    name: 'shop',
    supervision: (error) => {
      if (isActorError(error, 'child-failed')) console.log(error.message);
      return resume();
    },
    afterEnd: () => console.log('closed'),
  },
);
for (const job of ['bad', 'open', 'bad', 'good']) shop.send(job);
shop.close();
await shop.join();
// prints:
// oven does open
// till does open
// A failure has ended "till", a child of actor "shop".
// still there: oven
// oven does good
// closed
