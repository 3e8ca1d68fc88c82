import { ActorSystem, restart, resume, statefulActor } from 'rx-actors';

const system = new ActorSystem();
system.failures.subscribe(({ error, message }) => console.log(message, 'failed:', (error as Error).message));

function add(sum: number, n: number): number {
  if (n < 0) throw new RangeError('negative');
  return sum + n;
}

const resumes = statefulActor(add, 0, { system, supervision: resume() });
const restarts = statefulActor(add, 0, { system, supervision: restart({ limit: 3, within: 60_000 }) });
for (const n of [1, -1, 2]) {
  resumes.send(n);
  restarts.send(n);
}
await system.close();
console.log('resume() keeps the state:', resumes.state);
console.log('restart() begins anew:', restarts.state);
// prints:
// -1 failed: negative
// -1 failed: negative
// resume() keeps the state: 3
// restart() begins anew: 2
