import { actorPool, defaultSystem, resume } from 'rx-actors';

defaultSystem.failures.subscribe(({ message, error }) => console.log(message, 'failed:', (error as Error).message));

const checked = actorPool(
  (port: number, { self }) => {
    if (port < 1024) throw new RangeError('a port of the system');
    console.log(port, 'was checked by', self.name);
  },
  { name: 'checks', size: 2, supervision: resume() },
);
for (const port of [8080, 80, 3000, 4000]) checked.send(port);
// prints:
// 8080 was checked by checks-1
// 3000 was checked by checks-1
// 80 failed: a port of the system
// 4000 was checked by checks-2
