import { firstValueFrom, interval } from 'rxjs';
import { getExchange } from 'rx-actors';

const ticks = getExchange<number>('ticks');
ticks.whileSubscribed(() => {
  console.log('the clock runs');
  const running = ticks.consume(interval(5));
  return () => {
    running.unsubscribe();
    console.log('the clock stands');
  };
});
console.log('first tick:', await firstValueFrom(ticks));
console.log('first tick again:', await firstValueFrom(ticks));
// prints:
// the clock runs
// the clock stands
// first tick: 0
// the clock runs
// the clock stands
// first tick again: 0
