import { generatorActor } from 'rx-actors';

/** An actor as a generator: each `yield` waits for the next message, and `finally` runs when the actor is closed. */
function* print(): Generator<undefined, void, string> {
  try {
    for (;;) console.log('got', yield);
  } finally {
    console.log('actor terminating');
  }
}

export async function printGenerator(): Promise<void> {
  const printer = generatorActor(print);
  printer.send('hello');
  printer.send('world');
  printer.close();
  await printer.join();
}
