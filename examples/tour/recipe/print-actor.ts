import { Actor } from 'rx-actors';

/** An actor as a class of its own: `run()` takes one message after another until the actor is closed. */
class PrintActor extends Actor<string> {
  protected override async run(): Promise<void> {
    for (;;) console.log('Got:', await this.recv());
  }
}

export async function printActor(): Promise<void> {
  const printer = new PrintActor();
  printer.start();
  printer.send('Hello');
  printer.send('World');
  printer.close();
  await printer.join();
}
