import type { Recipient } from 'rx-actors';

/** A task: any object with a `send()` can be attached to an exchange. */
export class Task implements Recipient<string> {
  constructor(readonly name: string) {}

  send(message: string): void {
    console.log(this.name, 'got', message);
  }
}
