import { generatorActor } from 'rx-actors';

// A door: what a key press does depends on where the generator stands.
const door = generatorActor(function* (): Generator<string | undefined, void, string> {
  try {
    let key = yield;
    for (;;) {
      while (key !== '1234') key = yield 'wrong code';
      key = yield 'open';
      while (key !== 'close') key = yield 'still open';
      key = yield 'closed';
    }
  } finally {
    console.log('out of service');
  }
});
door.subscribe((state) => console.log(state));
for (const key of ['0000', '1234', '1234', 'close']) door.send(key);
door.close();
await door.join();
// prints:
// wrong code
// open
// still open
// closed
// out of service
