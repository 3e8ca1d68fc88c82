// Thousands of asks time out behind one slow message; then nothing keeps the process alive, and nothing is kept.
import { NEVER } from 'rxjs';
import { actor } from '../../../dist/index.js';

const slow = actor(() => NEVER);
slow.send('slow');
let timedOut = 0;
let cancelled = 0;
for (let n = 0; n < 5000; n++) {
  slow.ask({ n }, { timeout: 10 }).subscribe({ error: () => timedOut++ });
  const long = slow.ask({ n }, { timeout: 1e9 }).subscribe();
  setTimeout(() => {
    long.unsubscribe();
    cancelled++;
  });
}
process.on('exit', () => {
  const timers = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  console.log(JSON.stringify({ timedOut, cancelled, pending: slow.pending, timers }));
});
