import { NEVER, timer } from 'rxjs';
import { actor, gracefulStop } from 'rx-actors';

const quick = actor((_job: string) => timer(1));
const stuck = actor((_job: string) => NEVER);
quick.send('a');
stuck.send('b');
console.log('quick:', (await gracefulStop(quick, { timeout: 1_000 })).kind);
console.log('stuck:', (await gracefulStop(stuck, { timeout: 10 })).kind);
// prints:
// quick: closed
// stuck: killed
