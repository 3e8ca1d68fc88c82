import { Actor, isActorError } from 'rx-actors';

class PrintActor extends Actor<string> {
  protected override async run(): Promise<void> {
    try {
      for (;;) console.log('Got:', await this.recv());
    } catch (error) {
      if (!isActorError(error, 'actor-exit')) throw error;
      console.log('no more messages');
    }
  }
}

const printer = new PrintActor().start();
printer.send('Hello');
printer.send('World');
printer.close();
await printer.join();
// prints:
// Got: Hello
// Got: World
// no more messages
