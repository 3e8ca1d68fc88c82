import { firstValueFrom, skip, timer } from 'rxjs';
import { ActorSystem } from 'rx-actors';

const system = new ActorSystem({ name: 'shop' });
// The first value is all zeros.
const numbers = firstValueFrom(system.metrics$.pipe(skip(1)));

const till = system.actor((_price: number) => timer(5_000), { name: 'till', mailbox: { capacity: 2 } });
system.exchange<number>('prices').attach(till);
for (const price of [10, 20, 30, 40]) system.exchange<number>('prices').send(price);

const { published, sent, processed, deadLetters } = await numbers;
console.log({ published, sent, processed, overflow: deadLetters.overflow });
console.log(system.snapshot());
console.log(await system.close({ timeout: 10 }));
// prints:
// { published: 4, sent: 2, processed: 0, overflow: 2 }
// {
//   name: 'shop',
//   actors: [
//     {
//       name: 'till',
//       status: 'running',
//       pending: 1,
//       stashed: 0,
//       parent: undefined,
//       children: 0
//     }
//   ],
//   exchanges: [ { name: 'prices', subscriberCount: 1 } ]
// }
// killed
