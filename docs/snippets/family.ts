import { timer } from 'rxjs';
import { actor, isActorError, restart, resume } from 'rx-actors';

function work(who: string, job: string): void {
  if (job === 'bad') throw new Error(`${who} can't do that`);
  console.log(who, 'does', job);
}

const shop = actor(
  (job: string, context) => {
    if (job === 'open') {
      context.spawn((each: string) => work('oven', each), { name: 'oven', supervision: restart() });
      context.spawn((each: string) => work('till', each), { name: 'till' });
    }
    for (const child of context.children) child.send(job);
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
// oven does good
// closed
