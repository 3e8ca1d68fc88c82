import { setTimeout as wait } from 'node:timers/promises';
import { Subject, take } from 'rxjs';
import { actor, getExchange } from 'rx-actors';

const whistle = new Subject<string>();
const jobs = getExchange<string>('jobs');
const worker = (name: string) =>
  actor((job: string) => {
    console.log(name, 'does', job);
    // Digging takes until the whistle blows.
    return job === 'dig' ? whistle.pipe(take(1)) : undefined;
  });
for (const name of ['Ada', 'Bob']) jobs.attach(worker(name), { group: 'workers' });
jobs.subscribe((job) => console.log('job:', job));

for (const job of ['dig', 'rake', 'sow']) {
  jobs.send(job);
  await wait(1);
}
whistle.next('over');
for (const job of ['water', 'rest']) jobs.send(job);
// prints:
// job: dig
// Ada does dig
// job: rake
// Bob does rake
// job: sow
// Bob does sow
// job: water
// job: rest
// Ada does water
// Bob does rest
