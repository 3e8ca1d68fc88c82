import { map, timer } from 'rxjs';
import { actor, getExchange } from 'rx-actors';

const jobs = getExchange<number>('jobs');
// A job takes as many milliseconds as its number says.
const worker = (name: string) => actor((job: number) => timer(job).pipe(map(() => `${name} has done ${job}`)));
for (const name of ['Ada', 'Bob']) {
  const member = worker(name);
  member.subscribe((line) => console.log(line));
  jobs.attach(member, { group: 'workers' });
}
jobs.subscribe((job) => console.log('job', job));
for (const job of [90, 10, 20]) jobs.send(job);
setTimeout(() => jobs.send(5), 60);
// prints:
// job 90
// job 10
// job 20
// Bob has done 10
// job 5
// Bob has done 5
// Ada has done 90
// Ada has done 20
