import { firstValueFrom, map, timer } from 'rxjs';
import { actor, isActorError, statefulActor } from 'rx-actors';

const total = statefulActor((sum: number, price: number) => sum + price, 0);
total.send(10);
console.log('total:', await firstValueFrom(total.ask(5)));

const slow = actor((n: number) => timer(1000).pipe(map(() => n)));
try {
  await firstValueFrom(slow.ask(1, { timeout: 20 }));
} catch (error) {
  if (!isActorError(error, 'ask-timeout')) throw error;
  console.log('no answer within', error.timeout, 'ms');
}
console.log('still waiting:', slow.pending);
// prints:
// total: 15
// no answer within 20 ms
// still waiting: 0
