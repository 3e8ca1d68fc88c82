import { setTimeout as wait } from 'node:timers/promises';
import { defaultSystem, getExchange } from 'rx-actors';

defaultSystem.deadLetters.subscribe(({ message, reason }) => console.log(message, 'dropped:', reason));

const archive = {
  async send(line: string) {
    await wait(10);
    console.log('archived', line);
  },
};
const lines = getExchange<string>('lines');
lines.attach(archive, { buffer: 2 });
for (const line of ['one', 'two', 'three', 'four']) lines.send(line);
console.log('dropped so far:', lines.dropped);
// prints:
// four dropped: overflow
// dropped so far: 1
// archived one
// archived two
// archived three
