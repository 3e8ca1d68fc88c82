import { WorkerActor } from 'rx-actors';

await using worker = new WorkerActor().start();
const result = worker.submit(Math.pow, 2, 3);
console.log(await result.result());
// prints:
// 8
