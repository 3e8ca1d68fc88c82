import { concatMap, from, lastValueFrom, timer } from 'rxjs';
import { actor } from 'rx-actors';

/** Stands for a file or a socket: it gives the next page when it is asked for. */
async function* readPages(): AsyncGenerator<string[]> {
  for (const page of [1, 2, 3]) {
    console.log('read page', page);
    yield await Promise.resolve([`${page}a`, `${page}b`]);
  }
}

const slow = actor(
  (line: string) => {
    console.log('work on line', line);
    return timer(5);
  },
  { mailbox: { capacity: 1 } },
);

for await (const page of readPages()) {
  await lastValueFrom(from(page).pipe(concatMap((line) => slow.offer(line))));
}
slow.close();
await slow.join();
// prints:
// read page 1
// work on line 1a
// read page 2
// work on line 1b
// work on line 2a
// read page 3
// work on line 2b
// work on line 3a
// work on line 3b
