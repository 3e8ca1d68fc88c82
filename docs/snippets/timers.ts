import { interval } from 'rxjs';
import { actor } from 'rx-actors';

/** Saves once nothing has been typed for a while. */
const editor = actor((message: string, { timers, self }) => {
  if (message === 'save') {
    console.log('saved');
    self.close();
    return;
  }
  console.log('typed', message);
  // Starting a key anew takes back what it was to send, also when that waits in the mailbox already.
  timers.start('save', 'save', 20);
});
editor.send('a');
editor.send('b');
await editor.join();

let beats = 0;
const heart = actor((message: 'start' | 'beat', { timers, self }) => {
  if (message === 'start') timers.start('beat', 'beat', interval(5));
  else if (++beats === 3) self.close();
});
heart.send('start');
await heart.join();
console.log('beats:', beats);
// prints:
// typed a
// typed b
// saved
// beats: 3
