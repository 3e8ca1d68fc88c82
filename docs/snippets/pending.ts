import { timer } from 'rxjs';
import { actor } from 'rx-actors';

const slow = actor((_job: string) => timer(5));
slow.pending$.subscribe((count) => console.log('waiting:', count));
slow.send('a');
slow.send('b');
slow.close();
await slow.join();
// prints:
// waiting: 0
// waiting: 1
// waiting: 2
// waiting: 1
// waiting: 0
