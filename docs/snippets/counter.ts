import { statefulActor } from 'rx-actors';

const counter = statefulActor((count: number, by: number) => count + by, 0);
counter.subscribe((count) => console.log(count));
counter.send(1);
counter.send(2);
counter.close();
await counter.join();
console.log('at the end:', counter.state);
// prints:
// 0
// 1
// 3
// at the end: 3
