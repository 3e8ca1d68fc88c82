import { actor } from 'rx-actors';

const session = actor((message: 'hello' | 'idle', context) => {
  console.log(message);
  if (message === 'hello') context.receiveTimeout(10, 'idle');
  else context.self.close();
});
session.send('hello');
await session.join();
// prints:
// hello
// idle
