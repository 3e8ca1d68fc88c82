import { DisplayMessages, getExchange, type Recipient } from 'rx-actors';

class Task implements Recipient<string> {
  constructor(readonly name: string) {}
  send(message: string): void {
    console.log(this.name, 'got', message);
  }
}
const taskA = new Task('task_a');
const taskB = new Task('task_b');

const exc = getExchange<string>('name');
exc.attach(taskA);
exc.attach(new DisplayMessages<string>());
exc.send('msg1');
exc.detach(taskA);

{
  using attached = exc.subscribe(taskA, taskB);
  exc.send('msg2');
}
exc.send('msg3');
// prints:
// task_a got msg1
// msg[1]: 'msg1'
// msg[2]: 'msg2'
// task_a got msg2
// task_b got msg2
// msg[3]: 'msg3'
