import { actor } from 'rx-actors';

interface Job {
  readonly name: string;
  readonly priority: number;
}

const jobs = actor(({ name }: Job) => console.log(name), {
  mailbox: { compare: (a, b) => a.priority - b.priority },
});
jobs.send({ name: 'clean up', priority: 9 });
jobs.send({ name: 'first order', priority: 1 });
jobs.send({ name: 'second order', priority: 1 });
// prints:
// first order
// second order
// clean up
