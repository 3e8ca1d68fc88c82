import { concatMap, defer, from, lastValueFrom, map, retry, timer } from 'rxjs';
import { actorPool, defaultSystem, gracefulStop, resume } from 'rx-actors';

const tries: Record<string, number> = {};

/** Stands for a request: to a flaky server it succeeds the second time, to a broken one never. */
function request(server: string) {
  const time = (tries[server] = (tries[server] ?? 0) + 1);
  return timer(5).pipe(
    map(() => {
      if (server === 'broken' || (server === 'flaky' && time === 1)) throw new Error('no answer');
      return `${server} after ${time}`;
    }),
  );
}

const jobs = actorPool((server: string) => defer(() => request(server)).pipe(retry({ count: 2, delay: 1 })), {
  size: 2,
  mailbox: { capacity: 10 },
  supervision: resume(),
});
const done: string[] = [];
jobs.subscribe((result) => done.push(result));
defaultSystem.failures.subscribe(({ message, error }) => console.log('given up:', message, String(error)));

// Whoever hands jobs in waits while ten are waiting.
await lastValueFrom(from(['sound', 'flaky', 'broken', 'other']).pipe(concatMap((server) => jobs.offer(server))));
// What was taken may be done within five seconds; what is not is a dead letter.
console.log('ended:', (await gracefulStop(jobs, { timeout: 5_000 })).kind);
console.log(done.sort());
// prints:
// given up: broken Error: no answer
// ended: closed
// [ 'flaky after 2', 'other after 1', 'sound after 1' ]
