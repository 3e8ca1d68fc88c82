// Makes actors of every kind, lets some of them work, and leaves them alone: the process is to exit by itself.
import { of, timer } from 'rxjs';
import { Actor, actor, generatorActor, restart, statefulActor, WorkerActor } from '../../../dist/index.js';

class Loop extends Actor {
  async run() {
    for (;;) await this.recv();
  }
}
class Pipeline extends Actor {
  run() {
    return this.mailbox;
  }
}

const actors = [
  actor(() => timer(1)),
  actor((m) => of(m), { mailbox: { capacity: 1 }, supervision: restart({ backoff: { min: 1, max: 2 } }) }),
  statefulActor((sum, n) => sum + n, 0),
  generatorActor(function* () {
    for (;;) yield;
  }),
  generatorActor(async function* () {
    for (;;) yield;
  }),
  new Loop().start(),
  new Pipeline().start(),
  new Actor(),
];
const worker = new WorkerActor().start();
for (const each of actors) for (let n = 0; n < 100; n++) each.send(n);
actors[0].ask(1, { timeout: 1e9 }).subscribe();
actors[5].ask(1, { timeout: 1e9, signal: new AbortController().signal }).subscribe().unsubscribe();
for (let n = 0; n < 1000; n++) actors[2].ask(n, { timeout: 1e9 }).subscribe();
console.log(await worker.submit(Math.pow, 2, 3).result());
